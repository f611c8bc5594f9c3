"""What money later, or money not certain, is worth today; and quality in points.

Everything is Decimal and unrounded: `whole_pence` rounds once, where a figure is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from disposals.payments import Payment
from disposals.policy import Policy

_MONTHS = 12
_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_HUNDREDTHS = Decimal(10_000)  # rates stand in the policy in hundredths of a percent
_PLACES = 9  # of a month: beyond them is the noise of logarithms


@dataclass(frozen=True, slots=True)
class Rates:
    """Discount rates by period of years, as the Green Book has them (HM Treasury, table 8).

    Attributes:
        bands: the last year of each period and its yearly rate; the last period has no end.
    """

    bands: tuple[tuple[int | None, Decimal], ...]

    @property
    def first(self) -> Decimal:
        """The rate of the first years."""
        return self.bands[0][1]


def rates(policy: Policy) -> Rates:
    """The rates that an authority appraises with on a day."""
    return Rates(
        (
            (30, policy.number("appraisal.rate") / _HUNDREDTHS),
            (75, policy.number("appraisal.rate-after-30-years") / _HUNDREDTHS),
            (None, policy.number("appraisal.rate-after-75-years") / _HUNDREDTHS),
        )
    )


def flat(percent: Decimal) -> Rates:
    """One rate for all years, in percent a year."""
    return Rates(((None, percent / _HUNDRED),))


def factor(months: int, at: Rates) -> Decimal:
    """What a pound that is paid after some months is worth today."""
    if not months:
        return _ONE
    left, begun, worth = Decimal(months) / _MONTHS, 0, _ONE
    for until, rate in at.bands:
        years = left if until is None else min(left, Decimal(until - begun))
        worth /= (_ONE + rate) ** years
        left -= years
        begun = until or begun
        if left <= 0:
            break
    return worth


def present_value(payments: Iterable[Payment], at: Rates) -> Decimal:
    """Net present value in pence, unrounded."""
    return sum((each.pence * factor(each.months, at) for each in payments), Decimal(0))


def weighed(value: Decimal, percents: Iterable[int]) -> Decimal:
    """A value times the likelihood of each thing that must come about for it, each of 100."""
    for percent in percents:
        value = value * percent / _HUNDRED
    return value


def sensitivity(
    value: Decimal, percents: Sequence[int], steps: Sequence[int] = (-20, -10, 0, 10, 20)
) -> dict[int, Decimal]:
    """The same value with every likelihood some points lower or higher, within 0 and 100."""
    return {
        step: weighed(value, [min(100, max(0, percent + step)) for percent in percents])
        for step in steps
    }


def months_until_level(higher: Decimal, lower: Decimal, at: Rates) -> int | None:
    """How many months the higher of two values may slip before it is no more than the lower.

    None where it never is, for the lower is nothing or the rate is.
    """
    if lower <= 0 or any(rate <= 0 for _, rate in at.bands):
        return None
    left, begun, years = (higher / lower).ln(), 0, Decimal(0)
    for until, rate in at.bands:
        yearly = (_ONE + rate).ln()
        here = left / yearly if until is None else min(left / yearly, Decimal(until - begun))
        left -= here * yearly
        years += here
        begun = until or begun
    return int(round(_MONTHS * years, _PLACES))


def quality(
    points: Mapping[str, int], weights: Mapping[str, int], most: Mapping[str, int]
) -> Decimal | None:
    """Weighted quality of 100; None where a criterion is not scored or the weights are not 100.

    Args:
        points: by criterion, those given.
        weights: by criterion, in percent.
        most: by criterion, the points for the best.
    """
    if not weights or sum(weights.values()) != _HUNDRED or weights.keys() - points.keys():
        return None
    return sum(
        (Decimal(weight) * points[title] / most[title] for title, weight in weights.items()),
        Decimal(0),
    )


def price_per_point(value: Decimal, points: Decimal | None) -> Decimal | None:
    """Pence for each point of quality; None where there are no points."""
    return value / points if points else None


def whole_pence(value: Decimal) -> int:
    """Rounded once, half a penny up."""
    return int(value.to_integral_value(ROUND_HALF_UP))
