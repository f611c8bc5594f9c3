"""Receipts drawn many times over: when each sale completes, if it does, and what that comes to.

Nothing is correlated: every sale comes about or not by itself. The same seed gives the same sums.
"""

from array import array
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

Outcomes = tuple[tuple[int, float], ...]  # a month as `month_of` counts, and its share of 1
SEED = 1972
WORST, LIKELY, BEST = 10, 50, 90  # percentiles of the sums drawn
_MOST, _FEWEST, _AT_ALL = 10_000, 250, 10_000_000
_AT_ONCE = 1_000_000  # numbers drawn in one step, so that memory does not grow with the estate
_MONTHS, _QUARTER = 12, 3


def month_of(on: date) -> int:
    """The months of the calendar counted through, so that they can be added to."""
    return on.year * _MONTHS + on.month - 1


def quarter_of(month: int) -> int:
    """The quarters counted through; those of the calendar and of the financial year coincide."""
    return month // _QUARTER


@cache
def spread(earliest: date, latest: date, slips: tuple[tuple[int, int], ...]) -> Outcomes:
    """In which month a sale completes: any day of its interval alike, then so many months later.

    Args:
        slips: months, and of 100 how often.
    """
    days = (latest - earliest).days + 1
    shares: dict[int, float] = {}
    for month in range(month_of(earliest), month_of(latest) + 1):
        year, number = divmod(month, _MONTHS)
        first = max(earliest, date(year, number + 1, 1))
        last = min(latest, date(year, number + 1, monthrange(year, number + 1)[1]))
        for later, percent in slips:
            share = ((last - first).days + 1) / days * percent / 100
            shares[month + later] = shares.get(month + later, 0.0) + share
    return tuple(sorted((month, share) for month, share in shares.items() if share))


def how_many(cases: int) -> int:
    """How many draws: fewer the more cases there are, for sums of many cases scatter less."""
    return min(_MOST, max(_FEWEST, _AT_ALL // max(cases, 1)))


class Draws:
    """The sales to draw, gathered by what they have in common, and what they bring."""

    def __init__(self) -> None:
        self.cases = 0
        self._alike: dict[tuple[float, Outcomes, tuple[int, ...]], list[array[float]]] = {}
        self._certain: dict[int, int] = {}

    def add(self, likelihood: float, outcomes: Outcomes, sums: Sequence[tuple[int, int]]) -> None:
        """Add a sale.

        Args:
            likelihood: that it completes at all, of 1.
            outcomes: when it completes if it does.
            sums: months after completion, and pence.
        """
        after = tuple(months for months, _ in sums)
        if all(months % _QUARTER == 0 for months in after):
            outcomes = _by_quarter(outcomes)
        amounts = self._alike.setdefault((likelihood, outcomes, after), [array("d") for _ in after])
        for kept, (_, pence) in zip(amounts, sums, strict=True):
            kept.append(pence)
        self.cases += 1

    def add_certain(self, month: int, pence: int) -> None:
        """Add money that is in, or that nothing can stop."""
        quarter = quarter_of(month)
        self._certain[quarter] = self._certain.get(quarter, 0) + pence

    def draw(self, *, seed: int, number: int) -> "Mapping[int, np.ndarray]":
        """By quarter, the sum of every draw, in pence."""
        import numpy as np

        rng = np.random.default_rng(seed)
        totals = {
            quarter: np.full(number, float(pence)) for quarter, pence in self._certain.items()
        }
        for (likelihood, outcomes, after), amounts in sorted(self._alike.items()):
            sums = np.array(amounts)
            sums = sums[:, np.lexsort(sums)]  # in whatever order they were added
            for begin in range(0, sums.shape[1], step := max(1, _AT_ONCE // number)):
                some = sums[:, begin : begin + step]
                drawn = rng.random((some.shape[1], number), dtype=np.float32)
                until, before = 0.0, np.zeros((len(after), number))
                for month, share in outcomes:
                    until += likelihood * share
                    # Not by matrix product, whose threads would wait for each other.
                    reached = np.einsum("ij,jk->ik", some, drawn < until)
                    for row, months in enumerate(after):
                        quarter = quarter_of(month + months)
                        into = totals.setdefault(quarter, np.zeros(number))
                        into += reached[row] - before[row]
                    before = reached
        return totals


def range_of(totals: "Iterable[np.ndarray]") -> tuple[int, int, int]:
    """Worst, likely and best of the sums of some quarters together, in whole pence."""
    import numpy as np

    drawn = list(totals)
    if not drawn:
        return 0, 0, 0
    worst, likely, best = np.percentile(
        np.sum(drawn, axis=0), [WORST, LIKELY, BEST], method="inverted_cdf"
    )
    return round(float(worst)), round(float(likely)), round(float(best))


@cache
def _by_quarter(outcomes: Outcomes) -> Outcomes:
    """The same by the first month of each quarter: what comes with it falls in one quarter."""
    shares: dict[int, float] = {}
    for month, share in outcomes:
        first = month - month % _QUARTER
        shares[first] = shares.get(first, 0.0) + share
    return tuple(sorted(shares.items()))
