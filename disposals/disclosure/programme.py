"""Milestones: of one case with its parts, or of the whole register; which are overdue, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, or_, select

from disposals.disclosure import fixed_days
from disposals.disclosure.fields import Audience, visible
from disposals.disclosure.rows import timetable, withheld_of
from disposals.disclosure.staged import Staged
from disposals.finding import find_case, parts_of, references
from disposals.looking_back import looks_back
from disposals.milestones import is_overdue
from disposals.network import Key
from disposals.policy import Policy
from disposals.rag import Standing, colour, rule, slip_months
from disposals.readiness import refuse_unknown_officer, refuse_unknown_stage, spellings_of
from disposals.records.cases import Disposal
from disposals.records.programme import MilestoneDate
from disposals.register import Register
from disposals.timetable import Entry
from disposals.vocabulary import DateKind, Mark

_RECEIPT = {Mark.COMPLETION}


@dataclass(frozen=True, slots=True)
class Line:
    """A milestone as it stands: the date that counts now, and whether its time has passed.

    Attributes:
        when: the date as written; `kind` says whether baseline, forecast or actual.
        is_reading: the papers do not tie this date to this milestone.
        slip_months: how much later than first set, in months of the calendar.
        hangs_on: the condition that is still open.
        colour: by the council's own rule, and `why` in words.
    """

    reference: str
    no: int
    name: str
    owner: str | None
    when: str
    earliest_on: date
    latest_on: date
    kind: str
    is_reading: bool
    baseline: str
    because: str | None
    met: bool
    is_overdue: bool
    is_void: bool
    slip_months: int
    hangs_on: str | None
    mark: str | None
    colour: str
    why: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Asked(Staged):
    """Which milestones are asked for; with nothing set, all.

    Attributes:
        ref: a case, with its parts.
        due_days: those that are due within so many days.
        changed_since: those on which something was recorded on that day or since.
        limit: no more than so many, the first by date; where there are more, the days that no one
            can drag are left out.
    """

    ref: str | None = None
    overdue: bool = False
    due_days: int | None = None
    officer: str | None = None
    stage: str | None = None
    changed_since: date | None = None
    limit: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether the database is to pick them out."""
        return self != Asked(ref=self.ref)


@dataclass(frozen=True, slots=True)
class Found:
    """The milestones asked for, and whether there are more than were to be told."""

    lines: list[dict[str, Any]]
    has_more: bool


