"""What stands in a calendar: milestones, and the days on which committees consider decisions.

Every entry keeps its name, and every change has its number, so that another import updates it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from disposals.disclosure.changes import changes
from disposals.disclosure.fields import Audience, visible
from disposals.disclosure.meetings import called, sittings
from disposals.disclosure.programme import families, family_of
from disposals.disclosure.rows import revisions, timetable
from disposals.finding import references
from disposals.policy import Policy
from disposals.readiness import is_withdrawn, refuse_unknown_officer
from disposals.records.cases import Disposal, HistoryEntry
from disposals.records.decisions import Decision
from disposals.register import Register
from disposals.timetable import Entry
from disposals.words import day, is_same_name


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
        is_ahead: it has neither come about nor been cancelled, so it is worth a reminder.
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
    is_ahead: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose calendar; with nothing set, everybody's.

    Attributes:
        ref: a case, with its parts.
        officer: only of cases of this officer.
        committee: only the meetings of this committee, and the days on which it considers a
            decision; a part of its name is enough.
        is_programme: only the meetings of committees and those days.
    """

    ref: str | None = None
    officer: str | None = None
    committee: str | None = None
    is_programme: bool = False


@dataclass(frozen=True, slots=True)
class _Calendar:
    """What every entry of one calendar has in common.

    Attributes:
        ended: by case, when and on which day it was withdrawn.
    """

    authority: str
    audience: Audience
    names: dict[str, str]
    ended: dict[str, HistoryEntry]


def events(register: Register, asked: Asked, *, audience: Audience, on: date) -> list[Event]:
    """What stands in a calendar, by date.

    Args:
        on: the day of today; what a committee considered before it is over.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: no case is that officer's, or no committee is called that.
    """
    with register.asked(on).read() as session:
        refs = list(references(session) if asked.ref is None else family_of(session, asked.ref))
        if asked.officer is not None:
            refs = _of_officer(session, refs, asked.officer, audience)
        of = _Calendar(
            register.authority,
            audience,
            dict(session.exec(select(Disposal.ref, Disposal.name)).all()),
            _withdrawn(session, refs),
        )
        held = [] if asked.ref or asked.officer else list(_meetings(session, of, on))
        days = [*held, *_considered(session, of, refs, on)]
        if asked.committee is not None:
            name = called(asked.committee, {name for name, _ in days})
            days = [(each, event) for each, event in days if each == name]
        found = [event for _, event in days]
        if asked.committee is None and not asked.is_programme:
            found += _milestones(session, of, refs)
    return sorted(found, key=lambda event: (event.starts, event.ends, event.uid))


def _of_officer(session: Session, refs: list[str], officer: str, audience: Audience) -> list[str]:
    query = select(Disposal.ref, Disposal.officer).where(col(Disposal.ref).in_(refs))
    cases = dict(session.exec(query).all())
    refuse_unknown_officer(session, officer, tell=audience is Audience.OFFICER)
    return [ref for ref in refs if is_same_name(cases[ref], officer)]


def _withdrawn(session: Session, refs: list[str]) -> dict[str, HistoryEntry]:
    """The entry by which each case was withdrawn that is."""
    cases = session.exec(select(Disposal).where(col(Disposal.ref).in_(refs)))
    over = {case.ref: case.stage for case in cases if is_withdrawn(session, case)}
    entries = session.exec(
        select(HistoryEntry)
        .where(col(HistoryEntry.disposal_ref).in_(over))
        .order_by(col(HistoryEntry.no))
    )
    return {
        entry.disposal_ref: entry
        for entry in entries
        if entry.to_stage == over[entry.disposal_ref] != entry.from_stage
    }


