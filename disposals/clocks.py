"""Counting days as the law counts them: clear days, working days, and “beginning with”.

“Clear” leaves out both the day of notice and the day of the event. Kent's published dates show
28 clear days counted in calendar days and 5 clear days in working days, so the calendar is an
argument and has no default.
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import cache


class Days(StrEnum):
    """Which days count."""

    ALL = "all days"
    WORKING = "working days"
    WORKING_UK = "working days of the United Kingdom"


_SATURDAY = 5


_ENGLAND = ("ENG",)
_ALL_NATIONS = ("ENG", "NIR", "SCT", "WLS")


@cache
def _bank_holidays(year: int, nations: tuple[str, ...] = _ENGLAND) -> frozenset[date]:
    import holidays

    return frozenset(
        day
        for nation in nations
        for day in holidays.country_holidays("GB", subdiv=nation, years=year)
    )


def is_working_day(on: date, nations: tuple[str, ...] = _ENGLAND) -> bool:
    """Whether a day is neither a weekend nor a bank holiday, in England and Wales or the UK."""
    return on.weekday() < _SATURDAY and on not in _bank_holidays(on.year, nations)


def nth_working_day(after: date, number: int) -> date:
    """The working day that is so many after a day, which does not count itself.

    A bank holiday in any part of the United Kingdom is none (Freedom of Information Act 2000
    s.10(6)).
    """
    return after_clear_days(after, number - 1, Days.WORKING_UK)


def after_clear_days(notice: date, number: int, days: Days) -> date:
    """The earliest day of the event, when `number` clear days must lie between.

    Args:
        notice: the day of notice or publication, which does not count.
        number: how many clear days.
        days: which days count. The event itself falls on a day of that calendar.
    """
    counted, on = 0, notice
    while counted <= number:
        on += timedelta(days=1)
        if _counts(on, days):
            counted += 1
    return on


def _counts(on: date, days: Days) -> bool:
    if days is Days.ALL:
        return True
    return is_working_day(on, _ENGLAND if days is Days.WORKING else _ALL_NATIONS)


def beginning_with(start: date, *, weeks: int = 0, months: int = 0) -> date:
    """The last day of a period that begins with `start`, which counts as its first day.

    Where the month at the end is too short for the day, the period ends with that month.
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    days_in_month = monthrange(year, month)[1]
    if start.day > days_in_month:
        return date(year, month, days_in_month) + timedelta(weeks=weeks)
    return date(year, month, start.day) + timedelta(weeks=weeks) - timedelta(days=1)


def are_consecutive_weeks(first: date, second: date) -> bool:
    """Whether two days fall in calendar weeks (Monday to Sunday) that follow each other."""
    monday = timedelta(days=1)
    return (second - second.weekday() * monday) - (first - first.weekday() * monday) == timedelta(
        weeks=1
    )
