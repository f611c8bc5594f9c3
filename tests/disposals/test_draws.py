"""Draws held against what is known in closed form."""

from datetime import date
from math import comb, sqrt

import pytest

from disposals.draws import SEED, Draws, how_many, month_of, quarter_of, range_of, spread

NO_SLIP = ((0, 100),)
POUNDS = 1_000_000_00
LAST, NEXT = quarter_of(month_of(date(2022, 3, 1))), quarter_of(month_of(date(2022, 4, 1)))


def test_a_sale_across_the_end_of_a_year_falls_into_either_by_its_days() -> None:
    """31 days of March and 30 of April, alike; it comes about with a likelihood of 0.6."""
    number, likely = 40_000, 0.6
    draws = Draws()
    outcomes = spread(date(2022, 3, 1), date(2022, 4, 30), NO_SLIP)
    draws.add(likely, outcomes, ((0, POUNDS),))
    totals = draws.draw(seed=SEED, number=number)
    for quarter, days in ((LAST, 31), (NEXT, 30)):
        share = likely * days / 61
        found = float((totals[quarter] == POUNDS).mean())
        tolerance = 4 * sqrt(share * (1 - share) / number)  # four standard errors
        assert found == pytest.approx(share, abs=tolerance)
    both = totals[LAST] + totals[NEXT]
    assert set(both.tolist()) == {0.0, float(POUNDS)}  # never twice, never in part


def test_slips_move_a_sale_by_months_and_as_often_as_the_table_says() -> None:
    outcomes = spread(date(2022, 7, 1), date(2022, 7, 31), ((0, 50), (3, 25), (6, 15), (12, 10)))
    july = month_of(date(2022, 7, 1))
    assert outcomes == (
        (july, 0.5), (july + 3, 0.25), (july + 6, 0.15), (july + 12, 0.1),
    )  # fmt: skip


def test_the_sum_of_sales_that_are_alike_is_binomial() -> None:
    sales, likely, number = 20, 0.3, 20_000
    draws = Draws()
    for _ in range(sales):
        draws.add(likely, ((month_of(date(2022, 7, 1)), 1.0),), ((0, POUNDS),))
    (total,) = draws.draw(seed=SEED, number=number).values()
    for come in range(sales + 1):
        share = comb(sales, come) * likely**come * (1 - likely) ** (sales - come)
        found = float((total == come * POUNDS).mean())
        assert found == pytest.approx(share, abs=4 * sqrt(share * (1 - share) / number) + 1e-9)
    # By the binomial table for 20 and 0.3: P(X ≤ 3) = 0.107, P(X ≤ 6) = 0.608, P(X ≤ 9) = 0.952.
    assert range_of([total]) == (3 * POUNDS, 6 * POUNDS, 9 * POUNDS)


def test_sums_of_different_sizes_come_to_their_expectation() -> None:
    draws, number = Draws(), 10_000
    expected, variance = 0.0, 0.0
    for place in range(200):
        likely, pence = 0.1 + place % 9 / 10, (place + 1) * 1_000_000
        draws.add(likely, spread(date(2022, 4, 1), date(2022, 6, 30), NO_SLIP), ((0, pence),))
        expected += likely * pence
        variance += likely * (1 - likely) * pence**2
    (total,) = draws.draw(seed=SEED, number=number).values()
    assert float(total.mean()) == pytest.approx(expected, abs=4 * sqrt(variance / number))
    assert float(total.std()) == pytest.approx(sqrt(variance), rel=0.05)


def test_stages_of_one_price_come_together_or_not_at_all() -> None:
    draws = Draws()
    draws.add(0.5, ((month_of(date(2022, 3, 1)), 1.0),), ((0, 1_000), (1, 9_000)))
    totals = draws.draw(seed=SEED, number=1_000)
    assert set(totals) == {LAST, NEXT}
    assert ((totals[LAST] == 1_000) == (totals[NEXT] == 9_000)).all()


def test_what_is_certain_is_in_every_draw() -> None:
    draws = Draws()
    draws.add_certain(month_of(date(2022, 3, 1)), POUNDS)
    assert range_of(draws.draw(seed=1, number=100).values()) == (POUNDS, POUNDS, POUNDS)


def test_the_same_seed_gives_the_same_draws_and_another_seed_others() -> None:
    def drawn(seed: int, *, turned: bool = False) -> list[float]:
        draws = Draws()
        sales = [(0.2, 5_000), (0.7, 3_000), (0.4, 1_000)]
        for likely, pence in reversed(sales) if turned else sales:
            draws.add(likely, ((month_of(date(2022, 7, 1)), 1.0),), ((0, pence),))
        (total,) = draws.draw(seed=seed, number=500).values()
        return [float(each) for each in total]

    assert drawn(7) == drawn(7) == drawn(7, turned=True)
    assert drawn(7) != drawn(8)


def test_nothing_to_draw_comes_to_nothing() -> None:
    assert range_of(Draws().draw(seed=1, number=100).values()) == (0, 0, 0)


def test_fewer_draws_are_made_of_more_cases() -> None:
    assert [how_many(cases) for cases in (0, 1, 1_000, 20_000, 1_000_000)] == [
        10_000, 10_000, 10_000, 500, 250,
    ]  # fmt: skip
