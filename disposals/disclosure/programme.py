"""Milestones: of one case with its parts, or of the whole register; which are overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from disposals.casefile import in_force
from disposals.disclosure.fields import Audience, may_see, visible
from disposals.finding import find_case, parts_of, references
from disposals.milestones import is_overdue
from disposals.records.programme import Milestone, MilestoneDate
from disposals.register import Register
from disposals.vocabulary import DateKind


@dataclass(frozen=True, slots=True)
class Line:
    """A milestone as it stands: the date that counts now, and whether its time has passed.

    Attributes:
        when: the date as written; `kind` says whether baseline, forecast or actual.
        is_reading: the papers do not tie this date to this milestone.
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
    source: str | None


def milestones(
    register: Register,
    ref: str | None,
    *,
    audience: Audience,
    on: date,
    overdue: bool = False,
) -> list[dict[str, Any]]:
    """The milestones of a case and its parts, or of all cases, by date.

    Args:
        on: the day as of which they are overdue or not.
        overdue: only those that are.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        if ref is None:
            refs = references(session)
        else:
            refs = [find_case(session, ref).ref, *(part.ref for part in parts_of(session, ref))]
        lines = lines_of(session, refs, audience=audience, on=on)
    return [
        visible("milestone_line", {f: getattr(line, f) for f in Line.__slots__}, audience)
        for line in lines
        if line.is_overdue or not overdue
    ]


def lines_of(session: Session, refs: Iterable[str], *, audience: Audience, on: date) -> list[Line]:
    """The milestones of some cases that an audience may know of, by date and number."""
    wanted = list(refs)
    dates: dict[tuple[str, int], list[MilestoneDate]] = {}
    for row in session.exec(
        select(MilestoneDate)
        .where(col(MilestoneDate.disposal_ref).in_(wanted))
        .order_by(col(MilestoneDate.id))
    ):
        if may_see(row, audience):
            dates.setdefault((row.disposal_ref, row.milestone_no), []).append(row)
    rows = in_force(
        session.exec(
            select(Milestone)
            .where(col(Milestone.disposal_ref).in_(wanted))
            .order_by(col(Milestone.id))
        ).all()
    )
    lines = [
        _line(row, dates[row.disposal_ref, row.no], on)
        for row in rows
        if may_see(row, audience) and (row.disposal_ref, row.no) in dates
    ]
    return sorted(lines, key=lambda line: (line.latest_on, line.earliest_on, line.no))


def _line(milestone: Milestone, dates: list[MilestoneDate], on: date) -> Line:
    actual = [row for row in dates if row.kind is DateKind.ACTUAL and row.latest_on <= on]
    planned = [row for row in dates if row.kind is not DateKind.ACTUAL]
    counts = (actual or planned)[-1]
    return Line(
        reference=milestone.disposal_ref,
        no=milestone.no,
        name=milestone.name,
        owner=milestone.owner,
        when=counts.as_written,
        earliest_on=counts.earliest_on,
        latest_on=counts.latest_on,
        kind=counts.kind.value,
        is_reading=counts.is_reading,
        baseline=planned[0].as_written,
        because=counts.because,
        met=bool(actual),
        is_overdue=is_overdue(counts.latest_on, met=bool(actual), on=on),
        source=milestone.source,
    )
