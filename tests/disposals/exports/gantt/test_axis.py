"""A bar begins and ends where its dates say, on a line of whole months and financial years."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disposals.exports.gantt.axis import Axis, axis_of

TODAY = date(2021, 9, 30)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def axis(first: date, last: date) -> Axis:
    return Axis(first, last, TODAY)


def test_a_month_is_as_long_as_its_days() -> None:
    year = axis(date(2022, 1, 1), date(2022, 12, 31))
    assert year.start(date(2022, 1, 1)) == 0
    assert year.end(date(2022, 12, 31)) == 1
    july = year.start(date(2022, 7, 1)), year.end(date(2022, 7, 31))
    assert july == pytest.approx((181 / 365, 212 / 365))


@given(today=days, held=st.lists(days, min_size=1, max_size=5))
def test_every_day_finds_room_on_the_line_and_lies_in_its_order(
    today: date, held: list[date]
) -> None:
    line = axis_of(today, held)
    assert line.first.day == 1
    assert (line.last + timedelta(days=1)).day == 1
    whole = (line.last - line.first).days + 1
    for on in (today, *held):
        assert 0 < line.start(on) < line.end(on) < 1
        assert (line.end(on) - line.start(on)) * whole == pytest.approx(1)
    for one, other in pairwise(sorted(held)):
        assert line.start(one) <= line.start(other)


@given(today=days, held=st.lists(days, min_size=1, max_size=3), room=st.integers(10, 200))
def test_financial_years_run_from_april_to_march_without_a_gap(
    today: date, held: list[date], room: int
) -> None:
    line = axis_of(today, held)
    years = line.years(room)
    assert (years[0].start, years[-1].end) == (0, 1)
    for one, other in pairwise(years):
        assert one.end == other.start
    springs = {line.start(date(year, 4, 1)) for year in range(line.first.year, line.last.year + 1)}
    assert {year.start for year in years} <= springs | {0.0}
    for year in years:
        assert len(year.label) <= (year.end - year.start) * room


def test_a_year_with_little_room_is_written_short_and_one_with_none_not_at_all() -> None:
    line = axis(date(2021, 3, 1), date(2023, 3, 31))
    assert [year.label for year in line.years(60)] == ["", "2021/22", "2022/23"]
    assert [year.label for year in line.years(14)] == ["", "21/22", "22/23"]
    assert [year.label for year in line.years(8)] == ["2020–25"]


def test_where_no_year_has_room_several_stand_together() -> None:
    line = axis(date(2019, 11, 1), date(2041, 5, 31))
    assert [year.label for year in line.years(62)] == ["", "2020–25", "2025–30", "2030–35",
                                                       "2035–40", ""]  # fmt: skip
    assert line.years(62)[1].start == line.start(date(2020, 4, 1))
    assert line.years(62)[1].end == line.start(date(2025, 4, 1))


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (100, ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]),
        (47, ["Apr", "Jul", "Oct", "Jan"]),
        (15, ["Jul", ""]),
        (7, []),
    ],
)
def test_months_give_way_to_quarters_and_halves_where_there_is_no_room(
    room: int, said: list[str]
) -> None:
    year = axis(date(2022, 4, 1), date(2023, 3, 31))
    ticks = year.ticks(room)
    assert [tick.label for tick in ticks] == said
    assert all(0 <= tick.at < 1 for tick in ticks)


def test_a_name_that_would_run_over_the_end_is_left_out_and_its_line_kept() -> None:
    line = axis(date(2022, 4, 1), date(2023, 1, 31))
    ticks = line.ticks(30)
    assert [tick.label for tick in ticks] == ["Apr", "Jul", "Oct", ""]
    assert ticks[-1].at == line.start(date(2023, 1, 1))
