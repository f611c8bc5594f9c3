"""What others did to a case since its user saw it: an act on what has changed is refused."""

from datetime import date

from sqlmodel import Session, col, select

from disposals.errors import ChangedMeanwhile, NotAllowed
from disposals.history import entries
from disposals.records.cases import Disposal, HistoryEntry
from disposals.words import day


def refuse_unseen(session: Session, case: Disposal, seen: int) -> None:
    """Refuse an act on a case that is not as its user saw it.

    Raises:
        ChangedMeanwhile: says who changed it, when, and where it stands now.
    """
    if case.version != seen:
        raise changed(session, case, seen)


def refuse_backdated(session: Session, case: Disposal, on: date) -> None:
    """Refuse a move dated before what it rests on was recorded, on the case or on its whole.

    Raises:
        NotAllowed: names the day of the latest entry.
    """
    refs = [case.ref] if case.whole_ref is None else [case.ref, case.whole_ref]
    latest = entries.latest_day(session, refs)
    if on < latest:
        raise NotAllowed(
            f"{case.ref} can't move on {day(on)}: its history goes on until {day(latest)}, and a "
            "move is judged on all that is recorded. Name that day or a later one with `--on`."
        )


def has_moved(session: Session, case: Disposal, seen: int) -> bool:
    """Whether a case was moved since its user saw it, or could not be seen so."""
    if case.version == seen:
        return False
    since = select(HistoryEntry.no).where(
        col(HistoryEntry.disposal_ref) == case.ref,
        col(HistoryEntry.no) > seen,
        col(HistoryEntry.from_stage).is_distinct_from(col(HistoryEntry.to_stage)),
    )
    return not 0 < seen < case.version or session.exec(since.limit(1)).first() is not None


def last_said(session: Session, case: Disposal) -> str:
    """Who did what to a case last, and when, as a clause."""
    last = _last(session, case)
    return f"{last.by} recorded “{last.act}” at {last.at:%H:%M on %d %B %Y}"


def _last(session: Session, case: Disposal) -> HistoryEntry:
    return session.exec(
        select(HistoryEntry)
        .where(HistoryEntry.disposal_ref == case.ref)
        .order_by(col(HistoryEntry.no).desc())
        .limit(1)
    ).one()


def changed(session: Session, case: Disposal, seen: int) -> ChangedMeanwhile:
    """The refusal that tells who changed a case, when, and where it stands now."""
    last = _last(session, case)
    return ChangedMeanwhile(
        case.ref,
        seen=seen,
        by=last.by,
        act=last.act,
        at=last.at,
        stage=case.stage,
        version=case.version,
    )
