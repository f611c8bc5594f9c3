"""Lines of receipts added up by quarter and financial year; rounded once, at the end."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from math import lcm
from typing import NamedTuple, Self

from disposals.appraisal import whole_pence
from disposals.draws import month_of, quarter_of
from disposals.receipts import Line, Percents, likelihood

_MONTHS, _QUARTERS = 12, 4
_DAYS_OF_MONTHS = lcm(28, 29, 30, 31)  # a month's share of a day is then a whole number
_QUARTER_OF_A_YEAR = 3 * _DAYS_OF_MONTHS


class Kind(StrEnum):
    """How sure a sum is: in, bound by contract, or neither."""

    RECEIVED = "received"
    SECURED = "secured"
    TO_COME = "to come"

    __hash__ = str.__hash__  # that of an enumeration is written in Python, and slow


class Period(NamedTuple):
    """A financial year, 1 April to 31 March, or a quarter of it.

    Attributes:
        first: the calendar year in which it begins.
        quarter: 1 is April to June; None for the year.
    """

    first: int
    quarter: int = 0

    @classmethod
    def of_quarter(cls, counted: int) -> Self:
        """The quarter that `draws.quarter_of` counts."""
        year, quarter = divmod(counted - 1, _QUARTERS)
        return cls(year, quarter + 1)

    @property
    def counted(self) -> range:
        """Its quarters, as `draws.quarter_of` counts them."""
        begin = self.first * _QUARTERS + 1
        return (
            range(begin, begin + _QUARTERS)
            if not self.quarter
            else range(begin + self.quarter - 1, begin + self.quarter)
        )

    @property
    def year(self) -> "Period":
        """The financial year that it belongs to."""
        return Period(self.first)

    @property
    def quarters(self) -> tuple["Period", ...]:
        """The four quarters of its year."""
        return tuple(Period(self.first, each) for each in range(1, _QUARTERS + 1))

    def __str__(self) -> str:
        """As boards write it: 2022/23 or 2022/23 Q1."""
        year = f"{self.first}/{(self.first + 1) % 100:02d}"
        return f"{year} Q{self.quarter}" if self.quarter else year


@dataclass(slots=True)
class Sums:
    """What falls in a period, in pence.

    Attributes:
        by_kind: unadjusted, and `cases` how many cases each comes from.
        crunch: what of it is forecast for the last months of the year.
        adjusted: unrounded; `held` in parts of a penny, `_DAYS_OF_MONTHS` to each.
    """

    by_kind: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    cases: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    all_cases: int = 0
    crunch: int = 0
    adjusted: Decimal = Decimal(0)
    held: int = 0

    @property
    def unadjusted(self) -> int:
        """All of it, as if everything came about as forecast."""
        return sum(self.by_kind.values())

    @property
    def risk_adjusted(self) -> int:
        """Each sum times how likely it is."""
        return whole_pence(self.adjusted)

    @property
    def holding(self) -> int:
        """What holding the land until it is sold costs in the period."""
        return whole_pence(Decimal(self.held) / _DAYS_OF_MONTHS)


class Sum(NamedTuple):
    """One sum of a case, in pence.

    Attributes:
        percents: what its likelihood is made of, each of 100.
        window: the days on which the case may complete; None where it is completed.
    """

    month: int
    kind: Kind
    percents: Percents
    pence: int
    window: tuple[date, date] | None


class Forecast:
    """Sums gathered from cases; what falls in each period is worked out when it is asked for."""

    def __init__(self, on: date, crunch_months: int) -> None:
        self.on = on
        self._crunch_months = crunch_months
        self._pence: defaultdict[tuple[int, Kind, Percents, bool], int] = defaultdict(int)
        self._cases: Counter[tuple[tuple[int, Kind], ...]] = Counter()  # by all that each brings
        self._held: defaultdict[int, int] = defaultdict(int)
        self._worked_out: dict[Period, Sums] | None = None

    @property
    def periods(self) -> Mapping[Period, Sums]:
        """Every quarter and every year in which something falls."""
        if self._worked_out is None:
            self._worked_out = self._work_out()
        return self._worked_out

    def sums(self, period: Period) -> Sums:
        """What falls in a period."""
        return self.periods.get(period) or Sums()

    def add(self, line: Line) -> None:
        """Add a line to its quarters and years."""
        to_come = Kind.SECURED if line.is_secured else Kind.TO_COME
        brings = []
        for month, pence, received in line.months():
            kind = Kind.RECEIVED if received else to_come
            self._pence[month, kind, line.percents, line.is_completed] += pence
            brings.append((month, kind))
        if brings:
            self._cases[tuple(brings)] += 1
        for counted, cost in holding(line, self.on) if line.costs else ():
            self._held[counted] += cost
        self._worked_out = None

    def add_sum(self, each: Sum) -> None:
        """Add a case that brings one sum and costs nothing to hold."""
        self._pence[each.month, each.kind, each.percents, each.window is None] += each.pence
        self._cases[((each.month, each.kind),)] += 1
        self._worked_out = None

    def _work_out(self) -> dict[Period, Sums]:
        found: defaultdict[Period, Sums] = defaultdict(Sums)
        for (month, kind, percents, is_completed), pence in self._pence.items():
            is_in = kind is Kind.RECEIVED
            adjusted = Decimal(pence) * (1 if is_in else likelihood(percents))
            crunch = pence * (not is_in and not is_completed and self.is_crunch(month))
            for period in _periods(quarter_of(month)):
                found[period].by_kind[kind] += pence
                found[period].adjusted += adjusted
                found[period].crunch += crunch
        for brings, cases in self._cases.items():
            cells = {(period, kind) for at, kind in brings for period in _periods(quarter_of(at))}
            for period, kind in cells:
                found[period].cases[kind] += cases
            for period in {period for period, _ in cells}:
                found[period].all_cases += cases
        for counted, cost in self._held.items():
            for period in _periods(counted):
                found[period].held += cost
        return dict(found)

    def is_crunch(self, month: int) -> bool:
        """Whether a month is among the last of its financial year: a slip takes it out of it."""
        return (month - 3) % _MONTHS >= _MONTHS - self._crunch_months


@cache
def _periods(counted: int) -> tuple[Period, Period]:
    """The quarter that `draws.quarter_of` counts, and its year."""
    quarter = Period.of_quarter(counted)
    return quarter, quarter.year


def holding(line: Line, on: date) -> Iterator[tuple[int, int]]:
    """What holding costs from a day until completion, by quarter, in parts of a penny.

    Nothing is told where no completion is forecast, for then it has no end.
    """
    if line.window is None or line.is_completed:
        return
    for monthly, since, until in line.costs:
        begin = max(since, on)
        end = line.window[1] if until is None else min(line.window[1], until + timedelta(days=1))
        at, last, quarter = _months(begin), _months(end), quarter_of(month_of(begin))
        while at < last:
            following = min(last, (quarter + 1) * _QUARTER_OF_A_YEAR)
            yield quarter, monthly * (following - at)
            at, quarter = following, quarter + 1


def held_to_date(line: Line, on: date) -> int:
    """What holding cost since it began, until a day; in pence."""
    ends = [(min(on, until + timedelta(days=1)) if until else on) for _, _, until in line.costs]
    parts = sum(
        monthly * (_months(end) - _months(since))
        for (monthly, since, _), end in zip(line.costs, ends, strict=True)
        if since < end
    )
    return whole_pence(Decimal(parts) / _DAYS_OF_MONTHS)


def a_month(line: Line, on: date) -> int:
    """What holding costs each month as things stand."""
    return sum(
        monthly
        for monthly, since, until in line.costs
        if since <= on and (until is None or on <= until)
    )


def _months(on: date) -> int:
    """The time until a day in months, times `_DAYS_OF_MONTHS`."""
    days = monthrange(on.year, on.month)[1]
    return month_of(on) * _DAYS_OF_MONTHS + (on.day - 1) * _DAYS_OF_MONTHS // days
