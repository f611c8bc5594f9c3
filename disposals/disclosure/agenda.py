"""The officer's day: what is due, what is blocked and by whom, what runs out, what stands still.

It quotes what is exempt, so it is for officers alone.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Session, col, func, select

from disposals import gates
from disposals.deadlines.fixed_days import FixedDay
from disposals.deadlines.of_case import READS
from disposals.disclosure.fields import Audience
from disposals.disclosure.fixed_days import fixed_days
from disposals.disclosure.programme import Asked, families, lines_of, picked
from disposals.disclosure.requests import open_requests
from disposals.finding import read_ahead, read_land_ahead
from disposals.readiness import (
    definition_of,
    refuse_unknown_officer,
    report_on,
    spellings_of,
)
from disposals.records.base import Evidence
from disposals.records.cases import Disposal, HistoryEntry, Holding
from disposals.records.classification import Classification
from disposals.register import Register
from disposals.words import counted, day, listed, plainly
from sites.record import Record


class Matter(StrEnum):
    """Why something is on the agenda, what presses most first."""

    OVERDUE = "overdue"
    RAN_OUT = "ran out"
    DUE = "due"
    RUNS_OUT = "runs out"
    BLOCKED = "blocked"
    REVIEW = "review"
    STANDS_STILL = "stands still"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to see to.

    Attributes:
        on: the day that counts; None where it is simply now.
        who: who can do it.
    """

    matter: Matter
    on: date | None
    reference: str
    what: str
    who: str


def agenda(
    register: Register,
    *,
    on: date,
    officer: str | None = None,
    days: int = 30,
    idle: int = 90,
    refs: Collection[str] | None = None,
) -> list[Item]:
    """What an officer, or everyone, has before them on a day; what presses most first.

    Args:
        days: how far ahead to look.
        idle: a case that has not moved for so many days stands still.
        refs: only these cases.
    """
    until = on + timedelta(days=days)
    with register.read() as session:
        refuse_unknown_officer(session, officer)
        query = select(Disposal).order_by(col(Disposal.ref))
        if officer is not None:
            query = query.where(col(Disposal.officer).in_(spellings_of(session, officer)))
        if refs is not None:
            query = query.where(col(Disposal.ref).in_(refs))
        cases = [
            case
            for case in session.exec(query)
            if not definition_of(session, case).is_end(case.stage)
        ]
        _read_ahead(session, cases, on)
        found = [*_milestones(session, officer, refs, on, days)]
        running = fixed_days(session, cases, on)
        for case in cases:
            found += _running_out(running.get(case.ref, ()), case, on, until)
            found += _blocked(session, case, on)
        found += _still(session, cases, on, idle)
        found += _requests(session, officer, refs, on, until)
        found += _reviews(session, officer, refs, until)
    order = list(Matter)
    return sorted(found, key=lambda each: (order.index(each.matter), each.on or on, each.reference))


def _read_ahead(session: Session, cases: Iterable[Disposal], on: date) -> None:
    """Read what the gates of all cases ask for kind by kind, not case by case."""
    refs, on_land = set[str](), set[str]()
    asked, land = set(READS), set[type[Record]]()
    for case in cases:
        refs |= {case.ref, case.whole_ref or case.ref}
        definition = definition_of(session, case)
        move = definition.onward_from(case.stage)
        if move is not None:
            of_case, across = gates.kinds_read(move.gates, gates.of_approvals(definition))
            asked |= of_case | across
            of_sites = {kind for kind in of_case if not issubclass(kind, (Evidence, Holding))}
            if of_sites:
                land |= of_sites
                on_land.add(case.ref)
    read_ahead(session, refs, (kind for kind in asked if issubclass(kind, (Evidence, Holding))))
    read_land_ahead(session, on_land, land, on=on)


def _milestones(
    session: Session, officer: str | None, refs: Collection[str] | None, on: date, days: int
) -> Iterator[Item]:
    within = None if refs is None else list(refs)
    overdue = picked(session, Asked(overdue=True, officer=officer), within, on)
    due = picked(session, Asked(due_days=days, officer=officer), within, on)
    keys = {*overdue, *due}
    for line in lines_of(session, families(session, keys), audience=Audience.OFFICER, on=on):
        if (line.reference, line.no) in keys and not line.is_void:
            matter = Matter.OVERDUE if (line.reference, line.no) in overdue else Matter.DUE
            yield Item(
                matter, line.latest_on, line.reference, f"{line.no}. {line.name}. {line.why}",
                line.owner or "estates officer",
            )  # fmt: skip


