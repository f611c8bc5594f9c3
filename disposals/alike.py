"""Cases with nothing out of the ordinary, judged together: a column for each fact, in numpy.

The rules are those of `receipts.judged`, which has every other case: one on hold, overdue, void, a
part, with conditions or holding costs, several contracts, an overage or payments in stages. What
the two say of an ordinary case is the same, and a test holds them to it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from operator import itemgetter
from typing import Any

import numpy as np

from disposals import facts
from disposals.draws import month_of
from disposals.forecast import Kind, Sum
from disposals.paid import is_a
from disposals.prospects import Batch
from disposals.receipts import Weights, likely_at
from disposals.vocabulary import DateKind, ReceiptKind, Standing

_UNUSUAL = (facts.Likelihood, facts.Condition, facts.Deed, facts.HoldingCost)
_Flags = np.ndarray[Any, np.dtype[np.bool_]]
_Numbers = np.ndarray[Any, np.dtype[np.int64]]
_OVER = {"withdrawn", "in_parts"}
_PRICE, _CAMPAIGN, _STANDING = map(
    facts.Bid._fields.index, ("price_pence", "campaign_no", "standing")
)
_EPOCH = date(1970, 1, 1)  # from which numpy counts
_day = date.toordinal


@dataclass(frozen=True, slots=True)
class Alike:
    """The ordinary cases of a batch.

    Attributes:
        references: of all of them.
        without_sum: how many bring nothing, for no sum is known.
        sums: what each of the others brings.
    """

    references: Collection[str]
    without_sum: int
    sums: Sequence[Sum]


def alike(batch: Batch, table: Weights, on: date, *, but: Collection[str] = ()) -> Alike:
    """What the ordinary cases of a batch bring as at a day.

    Args:
        but: cases that are wanted one by one.
    """
    places = _Places((case.reference, place) for place, case in enumerate(batch.cases))
    contract, terms, valuation, receipt, *unusual = (
        _Rows(kind, batch.rows[kind], places)
        for kind in (facts.Contract, facts.Terms, facts.Valuation, facts.Receipt, *_UNUSUAL)
    )
    bid, has_odd_bids = _preferred(batch, places)
    end = _Rows(facts.Completion, list(batch.completions.values()), places)
    ends_on, received_on = end.last("latest_on", _day), receipt.last("received_on", _day)

    is_met = end.last("kind", DateKind.ACTUAL.__eq__) > 0
    is_completed = is_met | _at(batch, "completed")
    is_secured = is_completed | contract.any | _at(batch, "completion")
    price = np.select(
        [contract.any, terms.any, bid.any],
        [contract.last("price_pence"), terms.last("price_pence"), bid.last("price_pence")],
        valuation.last("value_pence"),
    )
    received = receipt.last("amount_pence")
    owed = np.where(contract.any, np.maximum(price - received, 0), price * ~receipt.any)
    pence = np.where(receipt.any, received, owed)
    brings = contract.any | terms.any | bid.any | valuation.any | receipt.any
    # What came in counts on no day before completion; what is still owed after it, today.
    falls_on = np.select(
        [receipt.any & is_met, receipt.any, is_completed],
        [np.maximum(ends_on, received_on), received_on, _day(on)],
        ends_on,
    )

    is_odd = np.logical_or.reduce([
        _are_aside(batch, places, but),
        *(rows.any for rows in unusual),
        *(rows.count > 1 for rows in (contract, terms, receipt)),
        contract.having("overage_guaranteed_pence"),
        terms.having("payments", "overage_guaranteed_pence"),
        has_odd_bids & ~contract.any,
        receipt.last("kind", lambda kind: is_a(kind, ReceiptKind.OVERAGE)) > 0,
        receipt.any & (received_on < contract.last("exchanged_on", _day)),
        receipt.any & (~is_completed | (owed > 0)),
        ~end.any | (~is_completed & (ends_on < _day(on))),
        brings & (pence <= table.small_pence),
    ])  # fmt: skip
    sums = []
    likely = {stage: (likely_at(stage, table),) for stage in {case.stage for case in batch.cases}}
    columns = (_months(falls_on), pence, receipt.any, is_secured, is_completed)
    counting = brings & ~is_odd
    for case, *told in zip(
        compress(batch.cases, counting), *(column[counting].tolist() for column in columns),
        strict=True,
    ):  # fmt: skip
        month, amount, is_in, is_sure, is_done = told
        kind = Kind.RECEIVED if is_in else Kind.SECURED if is_sure else Kind.TO_COME
        if is_done:
            sums.append(Sum(month, kind, (), amount, None))
        else:
            _, _, earliest, latest, _ = batch.completions[case.reference]
            sums.append(Sum(month, kind, likely[case.stage], amount, (max(earliest, on), latest)))
    return Alike(
        {case.reference for case in compress(batch.cases, ~is_odd)},
        int(np.count_nonzero(~brings & ~is_odd)),
        sums,
    )


class _Places(dict[str, int]):
    """The place of each case; rows of no case share the place after the last."""

    def __missing__(self, ref: str) -> int:
        return len(self)


class _Rows:
    """The rows of one kind as columns, and what they come to case by case.

    Attributes:
        at: for each row the place of its case.
        count: for each case how many rows it has; `any` whether it has one.
    """

    def __init__(self, kind: Any, rows: Sequence[Any], places: _Places) -> None:
        self._fields, self._rows = kind._fields, rows
        self.at = np.array([places[row[0]] for row in rows], dtype=np.intp)
        self.count = np.bincount(self.at, minlength=len(places) + 1)
        self.any: _Flags = self.count > 0

    def last(self, field: str, read: Callable[[Any], int] = int) -> _Numbers:
        """For each case a field of its last row as a number; 0 without one."""
        found = np.zeros(len(self.count), dtype=np.int64)
        found[self.at] = [read(value) for value in self._column(field)]
        return found

    def having(self, *fields: str) -> _Flags:
        """The cases of which a row has one of these fields neither empty nor nothing."""
        found = np.zeros(len(self.count), dtype=np.bool_)
        for field in fields:
            found[self.at[np.array(self._column(field), dtype=np.bool_)]] = True
        return found

    def _column(self, field: str) -> list[Any]:
        return list(map(itemgetter(self._fields.index(field)), self._rows))


def _preferred(batch: Batch, places: _Places) -> tuple[_Rows, _Flags]:
    """The preferred bids in the running, and the cases of which a bid is out of the ordinary."""
    running: dict[str, int] = {}
    for ref, no, ended_on in batch.rows[facts.Campaign]:
        if ended_on is None:
            running[ref] = max(no, running.get(ref, 0))
    told = [
        row
        for row in batch.rows[facts.Bid]
        if row[_PRICE] is not None and (not running or row[_CAMPAIGN] >= running.get(row[0], 0))
    ]
    bids = _Rows(facts.Bid, told, places)
    preferred = [row for row in told if row[_STANDING] == Standing.PREFERRED]
    chosen = _Rows(facts.Bid, preferred, places)
    return chosen, (bids.any & (chosen.count != 1)) | chosen.having(
        "payments", "overage_guaranteed_pence", "abnormal_costs_pence",
        "subject_to_planning", "subject_to_funding", "subject_to_board",
    )  # fmt: skip


def _at(batch: Batch, stage: str) -> _Flags:
    return np.array([*(case.stage == stage for case in batch.cases), False])


def _are_aside(batch: Batch, places: _Places, but: Collection[str]) -> _Flags:
    """The parts, what is on hold or over, what hangs on something, and what is wanted by itself."""
    found = np.array([
        whole_ref is not None or held_on is not None or stage in _OVER
        for _, _, whole_ref, stage, held_on, _ in batch.cases
    ] + [True])  # fmt: skip
    found[[places[ref] for ref in (*batch.hanging, *but) if ref in places]] = True
    return found


def _months(days: _Numbers) -> _Numbers:
    """The months of some days, as `draws.month_of` counts them."""
    since_epoch = (days - _day(_EPOCH)).astype("datetime64[D]").astype("datetime64[M]")
    return since_epoch.astype(np.int64) + month_of(_EPOCH)
