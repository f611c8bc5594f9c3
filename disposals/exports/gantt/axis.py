"""Where a day lies on a line of time: whole months from end to end, as parts of its length."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from disposals.rag import financial_year

_APRIL = 4
_ROOM, _PARTS = timedelta(days=15), 40  # at each end, and of a long line a fortieth
_STEPS = (1, 3, 6)  # a label for every month, quarter or half of a year
_LABEL = 4  # the characters of “Jul” and a gap
_YEARS = (1, 2, 5, 10, 25, 50, 100)  # where a year has no room for its name, so many together
_YEAR, _SHORT = len("2021/22 "), len("21/22")


@dataclass(frozen=True, slots=True)
class Span:
    """A financial year on the line, or several, and what of the name finds room there."""

    label: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month, a quarter or a half of a year, and its name."""

    label: str
    at: float


@dataclass(frozen=True, slots=True)
class Axis:
    """A line of time from one day to another, both included; 0 is its beginning and 1 its end."""

    first: date
    last: date
    today: date

    def start(self, on: date) -> float:
        """Where a day begins; outside the line it is an end of it."""
        return self._at(on)

    def end(self, on: date) -> float:
        """Where a day is over."""
        return self._at(on + timedelta(days=1))

    def holds(self, earliest: date, latest: date) -> bool:
        """Whether any day of an interval lies on the line."""
        return earliest <= self.last and latest >= self.first

    def years(self, room: int) -> list[Span]:
        """The financial years, 1 April to 31 March, or several together.

        Args:
            room: how many characters the line is long.
        """
        each = room * 365 / ((self.last - self.first).days + 1)  # characters of one year
        step = next(
            (step for step in _YEARS if each * step > (_SHORT if step == 1 else _YEAR)), _YEARS[-1]
        )
        found, on = [], self.first
        while on <= self.last:
            first = (on.year - (on.month < _APRIL)) // step * step
            ends = date(first + step, 3, 31)
            start, end = self.start(on), self.end(ends)
            found.append(Span(_named(on, first, step, (end - start) * room), start, end))
            on = ends + timedelta(days=1)
        return found

    def ticks(self, room: int) -> list[Tick]:
        """The months, or where there is no room the quarters or halves; none if for none."""
        firsts = list(_months(self.first, self.last))
        for step in _STEPS:
            chosen = [on for on in firsts if (on.month - 1) % step == 0]
            if len(firsts) / step * _LABEL <= room:
                return [self._tick(on, room) for on in chosen]
        return []

    def _tick(self, on: date, room: int) -> Tick:
        at = self.start(on)
        return Tick(f"{on:%b}" if (1 - at) * room >= _LABEL else "", at)

    def _at(self, on: date) -> float:
        whole = (self.last - self.first).days + 1
        return min(max((on - self.first).days / whole, 0.0), 1.0)


def _named(on: date, first: int, step: int, room: float) -> str:
    """A financial year as 2021/22 or 21/22; several by the springs they lie between: 2020–25."""
    if step > 1:
        name = f"{first}–{(first + step) % 100:02d}"
        return name if room >= _YEAR else ""
    name = financial_year(on)
    return name if room >= _YEAR else name[2:] if room > _SHORT else ""


def axis_of(today: date, days: Iterable[date]) -> Axis:
    """A line of whole months that holds today, all days and some room about them."""
    held = sorted((today, *days))
    room = max(_ROOM, (held[-1] - held[0]) / _PARTS)
    return window(held[0] - room, held[-1] + room, today)


def window(first: date, last: date, today: date) -> Axis:
    """A line of the whole months of an interval."""
    return Axis(first.replace(day=1), _end_of_month(last), today)


def _months(first: date, last: date) -> Iterable[date]:
    on = first.replace(day=1)
    while on <= last:
        yield on
        on = _end_of_month(on) + timedelta(days=1)


def _end_of_month(on: date) -> date:
    return on.replace(day=monthrange(on.year, on.month)[1])
