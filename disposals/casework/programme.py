"""Milestones: set with a baseline, forecast again with a reason, met on a day."""

from datetime import date

from sqlmodel import Session

from disposals.casework.acts import Act, Stamp, acting, required
from disposals.errors import AlreadyRecorded, BadFact, NotRecorded
from disposals.finding import own_in_force, parts_of
from disposals.milestones import When
from disposals.records.cases import Disposal
from disposals.records.programme import Milestone, MilestoneDate
from disposals.register import Register
from disposals.vocabulary import DateKind
from disposals.words import day


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
    source: str | None = None,
    is_reading: bool = False,
    is_open: bool = False,
) -> None:
    """Set a milestone and its baseline, which is never altered.

    Args:
        no: its number among those of the whole and its parts; the next one if not given.
        is_reading: the papers do not tie the date to the milestone; it is a reading of them.
        is_open: whether it may be published.

    Raises:
        AlreadyRecorded: the number is taken.
    """
    disclosure = "open" if is_open else "exempt"
    with (
        register.write() as session,
        acting(session, ref, "milestone set", stamp, seen=seen) as act,
    ):
        taken = {row.no for row in _in_family(session, act.case)}
        number = no or max(taken, default=0) + 1
        if number in taken:
            raise AlreadyRecorded(f"{ref} or a part of it has a milestone {number} already.")
        act.record(
            Milestone,
            {
                "no": number, "name": name, "owner": owner, "disclosure": disclosure,
                "source": source,
            },
        )  # fmt: skip
        _date(
            act, number, DateKind.BASELINE, when,
            disclosure=disclosure, source=source, is_reading=is_reading,
        )  # fmt: skip


def forecast(
    register: Register,
    ref: str,
    no: int,
    when: When,
    stamp: Stamp,
    *,
    seen: int,
    because: str | None,
) -> None:
    """Forecast a milestone anew; earlier forecasts and the baseline are kept.

    Raises:
        NotRecorded: the case itself has no milestone of that number.
    """
    reason = required(because, "change a forecast")
    with (
        register.write() as session,
        acting(session, ref, "milestone forecast", stamp, seen=seen, because=reason) as act,
    ):
        milestone = _own(session, ref, no)
        _date(
            act, no, DateKind.FORECAST, when, because=reason,
            disclosure=milestone.disclosure, source=None,
        )  # fmt: skip


def meet(register: Register, ref: str, no: int, met_on: date, stamp: Stamp, *, seen: int) -> None:
    """Record the day on which a milestone was met.

    Raises:
        NotRecorded: the case itself has no milestone of that number.
        BadFact: the day has not come yet.
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
        when = When(met_on, met_on, day(met_on))
        _date(act, no, DateKind.ACTUAL, when, disclosure=milestone.disclosure, source=None)


def _date(
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
    act.record(
        MilestoneDate,
        {
            "milestone_no": no, "kind": kind, "earliest_on": when.earliest,
            "latest_on": when.latest, "as_written": when.as_written, "is_reading": is_reading,
            "because": because, "disclosure": disclosure, "source": source,
        },
    )  # fmt: skip


def _in_family(session: Session, case: Disposal) -> list[Milestone]:
    whole = case.whole_ref or case.ref
    refs = [whole, *(part.ref for part in parts_of(session, whole))]
    return [row for ref in refs for row in own_in_force(session, Milestone, ref)]


def _own(session: Session, ref: str, no: int) -> Milestone:
    milestones = {row.no: row for row in own_in_force(session, Milestone, ref)}
    if no not in milestones:
        known = ", ".join(str(number) for number in sorted(milestones)) or "none"
        raise NotRecorded(f"{ref} has no milestone {no} of its own (it has: {known}).")
    return milestones[no]
