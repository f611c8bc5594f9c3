"""Whatever the day, a clock agrees with counting on one's fingers."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from disposals.clocks import (
    Days,
    after,
    after_clear_days,
    before_clear_days,
    beginning_with,
    clear_days,
    is_working_day,
)
from tests.disposals.test_clocks import BANK_HOLIDAYS

DAY = timedelta(days=1)
ENGLISH = (Days.ALL, Days.WORKING)
days = st.dates(date(2012, 9, 10), date(2040, 12, 31))


def between(first: date, last: date) -> list[date]:
    """The days that lie between two days, neither of which counts."""
    return [first + n * DAY for n in range(1, (last - first).days)]


@given(notice=days, clear=st.integers(0, 60))
def test_as_many_calendar_days_as_are_asked_for_lie_between_notice_and_event(
    notice: date, clear: int
) -> None:
    event = after_clear_days(notice, clear, Days.ALL)
    assert len(between(notice, event)) == clear


# The first count of a year's working days loads its bank holidays, which may take a while.
@settings(deadline=None)
@given(notice=days, clear=st.integers(0, 30))
def test_as_many_working_days_as_are_asked_for_lie_between_and_the_event_is_one_too(
    notice: date, clear: int
) -> None:
    event = after_clear_days(notice, clear, Days.WORKING)
    assert len([day for day in between(notice, event) if is_working_day(day)]) == clear
    assert is_working_day(event)


@given(start=days, weeks=st.integers(1, 60))
def test_a_period_of_weeks_has_seven_days_for_each_the_first_among_them(
    start: date, weeks: int
) -> None:
    last = beginning_with(start, weeks=weeks)
    assert len([start, *between(start, last), last]) == 7 * weeks


@given(start=days, months=st.integers(1, 36))
def test_a_period_of_months_ends_on_the_eve_of_the_same_day_or_with_a_month_too_short_for_it(
    start: date, months: int
) -> None:
    last = beginning_with(start, months=months)
    ending, eve = last, last + DAY
    if eve.day == start.day:
        ending = eve
    else:
        assert eve.day == 1
        assert start.day > last.day
    assert (ending.year - start.year) * 12 + ending.month - start.month == months


def on_ones_fingers(notice: date, clear: int, *, working: bool) -> date:
    """The day of an event, counted day by day with the published bank holidays alone."""
    holidays = {
        date(int(year), int(month), int(on))
        for year, *told in (line.split() for line in BANK_HOLIDAYS.strip().splitlines())
        for on, month in (each.split("/") for each in told)
    }
    left, day = clear, notice
    while True:
        day += DAY
        if working and (day.strftime("%a") in {"Sat", "Sun"} or day in holidays):
            continue
        if left == 0:
            return day
        left -= 1


@settings(deadline=None)
@given(
    notice=st.dates(date(2021, 1, 1), date(2028, 10, 1)),
    clear=st.integers(0, 40),
    days=st.sampled_from(ENGLISH),
)
def test_clear_days_are_those_that_one_counts_on_ones_fingers(
    notice: date, clear: int, days: Days
) -> None:
    count = clear_days(notice, clear, days)
    assert count.event == on_ones_fingers(notice, clear, working=days is Days.WORKING)
    assert len(between(notice, count.event)) == clear + len(count.passed_over)


@settings(deadline=None)
@given(event=days, clear=st.integers(0, 30), calendar=st.sampled_from(ENGLISH))
def test_from_the_last_day_of_notice_just_enough_clear_days_lie_before_the_event(
    event: date, clear: int, calendar: Days
) -> None:
    last = before_clear_days(event, clear, calendar)

    def counts(day: date) -> bool:
        return calendar is Days.ALL or is_working_day(day)

    assert len([day for day in between(last, event) if counts(day)]) == clear
    assert counts(last)
    if counts(event):
        assert after_clear_days(last, clear, calendar) == event


@given(start=days, weeks=st.integers(0, 60), months=st.integers(0, 36))
def test_a_period_after_a_day_ends_one_day_later_than_one_that_begins_with_it(
    start: date, weeks: int, months: int
) -> None:
    last = after(start, weeks=weeks, months=months)
    begun = beginning_with(start, weeks=weeks, months=months)
    in_months = after(start, months=months)
    assert last == begun + DAY or (last == begun and in_months.day < start.day)
    assert last - in_months == timedelta(weeks=weeks)
