"""Milestones as entries of a calendar: each keeps its name, and every change has its number."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from disposals.disclosure.fields import Audience, may_see, visible
from disposals.disclosure.programme import family_of
from disposals.finding import references
from disposals.records.cases import Disposal
from disposals.register import Register
from disposals.timetable import Entry, timetable


class Certainty(StrEnum):
    """What a calendar says of an entry (RFC 5545, 3.8.1.11)."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Event:
    """An all-day entry of a calendar.

    Attributes:
        uid: the same in every file, so that another import updates the entry.
        sequence: rises with every change.
        ends: the last day, which it includes.
        changed_at: when the change was written (aware, UTC).
    """

    uid: str
    sequence: int
    summary: str
    starts: date
    ends: date
    certainty: Certainty
    description: str
    changed_at: datetime
    is_public: bool


def events(
    register: Register,
    ref: str | None,
    *,
    audience: Audience,
    officer: str | None = None,
) -> list[Event]:
    """The milestones of a case and its parts, of an officer's cases or of all, by date.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        refs = list(references(session) if ref is None else family_of(session, ref))
        if officer is not None:
            refs = [each for each in refs if each in _cases_of(session, officer)]
        names = dict(session.exec(select(Disposal.ref, Disposal.name)).all())
        found = [
            _event(entry, names[entry.key[0]], register.authority, audience)
            for entry in timetable(session, refs).entries.values()
            if may_see(entry.milestone, audience) and may_see(entry.now, audience)
        ]
    return sorted(found, key=lambda event: (event.starts, event.ends, event.uid))


def _cases_of(session: Session, officer: str) -> set[str]:
    return set(session.exec(select(Disposal.ref).where(col(Disposal.officer) == officer)))


def _event(entry: Entry, name: str, authority: str, audience: Audience) -> Event:
    ref, no = entry.key
    now = entry.now
    decided = entry.condition is not None and entry.condition.outcome is not None
    certainty = Certainty.TENTATIVE
    if entry.is_void:
        certainty = Certainty.CANCELLED
    elif entry.is_met or now.earliest_on == now.latest_on:
        certainty = Certainty.CONFIRMED
    told = visible(
        "milestone_line",
        {
            "when": now.as_written, "kind": now.kind.value, "owner": entry.milestone.owner,
            "because": now.because, "source": entry.milestone.source,
        },
        audience,
    )  # fmt: skip
    rows = [now, entry.milestone, *([entry.condition] if entry.condition else [])]
    return Event(
        uid=f"{authority}.{ref.replace('/', '.')}.{no}@disposals",
        sequence=len(entry.dates) - 1 + (decided or entry.is_void),
        summary=f"{name}: {entry.milestone.name}",
        starts=now.earliest_on,
        ends=now.latest_on,
        certainty=certainty,
        description="\n".join(f"{key}: {value}" for key, value in told.items() if value),
        changed_at=max(row.recorded_at for row in rows),
        is_public=audience is Audience.PUBLIC,
    )
