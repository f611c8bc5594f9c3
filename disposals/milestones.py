"""Dates as officers write them, and when a milestone is overdue.

“Jul 2022” is an interval: the milestone is late when July is over, not when it begins.
"""

import re
from calendar import day_name, month_abbr, month_name, monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from disposals.errors import BadFact

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_MONTHS_IN_A_YEAR, _MONTHS_IN_A_QUARTER = 12, 3
_APRIL = 4  # the financial year runs from 1 April to 31 March
_MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (month_name[number].lower(), month_abbr[number].lower())
} | {"sept": 9}
_DAYS = {
    name: number
    for number, full in enumerate(day.lower() for day in day_name)
    for name in (full, full[:3])
}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9}
_M = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_Y, _D = r"(\d{4})", r"(\d{1,2})"
_HINT = (
    "Write 2022-07-15, 15/07/2022, 15 July 2022, Jul 2022, Nov/Dec 2021, Q2 2022, spring 2022, "
    "2022, 2022/23, by 31 Mar 2022 or 4 July 2022 to 9 August 2022."
)

_Interval = tuple[date, date]


@dataclass(frozen=True, slots=True)
class When:
    """A date as precise as it was written: the interval it may fall in, and the words."""

    earliest: date
    latest: date
    as_written: str


def when(written: str) -> When:
    """Read a date: a day (first, British way), a month, a quarter, a season, a year, a span.

    “By 31 Mar 2022” and “end of July 2022” are read as that last day, the day on which it counts
    as late. A quarter is of the calendar year unless a financial year is named (Q2 2022/23).

    Raises:
        BadFact: it is none of these, no day of the calendar, or may be read in two ways.
    """
    try:
        earliest, latest = _interval(_plain(written))
    except _Doubt as doubt:
        raise BadFact(f"“{written}” is not a date as it stands: {doubt} {_HINT}") from None
    except (ValueError, KeyError):
        raise BadFact(f"“{written}” is not a date. {_HINT}") from None
    if not _FIRST_YEAR <= earliest.year <= latest.year <= _LAST_YEAR:
        raise BadFact(f"“{written}” is not a day of our time. {_HINT}")
    return When(earliest, latest, written.strip())


def shown(earliest: date, latest: date) -> str:
    """The shortest words that `when` reads back as exactly this interval."""
    if earliest == latest:
        return f"{earliest.day} {earliest:%B %Y}"
    if earliest.day == 1 and latest == _end_of(latest.year, latest.month):
        return _shown_in_months(earliest, latest)
    return f"{earliest.day} {earliest:%B %Y} to {latest.day} {latest:%B %Y}"


def _shown_in_months(earliest: date, latest: date) -> str:
    months = (latest.year - earliest.year) * 12 + latest.month - earliest.month + 1
    if months == 1:
        return f"{earliest:%b %Y}"
    if months == _MONTHS_IN_A_YEAR and earliest.month == 1:
        return f"{earliest:%Y}"
    if months == _MONTHS_IN_A_YEAR and earliest.month == _APRIL:
        return f"{earliest:%Y}/{latest:%y}"
    if months == _MONTHS_IN_A_QUARTER and earliest.month % _MONTHS_IN_A_QUARTER == 1:
        return f"Q{latest.month // _MONTHS_IN_A_QUARTER} {earliest:%Y}"
    pair = months == 2 and earliest.year == latest.year  # noqa: PLR2004 (Nov/Dec 2021)
    return f"{earliest:%b}/{latest:%b %Y}" if pair else f"{earliest:%b %Y} to {latest:%b %Y}"


def is_overdue(latest: date, *, met: bool, on: date) -> bool:
    """Whether the last day a milestone may fall on has passed and it is not met."""
    return not met and latest < on


class _Doubt(Exception):
    """Why something that looks like a date can't be taken as one, as a sentence."""


def _plain(written: str) -> str:
    said = re.sub(r"\s+", " ", written.strip().lower().replace("–", "-").replace(",", " "))
    said = re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", said).removesuffix(".")
    return re.sub(r"^(c\.? |circa |about |approx\.? |in )", "", said)


def _interval(said: str) -> _Interval:
    for pattern, read in _READERS:
        if match := re.fullmatch(pattern, said):
            return read(*match.groups())
    raise ValueError(said)


