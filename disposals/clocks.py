"""Counting days as the law counts them: clear days, working days, “beginning with” and “after”.

“Clear” leaves out both the day of notice and the day of the event. Kent's published dates show
28 clear days counted in calendar days and 5 clear days in working days, so the calendar is an
argument and has no default.
"""

from calendar import day_name, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

_DAY = timedelta(days=1)
_SATURDAY = 5


class Days(StrEnum):
    """Which days count."""

    ALL = "all days"
    WORKING = "working days"
    WORKING_UK = "working days of the United Kingdom"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A day that was not counted, and why: “Saturday”, “Boxing Day”."""

    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Count:
    """Clear days counted from a notice.

    Attributes:
        event: the earliest day of what the notice is of.
        passed_over: the days between notice and event that did not count.
    """

    event: date
    passed_over: tuple[PassedOver, ...]


_ENGLAND = ("ENG",)
_ALL_NATIONS = ("ENG", "NIR", "SCT", "WLS")


@cache
def _bank_holidays(year: int, nations: tuple[str, ...]) -> dict[date, str]:
    import holidays

    found: dict[date, str] = {}
    for nation in nations:
        found |= holidays.country_holidays("GB", subdiv=nation, years=year, language="en_GB")
    return found


def why_no_working_day(on: date, nations: tuple[str, ...] = _ENGLAND) -> str | None:
    """The name of the weekend day or bank holiday; None on a working day.

    Args:
        nations: whose bank holidays count; those of England and Wales are England's.
    """
    if on.weekday() >= _SATURDAY:
        return day_name[on.weekday()]
    return _bank_holidays(on.year, nations).get(on)


def is_working_day(on: date) -> bool:
    """Whether a day is neither a weekend nor a bank holiday in England and Wales."""
    return why_no_working_day(on) is None


def nth_working_day(after: date, number: int) -> date:
    """The working day that is so many after a day, which does not count itself.

    A bank holiday in any part of the United Kingdom is none (Freedom of Information Act 2000
    s.10(6)).
    """
    return after_clear_days(after, number - 1, Days.WORKING_UK)


def clear_days(notice: date, number: int, days: Days) -> Count:
    """Count clear days from a notice: the day of the event, and the days passed over.

    Args:
        notice: the day of notice or publication, which does not count.
        number: how many clear days.
        days: which days count. The event itself falls on a day of that calendar.
    """
    counted, on, passed_over = 0, notice, []
    while counted <= number:
        on += _DAY
        why = _why_it_does_not_count(on, days)
        if why is None:
            counted += 1
        else:
            passed_over.append(PassedOver(on, why))
    return Count(on, tuple(passed_over))


def after_clear_days(notice: date, number: int, days: Days) -> date:
    """The earliest day of the event, when `number` clear days must lie between."""
    return clear_days(notice, number, days).event


def before_clear_days(event: date, number: int, days: Days) -> date:
    """The last day of notice for an event on a day, when `number` clear days must lie between."""
    on = event
    counted = 0
    while counted <= number:
        on -= _DAY
        if _why_it_does_not_count(on, days) is None:
            counted += 1
    return on


def _why_it_does_not_count(on: date, days: Days) -> str | None:
    if days is Days.ALL:
        return None
    return why_no_working_day(on, _ENGLAND if days is Days.WORKING else _ALL_NATIONS)


def beginning_with(start: date, *, weeks: int = 0, months: int = 0) -> date:
    """The last day of a period that begins with `start`, which counts as its first day.

    Where the month at the end is too short for the day, the period ends with that month.
    """
    last = after(start, months=months)
    short = last.day < start.day
    return last + timedelta(weeks=weeks) - (timedelta(0) if short else _DAY)


def after(start: date, *, weeks: int = 0, months: int = 0) -> date:
    """The last day of a period after `start`, which does not count: the day of the same number.

    Where the month at the end is too short for the day, the period ends with that month
    (Dodds v Walker [1981] 1 WLR 1027).
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    last = min(start.day, monthrange(year, month)[1])
    return date(year, month, last) + timedelta(weeks=weeks)


def are_consecutive_weeks(first: date, second: date) -> bool:
    """Whether two days fall in calendar weeks (Monday to Sunday) that follow each other."""
    return (second - second.weekday() * _DAY) - (first - first.weekday() * _DAY) == timedelta(
        weeks=1
    )
