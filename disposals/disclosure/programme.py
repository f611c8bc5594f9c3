"""Milestones: of one case with its parts, or of the whole register; which are overdue, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from disposals.disclosure.fields import Audience, may_see, visible
from disposals.errors import NotRecorded
from disposals.finding import find_case, parts_of, references
from disposals.milestones import When, is_overdue, shown
from disposals.network import Key, floats, moved, too_early
from disposals.policy import Policy
from disposals.rag import Standing, colour, slip_months
from disposals.records.cases import Disposal
from disposals.register import Register
from disposals.timetable import Entry, Timetable, timetable
from disposals.vocabulary import Mark
from disposals.words import counted, listed

_RECEIPT = {Mark.COMPLETION}


@dataclass(frozen=True, slots=True)
class Line:
    """A milestone as it stands: the date that counts now, and whether its time has passed.

    Attributes:
        when: the date as written; `kind` says whether baseline, forecast or actual.
        is_reading: the papers do not tie this date to this milestone.
        slip_months: how much later than first set, in months of the calendar.
        hangs_on: the condition that is still open.
        colour: by the council's own rule, and `why` in words.
    """

    reference: str
    no: int
    name: str
    owner: str | None
    when: str
    earliest_on: date
    latest_on: date
    kind: str
    is_reading: bool
    baseline: str
    because: str | None
    met: bool
    is_overdue: bool
    is_void: bool
    slip_months: int
    hangs_on: str | None
    mark: str | None
    colour: str
    why: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Room:
    """How much room a milestone leaves before completion has to move; 0 days is critical."""

    reference: str
    no: int
    name: str
    days: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A milestone that moves with another, in words."""

    reference: str
    no: int
    name: str
    before: str
    after: str
    because: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would follow if milestones moved; nothing is recorded."""

    moves: tuple[Moved, ...]
    questions: tuple[str, ...]


def milestones(
    register: Register,
    ref: str | None,
    *,
    audience: Audience,
    on: date,
    overdue: bool = False,
) -> list[dict[str, Any]]:
    """The milestones of a case and its parts, or of all cases, by date.

    Args:
        on: the day as of which they are overdue or not.
        overdue: only those that are.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        refs = references(session) if ref is None else _family(session, ref)
        lines = lines_of(session, refs, audience=audience, on=on)
    return [
        visible("milestone_line", {f: getattr(line, f) for f in Line.__slots__}, audience)
        for line in lines
        if line.is_overdue or not overdue
    ]


def lines_of(session: Session, refs: Iterable[str], *, audience: Audience, on: date) -> list[Line]:
    """The milestones of some cases that an audience may know of, by date and number."""
    wanted = list(refs)
    found = timetable(session, wanted, on=on)
    if not found.entries:
        return []
    cases = {
        case.ref: case
        for case in session.exec(select(Disposal).where(col(Disposal.ref).in_(wanted)))
    }
    lines = [
        _line(entry, cases[entry.key[0]], on)
        for entry in found.entries.values()
        if may_see(entry.milestone, audience) and may_see(entry.now, audience)
    ]
    return sorted(lines, key=lambda line: (line.latest_on, line.earliest_on, line.no))


def room(register: Register, ref: str) -> list[Room]:
    """How much room each milestone leaves before completion moves, the least first.

    Empty where no milestone is marked as completion.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        found = timetable(session, _family(session, ref))
    told = []
    for target, entry in found.entries.items():
        if entry.milestone.mark in _RECEIPT and not entry.is_met and not entry.is_void:
            days = floats(found.nodes(), found.links, target)
            told += [
                Room(*key, found.entries[key].milestone.name, each) for key, each in days.items()
            ]
    return sorted(told, key=lambda each: (each.days, each.no))


def what_if(register: Register, ref: str, changes: Mapping[str, When]) -> Outcome:
    """What would follow if some milestones came about at other times; changes nothing.

    Args:
        changes: by number, or by what a milestone is marked as, such as “planning consent”.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: it has no such milestone.
    """
    with register.read() as session:
        found = timetable(session, _family(session, ref))
    moving = {_named(found, name, ref).key: when for name, when in changes.items()}
    return Outcome(tuple(moves_in_words(found, moving)), tuple(questions(found, moving)))


def doubts(register: Register, ref: str) -> list[str]:
    """What an experienced officer would ask of the dates of a case and its parts.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        return list(questions(timetable(session, _family(session, ref))))


