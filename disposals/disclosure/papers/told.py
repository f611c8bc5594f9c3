"""What papers read of a case: rows that count for it and its parts, cut to what may be seen."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlmodel import Session

from disposals.disclosure.fields import Audience, fields_of, may_see, visible
from disposals.disclosure.openness import openness_of
from disposals.finding import counting, find_case, own_in_force, parts_of
from disposals.records.base import Evidence
from disposals.records.bids import Bid, Valuation
from disposals.records.cases import Disposal
from disposals.records.papers import PaperSection
from disposals.vocabulary import PaperKind

E = TypeVar("E", bound=Evidence)


@dataclass(frozen=True, slots=True)
class Written:
    """What officers wrote into a paper that the audience may see.

    Attributes:
        texts: by section.
        held_back: sections that are written, and not declared open.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    held_back: frozenset[str] = frozenset()


class Reader:
    """A case, its whole and its parts in an open session, for one audience."""

    def __init__(self, session: Session, ref: str, audience: Audience) -> None:
        self.session, self.audience = session, audience
        self.case = find_case(session, ref)
        self.parts = parts_of(session, ref)

    def counting(self, kind: type[E]) -> list[E]:
        """The rows that count for the case, and its parts' own, oldest first."""
        rows = counting(self.session, kind, self.case)
        for part in self.parts:
            rows += own_in_force(self.session, kind, part.ref)
        return rows

    def told(self, kind: type[E]) -> list[dict[str, Any]]:
        """The same as the audience may see them; a row that it may not know of is left out."""
        rows = (fields_of(row, self.audience) for row in self.counting(kind))
        return [row for row in rows if row]

    def written(self, paper: PaperKind) -> Written:
        """What officers wrote into a paper."""
        rows = self.sections(paper)
        texts = {
            told["section"]: told["text"] for row in rows if (told := fields_of(row, self.audience))
        }
        return Written(
            texts, frozenset(row.section for row in rows if not may_see(row, self.audience))
        )

    def sections(self, paper: PaperKind) -> list[PaperSection]:
        """The rows of a paper's sections, whoever may see them."""
        rows = counting(self.session, PaperSection, self.case)
        return [row for row in rows if row.paper is paper]

    def exempt_paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of Schedule 12A, Part 1, under which the rest is exempt: 1 to 7.

        They are all that is published of it: a description in terms of the Schedule must stand on
        what is kept back (LGA 1972 s.100B(5)).
        """
        appendix = self.sections(PaperKind.EXEMPT_APPENDIX)
        return self.paragraphs_of([*self.counting(Bid), *self.counting(Valuation), *appendix])

    def paragraphs_of(self, rows: Iterable[Evidence]) -> tuple[str, ...]:
        """The paragraphs that were given for those of some rows that are exempt."""
        given: set[str] = set()
        for row in rows:
            ruling = openness_of(row).ruling(row)
            if not ruling.is_open and ruling.is_declared:
                given |= {str(number) for number in ruling.paragraphs}
            elif not ruling.is_open:
                given.update(_numbers(row.paragraphs))
        told = visible("exemption", {"paragraphs": tuple(sorted(given))}, self.audience)
        return tuple(told["paragraphs"])

    def reasons_of(self, rows: Iterable[Evidence]) -> tuple[str, ...]:
        """Why those of some rows that are exempt are so, for officers; for others nothing."""
        if self.audience is not Audience.OFFICER:
            return ()
        exempt = [(row, openness_of(row).ruling(row)) for row in rows]
        said = [
            (ruling.because if ruling.is_declared else row.exempt_because)
            for row, ruling in exempt
            if not ruling.is_open
        ]
        return tuple(dict.fromkeys(filter(None, said)))


def named(cases: Iterable[Disposal]) -> list[str]:
    """Parts as papers call them: Part 1."""
    return [f"Part {case.part_no}" for case in cases]


def _numbers(text: str | None) -> list[str]:
    """The paragraphs in a text that says nothing else."""
    if text is None or not re.fullmatch(r"\s*[1-7](\s*(,|and)\s*[1-7])*\s*", text):
        return []
    return re.findall(r"[1-7]", text)
