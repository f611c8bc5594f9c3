"""The officer's day: what is due, what is blocked and by whom, what runs out, what stands still.

It quotes what is exempt, so it is for officers alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Session, col, func, select

from disposals import gates
from disposals.clocks import beginning_with
from disposals.disclosure.fields import Audience
from disposals.disclosure.programme import Asked, families, lines_of, picked
from disposals.finding import counting, own_in_force, read_ahead
from disposals.policy import Policy
from disposals.readiness import definition_of, report_on
from disposals.records.base import Evidence
from disposals.records.bids import Valuation
from disposals.records.cases import Disposal, HistoryEntry, Holding
from disposals.records.completion import Condition
from disposals.records.marketing import Campaign
from disposals.records.notices import MoratoriumNotice
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register
from disposals.words import counted, day, plainly


class Matter(StrEnum):
    """Why something is on the agenda, what presses most first."""

    OVERDUE = "overdue"
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
    register: Register, *, on: date, officer: str | None = None, days: int = 30, idle: int = 90
) -> list[Item]:
    """What an officer, or everyone, has before them on a day; what presses most first.

    Args:
        days: how far ahead to look.
        idle: a case that has not moved for so many days stands still.
    """
    until = on + timedelta(days=days)
    with register.read() as session:
        query = select(Disposal).order_by(col(Disposal.ref))
        if officer is not None:
            query = query.where(Disposal.officer == officer)
        cases = [
            case
            for case in session.exec(query)
            if not definition_of(session, case).is_end(case.stage)
        ]
        _read_ahead(session, cases)
        found = [*_milestones(session, officer, on, days)]
        for case in cases:
            found += _running_out(session, case, on, until)
            found += _blocked(session, case, on)
        found += _still(session, cases, on, idle)
    order = list(Matter)
    return sorted(found, key=lambda each: (order.index(each.matter), each.on or on, each.reference))


def _read_ahead(session: Session, cases: Iterable[Disposal]) -> None:
    """Read what the gates of all cases ask for kind by kind, not case by case."""
    refs = set[str]()
    kinds: set[type[Evidence | Holding]] = {
        Campaign, HeadsOfTerms, Condition, Valuation, MoratoriumNotice,
    }  # fmt: skip
    for case in cases:
        refs |= {case.ref, case.whole_ref or case.ref}
        definition = definition_of(session, case)
        move = definition.onward_from(case.stage)
        if move is not None:
            for read in gates.kinds_read(move.gates, gates.of_approvals(definition)):
                kinds |= {kind for kind in read if issubclass(kind, (Evidence, Holding))}
    read_ahead(session, refs, kinds)


def _milestones(session: Session, officer: str | None, on: date, days: int) -> Iterator[Item]:
    for asked in (Asked(overdue=True, officer=officer), Asked(due_days=days, officer=officer)):
        keys = picked(session, asked, None, on)
        lines = lines_of(session, families(session, keys), audience=Audience.OFFICER, on=on)
        for line in lines:
            if (line.reference, line.no) in keys and not line.is_void:
                matter = Matter.OVERDUE if asked.overdue else Matter.DUE
                yield Item(
                    matter, line.latest_on, line.reference, f"{line.no}. {line.name}. {line.why}",
                    line.owner or "estates officer",
                )  # fmt: skip


def _running_out(session: Session, case: Disposal, on: date, until: date) -> Iterator[Item]:
    for end, what, who in _ends(session, case, on):
        if end is not None and on <= end <= until:
            yield Item(Matter.RUNS_OUT, end, case.ref, f"{what} on {day(end)}.", who)
    if case.review_on is not None and case.review_on <= until:
        what = f"On hold since {day(case.held_on or on)}: {case.held_because}"
        yield Item(Matter.REVIEW, case.review_on, case.ref, what, "estates officer")


def _ends(session: Session, case: Disposal, on: date) -> Iterable[tuple[date | None, str, str]]:
    """Every clock of a case: when it ends, what ends, and whose it is."""
    number, officer = Policy(case.authority, on).number, "estates officer"
    for campaign in own_in_force(session, Campaign, case.ref):
        if campaign.ended_on is None:
            yield campaign.closes_on, f"Campaign {campaign.no} closes to offers", officer
    live = [t for t in own_in_force(session, HeadsOfTerms, case.ref) if t.lapsed_on is None]
    for terms in live[-1:]:
        yield terms.exclusivity_until, f"Exclusivity of {terms.buyer} ends", officer
        yield terms.longstop_on, "The longstop date of the heads of terms is", "legal services"
    for condition in own_in_force(session, Condition, case.ref):
        if condition.satisfied_on is None and condition.waived_on is None:
            yield condition.longstop_on, f"The longstop date of “{condition.title}” is", "buyer"
    for valuation in counting(session, Valuation, case)[-1:]:
        lasts = beginning_with(valuation.valued_on, months=number("valuation.lasts"))
        yield lasts, f"The valuation of {day(valuation.valued_on)} runs out", "valuer"
    for notice in counting(session, MoratoriumNotice, case):
        protected = number("land.community-value.protected")
        end = beginning_with(notice.received_on, months=protected)
        yield end, f"The protected period of {notice.site_ref} ends", "legal services"


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
