"""Every case of the register as the forecast of receipts needs it: columns, streamed by reference.

One statement for each kind of record, whatever the number of cases; they are read side by side in
the order of references, so that no more than one case is held at a time.
"""

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, TypeDecorator, select, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, func, or_

from disposals.looking_back import rows, stood
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
from disposals.sums import Facts
from disposals.vocabulary import DateKind, Mark, Outcome, Standing

_PAST_ALL = chr(sys.maxunicode)  # comes after every reference
_IN_LINE = (Standing.PREFERRED, Standing.SHORTLISTED, Standing.RESERVE)


class _Rows:
    """Rows in the order of references, handed out case by case."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = iter(rows)
        self._step()

    def _step(self) -> None:
        self._next = next(self._rows, None)
        self.at = _PAST_ALL if self._next is None else self._next[0]

    def of(self, ref: str) -> Sequence[Any]:
        """The rows of a case; those of cases before it are passed over."""
        found = []
        while self.at <= ref:
            if self.at == ref:
                found.append(self._next)
            self._step()
        return found


@dataclass(frozen=True, slots=True)
class _Hanging:
    """What the completion of a case hangs on."""

    open: tuple[str, ...]
    is_void: bool


_NOTHING = _Hanging((), is_void=False)


def prospects(
    session: Session, *, on: date, refs: Collection[str] | None = None
) -> Iterator[Facts]:
    """What is recorded about every case, by reference.

    Args:
        on: the day as of which a milestone counts as met.
        refs: these cases alone; a part wants its whole among them.
    """
    cases = select(
        col(Disposal.ref), col(Disposal.name), col(Disposal.whole_ref), col(Disposal.stage),
        col(Disposal.held_on), col(Disposal.held_because),
    ).order_by(col(Disposal.ref))  # fmt: skip
    if refs is not None:
        cases = cases.where(col(Disposal.ref).in_(refs))

    def of(kind: type[Evidence], fields: str, *where: ColumnElement[bool]) -> _Rows:
        return _Rows(_in_force(session, kind, fields, where, refs))

    completions = _Rows(_completions(session, on, refs))
    of_each = (  # in the order of the fields of Facts
        of(Receipt, "amount_pence kind received_on", col(Receipt.received_on) <= on),
        of(
            Contract, "exchanged_on price_pence overage_guaranteed_pence overage_until",
            col(Contract.lapsed_on).is_(None), col(Contract.exchanged_on) <= on,
        ),
        of(
            HeadsOfTerms,
            "terms_version price_pence payments overage_guaranteed_pence overage_after_months",
            col(HeadsOfTerms.agreed_on).is_not(None), col(HeadsOfTerms.lapsed_on).is_(None),
        ),
        of(
            Bid,
            "campaign_no bidder standing price_pence payments overage_guaranteed_pence "
            "overage_after_months abnormal_costs_pence subject_to_planning subject_to_funding "
            "subject_to_board",
            col(Bid.standing).in_(_IN_LINE),
        ),
        of(Campaign, "no ended_on"),
        of(Likelihood, "campaign_no bidder condition percent"),
        of(Valuation, "value_pence"),
        of(Condition, "title satisfied_on waived_on", col(Condition.lapsed_on).is_(None)),
        of(Deed, "dated_on", col(Deed.lapsed_on).is_(None)),
        of(HoldingCost, "monthly_pence from_on until_on"),
    )  # fmt: skip
    hanging = _hanging(session)
    of_wholes: dict[str, Any] = {}  # a part without a completion of its own has that of its whole
    for ref, name, whole_ref, stage, held_on, held_because in rows(session, cases):
        was = stood(session, ref)
        if was is not None:
            stage, held_on, held_because = was  # noqa: PLW2901 (as the session sees it)
        completion = next(reversed(completions.of(ref)), None)
        if stage == "in_parts" and completion is not None:
            of_wholes[ref] = completion
        source = ref
        if completion is None and whole_ref in of_wholes:
            completion, source = of_wholes[whole_ref], whole_ref
        hangs = hanging.get(source, _NOTHING)
        yield Facts(
            ref, name, stage, held_because if held_on else None, completion, hangs.open,
            hangs.is_void, *[each.of(ref) if each.at <= ref else () for each in of_each],
        )  # fmt: skip


def _in_force(
    session: Session, kind: type[Evidence], fields: str, where: Iterable[ColumnElement[bool]],
    refs: Collection[str] | None,
) -> Iterator[Any]:  # fmt: skip
    """Some fields of the rows that no later row replaces, by reference, oldest first."""
    later = aliased(kind)
    query = (
        select(col(kind.disposal_ref), *(_plain(getattr(kind, name)) for name in fields.split()))
        .where(~exists().where(col(later.replaces) == col(kind.id)), *where)
        .order_by(col(kind.disposal_ref), col(kind.id))
    )
    if refs is not None:
        query = query.where(col(kind.disposal_ref).in_(refs))
    return rows(session, query)


def _plain(column: Any) -> Any:
    """A column of a word as its text: to make a word of each would cost more than to read it."""
    if isinstance(column.type, TypeDecorator):
        return type_coerce(column, String).label(column.key)
    return column


def _completions(session: Session, on: date, refs: Collection[str] | None) -> Iterator[Any]:
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
    return rows(session, query)


def _hanging(session: Session) -> Mapping[str, _Hanging]:
    """By case, the conditions on which its completion hangs, by itself or by what it comes after.

    Only disposals that have a condition are looked at.
    """
    outcomes = {
        (_family(ref), title): outcome
        for ref, title, outcome in _in_force(session, MilestoneCondition, "title outcome", (), None)
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
    milestones = {
        (_family(ref), no): (ref, mark, only_if)
        for ref, no, mark, only_if in _in_force(
            session, Milestone, "no mark only_if", (col(Milestone.disposal_ref).in_(within),), None
        )
    }
    after: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for ref, no, other, undone in _in_force(
        session, MilestoneLink, "milestone_no after_no is_undone",
        (col(MilestoneLink.disposal_ref).in_(within),), None,
    ):  # fmt: skip
        if not undone:
            after.setdefault((_family(ref), no), []).append((_family(ref), other))
    found = {}
    for key, (ref, mark, _) in milestones.items():
        if mark == Mark.COMPLETION:
            titles = [
                milestones[each][2] for each in _with_all_before(key, after) if each in milestones
            ]
            told = {title: outcomes.get((key[0], title)) for title in titles if title}
            found[ref] = _Hanging(
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
