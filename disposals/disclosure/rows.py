"""Rows of the register for an audience: all that a reader for others than officers is handed.

An officer is given the rows as they are. Anyone else is given views, which hold what the one
projection (`fields.py`) shows of a row and nothing more: no reader can let slip what it never had.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar, cast

from sqlmodel import Session, col, select

from disposals import finding
from disposals.casefile import in_force
from disposals.disclosure.fields import Audience, fields_of, openable
from disposals.finding import rows_of
from disposals.network import Link
from disposals.records.base import Evidence
from disposals.records.cases import Disposal
from disposals.records.programme import MilestoneLink
from disposals.timetable import Timetable, void_after
from disposals.timetable import timetable as whole_timetable
from disposals.vocabulary import Outcome
from sites.record import Record

R = TypeVar("R", bound=Record)
E = TypeVar("E", bound=Evidence)

# What rows are joined and marked by; of what is recorded in them it tells nothing.
_KEYS = frozenset({"id", "replaces", "disposal_ref", "recorded_at", "is_illustrative"})


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """What an audience may see of a row; whatever else its kind has is None.

    Attributes:
        seen_told: the fields that the audience may see; none where it may not know of the row.
        seen_keys: what rows are joined and marked by.
        seen_withheld: the fields that have a value and are kept back.
    """

    of_kind: type[Record]
    seen_told: Mapping[str, Any]
    seen_keys: Mapping[str, Any]
    seen_withheld: frozenset[str]

    def __getattr__(self, name: str) -> Any:
        if name in self.seen_told:
            return self.seen_told[name]
        if name in self.of_kind.model_fields:
            return self.seen_keys.get(name)
        message = f"{self.of_kind.__name__} has no {name}"
        raise AttributeError(message)


def seen(row: R, audience: Audience) -> R:
    """A row as an audience may see it; `knows_of` says whether it may know of it at all.

    For whoever is no officer, also a field that every row of the kind has may be None.
    """
    if audience is Audience.OFFICER:
        return row
    told = fields_of(row, audience)
    kind = type(row)
    keys = {name: getattr(row, name) for name in _KEYS & kind.model_fields.keys()}
    withheld = {
        name
        for name in openable(str(row.__tablename__)) - told.keys()
        if getattr(row, name) is not None
    }
    return cast("R", _View(kind, told, keys, frozenset(withheld)))


def facts_of(row: Record) -> dict[str, Any]:
    """What may be seen of a row, by field."""
    view: object = row
    if isinstance(view, _View):
        return dict(view.seen_told)
    return {name: getattr(row, name) for name in type(row).model_fields}


def all_seen(rows: Iterable[R], audience: Audience) -> list[R]:
    """The rows that an audience may know of, as it may see them, in their order."""
    return [each for row in rows if knows_of(each := seen(row, audience))]


def knows_of(row: object) -> bool:
    """Whether whoever was handed a row by `seen` may know of it."""
    return not isinstance(row, _View) or bool(row.seen_told)


def withheld_of(row: object) -> frozenset[str]:
    """The fields that have a value and are kept back here, though they could be shown; by name."""
    return row.seen_withheld if isinstance(row, _View) else frozenset()


class Shown(Generic[E]):
    """Rows of one kind as far as a reader has use of them, and whether others are kept back.

    Attributes:
        rows: those of which the audience may see all that is wanted, in their order.
    """

    def __init__(
        self, rows: Iterable[E], audience: Audience, wanted: frozenset[str] | None = None
    ) -> None:
        """Part the rows.

        Args:
            wanted: without these a row says nothing, or something wrong; None for all its fields.
        """
        told = [(row, seen(row, audience)) for row in rows]
        shown = {
            id(row)
            for row, view in told
            if knows_of(view)
            and not (withheld_of(view) if wanted is None else withheld_of(view) & wanted)
        }
        self.rows: list[E] = [view for row, view in told if id(row) in shown]
        self._kept_back = [row for row, _ in told if id(row) not in shown]

    def lacks(self, where: Callable[[E], bool] = lambda _: True) -> bool:
        """Whether any row is kept back, of those for which something is so."""
        return any(where(row) for row in self._kept_back)


def counting_shown(
    session: Session, kind: type[E], case: Disposal, audience: Audience,
    wanted: frozenset[str] | None = None,
) -> Shown[E]:  # fmt: skip
    """The rows of a kind that count for a case, as far as there is use of them; see `Shown`."""
    return Shown(finding.counting(session, kind, case), audience, wanted)


def own_shown(
    session: Session, kind: type[E], ref: str, audience: Audience, where: Callable[[E], bool]
) -> Shown[E]:
    """The rows of a kind in force on a case itself, as far as all may be seen; see `Shown`.

    Args:
        where: only those for which something is so.
    """
    return Shown(filter(where, finding.own_in_force(session, kind, ref)), audience)


def counting(session: Session, kind: type[E], case: Disposal, audience: Audience) -> list[E]:
    """The rows of a kind that count for a case: its own, and what a part has from its whole."""
    return all_seen(finding.counting(session, kind, case), audience)


def own_in_force(session: Session, kind: type[E], ref: str, audience: Audience) -> list[E]:
    """The rows of a kind recorded on a case itself that no later row replaces, oldest first."""
    return all_seen(finding.own_in_force(session, kind, ref), audience)


def of_case(session: Session, kind: type[E], ref: str, audience: Audience) -> list[E]:
    """All rows of a kind on a case itself, replaced ones too, oldest first."""
    return all_seen(rows_of(session, kind, [ref]), audience)


def everywhere(session: Session, kind: type[E], audience: Audience) -> list[E]:
    """The rows of a kind in the whole register that no later row replaces, oldest first."""
    return all_seen(in_force([*session.exec(select(kind).order_by(col(kind.id)))]), audience)


def are_there(session: Session, kind: type[E], ref: str) -> bool:
    """Whether there is any row of a kind on a case itself; nothing else is told of it."""
    return bool(finding.own_in_force(session, kind, ref))


def revisions(
    session: Session, kind: type[E], refs: Iterable[str], audience: Audience
) -> list[list[E]]:
    """Each entry of a kind on some cases that an audience may know of, with what it replaced.

    The oldest comes first. What is kept back of an entry is kept back of what it replaced.
    """
    chains: dict[int | None, list[E]] = {}
    for row in rows_of(session, kind, refs):
        chains[row.id] = [*chains.pop(row.replaces, []), row]
    found = []
    for chain in chains.values():
        last = seen(chain[-1], audience)
        if knows_of(last):
            found.append([*(_less(seen(row, audience), last) for row in chain[:-1]), last])
    return found


def _less(row: E, later: E) -> E:
    """An earlier row without what is kept back of the later."""
    view: object = row
    if not isinstance(view, _View):
        return row
    kept_back = withheld_of(later)
    told = {name: value for name, value in view.seen_told.items() if name not in kept_back}
    return cast("E", replace(view, seen_told=told, seen_withheld=view.seen_withheld | kept_back))


def timetable(
    session: Session, refs: Iterable[str], audience: Audience, *, on: date | None = None
) -> Timetable:
    """The timetable of some cases, its milestones where the audience may know of their last word.

    One that is void is left out where the condition that failed is kept back: it is told neither
    that it will come nor that it will not.

    Args:
        on: the day as of which a milestone counts as met.
    """
    wanted = list(refs)
    found = whole_timetable(session, wanted, on=on)
    if audience is Audience.OFFICER:
        return found
    conditions = {
        key: next(iter(all_seen([entry.condition], audience)), None)
        for key, entry in found.entries.items()
        if entry.condition is not None
    }
    failed = {key for key, row in conditions.items() if row and row.outcome is Outcome.FAILED}
    void = void_after(failed, found.links)  # that one comes after another gives nothing away
    entries = {}
    for key, entry in found.entries.items():
        milestone, now = seen(entry.milestone, audience), seen(entry.now, audience)
        if knows_of(milestone) and knows_of(now) and entry.is_void is (key in void):
            dates = (*(seen(each, audience) for each in entry.dates[:-1]), now)
            entries[key] = replace(
                entry, milestone=milestone, dates=dates, condition=conditions.get(key)
            )
    return Timetable(entries, tuple(_links_seen(session, wanted, found, audience)))


def _links_seen(
    session: Session, refs: list[str], found: Timetable, audience: Audience
) -> Iterator[Link]:
    known = {
        ((row.disposal_ref, row.milestone_no), row.after_no)
        for row in all_seen(in_force(rows_of(session, MilestoneLink, refs)), audience)
    }
    return (link for link in found.links if (link.milestone, link.after[1]) in known)
