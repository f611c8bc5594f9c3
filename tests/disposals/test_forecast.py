"""Lines added up by quarter and financial year, and what holding costs until completion."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from disposals.draws import month_of
from disposals.forecast import Forecast, Kind, Period, a_month, held_to_date, holding
from disposals.receipts import Line

TODAY = date(2021, 9, 30)


def line(latest: date, pence: int = 100_000_00, **told: Any) -> Line:
    usual: dict[str, Any] = {
        "reference": "mill-lane", "name": "Mill Lane", "stage": "marketing", "held": None,
        "to_come": ((0, pence),), "window": (latest, latest), "percents": (("marketing", 45),),
    }  # fmt: skip
    return Line(**{**usual, **told})


def forecast(*lines: Line, on: date = TODAY) -> Forecast:
    found = Forecast(on, 2)
    for each in lines:
        found.add(each)
    return found


@pytest.mark.parametrize(
    ("on", "quarter", "year"),
    [
        (date(2022, 3, 31), "2021/22 Q4", "2021/22"),
        (date(2022, 4, 1), "2022/23 Q1", "2022/23"),
        (date(2022, 12, 31), "2022/23 Q3", "2022/23"),
        (date(2023, 1, 1), "2022/23 Q4", "2022/23"),
        (date(2000, 1, 1), "1999/00 Q4", "1999/00"),
    ],
)
def test_a_receipt_counts_in_the_financial_year_of_completion(
    on: date, quarter: str, year: str
) -> None:
    found = forecast(line(on))
    assert {str(period) for period in found.periods} == {quarter, year}


def test_a_year_is_the_sum_of_its_quarters_and_rounded_once() -> None:
    lines = [line(date(2022, month, 1), 33, percents=(("s", 50),)) for month in (4, 7, 10)]
    found = forecast(*lines)
    quarters = [found.sums(each).risk_adjusted for each in Period(2022).quarters]
    assert quarters == [17, 17, 17, 0]  # 16.5 each
    assert found.sums(Period(2022)).risk_adjusted == 50  # 49.5, not 51
    assert found.sums(Period(2022)).unadjusted == 99


def test_received_exchanged_and_to_come_stand_apart_and_each_case_is_counted_once() -> None:
    july = date(2022, 7, 1)
    paid = line(july, to_come=((0, 600), (1, 400)), is_secured=True)
    found = forecast(
        line(july, to_come=(), received=((month_of(july), 5_000),)), paid, line(july, 70)
    ).sums(Period(2022))
    assert found.by_kind == {Kind.RECEIVED: 5_000, Kind.SECURED: 1_000, Kind.TO_COME: 70}
    assert found.cases == dict.fromkeys(Kind, 1)
    assert found.all_cases == 3


def test_what_is_forecast_for_february_and_march_is_warned_of() -> None:
    found = forecast(*(line(date(2023, month, 15), month) for month in (1, 2, 3, 4)))
    assert found.sums(Period(2022)).crunch == 2 + 3
    assert found.sums(Period(2023)).crunch == 0
    received = line(date(2023, 3, 1), to_come=(), received=((month_of(date(2023, 3, 1)), 9),))
    assert forecast(received).sums(Period(2022)).crunch == 0


def test_holding_costs_run_by_the_calendar_from_today_until_completion() -> None:
    """£300 a month from 1 October to 15 January: three months, and 14 days of 31."""
    costs = ((300_00, date(2020, 1, 1), None),)
    found = forecast(line(date(2022, 1, 15), costs=costs), on=date(2021, 10, 1))
    third, fourth = Period(2021, 3), Period(2021, 4)
    assert found.sums(third).holding == 900_00
    assert found.sums(fourth).holding == round(Fraction(300_00 * 14, 31))
    assert found.sums(Period(2021)).holding == 900_00 + round(Fraction(300_00 * 14, 31))


def test_a_cost_that_ends_before_completion_is_counted_to_its_last_day() -> None:
    costs = ((310_00, date(2021, 10, 1), date(2021, 10, 10)),)
    assert forecast(line(date(2022, 1, 15), costs=costs)).sums(Period(2021)).holding == 100_00
    assert held_to_date(line(TODAY, costs=costs), date(2021, 10, 6)) == 50_00
    assert held_to_date(line(TODAY, costs=costs), date(2022, 6, 1)) == 100_00
    assert a_month(line(TODAY, costs=costs), date(2021, 10, 10)) == 310_00
    assert a_month(line(TODAY, costs=costs), date(2021, 10, 11)) == 0


def test_where_no_completion_is_forecast_holding_has_no_end_and_is_in_no_period() -> None:
    costs = ((300_00, date(2020, 1, 1), None),)
    assert list(holding(line(TODAY, window=None, costs=costs), TODAY)) == []


def test_a_likelihood_is_exact() -> None:
    assert line(TODAY, percents=(("a", 70), ("b", 90))).risk_adjusted(100) == Decimal("63.00")
