"""Every case of the register as the forecast of receipts needs it: columns, streamed by reference.

One statement for each kind of record, whatever the number of cases; they are read side by side in
the order of references, so that no more than some thousand cases are held at a time.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, TypeDecorator, select, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, func, or_

from disposals import facts
from disposals.facts import Facts
from disposals.looking_back import AnyRow, batches, looks_back, stood
from disposals.records.base import Evidence
from disposals.records.bids import Bid, Valuation
from disposals.records.cases import Disposal
from disposals.records.completion import Condition, Contract, Deed, Receipt
from disposals.records.judgements import Likelihood
from disposals.records.marketing import Campaign
from disposals.records.programme import (
    HoldingCost,
    Milestone,
    MilestoneCondition,
    MilestoneDate,
    MilestoneLink,
)
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import DateKind, Mark, Outcome, Standing

_IN_LINE = (Standing.PREFERRED, Standing.SHORTLISTED, Standing.RESERVE)
_REF = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Hanging:
    """What the completion of a case hangs on.

    Attributes:
        is_void: some of it failed.
    """

    open: tuple[str, ...]
    is_void: bool


class Case(NamedTuple):
    """A case as it stands where the session looks."""

    reference: str
    name: str
    whole_ref: str | None
    stage: str
    held_on: date | None
    held_because: str | None


_NOTHING = Hanging((), is_void=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some thousand cases that follow each other in the order of references.

    Attributes:
        completions: by case; a part without one of its own has that of its whole.
        hanging: by case, where its completion hangs on anything.
        rows: by kind, those of all these cases, each beginning with the reference.
    """

    cases: Sequence[Case]
    completions: Mapping[str, Sequence[Any]]
    hanging: Mapping[str, Hanging]
    rows: Mapping[Any, Sequence[Sequence[Any]]]

    def facts(self, but: Collection[str] = ()) -> Iterator[Facts]:
        """What is recorded about each case, but for some of them."""
        wanted = {case.reference for case in self.cases}.difference(but)
        of_each = []
        for kind, rows in self.rows.items():
            own = (kind._make(row) for row in rows if row[0] in wanted)
            of_each.append({ref: tuple(of_it) for ref, of_it in groupby(own, _REF)})
        for ref, name, _, stage, held_on, held_because in self.cases:
            if ref in wanted:
                end = self.completions.get(ref)
                hangs = self.hanging.get(ref, _NOTHING)
                yield Facts(
                    ref, name, stage, held_because if held_on else None,
                    None if end is None else facts.Completion._make(end), hangs.open, hangs.is_void,
                    *[own.get(ref, ()) for own in of_each],
                )  # fmt: skip


def prospects(
    session: Session, *, on: date, refs: Collection[str] | None = None
) -> Iterator[Facts]:
    """What is recorded about every case, by reference.

    Args:
        on: the day as of which a milestone counts as met.
        refs: these cases alone; a part wants its whole among them.
    """
    for batch in in_batches(session, on=on, refs=refs):
        yield from batch.facts()


def in_batches(
    session: Session, *, on: date, refs: Collection[str] | None = None
) -> Iterator[Batch]:
    """The same, some thousand cases at a time."""
    cases = select(
        col(Disposal.ref), col(Disposal.name), col(Disposal.whole_ref), col(Disposal.stage),
        col(Disposal.held_on), col(Disposal.held_because),
    ).order_by(col(Disposal.ref))  # fmt: skip
    if refs is not None:
        cases = cases.where(col(Disposal.ref).in_(refs))

    def of(kind: type[Evidence], told: Any, *where: ColumnElement[bool]) -> _Ahead:
        return _Ahead(_in_force(session, kind, told._fields[1:], where, refs))

    completions = _Ahead(_completions(session, on, refs))
    of_each = {  # in the order of the fields of Facts
        facts.Receipt: of(
            Receipt, facts.Receipt,
            col(Receipt.received_on) <= on, col(Receipt.amount_pence) > 0,
        ),
        facts.Contract: of(
            Contract, facts.Contract,
            col(Contract.lapsed_on).is_(None), col(Contract.exchanged_on) <= on,
        ),
        facts.Terms: of(
            HeadsOfTerms, facts.Terms,
            col(HeadsOfTerms.agreed_on).is_not(None), col(HeadsOfTerms.lapsed_on).is_(None),
        ),
        facts.Bid: of(Bid, facts.Bid, col(Bid.standing).in_(_IN_LINE)),
        facts.Campaign: of(Campaign, facts.Campaign),
        facts.Likelihood: of(Likelihood, facts.Likelihood),
        facts.Valuation: of(Valuation, facts.Valuation),
        facts.Condition: of(Condition, facts.Condition, col(Condition.lapsed_on).is_(None)),
        facts.Deed: of(Deed, facts.Deed, col(Deed.lapsed_on).is_(None)),
        facts.HoldingCost: of(HoldingCost, facts.HoldingCost),
        facts.LapsedTerms: of(
            HeadsOfTerms, facts.LapsedTerms, col(HeadsOfTerms.lapsed_on).is_not(None)
        ),
        facts.FallenBid: of(Bid, facts.FallenBid, col(Bid.standing) == Standing.FELL_THROUGH),
    }  # fmt: skip
    hanging = _hanging(session)
    of_wholes: dict[str, AnyRow] = {}
    for rows in batches(session, cases):
        seen = [Case._make(row) for row in rows]
        if looks_back(session):
            seen = [Case(*case[:3], *(stood(session, case[0]) or case[3:])) for case in seen]
        last = seen[-1].reference
        own = {row[0]: row for row in completions.up_to(last)}
        hangs = {ref: hanging[ref] for ref in own.keys() & hanging.keys()}
        for case in seen:
            if case.stage == "in_parts" and case.reference in own:
                of_wholes[case.reference] = own[case.reference]
            elif case.whole_ref in of_wholes and case.reference not in own:
                own[case.reference] = of_wholes[case.whole_ref]
                hangs[case.reference] = hanging.get(case.whole_ref, _NOTHING)
        yield Batch(seen, own, hangs, {kind: each.up_to(last) for kind, each in of_each.items()})


