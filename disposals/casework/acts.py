"""What every act shares: its history entry, and evidence that is only ever added."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from disposals.casework.meanwhile import changed, has_moved, refuse_unseen
from disposals.casework.validating import named, refuse_control, refuse_future, validated
from disposals.errors import KeptOut
from disposals.exemption import paragraphs
from disposals.finding import find_case, own_in_force
from disposals.history import entries
from disposals.history.digests import stored
from disposals.history.raw import raw_in
from disposals.records.base import Evidence
from disposals.records.cases import Disposal, HistoryEntry
from workflows.gates import GateReport

E = TypeVar("E", bound=Evidence)
_BOUND = "SELECT 1 FROM milestone WHERE disposal_ref = ? AND met_by IS NOT NULL LIMIT 1"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who acts, on which day, and at what moment it is written down.

    Attributes:
        on: the day of the act as the register counts days.
        at: the moment of writing (aware, UTC).
    """

    by: str
    on: date
    at: datetime

    def __post_init__(self) -> None:
        """Write the name as it is kept.

        Raises:
            BadFact: it is blank, or what stands for a name that was erased.
        """
        object.__setattr__(self, "by", named(self.by, "`--by NAME` or DISPOSALS_USER"))


@dataclass(slots=True)
class Act:
    """One act on one case, while it is being written.

    Attributes:
        facts: what the act records, kept in the history as it was given.
        stands_alone: False once it puts a row in the place of one that was there.
        is_sure: its user says that a name is no slip of one like it.
    """

    session: Session
    case: Disposal
    stamp: Stamp
    to_stage: str
    report: GateReport | None = None
    facts: list[dict[str, Any]] = field(default_factory=list)
    marks: dict[str, Any] = field(default_factory=dict)
    stands_alone: bool = True
    is_sure: bool = False

    def record(self, kind: type[E], facts: Mapping[str, Any], *, replaces: E | None = None) -> E:
        """Add a piece of evidence; with `replaces`, one that stands in place of an older row.

        Raises:
            BadFact: a field is missing, unknown, of the wrong kind, or lies in the future though
                it tells of the past; or it is exempt under a paragraph that there is not.
        """
        refuse_future(kind, facts, self.stamp.on)
        if replaces is not None:
            self.stands_alone = False
        under = facts.get("paragraphs")
        if under is not None and (replaces is None or replaces.paragraphs != under):
            paragraphs(under, self.case.authority, self.stamp.on)
        row = validated(
            kind,
            {
                "disclosure": "exempt",
                **facts,
                "disposal_ref": self.case.ref,
                "recorded_on": self.stamp.on,
                "recorded_at": self.stamp.at,
                "recorded_by": self.stamp.by,
                "replaces": replaces.id if replaces else None,
            },
            carried=replaces,
        )
        self.session.add(row)
        self.session.flush()
        self.facts.append({"kind": kind.__tablename__, **facts})
        return row

    def supersede(self, kind: type[E], facts: Mapping[str, Any]) -> E:
        """Record evidence; a row in force about the same thing is carried forward with it.

        What the new facts do not mention stays as it was: a consent that is granted is still the
        one that marketing waits for. What lapsed with a lost buyer is left where it lies.
        """
        row = next(
            (
                row
                for row in own_in_force(self.session, kind, self.case.ref)
                if kind.keyed_by
                and not kind.accumulates
                and getattr(row, "lapsed_on", None) is None
                and all(getattr(row, name) == facts.get(name) for name in kind.keyed_by)
            ),
            None,
        )
        return self.record(kind, facts) if row is None else self.amend(row, **facts)

    def amend(self, row: E, **changes: Any) -> E:
        """Carry a row forward with some facts changed; what was there before is kept."""
        bookkeeping = set(Evidence.model_fields) - {
            "disclosure", "paragraphs", "exempt_because", "source", "is_illustrative",
        }  # fmt: skip
        facts = row.model_dump(exclude=bookkeeping) | changes
        return self.record(type(row), facts, replaces=row)


@contextmanager
def acting(
    session: Session,
    ref: str,
    name: str,
    stamp: Stamp,
    *,
    seen: int,
    because: str | None = None,
    may_add: bool = False,
) -> Iterator[Act]:
    """Carry out an act on a case: when the block ends, its history entry and version are written.

    Args:
        name: the act as the history tells it.
        seen: the version of the case that the user was shown.
        because: the reason, where there is one; a blank is none.
        may_add: evidence that stands in no other's place may join what others added since the user
            saw the case, for as long as that stands at the same stage.

    Raises:
        NoSuchCase: there is no case of that reference.
        ChangedMeanwhile: the case has moved on since the user saw it.
    """
    case = find_case(session, ref)
    if not may_add or has_moved(session, case, seen):
        refuse_unseen(session, case, seen)
    before = case.version
    act = Act(session, case, stamp, to_stage=case.stage)
    yield act
    if not act.stands_alone:
        refuse_unseen(session, case, seen)
    if _has_bound_milestones(session, ref):
        from disposals.casework.bound import follow

        follow(act)
    enter(
        session,
        case.ref,
        {
            "no": before + 1,
            "act": name,
            "by": stamp.by,
            "on": stamp.on,
            "at": stamp.at,
            "because": because,
            "from_stage": case.stage,
            "to_stage": act.to_stage,
            "report": _as_json(act.report.findings) if act.report else None,
            "details": _as_json(act.facts) if act.facts else None,
        },
    )
    # Compare and set: the lock already keeps others out; this holds where a lock would not.
    changes = {"version": before + 1, "stage": act.to_stage, **act.marks}
    if not _changed_from(session, ref, before, changes):
        session.refresh(case)
        if case.version == before:
            raise KeptOut
        raise changed(session, case, seen)
    for column, value in changes.items():
        set_committed_value(case, column, value)


def enter(session: Session, ref: str, told: Mapping[str, Any]) -> None:
    """Write an entry in the history of a case.

    Raises:
        BadFact: a text holds what can't be kept.
    """
    refuse_control(HistoryEntry, {name: told[name] for name in ("by", "because")})
    plain = {
        name: each.strip() or None if isinstance(each, str) else each for name, each in told.items()
    }
    entries.write(session, {"disposal_ref": ref, **plain})


def _changed_from(session: Session, ref: str, version: int, changes: Mapping[str, Any]) -> bool:
    """Change a case, if it still has that version."""
    setting = ", ".join(f"{column} = ?" for column in changes)
    done = raw_in(session).execute(
        f"UPDATE disposal SET {setting} WHERE ref = ? AND version = ?",  # noqa: S608
        [*map(stored, changes.values()), ref, version],
    )
    return done.rowcount == 1


def _has_bound_milestones(session: Session, ref: str) -> bool:
    """Whether evidence meets any milestone of a case; asked in SQL, to load no table without."""
    return raw_in(session).execute(_BOUND, (ref,)).fetchone() is not None


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_told)


def _told(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    return str(value)