def _milestones(session: Session, of: _Calendar, refs: list[str]) -> Iterator[Event]:
    wide = families(session, ((ref, 0) for ref in refs))
    found = timetable(session, wide, of.audience)
    changed = changes(session, wide)
    for entry in found.entries.values():
        if entry.key[0] not in refs:
            continue
        told = visible(
            "milestone_line",
            {
                "when": entry.now.as_written, "kind": entry.now.kind.value,
                "owner": entry.milestone.owner, "because": entry.now.because,
                "source": entry.milestone.source,
            },
            of.audience,
        )  # fmt: skip
        ref, no = entry.key
        end = of.ended.get(ref)
        number, at = changed[entry.key]
        certainty = _certainty(entry, is_withdrawn=end is not None)
        yield Event(
            uid=_uid(of, ref, str(no)),
            sequence=number + (end is not None),
            summary=f"{of.names[ref]}: {entry.milestone.name}",
            starts=entry.now.earliest_on,
            ends=entry.now.latest_on,
            certainty=certainty,
            description=_lines(told),
            changed_at=max(at, end.at) if end else at,
            is_public=of.audience is Audience.PUBLIC,
            is_ahead=not entry.is_met and certainty is not Certainty.CANCELLED,
        )


def _certainty(entry: Entry, *, is_withdrawn: bool) -> Certainty:
    if entry.is_void or (is_withdrawn and not entry.is_met):
        return Certainty.CANCELLED
    is_one_day = entry.now.earliest_on == entry.now.latest_on
    return Certainty.CONFIRMED if entry.is_met or is_one_day else Certainty.TENTATIVE


def _meetings(session: Session, of: _Calendar, on: date) -> Iterator[tuple[str, Event]]:
    """The meetings of committees as planned, each with its committee."""
    policy = Policy(of.authority, on)
    for each in sittings(session, policy, audience=of.audience, committee=None, since=date.min):
        told = {
            "agenda set on": day(each.agenda_set_on),
            "agenda and reports published by": day(each.papers_by),
            "items": "; ".join(item.title for item in each.items if item.no is not None),
            "cancelled": each.because,
        }
        certainty = Certainty.TENTATIVE if each.is_under_review else Certainty.CONFIRMED
        yield (
            each.committee,
            Event(
                uid=f"{of.authority}.meeting.{each.no}@disposals",
                sequence=each.changes,
                summary=each.committee,
                starts=each.held_on,
                ends=each.held_on,
                certainty=Certainty.CANCELLED if each.is_cancelled else certainty,
                description=_lines(told),
                changed_at=each.changed_at,
                is_public=of.audience is Audience.PUBLIC,
                is_ahead=not each.is_cancelled and each.held_on >= on,
            ),
        )


def _considered(
    session: Session, of: _Calendar, refs: list[str], on: date
) -> Iterator[tuple[str, Event]]:
    """The days on which committees consider decisions; a day struck out again is cancelled."""
    for rows in revisions(session, Decision, refs, of.audience):
        now = rows[-1]
        if now.number and any(row.considered_on for row in rows):
            yield now.committee or "", _consideration(of, rows, on)


def _consideration(of: _Calendar, rows: list[Decision], on: date) -> Event:
    now, ref = rows[-1], rows[-1].disposal_ref
    day = [row.considered_on for row in rows if row.considered_on][-1]
    end = of.ended.get(ref)
    is_called_off = now.considered_on is None or (end is not None and end.on < day)
    keys = ("title", "taker", "committee_outcome", "source")
    return Event(
        uid=_uid(of, ref, "decision", now.number.replace("/", "-"), "considered"),
        sequence=len(rows) - 1 + (end is not None),
        summary=f"{now.committee or 'Committee'}: decision {now.number}, {of.names[ref]}",
        starts=day,
        ends=day,
        certainty=Certainty.CANCELLED if is_called_off else Certainty.CONFIRMED,
        description=_lines({key: getattr(now, key) for key in keys}),
        changed_at=max(now.recorded_at, end.at) if end else now.recorded_at,
        is_public=of.audience is Audience.PUBLIC,
        is_ahead=not is_called_off and day >= on,
    )


def _uid(of: _Calendar, ref: str, *rest: str) -> str:
    return ".".join((of.authority, ref.replace("/", "."), *rest)) + "@disposals"


def _lines(told: Mapping[str, object]) -> str:
    return "\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in told.items() if value)
