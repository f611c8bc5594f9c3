"""The programme as it is drawn: cases with their parts, and milestones with how each stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from disposals.disclosure.fields import Audience, visible
from disposals.disclosure.programme import Line, families, family_of, line_of
from disposals.disclosure.rows import timetable, withheld_of
from disposals.disclosure.slip import critical_in
from disposals.disclosure.staged import Staged
from disposals.errors import BadFact
from disposals.finding import references
from disposals.network import Key
from disposals.readiness import (
    definition_of,
    is_withdrawn,
    refuse_unknown_officer,
    refuse_unknown_stage,
)
from disposals.records.cases import Disposal
from disposals.register import Register
from disposals.timetable import Entry, Timetable, whole_of
from disposals.words import counted, day, is_same_name, listed, plainly


class State(StrEnum):
    """How a milestone stands, as far as a picture tells it."""

    MET = "met"
    AHEAD = "ahead"
    CONDITIONAL = "conditional"
    OVERDUE = "overdue"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Bar:
    """A milestone on the picture; what the audience may not know is None.

    Attributes:
        when: the date that counts now, as written; an interval from earliest to latest.
        baseline: the date first set, as written, and its interval.
        slip_months: how much later than first set, in months of the calendar.
        hangs_on: the condition that is still open.
        after: the numbers of the milestones that it comes after.
        is_critical: completion moves as soon as it does.
    """

    no: int
    name: str
    when: str
    earliest_on: date
    latest_on: date
    state: State
    is_reading: bool
    mark: str | None = None
    baseline: str | None = None
    baseline_earliest_on: date | None = None
    baseline_latest_on: date | None = None
    slip_months: int | None = None
    hangs_on: str | None = None
    after: tuple[int, ...] | None = None
    is_critical: bool | None = None
    owner: str | None = None
    colour: str | None = None
    why: str | None = None

    @property
    def first_set(self) -> tuple[date, date] | None:
        """The interval first set, where the milestone has left it."""
        if self.baseline_earliest_on is None or self.baseline_latest_on is None:
            return None
        has_moved = (
            self.earliest_on < self.baseline_earliest_on or self.latest_on > self.baseline_latest_on
        )
        return (self.baseline_earliest_on, self.baseline_latest_on) if has_moved else None


@dataclass(frozen=True, slots=True)
class Row:
    """A case with its milestones, by date.

    Attributes:
        part_of: for a part, the reference of the whole.
        held: why it is on hold.
    """

    reference: str
    name: str
    stage: str
    part_of: str | None
    part_no: int | None
    bars: tuple[Bar, ...]
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Gantt:
    """The programme of a case or of the portfolio; parts follow their whole.

    Attributes:
        ref: the one case that was asked for.
        of: what narrows it, such as “officer: Disposals Surveyor”.
        since, until: the days between which it is drawn, where not all of it is.
        notes: what is left out, as sentences.
    """

    ref: str | None
    on: date
    of: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Asked(Staged):
    """Which cases are asked for; with nothing set, all that are under way.

    Attributes:
        since, until: draw only what lies between these days.
    """

    ref: str | None = None
    officer: str | None = None
    stage: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def narrowed(self) -> Iterable[str]:
        """What is asked for, in words."""
        if self.officer:
            yield f"officer: {self.officer}"
        if self.stage:
            yield f"stage: {plainly(self.stage)}"
        if self.since:
            yield f"from {self.since:%B %Y}"
        if self.until:
            yield f"to {self.until:%B %Y}"


def gantt(register: Register, asked: Asked, *, audience: Audience, on: date) -> Gantt:
    """The programme of a case with its parts, or of all cases, soonest to end first.

    Args:
        on: the day as of which milestones are met or overdue.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: no case is that officer's.
        BadFact: there is no such stage, or the days to draw end before they begin.
    """
    if asked.since and asked.until and asked.until < asked.since:
        raise BadFact(f"{day(asked.until)} lies before {day(asked.since)}, so nothing is between.")
    with register.asked(on).read() as session:
        refs = references(session) if asked.ref is None else family_of(session, asked.ref)
        cases = {
            case.ref: case
            for case in session.exec(select(Disposal).where(col(Disposal.ref).in_(refs)))
        }
        wanted = _wanted(session, cases, asked, audience)
        wide = families(session, ((ref, 0) for ref in wanted))
        found = timetable(session, wide, audience, on=on)
        critical, after = critical_in(found), _after(found)
        bars: dict[str, list[Bar]] = {ref: [] for ref in wanted}
        over = {ref for ref in wanted if is_withdrawn(session, cases[ref])}
        for key, entry in found.entries.items():
            ref = key[0]
            if ref in bars:
                line = line_of(entry, cases[ref], on)
                state = _state(line, is_over=ref in over)
                bars[ref].append(_bar(entry, line, state, after, critical, audience))
    shown = [_row(cases[ref], bars[ref], audience) for ref in wanted]
    return Gantt(
        ref=asked.ref,
        on=on,
        of=tuple(asked.narrowed),
        rows=tuple(_in_order(shown, asked)),
        notes=tuple(_notes(shown, cases, asked, audience)),
        since=asked.since,
        until=asked.until,
    )


def _wanted(
    session: Session, cases: Mapping[str, Disposal], asked: Asked, audience: Audience
) -> list[str]:
    """The references of the cases that are drawn, in their order."""
    found = sorted(cases)
    if asked.stage is not None:
        refuse_unknown_stage(session, asked.stage)
        found = [ref for ref in found if cases[ref].stage == asked.stage]
    elif asked.ref is None:
        live = {
            whole_of(ref)
            for ref in found
            if not definition_of(session, cases[ref]).is_end(cases[ref].stage)
        }
        found = [ref for ref in found if whole_of(ref) in live]
    if asked.officer is not None:
        refuse_unknown_officer(session, asked.officer, tell=audience is Audience.OFFICER)
        found = [ref for ref in found if is_same_name(cases[ref].officer, asked.officer)]
    return found


def _after(found: Timetable) -> Mapping[Key, tuple[int, ...]]:
    """By milestone, the numbers of those that it comes after."""
    after: dict[Key, list[int]] = {}
    for link in found.links:
        after.setdefault(link.milestone, []).append(link.after[1])
    return {key: tuple(sorted(numbers)) for key, numbers in after.items()}


def _state(line: Line, *, is_over: bool) -> State:
    """How a milestone stands; of a case that is withdrawn only what was met is not void."""
    if line.is_void or (is_over and not line.met):
        return State.VOID
    if line.met:
        return State.MET
    if line.is_overdue:
        return State.OVERDUE
    return State.CONDITIONAL if line.hangs_on else State.AHEAD


def _bar(
    entry: Entry, line: Line, state: State, after: Mapping[Key, tuple[int, ...]],
    critical: set[Key], audience: Audience,
) -> Bar:  # fmt: skip
    told: dict[str, Any] = {
        "no": line.no, "name": line.name, "when": line.when, "earliest_on": line.earliest_on,
        "latest_on": line.latest_on, "state": state, "is_reading": line.is_reading,
        "mark": line.mark, "hangs_on": line.hangs_on, "owner": line.owner,
        "after": after.get(entry.key, ()), "is_critical": entry.key in critical,
        "colour": line.colour, "why": line.why,
    }  # fmt: skip
    if not withheld_of(entry.baseline):
        told |= {
            "baseline": entry.baseline.as_written,
            "baseline_earliest_on": entry.baseline.earliest_on,
            "baseline_latest_on": entry.baseline.latest_on,
            "slip_months": line.slip_months,
        }
    return Bar(**visible("gantt_bar", told, audience))


def _row(case: Disposal, bars: Iterable[Bar], audience: Audience) -> Row:
    told = {
        "reference": case.ref, "name": case.name, "stage": case.stage, "part_of": case.whole_ref,
        "part_no": case.part_no, "held": case.held_because if case.held_on else None,
        "bars": tuple(sorted(bars, key=lambda bar: (bar.latest_on, bar.earliest_on, bar.no))),
    }  # fmt: skip
    return Row(**visible("gantt_row", told, audience))


def _in_order(rows: Sequence[Row], asked: Asked) -> Iterable[Row]:
    """Families together, the one that ends soonest first; a case without milestones is left out."""
    ends: dict[str, date] = {}
    for row in rows:
        for bar in row.bars:
            whole = whole_of(row.reference)
            ends[whole] = max(ends.get(whole, bar.latest_on), bar.latest_on)
    drawn = [
        row
        for row in rows
        if row.bars or (row.part_of is None and (asked.ref or whole_of(row.reference) in ends))
    ]
    return sorted(
        drawn,
        key=lambda row: (
            ends.get(whole_of(row.reference), date.max),
            whole_of(row.reference),
            row.part_no or 0,
        ),
    )


def _notes(
    rows: Sequence[Row], cases: Mapping[str, Disposal], asked: Asked, audience: Audience
) -> Iterable[str]:
    wholes = {row.part_of for row in rows}
    bare = [row.reference for row in rows if not row.bars and row.reference not in wholes]
    if bare:
        kind = "open milestone" if audience is Audience.PUBLIC else "milestone"
        yield f"No {kind} is set for {listed(bare)}."
    if asked.ref is None and asked.stage is None and asked.officer is None:
        over = len(cases) - len(rows)
        if over:
            yield (
                f"{counted(over, 'case')} at an end {'is' if over == 1 else 'are'} left out; "
                "--stage shows them."
            )
