"""A paper while it is drafted: what is missing is marked in its text and kept in a list."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from disposals.disclosure.papers.told import Written
from disposals.exports.paper import Block, Listing, Paper, Point, Said, missing
from disposals.exports.papers.remedies import opening
from disposals.sections import NEVER_OPEN, section
from disposals.vocabulary import PaperKind
from disposals.words import plainly


@dataclass(frozen=True, slots=True)
class Gap:
    """What a paper lacks, and the command that records it.

    Attributes:
        command: None where it should have been said of a decision before that was taken.
    """

    what: str
    command: str | None

    @property
    def remedy(self) -> str:
        """The command, or why there is none."""
        return self.command or (
            "the decision stands as it was taken or withdrawn; another decision can change it"
        )


@dataclass(frozen=True, slots=True)
class Drafted:
    """A paper as far as the records go."""

    paper: Paper
    gaps: tuple[Gap, ...]


@dataclass(slots=True)
class Draft:
    """Collects what is missing while the blocks of a paper are made."""

    kind: PaperKind
    reference: str
    written: Written
    gaps: list[Gap] = field(default_factory=list)

    def need(self, value: str | None, what: str, command: str | None) -> str:
        """A text, or the mark that it is missing."""
        return value or self.lack(what, command)

    def lack(self, what: str, command: str | None) -> str:
        """The mark of something missing, which is kept in the list."""
        gap = Gap(what, command)
        if gap not in self.gaps:
            self.gaps.append(gap)
        return missing(what)

    def text(self, name: str) -> str | None:
        """What officers wrote into a section; marked as missing where the paper wants it.

        A section that is written and not declared open is missing from a paper for the public.
        """
        if name in self.written.texts:
            return self.written.texts[name]
        told = section(self.kind, name)
        assert told is not None  # noqa: S101 (papers ask for sections that there are)
        is_open = " --open" if self.kind not in NEVER_OPEN else ""
        command = (
            f"disposals paper write {self.reference} --paper {self.kind} --section {name} "
            f"--text TEXT{is_open}"
        )
        if name in self.written.held_back:
            if self.kind in NEVER_OPEN:
                return f"{plainly(name).capitalize()}: written, and left out of this copy."
            lacking = f"{name}, which is written but not declared open"
            return self.lack(lacking, opening(self.written.held_back[name]))
        return self.lack(name.replace("-", " "), command) if told.is_required else None

    def numbered(self, number: int, *texts: str | None) -> Iterator[Block]:
        """Paragraphs with their numbers, 3.1, 3.2 and so on, and their lists."""
        at = 0
        for text in texts:
            for block in paragraphs(text):
                if isinstance(block, Said):
                    at += 1
                    yield Point(f"{number}.{at}", block.text)
                else:
                    yield block


def paragraphs(text: str | None) -> Iterator[Said | Listing]:
    """A text as officers write it: a blank line parts paragraphs, "- " begins a line of a list."""
    for part in (text or "").replace("\r\n", "\n").split("\n\n"):
        said: list[str] = []
        items: list[str] = []
        for line in filter(None, map(str.strip, part.split("\n"))):
            if line.startswith(("- ", "* ", "• ")):
                items.append(line[2:].strip())
            elif items:
                items[-1] += f" {line}"
            else:
                said.append(line)
        if said:
            yield Said(" ".join(said))
        if items:
            yield Listing(tuple(items))


def lines(text: str | None) -> Iterable[str]:
    """A text line by line, without marks of a list."""
    return [line.strip().removeprefix("- ") for line in (text or "").splitlines() if line.strip()]


def split_numbered(text: str | None) -> list[str]:
    """The items of a text that counts them: “1. The Director … 2. The Director …”."""
    return [each.strip() for each in re.split(r"(?:^|\s)\d{1,2}\.\s", text or "") if each.strip()]