def moves_in_words(found: Timetable, changes: Mapping[Key, When]) -> list[Moved]:
    """What moves if some milestones do, each with what pushes it."""
    told = {key: (each.earliest, each.latest) for key, each in changes.items()}
    return [
        Moved(
            *move.key,
            found.entries[move.key].milestone.name,
            found.entries[move.key].now.as_written,
            shown(*move.after),
            f"it comes after milestone {move.because[1]}",
        )
        for move in moved(found.nodes(), found.links, told)
    ]


def questions(found: Timetable, changes: Mapping[Key, When] | None = None) -> Iterable[str]:
    """What an experienced officer would ask of the dates, as sentences."""
    dates = {
        key: (entry.now.earliest_on, entry.now.latest_on) for key, entry in found.entries.items()
    }
    dates |= {key: (each.earliest, each.latest) for key, each in (changes or {}).items()}
    marked = {
        entry.milestone.mark: key
        for key, entry in found.entries.items()
        if not entry.is_met and not entry.is_void
    }
    application = marked.get(Mark.PLANNING_APPLICATION)
    consent = marked.get(Mark.PLANNING_CONSENT)
    if application and consent:
        rule = Policy("england", dates[consent][1]).rule("planning.major")
        most = (dates[consent][1] - dates[application][0]).days
        if most < rule.number * 7:
            yield (
                f"Milestone {consent[1]} comes {counted(most, 'day')} at most after milestone "
                f"{application[1]}: is that enough to determine the application? {rule.source}."
            )
    for link, allowed in too_early(found.nodes(), found.links) if not changes else ():
        yield (
            f"Milestone {link.milestone[1]} stands before milestone {link.after[1]} and "
            f"{link.lag} allow: {shown(allowed, allowed)}."
        )


def _family(session: Session, ref: str) -> Sequence[str]:
    return [find_case(session, ref).ref, *(part.ref for part in parts_of(session, ref))]


def _named(found: Timetable, name: str, ref: str) -> Entry:
    plain = name.strip().lower().replace("-", " ")
    for entry in found.entries.values():
        if plain in {str(entry.milestone.no), str(entry.milestone.mark)}:
            return entry
    known = [f"{entry.milestone.no}" for entry in found.entries.values()]
    raise NotRecorded(
        f"{ref} has no milestone “{name}”. It has {listed(known) if known else 'none'}; those that "
        f"are marked may be called so, such as {Mark.PLANNING_CONSENT}."
    )


def _line(entry: Entry, case: Disposal, on: date) -> Line:
    milestone, now = entry.milestone, entry.now
    standing = Standing(
        latest=now.latest_on,
        baseline=entry.baseline.latest_on,
        is_met=entry.is_met,
        is_void=entry.is_void,
        held=case.held_because if case.held_on else None,
        hangs_on=entry.hangs_on,
        is_receipt=milestone.mark in _RECEIPT,
    )
    shade, why = colour(standing, Policy(case.authority, on))
    return Line(
        reference=milestone.disposal_ref,
        no=milestone.no,
        name=milestone.name,
        owner=milestone.owner,
        when=now.as_written,
        earliest_on=now.earliest_on,
        latest_on=now.latest_on,
        kind=now.kind.value,
        is_reading=now.is_reading,
        baseline=entry.baseline.as_written,
        because=now.because,
        met=entry.is_met,
        is_overdue=is_overdue(now.latest_on, met=entry.is_met or entry.is_void, on=on),
        is_void=entry.is_void,
        slip_months=slip_months(entry.baseline.latest_on, now.latest_on),
        hangs_on=entry.hangs_on,
        mark=milestone.mark,
        colour=shade.value,
        why=why,
        source=milestone.source,
    )
