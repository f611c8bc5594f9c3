"""How often a milestone has changed: the number by which a calendar knows the newer of two."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlmodel import Session

from disposals.finding import rows_of
from disposals.network import Key
from disposals.records.base import Evidence
from disposals.records.programme import (
    Milestone,
    MilestoneCondition,
    MilestoneDate,
    MilestoneLink,
)
from disposals.timetable import whole_of

_SET_BY = 2  # the milestone itself and its first date


def changes(session: Session, refs: Iterable[str]) -> Mapping[Key, tuple[int, datetime]]:
    """By milestone, how many rows bear on it since it was set, and when the last was written.

    Rows are never taken away, so the number only rises: with a forecast, a correction, a link, and
    with what becomes of a condition of its own or of what it comes after.
    """
    wanted = list(refs)
    own: dict[Key, list[Evidence]] = {}
    hangs_on: dict[Key, set[tuple[str, str]]] = {}
    for row in rows_of(session, Milestone, wanted):
        key = (row.disposal_ref, row.no)
        own.setdefault(key, []).append(row)
        if row.only_if:
            hangs_on.setdefault(key, set()).add((whole_of(key[0]), row.only_if))
    for each in rows_of(session, MilestoneDate, wanted):
        own.setdefault((each.disposal_ref, each.milestone_no), []).append(each)
    conditions: dict[tuple[str, str], list[Evidence]] = {}
    for one in rows_of(session, MilestoneCondition, wanted):
        conditions.setdefault((whole_of(one.disposal_ref), one.title), []).append(one)
    numbered = {(whole_of(ref), no): (ref, no) for ref, no in own}
    links: dict[Key, list[MilestoneLink]] = {}
    for link in rows_of(session, MilestoneLink, wanted):
        links.setdefault((link.disposal_ref, link.milestone_no), []).append(link)
    before = {
        key: {
            numbered[whole_of(key[0]), link.after_no]
            for link in rows
            if (whole_of(key[0]), link.after_no) in numbered
        }
        for key, rows in links.items()
    }

    def bearing(key: Key) -> Iterator[Evidence]:
        yield from own[key]
        upstream = _reached(key, before)
        for each in upstream:
            yield from links.get(each, ())
        for title in sorted({title for each in upstream for title in hangs_on.get(each, ())}):
            yield from conditions.get(title, ())

    rows = {key: list(bearing(key)) for key in own}
    return {
        key: (max(len(each) - _SET_BY, 0), max(row.recorded_at for row in each))
        for key, each in rows.items()
    }


def _reached(key: Key, before: Mapping[Key, set[Key]]) -> set[Key]:
    """A milestone and all that it ever came after."""
    reached, ahead = {key}, [key]
    while ahead:
        further = before.get(ahead.pop(), set()) - reached
        reached |= further
        ahead += further
    return reached
