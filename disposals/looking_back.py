"""The register as it stood on a day: what was recorded later is left out, stages are as they were.

The day of an act counts, not the moment at which it was written down. Land answers by its own
effective dates.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, event, tuple_
from sqlalchemy import select as columns
from sqlalchemy.orm import ORMExecuteState, QueryContext, with_loader_criteria
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, func, select

from disposals.records import evidence_kinds
from disposals.records.cases import Disposal, HistoryEntry

MIGRATED = "workflow migrated"  # the act; guards let a version change with it
_STOOD = "disposals_stood"
_LEFT_OUT = "disposals_left_out"
_ALL = "disposals_all"
_AT_ONCE = 5_000  # rows fetched in one step
_Any = tuple[Any, ...]
AnyRow = Row[*_Any]


@dataclass(frozen=True, slots=True)
class _Stood:
    """A case as it stood: what its later acts changed on it."""

    stage: str
    version: int
    held_on: date | None
    held_because: str | None
    review_on: date | None
    workflow_version: int | None


def look_back(session: Session, on: date) -> None:
    """Let a session read the register as it stood at the end of a day.

    Where no act is of a later day, the register stands as it did and nothing is left out.
    """
    if session.exec(select(HistoryEntry.id).where(HistoryEntry.on > on).limit(1)).first() is None:
        return
    session.info[_STOOD] = _cases(session, on)
    left_out = session.info[_LEFT_OUT] = (
        *(
            with_loader_criteria(kind, col(kind.recorded_on) <= on, include_aliases=True)
            for kind in evidence_kinds().values()
        ),
        with_loader_criteria(HistoryEntry, col(HistoryEntry.on) <= on, include_aliases=True),
        with_loader_criteria(Disposal, col(Disposal.opened_on) <= on, include_aliases=True),
    )

    @event.listens_for(session, "do_orm_execute")
    def leave_out(state: ORMExecuteState) -> None:
        if state.is_select and not state.execution_options.get(_ALL):
            state.statement = state.statement.options(*left_out)


def batches(session: Session, query: Select[*_Any]) -> Iterator[Sequence[AnyRow]]:
    """Rows of columns as a session sees them, streamed past what the ORM does to each row.

    A stage or a hold among them is that of today; `stood` has the earlier one.
    """
    seen = query.options(*session.info.get(_LEFT_OUT, ()))
    streamed = {"yield_per": _AT_ONCE}
    found = session.connection().execute(seen, execution_options=streamed)
    try:
        yield from found.partitions()
    finally:  # whoever asks need not read to the end
        found.close()


def looks_back(session: Session) -> bool:
    """Whether a session reads the register as it stood."""
    return _STOOD in session.info


def stood(session: Session, ref: str) -> tuple[str, date | None, str | None] | None:
    """Stage and hold of a case as a session sees it, for who selects columns and not cases.

    None where the row itself says it.
    """
    cases: Mapping[str, _Stood] | None = session.info.get(_STOOD)
    was = None if cases is None else cases.get(ref)
    return None if was is None else (was.stage, was.held_on, was.held_because)


def opened_on(session: Session, ref: str) -> date | None:
    """The day on which a case was opened, or will be from where a session looks."""
    asked = select(col(Disposal.opened_on)).where(Disposal.ref == ref)
    found: date | None = session.exec(asked, execution_options={_ALL: True}).first()
    return found


def _cases(session: Session, on: date) -> Mapping[str, _Stood]:
    """Every case on which something was done later, as it stood then, from its history."""
    held = {entry.disposal_ref: entry for entry in _last(session, on, _HELD)}
    acts = {entry.disposal_ref: entry.no for entry in _last(session, on)}
    migrated = _migrated_later(session, on)
    stood = {}
    # What was recorded later for an earlier day is an entry of the stage of that later day.
    for entry in _last(session, on, col(HistoryEntry.to_stage).is_distinct_from(_FROM)):
        pause = held.get(entry.disposal_ref)
        if pause is not None and pause.act != "hold":
            pause = None
        stood[entry.disposal_ref] = _Stood(
            entry.to_stage,
            acts[entry.disposal_ref],
            pause.on if pause else None,
            pause.because if pause else None,
            _review_of(pause) if pause else None,
            migrated.get(entry.disposal_ref),
        )
    return stood


def _review_of(pause: Any) -> date | None:
    """The day of review that a hold named."""
    facts = json.loads(pause.details or "[]")
    return next((date.fromisoformat(f["review_on"]) for f in facts if f["kind"] == "hold"), None)


def _migrated_later(session: Session, on: date) -> dict[str, int]:
    """The version of its workflow from which each case went over to another after that day."""
    later = select(HistoryEntry).where(col(HistoryEntry.on) > on, HistoryEntry.act == MIGRATED)
    found: dict[str, int] = {}
    for entry in session.exec(later.order_by(col(HistoryEntry.no).desc())):
        facts = json.loads(entry.details or "[]")
        made = next(each for each in facts if "from_version" in each)
        found[entry.disposal_ref] = made["from_version"]  # the earliest is read last
    return found


_FROM = col(HistoryEntry.from_stage)
_HELD = col(HistoryEntry.act).in_(["hold", "resume"])


def _last(session: Session, on: date, *of: ColumnElement[bool]) -> Sequence[Any]:
    """The last entry by that day, or the last of a kind, on each case with an act after it."""
    acted_on = select(HistoryEntry.disposal_ref).where(HistoryEntry.on > on)
    last = (
        select(HistoryEntry.disposal_ref, func.max(HistoryEntry.no))
        .where(HistoryEntry.on <= on, col(HistoryEntry.disposal_ref).in_(acted_on), *of)
        .group_by(HistoryEntry.disposal_ref)
    )
    key = tuple_(col(HistoryEntry.disposal_ref), col(HistoryEntry.no))
    # Columns, not entries: there is one for each case of the register.
    told = ("disposal_ref", "no", "act", "on", "because", "to_stage", "details")
    query = columns(*(getattr(HistoryEntry, name) for name in told)).where(key.in_(last))
    return session.execute(query).all()


@event.listens_for(Disposal, "load")
def _as_it_stood(case: Disposal, context: QueryContext) -> None:
    stood = context.session.info.get(_STOOD)
    if stood is None or case.ref not in stood:
        return
    was = stood[case.ref]
    if case.held_on != was.held_on:
        set_committed_value(case, "review_on", was.review_on)  # that of the hold of the day
    for name in ("stage", "version", "held_on", "held_because"):
        set_committed_value(case, name, getattr(was, name))
    if was.workflow_version is not None:
        set_committed_value(case, "workflow_version", was.workflow_version)
