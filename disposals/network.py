"""What hangs on what: milestones that come after others, what moves with them, what is critical.

A follower is pushed, never pulled: it moves only where what it comes after leaves it no room, and
only by as much as it must.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter

from disposals.clocks import is_working_day
from disposals.errors import BadFact
from disposals.vocabulary import LagUnit
from disposals.words import counted

Key = tuple[str, int]  # the reference of a case, and the number of a milestone
Interval = tuple[date, date]
_DAY = timedelta(days=1)
_LAG = re.compile(r"(\d{1,4}) (working days?|days?|weeks?|months?)")
_MONTHS = 12
_LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True)
class Lag:
    """The time that must lie between the end of one milestone and another."""

    number: int
    unit: LagUnit

    def __str__(self) -> str:
        """As officers write it: 13 weeks, 1 month."""
        return counted(self.number, self.unit.removesuffix("s"))


@dataclass(frozen=True, slots=True)
class Node:
    """A milestone in the network.

    Attributes:
        is_fixed: met, or void: it never moves and holds up nothing.
    """

    key: Key
    earliest: date
    latest: date
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """`milestone` can't come before `after` and the lag."""

    milestone: Key
    after: Key
    lag: Lag


@dataclass(frozen=True, slots=True)
class Move:
    """A milestone that has to move, and the one that pushes it."""

    key: Key
    before: Interval
    after: Interval
    because: Key


def lag(written: str) -> Lag:
    """A lag as officers write it: 13 weeks, 10 working days, 2 months, 0 days.

    Raises:
        BadFact: it is none.
    """
    told = _LAG.fullmatch(" ".join(written.lower().split()))
    if told is None:
        raise BadFact(
            f"“{written}” is no time between milestones. Write 13 weeks, 10 working days or "
            "2 months."
        )
    return Lag(int(told[1]), LagUnit(told[2].removesuffix("s") + "s"))


def after_lag(on: date, wait: Lag, *, ends_month: bool = False) -> date:
    """The first day that lies a lag after a day.

    Args:
        ends_month: the day stands for the end of its month, and so does what is a month later;
            otherwise it is the corresponding day, or the last where the month has none.
    """
    if wait.unit is LagUnit.MONTHS:
        years, month = divmod(on.month - 1 + wait.number, _MONTHS)
        last = _last_day(on.year + years, month + 1)
        return last if ends_month or on.day > last.day else last.replace(day=on.day)
    if wait.unit is not LagUnit.WORKING_DAYS:
        return on + timedelta(**{wait.unit.value: wait.number})
    for _ in range(wait.number):
        on += _DAY
        while not is_working_day(on):
            on += _DAY
    return on


def moved(
    nodes: Iterable[Node], links: Iterable[Link], changes: Mapping[Key, Interval]
) -> list[Move]:
    """What has to move if some milestones move, by its new date and number.

    Fixed milestones stay, and so does all that does not hang on the change.
    """
    known, after = {node.key: node for node in nodes}, _grouped(links, "milestone")
    now, found = dict(changes), []
    for key in _in_order(after):
        pushed = [
            (_shifted(now[link.after], link.lag), link.after)
            for link in after.get(key, ())
            if link.after in now
        ]
        node = known.get(key)
        if not pushed or node is None or node.is_fixed or key in changes:
            continue
        reach = (
            max(node.earliest, *(each[0] for each, _ in pushed)),
            max(node.latest, *(each[1] for each, _ in pushed)),
        )
        if reach != (node.earliest, node.latest):
            now[key] = reach
            because = max(pushed, key=lambda each: (each[0][1], each[0][0], each[1]))[1]
            found.append(Move(key, (node.earliest, node.latest), reach, because))
    return sorted(found, key=lambda move: (*reversed(move.after), move.key[1]))