def milestones(register: Register, asked: Asked, *, audience: Audience, on: date) -> Found:
    """The milestones asked for: the overdue first, then by date; what is met or void at the end.

    For officers the days that no one can drag stand among them, without a number.

    Args:
        on: the day as of which they are overdue or not.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    has_more = False
    with register.asked(on).read() as session:
        within = None if asked.ref is None else family_of(session, asked.ref)
        refuse_unknown_officer(session, asked.officer, tell=audience is Audience.OFFICER)
        if asked.stage is not None:
            refuse_unknown_stage(session, asked.stage)
        if asked.is_narrow:
            keys = picked(session, asked, within, on)
            if asked.limit is not None and len(keys) > asked.limit:
                has_more = True
                keys.pop()
            wanted = set(keys)
            lines = lines_of(session, families(session, keys), audience=audience, on=on)
            lines = [line for line in lines if (line.reference, line.no) in wanted]
        else:
            refs = references(session) if within is None else within
            lines = lines_of(session, refs, audience=audience, on=on)
        found = [
            {f: getattr(line, f) for f in Line.__slots__}
            for line in lines
            if (line.is_overdue or not asked.overdue) and not (asked.is_narrow and line.is_void)
        ]
        if audience is Audience.OFFICER and not has_more and asked.changed_since is None:
            found += fixed_days.lines(
                session, _cases(session, asked, within), on,
                overdue=asked.overdue, due_days=asked.due_days,
            )  # fmt: skip
    found.sort(key=_pressing)
    if asked.limit is not None:
        has_more |= len(found) > asked.limit
        found = found[: asked.limit]
    return Found([visible("milestone_line", line, audience) for line in found], has_more)


def colours(register: Register, on: date) -> str:
    """The rule of the colours, with the numbers of the register's council on a day.

    It may be told to the public: it is policy, and nothing of any case.
    """
    return rule(Policy(register.authority, on))


def _pressing(line: Mapping[str, Any]) -> tuple[bool, bool, date, date, int]:
    """What needs doing first: the overdue are the earliest of what is not met."""
    return (
        line["is_void"], line["met"], line["latest_on"], line["earliest_on"], line["no"] or 0,
    )  # fmt: skip


def _cases(session: Session, asked: Asked, within: Sequence[str] | None) -> list[Disposal]:
    """The cases asked for, at the stage at which they stand where the session looks."""
    query = select(Disposal).order_by(col(Disposal.ref))
    if within is not None:
        query = query.where(col(Disposal.ref).in_(within))
    if asked.officer is not None:
        query = query.where(col(Disposal.officer).in_(spellings_of(session, asked.officer)))
    if asked.stage is not None and not looks_back(session):
        query = query.where(Disposal.stage == asked.stage)
    return [case for case in session.exec(query) if asked.stage in {None, case.stage}]


def picked(session: Session, asked: Asked, within: Sequence[str] | None, on: date) -> list[Key]:
    """The keys of the milestones asked for, found by their last date without reading the others.

    One more than the limit where there are more.
    """
    last, later = aliased(MilestoneDate), aliased(MilestoneDate)
    query = select(col(last.disposal_ref), col(last.milestone_no)).where(
        ~exists().where(
            col(later.disposal_ref) == col(last.disposal_ref),
            col(later.milestone_no) == col(last.milestone_no),
            col(later.id) > col(last.id),
        )
    )
    if asked.overdue or asked.due_days is not None:
        query = query.where(col(last.kind) != DateKind.ACTUAL)
    if asked.overdue:
        query = query.where(last.latest_on < on)
    if asked.due_days is not None:
        until = on + timedelta(days=asked.due_days)
        query = query.where(last.latest_on >= on, last.latest_on <= until)
    if asked.changed_since is not None:
        query = query.where(last.recorded_on >= asked.changed_since)
    if within is not None:
        query = query.where(col(last.disposal_ref).in_(within))
    if asked.stage is not None and looks_back(session):  # the column tells only of today
        meant = [case.ref for case in _cases(session, asked, within)]
        query = query.where(col(last.disposal_ref).in_(meant))
    elif asked.stage is not None:
        query = query.join(Disposal, col(Disposal.ref) == col(last.disposal_ref))
        query = query.where(Disposal.stage == asked.stage)
    if asked.officer is not None:  # few cases; their milestones are found by case, not by date
        own = session.exec(
            select(Disposal.ref).where(
                col(Disposal.officer).in_(spellings_of(session, asked.officer))
            )
        ).all()
        query = query.where(col(last.disposal_ref).in_(own))
    if asked.limit is not None:
        query = query.limit(asked.limit + 1)
    query = query.order_by(col(last.latest_on), col(last.id))
    return [(ref, no) for ref, no in session.exec(query)]


def families(session: Session, keys: Iterable[Key]) -> Sequence[str]:
    """The cases of some milestones, with their wholes and all parts, for what hangs on what."""
    wholes = {ref.partition("/")[0] for ref, _ in keys}
    family = or_(col(Disposal.ref).in_(wholes), col(Disposal.whole_ref).in_(wholes))
    return session.exec(select(Disposal.ref).where(family)).all()


def lines_of(session: Session, refs: Iterable[str], *, audience: Audience, on: date) -> list[Line]:
    """The milestones of some cases that an audience may know of, by date and number."""
    wanted = set(refs)
    wide = families(session, ((ref, 0) for ref in wanted))
    found = timetable(session, wide, audience, on=on)
    if not found.entries:
        return []
    cases = {
        case.ref: case
        for case in session.exec(select(Disposal).where(col(Disposal.ref).in_(wanted)))
    }
    lines = [
        line_of(entry, cases[entry.key[0]], on)
        for entry in found.entries.values()
        if entry.key[0] in wanted
    ]
    return sorted(lines, key=lambda line: (line.latest_on, line.earliest_on, line.no))


def family_of(session: Session, ref: str) -> Sequence[str]:
    """A case and its parts."""
    return [find_case(session, ref).ref, *(part.ref for part in parts_of(session, ref))]


def line_of(entry: Entry, case: Disposal, on: date) -> Line:
    """A milestone as it stands on a day; without its slip where its baseline is kept back."""
    milestone, now = entry.milestone, entry.now
    first_set = now.latest_on if withheld_of(entry.baseline) else entry.baseline.latest_on
    standing = Standing(
        latest=now.latest_on,
        baseline=first_set,
        is_met=entry.is_met,
        is_void=entry.is_void,
        held=case.held_because if case.held_on else None,
        hangs_on=entry.hangs_on,
        is_receipt=milestone.mark in _RECEIPT,
    )
    shade, why = colour(standing, Policy(case.authority, on))
    return Line(
        reference=milestone.disposal_ref,
        no=milestone.no,
        name=milestone.name,
        owner=milestone.owner,
        when=now.as_written,
        earliest_on=now.earliest_on,
        latest_on=now.latest_on,
        kind=now.kind.value,
        is_reading=now.is_reading,
        baseline=entry.baseline.as_written,
        because=now.because,
        met=entry.is_met,
        is_overdue=is_overdue(now.latest_on, met=entry.is_met or entry.is_void, on=on),
        is_void=entry.is_void,
        slip_months=slip_months(first_set, now.latest_on),
        hangs_on=entry.hangs_on,
        mark=milestone.mark,
        colour=shade.value,
        why=why,
        source=milestone.source,
    )
