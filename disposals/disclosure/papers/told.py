"""What papers read of a case: rows that count for it and its parts, cut to what may be seen."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, get_args

from pydantic.fields import FieldInfo
from sqlmodel import Session

from disposals import finding
from disposals.disclosure.entries import named as entry_named
from disposals.disclosure.fields import Audience, fields_of, visible
from disposals.disclosure.openness import openness_of
from disposals.disclosure.programme import Line, lines_of
from disposals.disclosure.rows import Shown, all_seen, knows_of, own_in_force, seen, withheld_of
from disposals.finding import counting, find_case, parts_of
from disposals.records.base import Evidence
from disposals.records.bids import Bid, Valuation
from disposals.records.cases import Disposal
from disposals.records.papers import PaperSection
from disposals.records.programme import Milestone, MilestoneDate
from disposals.vocabulary import PaperKind

E = TypeVar("E", bound=Evidence)
Facts = Mapping[str, Any]
EXEMPT = "[exempt]"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of evidence as commands name it; it tells nothing of what the entry says.

    Papers never print it: it is for the commands that an officer is told beside a paper.

    Attributes:
        reference: the case that it is recorded on.
        name: such as decision-3.
        field: only this field of it.
    """

    reference: str
    name: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What officers wrote into a paper that the audience may see.

    Attributes:
        texts: by section.
        held_back: sections that are written, and not declared open, each with its entry.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    held_back: Mapping[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exemption:
    """Under which paragraphs of Schedule 12A something is exempt, and why, for officers alone."""

    paragraphs: tuple[str, ...]
    because: tuple[str, ...]


class Reader:
    """A case, its whole and its parts in an open session, for one audience."""

    def __init__(self, session: Session, ref: str, audience: Audience) -> None:
        self.session, self.audience = session, audience
        self.case = find_case(session, ref)
        self.parts = parts_of(session, ref)

    def counting(self, kind: type[E]) -> list[E]:
        """The rows that count for the case, and its parts' own, oldest first, as may be seen."""
        return all_seen(self._rows(kind), self.audience)

    def own(self, kind: type[E], ref: str) -> list[E]:
        """The rows recorded on the case or a part itself, oldest first, as may be seen."""
        return own_in_force(self.session, kind, ref, self.audience)

    def shown(self, kind: type[E]) -> Shown[E]:
        """The rows that count of which all may be seen."""
        return Shown(self._rows(kind), self.audience)

    def told(self, kind: type[E]) -> list[dict[str, Any]]:
        """The rows that count as fields by name; one that may not be known of is left out.

        A field that is kept back is None; of one in words it is said that it is exempt. Beside
        the fields stand the `entry` and which of its fields are `kept_back`, for commands.
        """
        return [_facts(row, kind) for row in self.counting(kind)]

    def kept_back(
        self,
        kind: type[E],
        where: Callable[[E], bool] = lambda _: True,
        *,
        wanted: frozenset[str] = frozenset(),
    ) -> Entry | None:
        """The newest entry of a kind that counts and is kept back from the audience, if any.

        It is for the command that opens it, and never for a paper.

        Args:
            where: only of those for which this is so.
            wanted: one of which such a field is kept back is kept back as well.
        """
        for row in reversed(self._rows(kind)):
            if where(row) and (kept := self._kept_back(row, wanted)):
                return kept
        return None

    def milestone_kept_back(self, where: Callable[[Line], bool], *, on: date) -> Entry | None:
        """The first milestone that is kept back from the audience, of some; see `kept_back`.

        Args:
            where: only of those that stand so.
            on: the day as of which they stand.
        """
        refs = [self.case.ref, *(part.ref for part in self.parts)]
        for line in lines_of(self.session, refs, audience=Audience.OFFICER, on=on):
            if not where(line):
                continue
            own = finding.own_in_force(self.session, Milestone, line.reference)
            dates = finding.own_in_force(self.session, MilestoneDate, line.reference)
            rows: list[Evidence] = [row for row in own if row.no == line.no]
            rows += [row for row in dates if row.milestone_no == line.no][-1:]
            for row in rows:
                if kept := self._kept_back(row, frozenset()):
                    return kept
        return None

    def _kept_back(self, row: Evidence, wanted: frozenset[str]) -> Entry | None:
        view = seen(row, self.audience)
        if not knows_of(view):
            return _entry(row, type(row))
        lacking = sorted(withheld_of(view) & wanted)
        return _entry(row, type(row), lacking[0]) if lacking else None

    def written(self, paper: PaperKind) -> Written:
        """What officers wrote into a paper."""
        rows = self._sections(paper)
        told = [(row, fields_of(row, self.audience).get("text")) for row in rows]
        return Written(
            {row.section: text for row, text in told if text is not None},
            {
                row.section: self._kept_back(row, frozenset({"text"})) or _entry(row, PaperSection)
                for row, text in told
                if text is None
            },
        )

    def is_written(self, paper: PaperKind) -> bool:
        """Whether officers wrote anything into a paper, whoever may see it."""
        return bool(self._sections(paper))

    def exempt_paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of Schedule 12A, Part 1, under which the rest is exempt: 1 to 7.

        They are all that is published of it: a description in terms of the Schedule must stand on
        what is kept back (LGA 1972 s.100B(5)).
        """
        return self.exemption(Bid, Valuation, paper=PaperKind.EXEMPT_APPENDIX).paragraphs

    def exemption(
        self,
        *kinds: type[Evidence],
        paper: PaperKind,
        where: Callable[[Any], bool] = lambda _: True,
    ) -> Exemption:
        """What is said of those rows of some kinds, and sections of a paper, that are exempt.

        Args:
            where: only the rows of those kinds for which this is so.
        """
        rows: list[Evidence] = [
            *(row for kind in kinds for row in self._rows(kind) if where(row)),
            *self._sections(paper),
        ]
        return Exemption(self._paragraphs_of(rows), self._reasons_of(rows))

    def _rows(self, kind: type[E]) -> list[E]:
        rows = counting(self.session, kind, self.case)
        for part in self.parts:
            rows += finding.own_in_force(self.session, kind, part.ref)
        return rows

    def _sections(self, paper: PaperKind) -> list[PaperSection]:
        rows = counting(self.session, PaperSection, self.case)
        return [row for row in rows if row.paper is paper]

    def _paragraphs_of(self, rows: Iterable[Evidence]) -> tuple[str, ...]:
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

    def _reasons_of(self, rows: Iterable[Evidence]) -> tuple[str, ...]:
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


def _facts(row: E, kind: type[E]) -> dict[str, Any]:
    kept_back = withheld_of(row)
    told = {
        name: EXEMPT if name in kept_back and _is_text(field) else getattr(row, name)
        for name, field in kind.model_fields.items()
    }
    return told | {"entry": _entry(row, kind), "kept_back": kept_back}


def _entry(row: Evidence, kind: type[Evidence], field: str | None = None) -> Entry:
    return Entry(row.disposal_ref, entry_named(str(kind.__tablename__), row), field)


def _is_text(field: FieldInfo) -> bool:
    """Whether it is told in words; a choice that a row may leave open is not."""
    kind = field.annotation
    is_words = kind is str or str in get_args(kind)
    return is_words or (isinstance(kind, type) and issubclass(kind, str))


def named(cases: Iterable[Disposal]) -> list[str]:
    """Parts as papers call them: Part 1."""
    return [f"Part {case.part_no}" for case in cases]


def _numbers(text: str | None) -> list[str]:
    """The paragraphs in a text that says nothing else."""
    if text is None or not re.fullmatch(r"\s*[1-7](\s*(,|and)\s*[1-7])*\s*", text):
        return []
    return re.findall(r"[1-7]", text)
