"""The work programme of the committees, and the forthcoming executive decisions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from sqlmodel import Session, col, select

from disposals.deadlines.before_taking import last_day_for_papers
from disposals.deadlines.clock import Step
from disposals.deadlines.decision_file import DecisionFile
from disposals.deadlines.decisions import State, clocks_of_decision, state_of
from disposals.disclosure.decisions import files_of
from disposals.disclosure.fields import Audience, visible
from disposals.disclosure.papers.told import Reader
from disposals.disclosure.rows import all_seen, everywhere
from disposals.errors import NotRecorded
from disposals.policy import Policy
from disposals.records.decisions import Decision, Referral
from disposals.records.meetings import Meeting, ProgrammeItem
from disposals.register import Register
from disposals.words import day, listed

K = TypeVar("K", Meeting, ProgrammeItem)


@dataclass(frozen=True, slots=True)
class Line:
    """Something that comes to a meeting.

    Attributes:
        no: of the item; None for a decision that is referred to the committee.
        reference: of the case; the number of a decision.
        deferred_from: the meetings that it was put down for before, with the reason of each move.
    """

    no: int | None
    title: str
    kind: str
    reference: str | None
    added_by: str | None
    added_on: date | None
    deferred_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting with what comes to it.

    Attributes:
        agenda_set_on: the agenda setting meeting; the day six weeks before.
        papers_by: the last day on which agenda and report may be published.
        moved_from: the days it was planned for before, with the reason of each move.
        changes: how often it was planned anew, or what is put down for it changed; `changed_at` is
            the moment of the last time.
    """

    no: int
    committee: str
    held_on: date
    is_under_review: bool
    is_cancelled: bool
    agenda_set_on: date
    papers_by: date
    moved_from: tuple[str, ...]
    because: str | None
    changes: int
    changed_at: datetime
    items: tuple[Line, ...]


def work_programme(
    register: Register,
    *,
    audience: Audience,
    on: date,
    committee: str | None = None,
    since: date | None = None,
) -> list[Sitting]:
    """The meetings to come, each with what is put down for it and the decisions referred to it.

    The programme is a published paper, so what is put down is open; a decision is told to the
    public only if its own row is open.

    Args:
        on: the day asked about; what was planned later is left out.
        committee: a part of its name is enough.
        since: meetings from that day on; from the day asked about where it is None.

    Raises:
        NotRecorded: no committee, or more than one, is called that.
    """
    with register.asked(on).read() as session:
        return sittings(
            session, Policy(register.authority, on), audience=audience, committee=committee,
            since=since or on,
        )  # fmt: skip


def sitting(register: Register, no: int, *, on: date) -> Sitting:
    """One meeting by its number, as planned by a day; for officers.

    Raises:
        NotRecorded: there is none of that number.
    """
    with register.read() as session:
        found = sittings(
            session, Policy(register.authority, on), audience=Audience.OFFICER, committee=None,
            since=date.min,
        )  # fmt: skip
    for each in found:
        if each.no == no:
            return each
    raise NotRecorded(
        f"There is no meeting {no}. `disposals meeting list --since DATE` gives the numbers."
    )


def sittings(
    session: Session, policy: Policy, *, audience: Audience, committee: str | None, since: date
) -> list[Sitting]:
    """The meetings from a day on, as planned by the day of the policy; see `work_programme`."""
    meetings = _by_number(session, Meeting, audience, policy.on)
    items = _by_number(session, ProgrammeItem, audience, policy.on)
    names = {rows[-1].committee for rows in meetings.values()}
    wanted = names if committee is None else {called(committee, names)}
    referred = list(_referred(session, audience))
    return sorted(
        (
            _sitting(rows, meetings, items, referred, policy)
            for rows in meetings.values()
            if rows[-1].committee in wanted and rows[-1].held_on >= since
        ),
        key=lambda each: (each.held_on, each.committee),
    )


def forthcoming(register: Register, *, audience: Audience, on: date) -> list[dict[str, object]]:
    """The forthcoming executive decision list: what is noticed and not yet taken, by number.

    Each line says from which day on it may be taken, which is what the list is read for.
    """
    open_ones = {State.NOTIFIED, State.PUBLISHED, State.CONSIDERED}
    policy = Policy(register.authority, on)
    with register.asked(on).read() as session:
        by_number: dict[str, list[DecisionFile]] = {}
        for file in files_of(session, audience):
            by_number.setdefault(file.decision.number, []).append(file)
        return [
            visible("forthcoming_decision", _forthcoming(session, files, policy), audience)
            for _, files in sorted(by_number.items())
            if state_of(files[-1], policy, on) in open_ones and _is_noticed(files[-1].decision)
        ]


def _is_noticed(decision: Decision) -> bool:
    """Whether notice of it is published, or an exception to the notice is relied on."""
    return decision.notice_on is not None or decision.exception_on is not None


