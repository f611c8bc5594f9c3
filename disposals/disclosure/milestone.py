"""One milestone in full, for officers: every date it ever had and why, and what hangs on what."""

from dataclasses import dataclass
from datetime import date

from disposals.errors import NotRecorded
from disposals.finding import find_case, parts_of
from disposals.rag import slip_months
from disposals.register import Register
from disposals.timetable import Entry, Timetable, timetable
from disposals.words import listed


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a milestone: the baseline, a forecast or the actual day.

    Attributes:
        slip_months: how much later than the baseline, in months of the calendar.
    """

    kind: str
    when: str
    earliest_on: date
    latest_on: date
    slip_months: int
    because: str | None
    recorded_on: date
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Tied:
    """Another milestone that it comes after, or that comes after it, and the time between."""

    reference: str
    no: int
    name: str
    lag: str


@dataclass(frozen=True, slots=True)
class Page:
    """A milestone in full.

    Attributes:
        only_if: the condition that it hangs on; `outcome` says what became of it.
        met_by: the gate or the stage that meets it; then nobody ticks it.
        dates: the oldest first.
    """

    reference: str
    no: int
    name: str
    owner: str | None
    only_if: str | None
    outcome: str | None
    met_by: str | None
    is_void: bool
    dates: tuple[Dated, ...]
    comes_after: tuple[Tied, ...]
    followed_by: tuple[Tied, ...]
    source: str | None


def milestone(register: Register, ref: str, no: int) -> Page:
    """A milestone of a case, its whole or another part.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: none of them has a milestone of that number.
    """
    with register.read() as session:
        whole = find_case(session, find_case(session, ref).whole_ref or ref)
        found = timetable(
            session, [whole.ref, *(part.ref for part in parts_of(session, whole.ref))]
        )
    entry = found.of_number(no)
    if entry is None:
        numbers = sorted(each for _, each in found.entries)
        known = listed(map(str, numbers)) if numbers else "none"
        raise NotRecorded(f"{ref} has no milestone {no}. It has {known}.")
    return _page(entry, found)


def _page(entry: Entry, found: Timetable) -> Page:
    told, condition = entry.milestone, entry.condition
    return Page(
        *entry.key,
        told.name,
        told.owner,
        told.only_if,
        condition.outcome.value if condition and condition.outcome else None,
        told.met_by,
        entry.is_void,
        tuple(
            Dated(
                each.kind.value, each.as_written, each.earliest_on, each.latest_on,
                slip_months(entry.baseline.latest_on, each.latest_on), each.because,
                each.recorded_on, each.recorded_by,
            )
            for each in entry.dates
        ),
        tuple(
            Tied(*link.after, found.entries[link.after].milestone.name, str(link.lag))
            for link in found.links
            if link.milestone == entry.key
        ),
        tuple(
            Tied(*link.milestone, found.entries[link.milestone].milestone.name, str(link.lag))
            for link in found.links
            if link.after == entry.key
        ),
        told.source,
    )  # fmt: skip
