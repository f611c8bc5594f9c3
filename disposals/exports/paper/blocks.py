"""What a paper is made of, whatever it is written as."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

_MISSING = re.compile(r"(\[Missing: [^\]]*\])")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the paper's own title, 2 and 3 stand beneath it."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Boxed:
    """A sentence that nobody may overlook."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    Attributes:
        was: wording that no longer stands, shown struck through before the text.
        mark: a word in red beneath it, such as “changed”.
        is_tall: room for a signature.
    """

    text: str
    was: str | None = None
    mark: str | None = None
    is_tall: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; the first cell of a row is what the row is about.

    Attributes:
        widths: of the columns, in proportion.
        figures: columns that are set to the right, counted from 0.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    figures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Labelled:
    """Names with what is said of each, as at the head of a report: From, To, Subject."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A paragraph with its number, such as 4.1.2; one more dot sets it one step in."""

    no: str
    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list whose order says nothing."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing that fills a page of its own, at its true size.

    Attributes:
        caption: what it is called.
        described: what it shows, for whoever can't see it.
        content: an SVG, or a PNG for Word.
        margin_mm: along its edges nothing is drawn.
    """

    caption: str
    described: str
    content: bytes
    width_mm: float
    height_mm: float
    margin_mm: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing within the text.

    Attributes:
        described: what it shows, for whoever can't see it.
        content: an SVG, or a PNG for Word.
    """

    described: str
    content: bytes
    width_mm: float


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a way one after the other, with the one that has been reached.

    Attributes:
        at: the place of the step reached, counted from 0.
    """

    names: tuple[str, ...]
    at: int


Block = Heading | Said | Boxed | Table | Labelled | Point | Listing | Sheet | Drawing | Steps


def step_said(name: str, place: int, steps: Steps) -> str:
    """A step with whether it is done, or reached now."""
    return name + (" – now" if place == steps.at else " – done" if place < steps.at else "")


def missing(what: str) -> str:
    """What is missing, as it stands in the text for everybody to see."""
    return f"[Missing: {what}]"


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it says that something is missing."""
    for at, piece in enumerate(_MISSING.split(text)):
        if piece:
            yield piece, at % 2 == 1


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on A4.

    Attributes:
        author: whose paper it is, such as Kent County Council.
        on: the day it says it was made.
        marking: who may read it, at its head.
        foot: at the foot of every page, before the page number.
        most_pages: it may not be longer.
    """

    title: str
    subtitle: str
    author: str
    on: date
    marking: str
    foot: str
    blocks: tuple[Block, ...] = field(default=())
    most_pages: int | None = None
