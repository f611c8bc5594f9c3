"""How fast cases go, from the history: days at each stage, completions, where they stick and why.

It names gates and cases as they stand, so it is for officers alone.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from statistics import quantiles

from sqlmodel import Session, col, select

from disposals.rag import financial_year
from disposals.readiness import (
    definition_of,
    refuse_unknown_officer,
    report_on,
    spellings_of,
)
from disposals.records.cases import Disposal, HistoryEntry
from disposals.register import Register
from workflows.gates import Verdict

_COMPLETED, _WITHDRAWN, _IN_PARTS = "completed", "withdrawn", "in_parts"


@dataclass(frozen=True, slots=True)
class AtStage:
    """How many days cases of one workflow spent at one stage, those that have left it.

    Attributes:
        number: how often it was left.
        lower, median, upper: the quartiles, in days.
        standing: how many stand there now.
    """

    workflow: str
    stage: str
    number: int
    lower: float | None
    median: float | None
    upper: float | None
    standing: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A case that stands at a stage, and since when."""

    stage: str
    reference: str
    since: date
    days: int
    officer: str | None
    is_held: bool


@dataclass(frozen=True, slots=True)
class Year:
    """What came to an end in a financial year, 1 April to 31 March."""

    year: str
    completed: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Sticking:
    """A gate that stops cases now, or was open when one moved all the same.

    Attributes:
        cases: how many cases it stops on the day asked about.
        moved_despite: in how many moves it was waived, or warned and was passed over.
    """

    gate: str
    asks: str
    cases: int
    moved_despite: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast cases go.

    Attributes:
        left_out: stays that had begun before the register knew the case; nobody knows how long.
    """

    stages: tuple[AtStage, ...]
    years: tuple[Year, ...]
    standing: tuple[Standing, ...]
    gates: tuple[Sticking, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of a case at a stage; `until` is None while it lasts."""

    case: Disposal
    stage: str
    since: date
    until: date | None
    is_known: bool


def pace(
    register: Register, *, on: date, officer: str | None = None, since: date | None = None
) -> Pace:
    """How fast cases go, as at a day.

    Args:
        officer: only this officer's cases.
        since: only stays that ended and cases that came to an end on that day or later.
    """
    with register.read() as session:
        refuse_unknown_officer(session, officer)
        query = select(Disposal).order_by(col(Disposal.ref))
        if officer is not None:
            query = query.where(col(Disposal.officer).in_(spellings_of(session, officer)))
        cases = {case.ref: case for case in session.exec(query)}
        changes = _changes(session)
        stays = [
            stay
            for ref, entries in changes.items()
            if ref in cases
            for stay in _stays(session, cases[ref], entries, changes)
        ]
        ended = {c.ref for c in cases.values() if definition_of(session, c).is_end(c.stage)}
        now = [stay for stay in stays if stay.until is None and stay.case.ref not in ended]
        left = [s for s in stays if s.until is not None and (since is None or s.until >= since)]
        return Pace(
            _at_stages(session, [stay for stay in left if stay.is_known], now),
            _years(stays, ended, since),
            _standing(now, on),
            _sticking(session, cases, now, since, on),
            sum(not stay.is_known for stay in left),
        )


def _changes(session: Session) -> Mapping[str, Sequence[HistoryEntry]]:
    """The entries that brought each case to a stage, in their order."""
    entries = session.exec(
        select(HistoryEntry)
        .where(col(HistoryEntry.to_stage).is_distinct_from(col(HistoryEntry.from_stage)))
        .order_by(col(HistoryEntry.disposal_ref), col(HistoryEntry.no))
    )
    return {ref: list(each) for ref, each in groupby(entries, lambda entry: entry.disposal_ref)}


