"""What was recorded already: an act that says no more than the entry before it on the same day."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from disposals.casework.acts import Act
from disposals.casework.meanwhile import refuse_unseen
from disposals.errors import AlreadyRecorded
from disposals.records.base import Evidence
from disposals.vocabulary import Standing
from disposals.words import day

E = TypeVar("E", bound=Evidence)
_LOST = (Standing.DECLINED, Standing.FELL_THROUGH)  # whose bid may come once more
_COUNTED = frozenset({"heads_of_terms", "campaign"})  # each has the next number, whatever it says


def refuse_repetition(act: Act, kind: type[E], facts: Mapping[str, Any], seen: int) -> None:
    """Refuse what has just been entered, if the last entry about the same thing says as much.

    That is so on the same day alone, and where that entry still counts: where the latest counts,
    what was said before the last entry may be said again. What happens more than once, such as an
    enquiry, is counted as often.

    Args:
        facts: as they were given.

    Raises:
        AlreadyRecorded: names the entry.
        ChangedMeanwhile: someone else recorded it since the user saw the case.
    """
    before = _before(act.session, kind, act.case.ref)
    if (
        before is None
        or before.recorded_on != act.stamp.on
        or not _still_counts(before)
        or any(getattr(before, name, None) != told for name, told in facts.items())
    ):
        return
    refuse_unseen(act.session, act.case, seen)
    where = (
        "the same was recorded a moment ago"
        if before.recorded_at == act.stamp.at
        else f"{act.case.ref} {str(kind.__tablename__).replace('_', '-')}-{before.id}, "
        f"{day(before.recorded_on)}, by {before.recorded_by}"
    )
    raise AlreadyRecorded(
        f"That is recorded already: {where}. If it happened once more, say what sets it apart, "
        "such as its source."
    )


def _before(session: Session, kind: type[E], ref: str) -> E | None:
    """The entry about the same thing before the newest of a case, if there is one."""
    newest = select(kind).where(col(kind.disposal_ref) == ref).order_by(col(kind.id).desc())
    entered = session.exec(newest.limit(1)).first()
    if entered is None:  # something in the database swallowed it, which the commit tells of
        return None
    if entered.replaces is not None:
        return session.get(kind, entered.replaces)
    if kind.keyed_by and kind.__tablename__ not in _COUNTED:
        return None  # the last one about it would have been replaced, or stands beside it
    later = aliased(kind)
    replaced = select(later.id).where(col(later.replaces) == col(kind.id)).exists()
    return session.exec(newest.where(col(kind.id) < entered.id, ~replaced).limit(1)).first()


def _still_counts(row: Evidence) -> bool:
    return (
        getattr(row, "lapsed_on", None) is None
        and getattr(row, "ended_on", None) is None
        and getattr(row, "withdrawn_on", None) is None
        and getattr(row, "standing", None) not in _LOST
    )