class _Ahead:
    """Rows in the order of references, handed out up to one of them."""

    def __init__(self, found: Iterator[Sequence[AnyRow]]) -> None:
        self._found = found
        self._rows: list[AnyRow] = []

    def up_to(self, ref: str) -> list[AnyRow]:
        """The rows of the cases up to this one, which were not handed out before."""
        while not self._rows or self._rows[-1][0] <= ref:
            more = next(self._found, None)
            if more is None:
                break
            self._rows += more
        end = bisect_right(self._rows, ref, key=_REF)
        handed_out, self._rows = self._rows[:end], self._rows[end:]
        return handed_out


def _in_force(
    session: Session, kind: type[Evidence], fields: Iterable[str],
    where: Iterable[ColumnElement[bool]] = (), refs: Collection[str] | None = None,
) -> Iterator[Sequence[AnyRow]]:  # fmt: skip
    """Some fields of the rows that no later row replaces, by reference, oldest first."""
    later = aliased(kind)
    query = (
        select(col(kind.disposal_ref), *(_plain(getattr(kind, name)) for name in fields))
        .where(~exists().where(col(later.replaces) == col(kind.id)), *where)
        .order_by(col(kind.disposal_ref), col(kind.id))
    )
    if refs is not None:
        query = query.where(col(kind.disposal_ref).in_(refs))
    return batches(session, query)


def _plain(column: Any) -> Any:
    """A column of a word as its text: to make a word of each would cost more than to read it."""
    if isinstance(column.type, TypeDecorator):
        return type_coerce(column, String).label(column.key)
    return column


def _completions(
    session: Session, on: date, refs: Collection[str] | None
) -> Iterator[Sequence[AnyRow]]:
    """The last date of every milestone that stands for completion."""
    newer, last, later = aliased(Milestone), MilestoneDate, aliased(MilestoneDate)

    def counts(each: Any) -> ColumnElement[bool]:
        return or_(col(each.kind) != DateKind.ACTUAL, col(each.latest_on) <= on)

    query = (
        select(
            col(Milestone.disposal_ref), _plain(last.kind), col(last.earliest_on),
            col(last.latest_on), col(last.as_written),
        )
        .join(
            last,
            and_(
                col(last.disposal_ref) == col(Milestone.disposal_ref),
                col(last.milestone_no) == col(Milestone.no),
            ),
        )
        .where(
            col(Milestone.mark) == Mark.COMPLETION,
            ~exists().where(col(newer.replaces) == col(Milestone.id)),
            counts(last),
            ~exists().where(
                col(later.disposal_ref) == col(last.disposal_ref),
                col(later.milestone_no) == col(last.milestone_no),
                col(later.id) > col(last.id),
                counts(later),
            ),
        )
        .order_by(col(Milestone.disposal_ref), col(Milestone.id))
    )  # fmt: skip
    if refs is not None:
        query = query.where(col(Milestone.disposal_ref).in_(refs))
    return batches(session, query)


def _hanging(session: Session) -> Mapping[str, Hanging]:
    """By case, the conditions on which its completion hangs, by itself or by what it comes after.

    Only disposals that have a condition are looked at.
    """
    decided = _in_force(session, MilestoneCondition, ("title", "outcome"))
    outcomes = {
        (_family(ref), title): outcome for ref, title, outcome in chain.from_iterable(decided)
    }
    if not outcomes:
        return {}
    one = aliased(Disposal)
    families = (
        select(func.coalesce(one.whole_ref, one.ref))
        .join(MilestoneCondition, col(MilestoneCondition.disposal_ref) == col(one.ref))
        .scalar_subquery()
    )
    within = select(col(Disposal.ref)).where(
        func.coalesce(Disposal.whole_ref, Disposal.ref).in_(families)
    )
    on_them = _in_force(
        session, Milestone, ("no", "mark", "only_if"), [col(Milestone.disposal_ref).in_(within)]
    )
    milestones = {
        (_family(ref), no): (ref, mark, only_if)
        for ref, no, mark, only_if in chain.from_iterable(on_them)
    }
    links = _in_force(
        session, MilestoneLink, ("milestone_no", "after_no", "is_undone"),
        [col(MilestoneLink.disposal_ref).in_(within)],
    )  # fmt: skip
    after: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for ref, no, other, undone in chain.from_iterable(links):
        if not undone:
            after.setdefault((_family(ref), no), []).append((_family(ref), other))
    found = {}
    for key, (ref, mark, _) in milestones.items():
        if mark == Mark.COMPLETION:
            titles = [
                milestones[each][2] for each in _with_all_before(key, after) if each in milestones
            ]
            told = {title: outcomes.get((key[0], title)) for title in titles if title}
            found[ref] = Hanging(
                tuple(title for title, outcome in told.items() if outcome is None),
                Outcome.FAILED in told.values(),
            )
    return found


def _with_all_before(
    key: tuple[str, int], after: Mapping[tuple[str, int], list[tuple[str, int]]]
) -> list[tuple[str, int]]:
    found = [key]
    for each in found:
        found += [other for other in after.get(each, ()) if other not in found]
    return found


def _family(ref: str) -> str:
    """The whole of a part; of any other case itself."""
    return ref.partition("/")[0]