def _day(day: str, month: str, year: str) -> _Interval:
    number = _MONTHS.get(month) or int(month)
    full = int(year) + 2000 if len(year) == 2 else int(year)  # noqa: PLR2004 (two digits)
    if not 1 <= number <= _MONTHS_IN_A_YEAR:
        raise _Doubt(f"there is no month {number}. The day comes first: 15/07/2022.")
    most = monthrange(full, number)[1]
    if not 1 <= int(day) <= most:
        raise _Doubt(f"{month_name[number]} {full} has {most} days.")
    on = date(full, number, int(day))
    return on, on


def _week_day(name: str, rest: str) -> _Interval:
    earliest, latest = _interval(rest)
    if earliest.weekday() != _DAYS[name]:
        raise _Doubt(f"{shown(earliest, latest)} is a {day_name[earliest.weekday()]}.")
    return earliest, latest


def _months(first: str, last: str, year: str) -> _Interval:
    start, end, ends = _MONTHS[first], _MONTHS[last], int(year)
    starts = ends if start <= end else ends - 1  # Dec/Jan 2022 began in 2021
    if start > end and (end - start) % _MONTHS_IN_A_YEAR > _MONTHS_IN_A_QUARTER:
        raise _Doubt(
            f"{last} comes before {first}. Write both years: {first} {ends - 1} to {last} {ends}."
        )
    return date(starts, start, 1), _end_of(ends, end)


def _month(month: str, year: str) -> _Interval:
    number = _MONTHS.get(month) or int(month)
    if not 1 <= number <= _MONTHS_IN_A_YEAR:
        raise _Doubt(f"there is no month {number}.")
    return date(int(year), number, 1), _end_of(int(year), number)


def _quarter(number: str, year: str, ends: str | None) -> _Interval:
    first = (int(number) - 1) * _MONTHS_IN_A_QUARTER
    if ends is None:
        return _from_month(int(year), first + 1, _MONTHS_IN_A_QUARTER)
    _refuse_no_financial_year(year, ends)
    return _from_month(int(year), first + _APRIL, _MONTHS_IN_A_QUARTER)


def _half(number: str, year: str) -> _Interval:
    return _from_month(int(year), 1 if number in {"1", "first"} else 7, 6)


def _financial_year(year: str, ends: str) -> _Interval:
    _refuse_no_financial_year(year, ends)
    return _from_month(int(year), _APRIL, _MONTHS_IN_A_YEAR)


def _dashed(year: str, rest: str) -> _Interval:
    is_month = 1 <= int(rest) <= _MONTHS_IN_A_YEAR
    is_year = (int(year) + 1) % 100 == int(rest)
    if is_month and is_year:
        raise _Doubt(
            f"it may be {month_name[int(rest)]} {year} or the financial year {year}/{rest}."
        )
    return _financial_year(year, rest) if is_year else _month(rest, year)


def _winter(year: str, ends: str | None) -> _Interval:
    if ends is None:
        before, after = int(year) - 1, int(year) + 1
        raise _Doubt(f"a winter has two years: {before}/{year[2:]} or {year}/{after % 100:02d}.")
    _refuse_no_financial_year(year, ends)
    return date(int(year), 12, 1), _end_of(int(year) + 1, 2)


def _season(name: str, year: str) -> _Interval:
    return _from_month(int(year), _SEASONS[name], _MONTHS_IN_A_QUARTER)