def too_early(nodes: Iterable[Node], links: Iterable[Link]) -> list[tuple[Link, date]]:
    """The links that do not hold, each with the day from which it would."""
    known, found = {node.key: node for node in nodes}, []
    for link in sorted(links, key=lambda each: (each.milestone, each.after)):
        node, other = known.get(link.milestone), known.get(link.after)
        if node is None or other is None or node.is_fixed:
            continue
        _, allowed = _shifted((other.earliest, other.latest), link.lag)
        if node.latest < allowed:
            found.append((link, allowed))
    return found


def refuse_loop(links: Iterable[Link]) -> None:
    """Refuse links by which a milestone comes after itself.

    Raises:
        BadFact: names the loop.
    """
    try:
        _in_order(_grouped(links, "milestone"))
    except CycleError as error:
        loop = " → ".join(str(no) for _, no in error.args[1])
        raise BadFact(
            f"A milestone would come after itself: {loop}. Undo one of these links."
        ) from None


def floats(nodes: Iterable[Node], links: Iterable[Link], target: Key) -> dict[Key, int]:
    """By how many days each milestone's latest day may slip before the target's has to.

    Only what leads to the target is told, and nothing that is fixed; 0 is critical. It holds while
    no milestone is too early; less than 0 is one that is.
    """
    known, after = {node.key: node for node in nodes}, _grouped(links, "milestone")
    allowed = {target: known[target].latest}
    for key in reversed(_in_order(after)):
        for link in after.get(key, ()) if key in allowed else ():
            node = known.get(link.after)
            if node is None or node.is_fixed:
                continue
            bound = _latest_before(allowed[key], link.lag, ends_month=_ends_month(node))
            allowed[node.key] = min(bound, allowed.get(node.key, bound))
    return {key: (bound - known[key].latest).days for key, bound in allowed.items()}


def critical_path(nodes: Iterable[Node], links: Iterable[Link], target: Key) -> list[Key]:
    """A chain to the target that has no room, earliest first; at its end the target.

    Where several have none, the one of the least numbers from the end on.
    """
    known, after = list(nodes), _grouped(links, "milestone")
    room = floats(known, [link for each in after.values() for link in each], target)
    path = [target]
    while before := [link.after for link in after.get(path[0], ()) if room.get(link.after, 1) <= 0]:
        path.insert(0, min(before, key=lambda key: (room[key], key)))
    return path


def _grouped(links: Iterable[Link], by: str) -> dict[Key, list[Link]]:
    found: dict[Key, list[Link]] = {}
    for link in links:
        found.setdefault(getattr(link, by), []).append(link)
    return found


def _in_order(after: Mapping[Key, Iterable[Link]]) -> list[Key]:
    """Every milestone that is linked, each behind what it comes after."""
    sorter = TopologicalSorter(
        {key: sorted(link.after for link in links) for key, links in sorted(after.items())}
    )
    return list(sorter.static_order())


def _shifted(interval: Interval, wait: Lag) -> Interval:
    earliest, latest = interval
    return (
        after_lag(earliest, wait),
        after_lag(latest, wait, ends_month=_is_whole_months(earliest, latest)),
    )


def _ends_month(node: Node) -> bool:
    return _is_whole_months(node.earliest, node.latest)


def _is_whole_months(earliest: date, latest: date) -> bool:
    return earliest.day == 1 and latest == _last_day(latest.year, latest.month)


def _latest_before(bound: date, wait: Lag, *, ends_month: bool) -> date:
    """The last day from which the lag ends no later than a day."""
    if wait.unit is LagUnit.MONTHS:
        years, month = divmod(bound.month - 1 - wait.number, _MONTHS)
        on = _last_day(bound.year + years, month + 1) + _LONGEST_MONTH * _DAY
    elif wait.unit is LagUnit.WORKING_DAYS:
        on = bound
    else:
        return bound - timedelta(**{wait.unit.value: wait.number})
    while after_lag(on, wait, ends_month=ends_month and on == _last_day(on.year, on.month)) > bound:
        on -= _DAY
    return on


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