def _stays(
    session: Session,
    case: Disposal,
    entries: Sequence[HistoryEntry],
    changes: Mapping[str, Sequence[HistoryEntry]],
) -> Iterable[Stay]:
    first = entries[0]
    # A case is opened where it begins, or where its whole was divided; else it was taken on.
    divided = [entry for entry in changes.get(case.whole_ref or "", ()) if entry.from_stage]
    is_known = first.to_stage == definition_of(session, case).initial or any(
        (entry.to_stage, entry.on) == (_IN_PARTS, first.on) for entry in divided
    )
    for entry, after in pairwise([*entries, None]):
        assert entry is not None  # noqa: S101 (only the last may be)
        until = after.on if after else None
        yield Stay(case, entry.to_stage, entry.on, until, is_known or entry is not first)


def _at_stages(session: Session, left: Iterable[Stay], now: Iterable[Stay]) -> tuple[AtStage, ...]:
    days: dict[tuple[str, str], list[int]] = {}
    for stay in left:
        assert stay.until is not None  # noqa: S101 (it was left)
        key = (stay.case.workflow, stay.stage)
        days.setdefault(key, []).append((stay.until - stay.since).days)
    standing = Counter((stay.case.workflow, stay.stage) for stay in now)
    order = {
        (stay.case.workflow, stage): index
        for stay in (*left, *now)
        for index, stage in enumerate(definition_of(session, stay.case).main_line)
    }
    return tuple(
        AtStage(*key, len(days.get(key, ())), *_quartiles(days.get(key, [])), standing[key])
        for key in sorted(
            {*days, *standing}, key=lambda key: (key[0], order.get(key, len(order)), key[1])
        )
    )


def _quartiles(days: list[int]) -> tuple[float | None, float | None, float | None]:
    """The lower quartile, the median and the upper quartile, each value counted in."""
    if not days:
        return None, None, None
    if len(days) == 1:
        return days[0], days[0], days[0]
    lower, median, upper = quantiles(days, n=4, method="inclusive")
    return lower, median, upper


def _years(stays: Iterable[Stay], ended: set[str], since: date | None) -> tuple[Year, ...]:
    found: dict[str, Counter[str]] = {}
    for stay in stays:
        if stay.case.ref in ended and stay.until is None and (since is None or stay.since >= since):
            found.setdefault(financial_year(stay.since), Counter())[stay.stage] += 1
    return tuple(
        Year(year, number[_COMPLETED], number[_WITHDRAWN])
        for year, number in sorted(found.items())
        if number[_COMPLETED] or number[_WITHDRAWN]
    )


def _standing(now: Iterable[Stay], on: date) -> tuple[Standing, ...]:
    return tuple(
        Standing(
            stay.stage, stay.case.ref, stay.since, (on - stay.since).days, stay.case.officer,
            stay.case.held_on is not None,
        )
        for stay in sorted(now, key=lambda stay: (stay.since, stay.case.ref))
    )  # fmt: skip


def _sticking(
    session: Session, cases: Iterable[str], now: Iterable[Stay], since: date | None, on: date
) -> tuple[Sticking, ...]:
    """Refused moves leave no trace in the history, so that the gates are judged as they stand."""
    asks: dict[str, str] = {}
    stopping: Counter[str] = Counter()
    for stay in now:
        move = definition_of(session, stay.case).onward_from(stay.stage)
        for finding in report_on(session, stay.case, move, on).stopping if move else ():
            asks[finding.gate] = finding.asks
            stopping[finding.gate] += 1
    despite: Counter[str] = Counter()
    reports = select(HistoryEntry.report).where(
        col(HistoryEntry.report).is_not(None),
        col(HistoryEntry.disposal_ref).in_(list(cases)),
        col(HistoryEntry.on) >= (since or date.min),
    )
    for report in session.exec(reports):
        for told in json.loads(report or "[]"):
            if told["verdict"] not in {Verdict.MET, Verdict.NOT_APPLICABLE}:
                asks.setdefault(told["gate"], told["asks"])
                despite[told["gate"]] += 1
    order = sorted(asks, key=lambda gate: (-stopping[gate], -despite[gate], gate))
    return tuple(Sticking(gate, asks[gate], stopping[gate], despite[gate]) for gate in order)
