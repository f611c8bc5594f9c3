"""Plan committee meetings and move them; put items down for them, defer them, take them off."""

from datetime import date
from typing import Any, TypeVar

from sqlmodel import Session, col, func, select

from disposals.casework.acts import Stamp
from disposals.casework.validating import required, validated
from disposals.errors import AlreadyRecorded, BadFact, NotAllowed, NotRecorded
from disposals.finding import find_case
from disposals.records.meetings import Meeting, ProgrammeItem
from disposals.register import Register
from disposals.words import day, listed

K = TypeVar("K", Meeting, ProgrammeItem)


def plan(
    register: Register,
    committee: str,
    held_on: date,
    stamp: Stamp,
    *,
    is_under_review: bool = False,
) -> int:
    """Plan a meeting; says its number.

    Raises:
        AlreadyRecorded: the committee meets on that day already.
    """
    with register.write() as session:
        _refuse_twice(session, committee, held_on)
        number = _next(session, Meeting)
        facts = {"committee": committee, "held_on": held_on, "is_under_review": is_under_review}
        _keep(session, Meeting, {"no": number, **facts}, stamp)
        return number


def move(register: Register, number: int, to: date, stamp: Stamp, *, because: str | None) -> None:
    """Move a meeting to another day; what is put down for it goes with it.

    Raises:
        NotRecorded: there is no meeting of that number.
        NotAllowed: it is cancelled, or was held.
        BadFact: it is on that day already, or no reason is given.
    """
    reason = required(because, "move a meeting")
    with register.write() as session:
        meeting = _ahead(session, number, stamp.on)
        if meeting.held_on == to:
            raise BadFact(f"Meeting {number} is on {day(to)} already.")
        _refuse_twice(session, meeting.committee, to)
        _carry(session, meeting, stamp, held_on=to, is_under_review=False, because=reason)


def cancel(register: Register, number: int, stamp: Stamp, *, because: str | None) -> None:
    """Cancel a meeting; what is put down for it waits for another one.

    Raises:
        NotRecorded: there is no meeting of that number.
        NotAllowed: it is cancelled already, or was held.
    """
    reason = required(because, "cancel a meeting")
    with register.write() as session:
        meeting = _ahead(session, number, stamp.on)
        _carry(session, meeting, stamp, is_cancelled=True, because=reason)


def put_down(
    register: Register,
    meeting_no: int,
    title: str,
    stamp: Stamp,
    *,
    kind: str = "decision",
    ref: str | None = None,
    added_by: str | None = None,
) -> int:
    """Put an item down for a meeting; says its number.

    Args:
        ref: the case that it is about.
        added_by: who asked for it, where that is not who records it.

    Raises:
        NotRecorded: there is no meeting of that number.
        NoSuchCase: there is no case of that reference.
        NotAllowed: the meeting is cancelled, or was held.
        AlreadyRecorded: an item of that title is put down for it already.
    """
    with register.write() as session:
        meeting = _ahead(session, meeting_no, stamp.on)
        if ref is not None:
            find_case(session, ref)
        for item in _latest(session, ProgrammeItem):
            if item.meeting_no == meeting_no and _alike(item.title, title):
                raise AlreadyRecorded(
                    f"“{item.title}” is put down for the {meeting.committee} of "
                    f"{day(meeting.held_on)} already: item {item.no}."
                )
        number = _next(session, ProgrammeItem)
        facts = {
            "no": number, "meeting_no": meeting_no, "title": title, "kind": kind,
            "disposal_ref": ref, "added_by": added_by or stamp.by, "added_on": stamp.on,
        }  # fmt: skip
        _keep(session, ProgrammeItem, facts, stamp)
        return number


def defer(
    register: Register, number: int, to_meeting: int, stamp: Stamp, *, because: str | None
) -> None:
    """Put an item down for another meeting; the programme says from which it came.

    Raises:
        NotRecorded: there is no item or no meeting of that number.
        NotAllowed: the meeting is cancelled, or was held.
        BadFact: it is put down for that meeting already, or no reason is given.
    """
    reason = required(because, "defer an item")
    with register.write() as session:
        item = _numbered(session, ProgrammeItem, number, "item")
        _ahead(session, to_meeting, stamp.on)
        if item.meeting_no == to_meeting:
            raise BadFact(f"Item {number} is put down for meeting {to_meeting} already.")
        _carry(session, item, stamp, meeting_no=to_meeting, because=reason)


def take_off(register: Register, number: int, stamp: Stamp, *, because: str | None) -> None:
    """Take an item off the programme.

    Raises:
        NotRecorded: there is no item of that number.
        NotAllowed: it is off already.
    """
    reason = required(because, "take an item off the programme")
    with register.write() as session:
        item = _numbered(session, ProgrammeItem, number, "item")
        if item.meeting_no is None:
            raise NotAllowed(f"Item {number}, “{item.title}”, is off the programme already.")
        _carry(session, item, stamp, meeting_no=None, because=reason)


def _ahead(session: Session, number: int, on: date) -> Meeting:
    """A meeting that may still be planned for."""
    meeting = _numbered(session, Meeting, number, "meeting")
    if meeting.is_cancelled:
        raise NotAllowed(
            f"Meeting {number}, {meeting.committee} of {day(meeting.held_on)}, is cancelled: "
            f"{meeting.because}"
        )
    if meeting.held_on < on:
        raise NotAllowed(
            f"Meeting {number}, {meeting.committee}, was held on {day(meeting.held_on)}. Name one "
            "that is still to come: `disposals meeting list`."
        )
    return meeting


def _refuse_twice(session: Session, committee: str, held_on: date) -> None:
    for other in _latest(session, Meeting):
        if other.held_on == held_on and _alike(other.committee, committee):
            if other.is_cancelled:
                continue
            raise AlreadyRecorded(
                f"The {other.committee} meets on {day(held_on)} already: meeting {other.no}."
            )


def _numbered(session: Session, kind: type[K], number: int, called: str) -> K:
    rows = {row.no: row for row in _latest(session, kind)}
    if number not in rows:
        known = listed(map(str, rows)) if rows else "none"
        raise NotRecorded(f"There is no {called} {number}; there are: {known}.")
    return rows[number]


def _latest(session: Session, kind: type[K]) -> list[K]:
    """The last row of every number, by number."""
    rows = session.exec(select(kind).order_by(col(kind.id)))
    return sorted({row.no: row for row in rows}.values(), key=lambda row: row.no)


def _next(session: Session, kind: type[K]) -> int:
    return (session.exec(select(func.max(kind.no))).one() or 0) + 1


def _carry(session: Session, row: K, stamp: Stamp, **changes: Any) -> None:
    facts = row.model_dump(exclude={"id", "recorded_by", "recorded_at", "recorded_on"})
    _keep(session, type(row), facts | changes, stamp)


def _keep(session: Session, kind: type[K], facts: dict[str, Any], stamp: Stamp) -> None:
    who = {"recorded_by": stamp.by, "recorded_at": stamp.at, "recorded_on": stamp.on}
    session.add(validated(kind, facts | who))
    session.flush()


def _alike(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()
