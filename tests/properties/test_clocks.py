"""Whatever the day, a clock agrees with counting on one's fingers."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from disposals.clocks import Days, after_clear_days, beginning_with, is_working_day

DAY = timedelta(days=1)
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
