"""Whatever the sums and the times, money later is worth less and nothing is lost in adding up."""

from decimal import Decimal
from random import Random

import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disposals.appraisal import (
    Rates,
    factor,
    flat,
    months_until_level,
    present_value,
    quality,
    sensitivity,
    weighed,
    whole_pence,
)
from disposals.payments import Payment, stages
from disposals.words import money

MOST_PENCE = 10**13
TINY = Decimal("1e-9")

pence = st.integers(0, MOST_PENCE)
months = st.integers(0, 1200)
percents = st.lists(st.integers(0, 100), max_size=6)
costs = st.decimals("0.01", "15", places=2)
sums = st.lists(st.builds(Payment, st.integers(-MOST_PENCE, MOST_PENCE).map(Decimal), months))


@st.composite
def declining(draw: st.DrawFn) -> Rates:
    """Rates like the Green Book's: lower after some years, and again after some more."""
    first, second, last = sorted(draw(st.tuples(costs, costs, costs)), reverse=True)
    until = draw(st.integers(1, 60))
    then = until + draw(st.integers(1, 60))
    return Rates(((until, first / 100), (then, second / 100), (None, last / 100)))


rates = st.one_of(costs.map(flat), declining())


@given(at=rates)
def test_a_pound_today_is_worth_a_pound(at: Rates) -> None:
    assert factor(0, at) == 1


@given(at=rates, early=months, delay=st.integers(1, 600))
def test_later_is_always_worth_less_but_never_nothing(at: Rates, early: int, delay: int) -> None:
    assert 0 < factor(early + delay, at) < factor(early, at)


@given(sums=sums)
def test_at_no_rate_time_changes_nothing(sums: list[Payment]) -> None:
    assert present_value(sums, flat(Decimal(0))) == sum(each.pence for each in sums)


@given(percent=costs, one=months, other=months)
def test_at_one_rate_two_delays_count_as_one(percent: Decimal, one: int, other: int) -> None:
    at = flat(percent)
    both = factor(one, at) * factor(other, at)
    assert abs(factor(one + other, at) - both) < TINY * both


@given(at=rates, some=sums, more=sums)
def test_two_sets_of_payments_are_worth_what_each_of_them_is(
    at: Rates, some: list[Payment], more: list[Payment]
) -> None:
    together = present_value([*some, *more], at)
    assert abs(together - present_value(some, at) - present_value(more, at)) < TINY


@given(at=rates, some=sums, times=st.integers(0, 1000))
def test_payments_of_many_times_as_much_are_worth_as_many_times_as_much(
    at: Rates, some: list[Payment], times: int
) -> None:
    many = [Payment(each.pence * times, each.months) for each in some]
    assert abs(present_value(many, at) - times * present_value(some, at)) < TINY


@given(flows=st.lists(st.integers(0, 10**9), min_size=1, max_size=40), percent=costs)
def test_yearly_sums_are_worth_what_another_library_says(
    flows: list[int], percent: Decimal
) -> None:
    yearly = [Payment(Decimal(flow), 12 * year) for year, flow in enumerate(flows)]
    by_another_hand = float(npf.npv(float(percent) / 100, flows))
    assert float(present_value(yearly, flat(percent))) == pytest.approx(by_another_hand, rel=1e-9)


@given(at=rates, lower=st.integers(1, MOST_PENCE), more=pence)
def test_the_higher_value_is_still_no_less_when_they_are_level_and_less_a_month_later(
    at: Rates, lower: int, more: int
) -> None:
    higher, lowest = Decimal(lower + more), Decimal(lower)
    slip = months_until_level(higher, lowest, at)
    assert slip is not None
    assert higher * factor(slip, at) >= lowest * (1 - TINY)
    assert higher * factor(slip + 1, at) < lowest


@st.composite
def written_payments(draw: st.DrawFn) -> tuple[str, int, list[int]]:
    """A price, how its payments are written in shares, in sums or in both, and their months."""
    price = draw(pence)
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), max_size=5)))
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, 10_000], strict=True)]
    parts, times = [], []
    for share in shares:
        after = draw(st.one_of(months, st.just(0), st.integers(0, 100).map(lambda year: 12 * year)))
        whole = price * share % 10_000 == 0
        if whole and draw(st.booleans()):
            amount = money(price * share // 10_000)
        else:
            amount = f"{Decimal(share) / 100}%"
        when = f"after {after} {'month' if after == 1 else 'months'}"
        if after % 12 == 0 and draw(st.booleans()):
            when = f"after {after // 12} years"
        if after == 0 and draw(st.booleans()):
            when = draw(st.sampled_from(["now", "at once"]))
        parts.append(f"{amount} {when}")
        times.append(after)
    return "; ".join(parts), price, times


@given(told=written_payments())
def test_payments_add_up_to_the_price_each_at_its_time(told: tuple[str, int, list[int]]) -> None:
    written, price, times = told
    read = stages(written, price)
    assert sum(each.pence for each in read) == price
    assert [each.months for each in read] == times


@given(value=pence, percents=percents, times=st.integers(0, 1000))
def test_a_value_of_many_times_as_much_weighs_as_many_times_as_much(
    value: int, percents: list[int], times: int
) -> None:
    once = weighed(Decimal(value), percents)
    assert abs(weighed(Decimal(value) * times, percents) - times * once) < TINY


@given(value=pence, percents=percents, order=st.randoms(use_true_random=False))
def test_the_order_of_likelihoods_does_not_matter_nor_does_a_certain_one(
    value: int, percents: list[int], order: Random
) -> None:
    shuffled = [*percents, 100]
    order.shuffle(shuffled)
    expected = weighed(Decimal(value), percents)
    assert abs(weighed(Decimal(value), shuffled) - expected) < TINY


@given(value=pence, percents=percents)
def test_a_weighed_value_is_never_more_than_the_value(value: int, percents: list[int]) -> None:
    assert 0 <= weighed(Decimal(value), percents) <= value


@given(value=pence, percents=percents)
def test_the_table_never_falls_as_likelihoods_rise(value: int, percents: list[int]) -> None:
    table = sensitivity(Decimal(value), percents)
    assert list(table.values()) == sorted(table.values())
    assert table[0] == weighed(Decimal(value), percents)
    assert all(0 <= each <= value for each in table.values())


@st.composite
def scores(draw: st.DrawFn) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Points, weights that are 100 together, and the points for the best."""
    titles = draw(st.lists(st.text(min_size=1), min_size=1, max_size=6, unique=True))
    size = len(titles) - 1
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=size, max_size=size)))
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
    most = {title: draw(st.integers(1, 1000)) for title in titles}
    points = {title: draw(st.integers(0, best)) for title, best in most.items()}
    return points, dict(zip(titles, shares, strict=True)), most


@given(scored=scores())
def test_quality_is_between_0_and_100_and_100_for_the_best_of_everything(
    scored: tuple[dict[str, int], dict[str, int], dict[str, int]],
) -> None:
    points, weights, most = scored
    of_100 = quality(points, weights, most)
    assert of_100 is not None
    assert 0 <= of_100 <= 100
    assert quality(most, weights, most) == 100
    assert quality(dict.fromkeys(most, 0), weights, most) == 0


@given(value=st.decimals(-MOST_PENCE, MOST_PENCE, places=6))
def test_rounding_moves_a_value_by_half_a_penny_at_most(value: Decimal) -> None:
    assert abs(whole_pence(value) - value) <= Decimal("0.5")
