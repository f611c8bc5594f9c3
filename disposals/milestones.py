"""Dates as officers write them, and when a milestone is overdue.

“Jul 2022” is an interval: the milestone is late when July is over, not when it begins.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from disposals.errors import BadFact

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAY = re.compile(r"(\d{1,2})\s+([a-z]+)\s+(\d{4})")
_MONTH = re.compile(r"([a-z]+)(?:\s*/\s*([a-z]+))?\s+(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class When:
    """A date as precise as it was written: the interval it may fall in, and the words."""

    earliest: date
    latest: date
    as_written: str


def when(written: str) -> When:
    """Read a date: 2022-07-15, 15/07/2022 (day first), 15 July 2022, Jul 2022, Nov/Dec 2021, 2022.

    Raises:
        BadFact: it is none of these, or no day of the calendar.
    """
    said = written.strip().lower()
    try:
        earliest, latest = _interval(said)
    except (ValueError, KeyError):
        raise BadFact(
            f"“{written}” is not a date. Write 2022-07-15, 15/07/2022, 15 July 2022, "
            "Jul 2022, Nov/Dec 2021 or 2022."
        ) from None
    return When(earliest, latest, written.strip())


def is_overdue(latest: date, *, met: bool, on: date) -> bool:
    """Whether the last day a milestone may fall on has passed and it is not met."""
    return not met and latest < on


def _interval(said: str) -> tuple[date, date]:
    if _YEAR.fullmatch(said):
        return date(int(said), 1, 1), date(int(said), 12, 31)
    if match := _DAY.fullmatch(said):
        day, month, year = match.groups()
        on = date(int(year), _MONTHS[month], int(day))
        return on, on
    if match := _MONTH.fullmatch(said):
        first, last, year = match.groups()
        start, end = _MONTHS[first], _MONTHS[last or first]
        if end < start:
            raise ValueError(said)
        return (
            date(int(year), start, 1),
            date(int(year), end, monthrange(int(year), end)[1]),
        )
    if match := _SLASHES.fullmatch(said):
        day, month, year = match.groups()
        on = date(int(year), int(month), int(day))
        return on, on
    on = date.fromisoformat(said)
    return on, on
