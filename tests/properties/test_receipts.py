"""Of any forecast: nothing is lost or counted twice, and nothing held back can be worked out."""

from datetime import date, timedelta
from itertools import chain, combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from disposals.disclosure.open_receipts import held_cells
from disposals.draws import Draws, month_of, range_of, spread
from disposals.forecast import Forecast, Kind, Period
from disposals.receipts import Line

TODAY = date(2021, 9, 30)
DAYS = st.integers(0, 700).map(lambda days: TODAY + timedelta(days=days))
FEWEST = 3


@st.composite
def lines(draw: st.DrawFn) -> Line:
    begins = draw(DAYS)
    window = (begins, begins + timedelta(days=draw(st.integers(0, 120))))
    sums = draw(
        st.lists(st.tuples(st.integers(0, 24), st.integers(1, 10**9)), min_size=1, max_size=3)
    )
    received = [
        (month_of(on), pence)
        for on, pence in draw(st.lists(st.tuples(DAYS, st.just(7)), max_size=2))
    ]
    percents = draw(st.lists(st.integers(0, 100), max_size=3))
    return Line(
        "case", "Case", "marketing", None, to_come=tuple(sums), received=tuple(received),
        window=window, percents=tuple((str(n), each) for n, each in enumerate(percents)),
        is_secured=draw(st.booleans()),
    )  # fmt: skip


@given(st.lists(lines(), max_size=8))
def test_every_penny_is_in_one_quarter_and_in_the_year_of_it(given_lines: list[Line]) -> None:
    found = Forecast(TODAY, 2)
    for line in given_lines:
        found.add(line)
    quarters = [period for period in found.periods if period.quarter]
    assert sum(found.sums(each).unadjusted for each in quarters) == sum(
        line.amount for line in given_lines
    )
    for year in {period.year for period in quarters}:
        for kind in Kind:
            assert found.sums(year).by_kind[kind] == sum(
                found.sums(each).by_kind[kind] for each in year.quarters
            )
        assert found.sums(year).risk_adjusted <= found.sums(year).unadjusted


@settings(deadline=None)
@given(st.lists(lines(), min_size=1, max_size=8), st.integers(0, 2**32))
def test_worst_likely_and_best_are_in_order_and_between_nothing_and_everything(
    given_lines: list[Line], seed: int
) -> None:
    draws, certain, most = Draws(), 0, 0
    for line in given_lines:
        assert line.window is not None
        draws.add(line.likelihood, spread(*line.window, ((0, 60), (3, 40))), line.to_come)
        most += sum(pence for _, pence in line.to_come)
        for month, pence in line.received:
            draws.add_certain(month, pence)
            certain += pence
    worst, likely, best = range_of(draws.draw(seed=seed, number=200).values())
    assert certain <= worst <= likely <= best <= certain + most


@st.composite
def few_lines(draw: st.DrawFn) -> list[Line]:
    """So many cases of each kind in each quarter of two years."""
    made = []
    for quarter in range(8):
        for kind in Kind:
            number = draw(st.sampled_from([0, 0, 1, 2, 3, 4, 6]))
            on = date(2022 + (quarter + 1) // 4, (quarter + 1) % 4 * 3 + 1, 15)
            received = ((month_of(on), 10),) if kind is Kind.RECEIVED else ()
            made += number * [
                Line("case", "Case", "marketing", None, received=received, window=(on, on),
                     to_come=() if received else ((0, 10),), is_secured=kind is Kind.SECURED)
            ]  # fmt: skip
    return made


@settings(deadline=None, max_examples=60)
@given(few_lines())
def test_nothing_that_is_held_back_can_be_worked_out_from_what_is_published(
    given_lines: list[Line],
) -> None:
    """Published sums are equations in the smallest sums; no group of few cases may solve them."""
    forecast = Forecast(TODAY, 2)
    for line in given_lines:
        forecast.add(line)
    held = held_cells(forecast, FEWEST)
    for year in {period.year for period in forecast.periods}:
        atoms = [
            (quarter, kind)
            for quarter in year.quarters
            for kind in Kind
            if forecast.sums(quarter).cases[kind]
        ]
        published = [
            [float(_holds(period, kind, atom)) for atom in atoms]
            for period in (year, *year.quarters)
            for kind in (*Kind, None)
            if (period, kind) not in held
        ]
        rank = np.linalg.matrix_rank(np.array(published)) if published else 0
        few = [atom for atom in atoms if forecast.sums(atom[0]).cases[atom[1]] < FEWEST]
        for group in chain(combinations(few, 1), combinations(few, 2)):
            cases = sum(forecast.sums(quarter).cases[kind] for quarter, kind in group)
            if cases >= FEWEST:
                continue
            asked = [float(atom in group) for atom in atoms]
            assert np.linalg.matrix_rank(np.array([*published, asked])) > rank, group


def _holds(period: Period, kind: Kind | None, atom: tuple[Period, Kind]) -> bool:
    return (kind in {None, atom[1]}) and period in {atom[0], atom[0].year}
