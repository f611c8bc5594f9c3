"""What a paper is made of, whatever it is written as."""

from dataclasses import dataclass, field
from datetime import date


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


Block = Heading | Said | Boxed | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on A4.

    Attributes:
        author: whose paper it is, such as Kent County Council.
        on: the day it says it was made.
        marking: who may read it, at its head.
        foot: at the foot of every page, before the page number.
    """

    title: str
    subtitle: str
    author: str
    on: date
    marking: str
    foot: str
    blocks: tuple[Block, ...] = field(default=())