def _forthcoming(
    session: Session, files: Sequence[DecisionFile], policy: Policy
) -> dict[str, object]:
    file, decision = files[-1], files[-1].decision
    holding = [
        clock
        for clock in clocks_of_decision(file, policy, on=policy.on)
        if clock.holds and clock.step is Step.TAKE
    ]
    reader = Reader(session, decision.disposal_ref, Audience.PUBLIC)
    exempt = listed(reader.exempt_paragraphs())
    return {
        "number": decision.number,
        "title": decision.title or "exempt",
        "taker": decision.taker,
        "is_key": decision.is_key,
        "key_criterion": decision.key_criterion,
        "notice_on": decision.notice_on,
        "not_before": max((c.earliest_on for c in holding if c.earliest_on), default=None),
        "urgency": decision.urgency,
        "restriction": f"Part exempt, paragraph {exempt}" if exempt else "Open",
        "considered_by": [f"{each.committee}, {day(each.meeting_on)}" for each in file.referrals],
        "references": [each.decision.disposal_ref for each in files],
    }


def _by_number(session: Session, kind: type[K], audience: Audience, on: date) -> dict[int, list[K]]:
    """Every row of a number as recorded by a day, the oldest first."""
    found: dict[int, list[K]] = {}
    rows = all_seen(
        session.exec(select(kind).where(kind.recorded_on <= on).order_by(col(kind.id))), audience
    )
    for row in rows:
        found.setdefault(row.no, []).append(row)
    return found


def called(committee: str, names: Iterable[str]) -> str:
    """The committee that is meant by a part of its name.

    Raises:
        NotRecorded: none of the names, or more than one, is meant.
    """
    asked = committee.casefold().strip()
    found = sorted(name for name in names if asked in name.casefold())
    if len(found) == 1 or asked in map(str.casefold, found):
        return next((name for name in found if name.casefold() == asked), found[0])
    if not names:
        raise NotRecorded("No meeting is planned. Plan one with `disposals meeting add`.")
    known = listed(sorted(found or names))
    which = "More than one committee is" if found else "No committee is"
    raise NotRecorded(f"{which} called “{committee}”. There are: {known}.")


def _sitting(
    rows: list[Meeting],
    meetings: dict[int, list[Meeting]],
    items: dict[int, list[ProgrammeItem]],
    referred: Iterable[tuple[str, date, Line]],
    policy: Policy,
) -> Sitting:
    now = rows[-1]
    here = [_line(each, meetings) for each in items.values() if each[-1].meeting_no == now.no]
    touched = [
        row
        for each in items.values()
        for before, row in zip([None, *each], each, strict=False)
        if now.no in {row.meeting_no, before.meeting_no if before else None}
    ]
    known = {line.reference for line in here}
    here += [
        line
        for name, held_on, line in referred
        if (name.casefold(), held_on) == (now.committee.casefold(), now.held_on)
        and line.reference not in known
    ]
    weeks = policy.number("committees.agenda-setting")
    return Sitting(
        now.no, now.committee, now.held_on, now.is_under_review, now.is_cancelled,
        agenda_set_on=now.held_on - timedelta(weeks=weeks),
        papers_by=last_day_for_papers(now.held_on, policy),
        moved_from=tuple(
            f"{day(before.held_on)} ({after.because})"
            for before, after in pairwise(rows)
            if before.held_on != after.held_on
        ),
        because=now.because if now.is_cancelled else None,
        changes=len(rows) - 1 + len(touched),
        changed_at=max(row.recorded_at for row in (now, *touched)),
        items=tuple(here),
    )  # fmt: skip


def _line(rows: list[ProgrammeItem], meetings: dict[int, list[Meeting]]) -> Line:
    now = rows[-1]
    moved = [
        f"{day(meetings[before.meeting_no][-1].held_on)} ({after.because})"
        for before, after in pairwise(rows)
        if before.meeting_no is not None and before.meeting_no != after.meeting_no
    ]
    return Line(
        now.no, now.title, now.kind, now.disposal_ref, now.added_by, now.added_on, tuple(moved)
    )


def _referred(session: Session, audience: Audience) -> Iterator[tuple[str, date, Line]]:
    """Every decision that waits for a committee: whose, on which day, and how it is told."""
    referrals = {
        (row.disposal_ref, row.number): row for row in everywhere(session, Referral, audience)
    }
    told = set()
    for row in everywhere(session, Decision, audience):
        put = referrals.get((row.disposal_ref, row.number))
        committee = (put.committee if put else None) or row.committee
        held_on = (put.meeting_on if put else None) or row.considered_on
        if not (committee and held_on and row.title and row.number):
            continue
        if (row.number, committee) not in told:
            told.add((row.number, committee))
            kind = "key decision" if row.is_key else "decision"
            yield committee, held_on, Line(None, row.title, kind, row.number, row.taker, None)
