"""Milestones: set with a baseline, forecast again with a reason, met on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from sqlmodel import Session

from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.bound import evidence_named
from disposals.casework.validating import required
from disposals.deadlines.fixed_days import called, fixed_days_of
from disposals.deadlines.of_case import READS
from disposals.errors import AlreadyRecorded, BadFact, NotAllowed, NotRecorded
from disposals.finding import case_file, find_case, own_in_force, parts_of
from disposals.milestones import When, shown
from disposals.network import Key, Node, moved, too_early
from disposals.policy import Policy
from disposals.records.cases import Disposal
from disposals.records.programme import Milestone, MilestoneCondition, MilestoneDate
from disposals.register import Register
from disposals.timetable import Timetable, timetable
from disposals.vocabulary import DateKind, Mark
from disposals.words import day, listed


@dataclass(frozen=True, slots=True)
class Moved:
    """A milestone that has to move with another, and what pushes it."""

    key: Key
    name: str
    after: str
    because: Key


def set_milestone(
    register: Register,
    ref: str,
    name: str,
    when: When,
    stamp: Stamp,
    *,
    seen: int,
    no: int | None = None,
    owner: str | None = None,
    mark: Mark | None = None,
    only_if: str | None = None,
    met_by: str | None = None,
    source: str | None = None,
    is_reading: bool = False,
    is_open: bool = False,
) -> int:
    """Set a milestone and its baseline, which is never altered. Gives its number.

    Args:
        no: its number among those of the whole and its parts; the next one if not given.
        mark: what it stands for, where the programme has to know.
        only_if: the condition that it hangs on, in words.
        met_by: the gate, or the stage of the workflow, that meets it; then nobody ticks it.
        is_reading: the papers do not tie the date to the milestone; it is a reading of them.
        is_open: whether it may be published.

    Raises:
        AlreadyRecorded: the number, the name or the mark is taken.
        NotRecorded: there is no such gate or stage.
    """
    disclosure = "open" if is_open else "exempt"
    with (
        register.write() as session,
        acting(session, ref, "milestone set", stamp, seen=seen) as act,
    ):
        family = _in_family(session, act.case)
        number = no or max((row.no for row in family), default=0) + 1
        _refuse_another(act.case, family, number, name, mark)
        if met_by is not None:
            met_by = evidence_named(session, act.case, met_by)
        act.record(
            Milestone,
            {
                "no": number, "name": name, "owner": owner, "mark": mark, "only_if": only_if,
                "met_by": met_by, "disclosure": disclosure, "source": source,
            },
        )  # fmt: skip
        if only_if is not None and not conditions_of(session, act.case, only_if):
            act.record(MilestoneCondition, {"title": only_if, "disclosure": disclosure})
        enter_date(
            act, number, DateKind.BASELINE, when,
            disclosure=disclosure, source=source, is_reading=is_reading,
        )  # fmt: skip
    return number


def forecast(
    register: Register,
    ref: str,
    no: int,
    when: When,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    because: str | None,
    follow: bool = False,
) -> tuple[Moved, ...]:
    """Forecast a milestone anew; earlier forecasts and the baseline are kept.

    Says what has to move with it, on the case itself, its whole and its other parts.

    Args:
        seen: the version of the case, its whole and its parts that the user was shown.
        follow: move what has to move as well, in the same unit; else it is only told.

    Raises:
        NotRecorded: the case itself has no milestone of that number.
        BadFact: it would come before what it comes after.
        AlreadyRecorded: that is the forecast already, for that reason, and nothing else is to move.
    """
    reason = required(because, "change a forecast")
    with register.write() as session:
        case = find_case(session, ref)
        _own(session, ref, no)
        found = timetable(session, family_of(session, case))
        changes = {(ref, no): (when.earliest, when.latest)}
        _refuse_too_early(found, (ref, no), when)
        moves = moved(found.nodes(), found.links, changes)
        stands = _is_forecast(found.entries[ref, no].now, when, reason)
        dates = {} if stands else {(ref, no): (when, reason)}
        for move in moves if follow else ():
            pushed = shown(*move.after)
            why = f"Milestone {move.because[1]} moved: {reason}"
            dates[move.key] = (When(*move.after, pushed), why)
        if not dates:
            more = " What comes after it moves with `--follow`." if moves else ""
            raise AlreadyRecorded(
                f"Milestone {no} of {ref} is forecast for {when.as_written} already, for that very "
                f"reason; nothing was recorded.{more}"
            )
        for each in sorted({key[0] for key in dates}):
            with acting(
                session, each, "milestone forecast", stamp, seen=seen[each], because=reason
            ) as act:
                for key, (at, why) in dates.items():
                    if key[0] == each:
                        entry = found.entries[key].milestone
                        enter_date(
                            act, key[1], DateKind.FORECAST, at, because=why,
                            disclosure=entry.disclosure, source=None,
                        )  # fmt: skip
    return tuple(
        Moved(move.key, found.entries[move.key].milestone.name, shown(*move.after), move.because)
        for move in moves
    )


def _is_forecast(stands: MilestoneDate, when: When, reason: str) -> bool:
    dated = (stands.kind, stands.earliest_on, stands.latest_on, stands.as_written)
    same = (DateKind.FORECAST, when.earliest, when.latest, when.as_written)
    return dated == same and stands.because == reason


def refuse_fixed(register: Register, ref: str, said: str, *, on: date) -> NoReturn:
    """Refuse to move a day that follows from the record, and say which rule fixes it.

    Raises:
        NotAllowed: it is such a day.
        NotRecorded: the case has nothing of that name.
    """
    with register.read() as session:
        case = find_case(session, ref)
        file = case_file(session, case, policy=Policy(case.authority, on), reads=READS)
        days = fixed_days_of(file)
    found = called(days, said)
    if found is None:
        fixed = f" Fixed days are {listed(each.clock.name for each in days)}." if days else ""
        raise NotRecorded(f"{ref} has no milestone “{said}”; name it by its number.{fixed}")
    raise NotAllowed(
        f"{found.unmovable} It follows what is recorded; if that is wrong, correct the entry."
    )


def meet(register: Register, ref: str, no: int, met_on: date, stamp: Stamp, *, seen: int) -> None:
    """Record the day on which a milestone was met.

    Raises:
        NotRecorded: the case itself has no milestone of that number.
        BadFact: the day has not come yet.
        NotAllowed: evidence meets it, and nobody ticks it.
    """
    if met_on > stamp.on:
        raise BadFact(
            f"Milestone {no} can't have been met on {day(met_on)}, after {day(stamp.on)}."
        )
    with (
        register.write() as session,
        acting(session, ref, "milestone met", stamp, seen=seen) as act,
    ):
        milestone = _own(session, ref, no)
        if milestone.met_by is not None:
            raise NotAllowed(
                f"Milestone {no} is met by the evidence: {milestone.met_by}. Nobody ticks it; "
                f"`disposals next {ref}` says what is missing."
            )
        entry = timetable(session, [ref]).entries[ref, no]
        if entry.is_met and entry.now.latest_on == met_on:
            raise AlreadyRecorded(f"Milestone {no} is recorded as met on {day(met_on)} already.")
        when = When(met_on, met_on, day(met_on))
        enter_date(act, no, DateKind.ACTUAL, when, disclosure=milestone.disclosure, source=None)


def enter_date(
    act: Act,
    no: int,
    kind: DateKind,
    when: When,
    *,
    disclosure: str,
    source: str | None,
    is_reading: bool = False,
    because: str | None = None,
) -> None:
    """Enter one date of a milestone within an act on its case."""
    act.record(
        MilestoneDate,
        {
            "milestone_no": no, "kind": kind, "earliest_on": when.earliest,
            "latest_on": when.latest, "as_written": when.as_written, "is_reading": is_reading,
            "because": because, "disclosure": disclosure, "source": source,
        },
    )  # fmt: skip


def conditions_of(session: Session, case: Disposal, title: str) -> list[MilestoneCondition]:
    """The condition of a title, on the case, its whole or another part; none or one."""
    return [
        row
        for ref in family_of(session, case)
        for row in own_in_force(session, MilestoneCondition, ref)
        if row.title == title
    ]


def _refuse_another(
    case: Disposal, family: Iterable[Milestone], number: int, name: str, mark: Mark | None
) -> None:
    for row in family:
        if row.no == number:
            raise AlreadyRecorded(f"{case.ref} or a part of it has a milestone {number} already.")
        if row.disposal_ref == case.ref and row.name.casefold() == name.strip().casefold():
            raise AlreadyRecorded(f"{case.ref} has a milestone “{row.name}” already: {row.no}.")
        if mark is not None and row.disposal_ref == case.ref and row.mark is mark:
            raise AlreadyRecorded(f"Milestone {row.no} of {case.ref} stands for {mark} already.")


def _refuse_too_early(found: Timetable, key: Key, when: When) -> None:
    nodes = [
        Node(node.key, when.earliest, when.latest) if node.key == key else node
        for node in found.nodes()
    ]
    for link, allowed in too_early(nodes, found.links):
        if link.milestone == key:
            wait = f" and {link.lag}" if link.lag.number else ""
            raise BadFact(
                f"Milestone {key[1]} can't come about by {day(when.latest)}: it comes after "
                f"milestone {link.after[1]}{wait}, which allows {day(allowed)} at the earliest. "
                f"Move milestone {link.after[1]} first, or name a later date."
            )


def family_of(session: Session, case: Disposal) -> list[str]:
    """The references of a case's whole and of all its parts."""
    whole = case.whole_ref or case.ref
    return [whole, *(part.ref for part in parts_of(session, whole))]


def _in_family(session: Session, case: Disposal) -> list[Milestone]:
    return [
        row for ref in family_of(session, case) for row in own_in_force(session, Milestone, ref)
    ]


def _own(session: Session, ref: str, no: int) -> Milestone:
    milestones = {row.no: row for row in own_in_force(session, Milestone, ref)}
    if no not in milestones:
        known = ", ".join(str(number) for number in sorted(milestones)) or "none"
        raise NotRecorded(f"{ref} has no milestone {no} of its own (it has: {known}).")
    return milestones[no]