def _third(which: str, period: str) -> _Interval:
    start, end = _interval(period)
    days = (end - start).days + 1
    if days < 3:  # noqa: PLR2004 (three thirds)
        raise _Doubt("a single day has no early, middle or late part.")
    one, two = start + timedelta(days // 3), start + timedelta(2 * days // 3)
    day = timedelta(days=1)
    return {"early": (start, one - day), "mid": (one, two - day), "late": (two, end)}[which]


def _end(period: str) -> _Interval:
    latest = _interval(period)[1]
    return latest, latest


def _before(period: str) -> _Interval:
    latest = _interval(period)[0] - timedelta(days=1)
    return latest, latest


def _week_from(day: str) -> _Interval:
    start = _interval(day)[0]
    return start, start + timedelta(days=6)


def _week_to(day: str) -> _Interval:
    end = _interval(day)[1]
    return end - timedelta(days=6), end


def _days_of_a_month(first: str, last: str, month: str, year: str) -> _Interval:
    return _span(f"{first} {month} {year}", f"{last} {month} {year}")


def _days_of_a_year(first: str, last: str, year: str) -> _Interval:
    return _span(f"{first} {year}", f"{last} {year}")


def _span(first: str, last: str) -> _Interval:
    earliest, latest = _interval(first)[0], _interval(last)[1]
    if latest < earliest:
        raise _Doubt("it ends before it begins.")
    return earliest, latest


def _doubt(sentence: str) -> Callable[..., _Interval]:
    def refuse(*_: str) -> _Interval:
        raise _Doubt(sentence)

    return refuse


def _refuse_no_financial_year(year: str, ends: str) -> None:
    if (int(year) + 1) % 100 != int(ends[-2:]):
        raise _Doubt(
            f"{year} is followed by {int(year) + 1}. Write {year}/{(int(year) + 1) % 100:02d}."
        )


def _from_month(year: int, month: int, months: int) -> _Interval:
    years, last = divmod(month + months - 2, _MONTHS_IN_A_YEAR)
    over, first = divmod(month - 1, _MONTHS_IN_A_YEAR)
    return date(year + over, first + 1, 1), _end_of(year + years, last + 1)


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


_FY = r"(\d{4})(?:/|-)(\d{2}|\d{4})"
_READERS: tuple[tuple[str, Callable[..., _Interval]], ...] = (
    (r"(\d{4})-(\d{2})-(\d{2})", lambda year, month, day: _day(day, month, year)),
    (rf"{_D}[/.]{_D}[/.](\d{{2}}|\d{{4}})", _day),
    (rf"{_D}[ -]{_M}\.?[ -](\d{{2}}|\d{{4}})", _day),
    (rf"{_M} {_D} {_Y}", lambda month, day, year: _day(day, month, year)),
    (rf"({'|'.join(_DAYS)})\.? (.+)", _week_day),
    (rf"{_M}\.?[ -]{_Y}", _month),
    (rf"{_M}-(\d{{2}})", lambda month, year: _month(month, f"20{year}")),
    (rf"(\d{{1,2}})/{_Y}", _month),
    (rf"{_M} ?[/&-] ?{_M} {_Y}", _months),
    (rf"(?:between )?{_M} (?:and|or|to) {_M} {_Y}", _months),
    (rf"({_M} \d{{4}}) ?[/-] ?({_M} \d{{4}})", lambda a, _, b, __: _span(a, b)),
    (rf"q([1-4]) (?:of )?{_Y}", lambda number, year: _quarter(number, year, None)),
    (rf"q([1-4]) (?:of )?(?:fy ?)?{_FY}", _quarter),
    (rf"h([12]) {_Y}", _half),
    (rf"(first|second) half of {_Y}", _half),
    (rf"winter {_FY}", _winter),
    (rf"winter {_Y}", lambda year: _winter(year, None)),
    (rf"({'|'.join(_SEASONS)}) {_Y}", _season),
    (r"(\d{4})-(\d{2})", _dashed),
    (rf"(?:fy ?|financial year )?{_FY}", _financial_year),
    (_Y, lambda year: (date(int(year), 1, 1), date(int(year), 12, 31))),
    (rf"(?:between )?{_D} ?(?:-|to|and) ?{_D} {_M} {_Y}", _days_of_a_month),
    (rf"(?:between )?({_D} {_M}) (?:-|to|and) ({_D} {_M}) {_Y}",
     lambda first, _a, _b, last, _c, _d, year: _days_of_a_year(first, last, year)),
    (r"(?:between |from )?(.+) (?:to|and|-) (.+)", _span),
    (r"(early|mid|late)[ -](?:in )?(.+)", _third),
    (r"(?:week commencing|w/c|wc|week of|week beginning) (.+)", _week_from),
    (r"(?:week ending|w/e) (.+)", _week_to),
    (r"(?:by|before|at|no later than|not later than)? ?(?:the )?end of (.+)", _end),
    (r"(?:by|no later than|not later than) (.+)", _end),
    (r"before (.+)", _before),
    (r"(?:from|after|not before|no earlier than|not earlier than|since) .+",
     _doubt("it has no end. Say by when: “Sep 2022”, “by 30 Sep 2022” or “28 September 2022 to "
            "31 December 2022”.")),
    (rf"{_M}\.?(?: ?[/-] ?{_M})?|q[1-4]|{'|'.join(_SEASONS)}|winter|{_D}[ /]{_M}",
     _doubt("the year is missing.")),
    (rf"{_M} \d{{2}}", _doubt("it may be a day or a year. Write Jul 2022 or 22 July 2022.")),
    (r"tb[cad]|tbd|to be (?:confirmed|advised|agreed)|ongoing|asap|n/?a|unknown|half[ -]?term",
     _doubt("that is no date. Say the month you reckon with, such as Jul 2022; it can be "
            "forecast anew at any time.")),
)  # fmt: skip
