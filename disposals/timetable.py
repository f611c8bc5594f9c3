"""The milestones of a disposal and its parts as they stand: dates, links, what is void."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from disposals.casefile import in_force
from disposals.finding import rows_of
from disposals.network import Key, Lag, Link, Node
from disposals.records.programme import (
    Milestone,
    MilestoneCondition,
    MilestoneDate,
    MilestoneLink,
)
from disposals.vocabulary import DateKind, Outcome


@dataclass(frozen=True, slots=True)
class Entry:
    """A milestone with its dates, the oldest first.

    Attributes:
        condition: the one that it hangs on, if any.
        is_void: that condition failed, or something that it comes after is void.
    """

    milestone: Milestone
    dates: tuple[MilestoneDate, ...]
    condition: MilestoneCondition | None
    is_void: bool

    @property
    def key(self) -> Key:
        """The case's reference and the milestone's number."""
        return self.milestone.disposal_ref, self.milestone.no

    @property
    def baseline(self) -> MilestoneDate:
        """The date first set, which is never altered."""
        return self.dates[0]

    @property
    def now(self) -> MilestoneDate:
        """The last word on it: an actual day, or what is forecast since."""
        return self.dates[-1]

    @property
    def is_met(self) -> bool:
        """Whether the last word is the day on which it came about."""
        return self.now.kind is DateKind.ACTUAL

    @property
    def hangs_on(self) -> str | None:
        """The condition that is still open."""
        open_one = self.condition is not None and self.condition.outcome is None
        return self.milestone.only_if if open_one else None


@dataclass(frozen=True, slots=True)
class Timetable:
    """The milestones of some cases by key, and what hangs on what among them."""

    entries: Mapping[Key, Entry]
    links: tuple[Link, ...]

    def nodes(self) -> list[Node]:
        """The milestones as a network; what is met or void is fixed."""
        return [
            Node(key, entry.now.earliest_on, entry.now.latest_on, entry.is_met or entry.is_void)
            for key, entry in self.entries.items()
        ]

    def of_number(self, no: int) -> Entry | None:
        """The milestone of a number, where the timetable is that of one disposal and its parts."""
        return next((entry for (_, each), entry in self.entries.items() if each == no), None)


def timetable(session: Session, refs: Iterable[str], *, on: date | None = None) -> Timetable:
    """The timetable of some cases; what is linked to a case that is not among them is left out.

    Args:
        on: the day as of which a milestone counts as met.
    """
    wanted = list(refs)

    dates: dict[Key, list[MilestoneDate]] = {}
    for row in rows_of(session, MilestoneDate, wanted):
        if on is None or row.kind is not DateKind.ACTUAL or row.latest_on <= on:
            dates.setdefault((row.disposal_ref, row.milestone_no), []).append(row)
    conditions = {
        (whole_of(row.disposal_ref), row.title): row
        for row in in_force(rows_of(session, MilestoneCondition, wanted))
    }
    milestones = {
        (row.disposal_ref, row.no): row
        for row in in_force(rows_of(session, Milestone, wanted))
        if (row.disposal_ref, row.no) in dates
    }
    numbered = {(whole_of(ref), no): (ref, no) for ref, no in milestones}
    links = tuple(
        Link(
            (row.disposal_ref, row.milestone_no),
            numbered[whole_of(row.disposal_ref), row.after_no],
            Lag(row.lag, row.lag_unit),
        )
        for row in in_force(rows_of(session, MilestoneLink, wanted))
        if not row.is_undone
        and (row.disposal_ref, row.milestone_no) in milestones
        and (whole_of(row.disposal_ref), row.after_no) in numbered
    )
    hanging = {
        key: conditions.get((whole_of(key[0]), row.only_if)) if row.only_if else None
        for key, row in milestones.items()
    }
    void = void_after(
        {key for key, each in hanging.items() if each and each.outcome is Outcome.FAILED}, links
    )
    return Timetable(
        {
            key: Entry(row, tuple(dates[key]), hanging[key], key in void)
            for key, row in milestones.items()
        },
        links,
    )


def whole_of(ref: str) -> str:
    """The whole of a part; of any other case itself."""
    return ref.partition("/")[0]


def void_after(failed: set[Key], links: Iterable[Link]) -> set[Key]:
    """What failed, and all that comes after it."""
    void, following = set(failed), list(links)
    while more := {link.milestone for link in following if link.after in void} - void:
        void |= more
    return void
