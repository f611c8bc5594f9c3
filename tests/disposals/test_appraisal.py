"""What money later is worth today: by the published tables, by hand, and by another library."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import numpy_financial as npf
import pytest

from disposals.appraisal import (
    Rates,
    factor,
    flat,
    months_until_level,
    present_value,
    price_per_point,
    quality,
    rates,
    sensitivity,
    weighed,
    whole_pence,
)
from disposals.payments import Payment, stages
from disposals.policy import Policy
from tests.builders import TODAY

GREEN_BOOK = rates(Policy("kent", TODAY))
RATE = flat(Decimal("3.5"))
NOTHING = flat(Decimal(0))
PENCE = 100


def pounds(written: str) -> Decimal:
    """Pence, unrounded, from pounds."""
    return Decimal(written) * PENCE


def test_england_appraises_at_the_rates_of_the_green_book() -> None:
    assert GREEN_BOOK.bands == (
        (30, Decimal("0.035")),
        (75, Decimal("0.030")),
        (None, Decimal("0.025")),
    )
    assert GREEN_BOOK.first == Decimal("0.035")


def test_a_rate_of_the_councils_own_holds_for_all_years() -> None:
    assert flat(Decimal("4.25")).bands == ((None, Decimal("0.0425")),)
    assert flat(Decimal("4.25")).first == Decimal("0.0425")


@pytest.mark.parametrize(
    ("year", "published"),
    [
        (0, "1.0000"),
        (1, "0.9662"),
        (2, "0.9335"),
        (3, "0.9019"),
        (4, "0.8714"),
        (5, "0.8420"),
        (10, "0.7089"),
        (30, "0.3563"),
        (50, "0.1973"),
        (75, "0.0942"),
        (100, "0.0508"),
        (125, "0.0274"),
    ],
)
def test_factors_are_those_that_the_treasury_publishes(year: int, published: str) -> None:
    assert round(factor(12 * year, GREEN_BOOK), 4) == Decimal(published)


def year_by_year(years: int) -> Fraction:
    """A pound taken down one year at a time, in whole fractions."""
    worth = Fraction(1)
    for year in range(1, years + 1):
        thousandths = 1035 if year <= 30 else 1030 if year <= 75 else 1025
        worth = worth * 1000 / thousandths
    return worth


@pytest.mark.parametrize("years", [1, 29, 30, 31, 74, 75, 76, 100])
def test_each_year_is_discounted_at_the_rate_of_its_own_period(years: int) -> None:
    share = Fraction(factor(12 * years, GREEN_BOOK)) / year_by_year(years)
    assert abs(share - 1) < Fraction(1, 10**24)


@pytest.mark.parametrize(
    ("months", "whole_years", "rate"),
    [(6, 0, "1.035"), (42, 3, "1.035"), (366, 30, "1.03"), (906, 75, "1.025")],
)
def test_half_a_year_counts_for_the_square_root_of_a_year(
    months: int, whole_years: int, rate: str
) -> None:
    half = factor(months, GREEN_BOOK) / factor(12 * whole_years, GREEN_BOOK)
    assert float(1 / half**2) == pytest.approx(float(rate), rel=1e-15)


@pytest.mark.parametrize(
    ("price", "paid", "today"),
    [
        # 1,100,000 × 0.1 + 1,100,000 × 0.9 ÷ 1.035³ = 110,000 + 990,000 ÷ 1.108717875
        (1_100_000, "10% now; 90% after 36 months", "1002923.28"),
        # 1,000,000 ÷ 1.035
        (1_000_000, "100% after 1 year", "966183.57"),
        # 500,000 + 500,000 ÷ 1.035² = 500,000 + 500,000 ÷ 1.071225
        (1_000_000, "50% now; 50% after 2 years", "966755.35"),
        # 200,000 + 300,000 ÷ √1.035 + 400,000 ÷ 1.035 = 200,000 + 294,883.91 + 386,473.43
        (900_000, "£200,000 now; £300,000 after 6 months; £400,000 after 12 months", "881357.34"),
        # 1,000,000 ÷ 1.035³⁰ ÷ 1.03²⁰ = 1,000,000 ÷ (2.806793705 × 1.806111235)
        (1_000_000, "100% after 50 years", "197262.72"),
        (1_250_000, "£1,250,000 now", "1250000.00"),
    ],
)
def test_what_a_price_that_is_paid_over_time_is_worth_today(
    price: int, paid: str, today: str
) -> None:
    value = present_value(stages(paid, price * PENCE), GREEN_BOOK)
    assert whole_pence(value) == pounds(today)


@pytest.mark.parametrize("percent", ["0", "3.5", "6", "12.75"])
@pytest.mark.parametrize(
    "flows",
    [
        [1_000_000],
        [0, 1_000_000],
        [110_000, 0, 0, 990_000],
        [-40_000, 5_000, 8_000, 12_000, 30_000],
        [250_000] * 12,
    ],
)
def test_yearly_sums_are_worth_what_another_library_says(flows: list[int], percent: str) -> None:
    sums = [Payment(Decimal(pence), 12 * year) for year, pence in enumerate(flows)]
    by_another_hand = float(npf.npv(float(percent) / 100, flows))
    ours = float(present_value(sums, flat(Decimal(percent))))
    assert ours == pytest.approx(by_another_hand, rel=1e-12)


def test_nothing_paid_is_worth_nothing() -> None:
    assert present_value([], GREEN_BOOK) == 0


def test_money_is_rounded_once_for_stages_rounded_one_by_one_are_a_penny_off() -> None:
    # £200.00 now, £869.565… today for £900 after a year, £840.159… for £900 after two.
    parts = stages("10% now; 45% after 12 months; 45% after 24 months", 200_000)
    one_by_one = [whole_pence(present_value([part], RATE)) for part in parts]
    assert one_by_one == [20_000, 86_957, 84_016]
    assert sum(one_by_one) == 190_973
    assert whole_pence(present_value(parts, RATE)) == 190_972


@pytest.mark.parametrize(
    ("value", "shown"), [("0.4", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999999999", 2)]
)
def test_half_a_penny_is_rounded_up(value: str, shown: int) -> None:
    assert whole_pence(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "percents", "expected"),
    [
        (1_000_000, [], "1000000"),
        (1_000_000, [100], "1000000"),
        (1_000_000, [80], "800000"),
        (1_000_000, [80, 50], "400000"),
        (1_400_000, [70, 90, 95], "837900"),
        (1_000_000, [80, 0], "0"),
        (1, [33, 33], "0.1089"),
    ],
)
def test_a_value_counts_for_as_much_as_all_its_conditions_are_likely(
    value: int, percents: list[int], expected: str
) -> None:
    assert weighed(Decimal(value), percents) == Decimal(expected)


@pytest.mark.parametrize(
    ("percents", "table"),
    [
        ([], {-20: 1000, -10: 1000, 0: 1000, 10: 1000, 20: 1000}),
        ([70], {-20: 500, -10: 600, 0: 700, 10: 800, 20: 900}),
        ([80, 50], {-20: 180, -10: 280, 0: 400, 10: 540, 20: 700}),
        ([95, 15], {-20: 0, -10: Decimal("42.5"), 0: Decimal("142.5"), 10: 250, 20: 350}),
    ],
)
def test_the_table_shows_a_value_with_every_likelihood_higher_or_lower_within_0_and_100(
    percents: list[int], table: Mapping[int, Decimal | int]
) -> None:
    assert sensitivity(Decimal(1000), percents) == table


def test_a_table_may_have_other_steps() -> None:
    assert sensitivity(Decimal(1000), [60], steps=(-5, 5)) == {-5: 550, 5: 650}


@pytest.mark.parametrize(
    ("higher", "lower", "months"),
    [
        # 12 × ln(1.1) ÷ ln(1.035) = 33.2
        ("1100000", "1000000", 33),
        # The NPV of £1.1m at 10% now and 90% after three years is a month from £1m in cash.
        ("1002923.28", "1000000", 1),
        # 12 × ln(1 ÷ 0.7) ÷ ln(1.035) = 124.4
        ("1000000", "700000", 124),
        ("1000000", "1000000", 0),
        ("1035", "1000", 12),
    ],
)
def test_how_long_the_higher_of_two_values_may_slip_before_they_are_level(
    higher: str, lower: str, months: int
) -> None:
    assert months_until_level(Decimal(higher), Decimal(lower), GREEN_BOOK) == months


# Found by this test: noise in the last digit of a logarithm took a month from a third of them.
@pytest.mark.parametrize("years", [1, 5, 8, 17, 18, 22, 28, 30])
def test_values_that_are_level_after_whole_years_are_so_to_the_month(years: int) -> None:
    grown = Decimal("1.035") ** years
    assert months_until_level(grown, Decimal(1), GREEN_BOOK) == 12 * years


# Found by this test: the rate of the first years was taken for all.
@pytest.mark.parametrize(
    ("higher", "months"),
    [
        # 30 years take 3 down to 3 ÷ 2.8068 = 1.0688; 12 × ln(1.0688) ÷ ln(1.03) = 27.03 more
        (3, 387),
        # 75 years take 20 down to 20 ÷ 10.6142 = 1.8843; 12 × ln(1.8843) ÷ ln(1.025) = 307.9 more
        (20, 1207),
    ],
)
def test_a_value_that_may_slip_past_year_30_slips_at_the_rates_of_the_later_years(
    higher: int, months: int
) -> None:
    assert months_until_level(Decimal(higher), Decimal(1), GREEN_BOOK) == months


@pytest.mark.parametrize(
    ("lower", "at"),
    [("0", RATE), ("-1", RATE), ("1000000", NOTHING), ("1000000", flat(Decimal(-1)))],
)
def test_a_value_never_falls_to_nothing_nor_at_all_where_time_costs_nothing(
    lower: str, at: Rates
) -> None:
    assert months_until_level(Decimal(1_100_000), Decimal(lower), at) is None


WEIGHTS = {"deliverability": 50, "design": 30, "social value": 20}
MOST = {"deliverability": 10, "design": 5, "social value": 10}


@pytest.mark.parametrize(
    ("points", "of_100"),
    [
        ({"deliverability": 10, "design": 5, "social value": 10}, "100"),
        ({"deliverability": 0, "design": 0, "social value": 0}, "0"),
        # 50 × 8/10 + 30 × 3/5 + 20 × 5/10
        ({"deliverability": 8, "design": 3, "social value": 5}, "68"),
        # What carries no weight adds nothing.
        ({"deliverability": 8, "design": 3, "social value": 5, "colour": 10}, "68"),
    ],
)
def test_quality_is_the_weighted_share_of_the_most_points(
    points: Mapping[str, int], of_100: str
) -> None:
    assert quality(points, WEIGHTS, MOST) == Decimal(of_100)


@pytest.mark.parametrize(
    ("points", "weights"),
    [
        ({"deliverability": 8, "design": 3}, WEIGHTS),
        ({}, WEIGHTS),
        ({"deliverability": 8, "design": 3}, {"deliverability": 50, "design": 49}),
        ({"deliverability": 8, "design": 3}, {"deliverability": 50, "design": 51}),
        ({"deliverability": 8}, {}),
    ],
)
def test_quality_is_not_told_before_every_criterion_is_scored_and_the_weights_are_100(
    points: Mapping[str, int], weights: Mapping[str, int]
) -> None:
    assert quality(points, weights, MOST) is None


@pytest.mark.parametrize(
    ("value", "points", "each"),
    [
        ("1000000", "80", "12500"),
        ("950000", "62.5", "15200"),
        ("1000000", "0", None),
        ("1000000", None, None),
    ],
)
def test_price_per_point_is_told_where_there_are_points(
    value: str, points: str | None, each: str | None
) -> None:
    told = price_per_point(pounds(value), None if points is None else Decimal(points))
    assert told == (None if each is None else pounds(each))


def test_the_table_runs_from_the_least_likely_to_the_most() -> None:
    assert list(sensitivity(Decimal(1000), [50])) == [-20, -10, 0, 10, 20]
