"""Days are counted as Kent's published pages count them, and as the Localism Act says."""

from datetime import date

import pytest

from disposals.clocks import (
    Days,
    after_clear_days,
    are_consecutive_weeks,
    beginning_with,
    is_working_day,
    nth_working_day,
)


@pytest.mark.parametrize(
    ("published", "clear", "days", "earliest"),
    [
        (date(2022, 8, 30), 28, Days.ALL, date(2022, 9, 28)),
        (date(2022, 9, 2), 28, Days.ALL, date(2022, 10, 1)),
        (date(2025, 2, 19), 28, Days.ALL, date(2025, 3, 20)),
        (date(2025, 2, 20), 28, Days.ALL, date(2025, 3, 21)),
        (date(2025, 7, 7), 28, Days.ALL, date(2025, 8, 5)),
        (date(2025, 3, 11), 5, Days.WORKING, date(2025, 3, 19)),
        (date(2021, 11, 1), 5, Days.WORKING, date(2021, 11, 9)),
        (date(2021, 12, 22), 5, Days.WORKING, date(2022, 1, 4)),
        (date(2022, 5, 26), 5, Days.WORKING, date(2022, 6, 7)),
        (date(2022, 9, 12), 5, Days.WORKING, date(2022, 9, 21)),
    ],
)
def test_the_earliest_day_of_a_decision_is_the_one_that_was_published(
    published: date, clear: int, days: Days, earliest: date
) -> None:
    assert after_clear_days(published, clear, days) == earliest


@pytest.mark.parametrize(
    ("published", "clear", "days", "wrong"),
    [
        (date(2022, 8, 30), 28, Days.WORKING, date(2022, 10, 11)),
        (date(2025, 3, 11), 5, Days.ALL, date(2025, 3, 17)),
    ],
)
def test_the_other_calendar_gives_the_day_that_was_not_published(
    published: date, clear: int, days: Days, wrong: date
) -> None:
    assert after_clear_days(published, clear, days) == wrong


BANK_HOLIDAYS = """
2021 1/1 2/4 5/4 3/5 31/5 30/8 27/12 28/12
2022 3/1 15/4 18/4 2/5 2/6 3/6 29/8 19/9 26/12 27/12
2023 2/1 7/4 10/4 1/5 8/5 29/5 28/8 25/12 26/12
2024 1/1 29/3 1/4 6/5 27/5 26/8 25/12 26/12
2025 1/1 18/4 21/4 5/5 26/5 25/8 25/12 26/12
2026 1/1 3/4 6/4 4/5 25/5 31/8 25/12 28/12
2027 1/1 26/3 29/3 3/5 31/5 30/8 27/12 28/12
2028 3/1 14/4 17/4 1/5 29/5 28/8 25/12 26/12
"""


@pytest.mark.parametrize("told", BANK_HOLIDAYS.split("\n")[1:-1])
def test_the_weekdays_that_are_no_working_days_are_the_bank_holidays_of_england(told: str) -> None:
    year, *holidays = told.split()
    stated = {date(int(year), int(month), int(d)) for d, month in (h.split("/") for h in holidays)}
    first = date(int(year), 1, 1).toordinal()
    days = [date.fromordinal(n) for n in range(first, date(int(year) + 1, 1, 1).toordinal())]
    assert {d for d in days if d.weekday() < 5 and not is_working_day(d)} == stated


def test_no_day_of_a_weekend_is_a_working_day() -> None:
    assert is_working_day(date(2022, 9, 2))
    assert not is_working_day(date(2022, 9, 3))
    assert not is_working_day(date(2022, 9, 4))


@pytest.mark.parametrize(
    ("received", "weeks", "months", "last"),
    [
        (date(2021, 3, 1), 6, 0, date(2021, 4, 11)),
        (date(2021, 3, 1), 0, 6, date(2021, 8, 31)),
        (date(2021, 3, 1), 0, 18, date(2022, 8, 31)),
        (date(2021, 12, 15), 0, 1, date(2022, 1, 14)),
        (date(2021, 8, 31), 0, 6, date(2022, 2, 28)),
        (date(2021, 1, 31), 0, 2, date(2021, 3, 30)),
        (date(2023, 8, 30), 0, 6, date(2024, 2, 29)),
    ],
)
def test_a_period_that_begins_with_a_day_counts_that_day_as_its_first(
    received: date, weeks: int, months: int, last: date
) -> None:
    assert beginning_with(received, weeks=weeks, months=months) == last


def test_consecutive_weeks_run_from_monday_to_sunday() -> None:
    sunday, monday, a_week_on = date(2021, 6, 6), date(2021, 6, 7), date(2021, 6, 14)
    assert are_consecutive_weeks(sunday, monday)
    assert not are_consecutive_weeks(monday, monday)
    assert not are_consecutive_weeks(sunday, a_week_on)
    assert not are_consecutive_weeks(monday, sunday)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2021, 9, 1), date(2021, 9, 29)),
        (date(2021, 8, 30), date(2021, 9, 27)),  # received on a bank holiday all the same
        (date(2022, 3, 7), date(2022, 4, 5)),  # Saint Patrick's Day, in Northern Ireland
        (date(2021, 7, 5), date(2021, 8, 4)),  # 12 July there, and 2 August in Scotland
        (date(2021, 12, 20), date(2022, 1, 21)),  # Christmas and New Year, and 4 January there
        (date(2022, 9, 12), date(2022, 10, 11)),  # the State Funeral
    ],
)
def test_a_request_is_answered_by_the_twentieth_working_day_of_the_whole_kingdom(
    received: date, due: date
) -> None:
    assert nth_working_day(received, 20) == due