def _requests(
    session: Session, officer: str | None, refs: Collection[str] | None, on: date, until: date
) -> Iterator[Item]:
    for asked in open_requests(session, officer, on):
        if refs is not None and not set(refs) & set(asked.disposals):
            continue
        about = f"{asked.reference} ({asked.requested_by}) about {listed(asked.disposals)}"
        if asked.due_on <= until:
            matter, is_or_was = (Matter.OVERDUE, "was") if asked.is_overdue else (Matter.DUE, "is")
            what = f"Request {about}: the answer {is_or_was} due on {day(asked.due_on)}."
            yield Item(matter, asked.due_on, asked.disposals[0], what, "estates officer")


def _reviews(
    session: Session, officer: str | None, refs: Collection[str] | None, until: date
) -> Iterator[Item]:
    """What is exempt and whose public interest is to be weighed again (paragraph 10)."""
    query = select(Classification, Disposal.officer).join(
        Disposal, col(Disposal.ref) == col(Classification.disposal_ref)
    )
    if officer is not None:
        query = query.where(col(Disposal.officer).in_(spellings_of(session, officer)))
    if refs is not None:
        query = query.where(col(Disposal.ref).in_(refs))
    found = session.exec(query.order_by(col(Classification.id))).all()
    replaced = {row.replaces for row, _ in found}
    for row, who in found:
        if row.review_on is not None and row.review_on <= until and row.id not in replaced:
            name = f"{row.kind.replace('_', '-')}-{row.entry}"
            what = f"{name} is exempt; weigh the public interest again by {day(row.review_on)}."
            yield Item(
                Matter.REVIEW, row.review_on, row.disposal_ref, what, who or "estates officer"
            )


def _running_out(
    found: Iterable[FixedDay], case: Disposal, on: date, until: date
) -> Iterator[Item]:
    for each in found:
        if on <= each.on <= until:
            what = f"{each.name} on {day(each.on)}. {each.rule}. {each.clock.doubt}".rstrip()
            yield Item(Matter.RUNS_OUT, each.on, case.ref, what, each.who)
        elif each.on < on and each.once_past:
            what = f"{each.name}: that was on {day(each.on)}. {each.once_past}"
            yield Item(Matter.RAN_OUT, each.on, case.ref, what, each.who)
    if case.review_on is not None and case.review_on <= until:
        what = f"On hold since {day(case.held_on or on)}: {case.held_because}"
        yield Item(Matter.REVIEW, case.review_on, case.ref, what, "estates officer")


def _blocked(session: Session, case: Disposal, on: date) -> Iterator[Item]:
    move = definition_of(session, case).onward_from(case.stage)
    if move is None or case.held_on is not None:
        return
    stopping = report_on(session, case, move, on).stopping
    if stopping:
        first, more = stopping[0], len(stopping) - 1
        rest = f" And {counted(more, 'more gate')}." if more else ""
        what = f"To {plainly(move.to)}: {first.reason}{rest}"
        yield Item(Matter.BLOCKED, None, case.ref, what, first.owner)


def _still(session: Session, cases: list[Disposal], on: date, idle: int) -> Iterator[Item]:
    moved = dict(
        session.exec(
            select(HistoryEntry.disposal_ref, func.max(HistoryEntry.on))
            .where(
                col(HistoryEntry.disposal_ref).in_([case.ref for case in cases]),
                col(HistoryEntry.from_stage).is_distinct_from(col(HistoryEntry.to_stage)),
            )
            .group_by(HistoryEntry.disposal_ref)
        ).all()
    )
    for case in cases:
        last = moved.get(case.ref)
        if last is not None and case.held_on is None and (on - last).days >= idle:
            what = f"At {plainly(case.stage)} for {counted((on - last).days, 'day')}."
            yield Item(Matter.STANDS_STILL, last, case.ref, what, case.officer or "estates officer")
