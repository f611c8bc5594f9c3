"""Milestones that evidence meets: bound to a gate or a stage, and recorded as met by it."""

from sqlmodel import Session

from disposals.casework.acts import Act
from disposals.errors import NotRecorded
from disposals.finding import case_file
from disposals.gates import KNOWN, find, kinds_read
from disposals.policy import Policy
from disposals.readiness import definition_of
from disposals.records.cases import Disposal
from disposals.records.programme import MilestoneDate
from disposals.timetable import Entry, timetable
from disposals.vocabulary import DateKind
from disposals.words import day, listed, plainly
from workflows.gates import Verdict
from workflows.naming import as_written


def evidence_named(session: Session, case: Disposal, met_by: str) -> str:
    """The gate or the stage that a milestone is bound to, as it is kept.

    Raises:
        NotRecorded: it is neither; says which stages there are.
    """
    if met_by in KNOWN:
        return met_by
    stages = [stage.name for stage in definition_of(session, case).stages]
    stage = as_written(met_by)
    if stage not in stages:
        raise NotRecorded(
            f"“{met_by}” is neither a gate (docs/gates.md lists them) nor a stage of "
            f"{case.workflow}: {listed(map(plainly, stages), last='or')}."
        )
    return stage


def follow(act: Act) -> None:
    """Record within an act which bound milestones of its case it meets, and which no longer are."""
    found = timetable(act.session, [act.case.ref])
    for entry in found.entries.values():
        met_by = entry.milestone.met_by
        if met_by is None or entry.is_void:
            continue
        holds = _holds(act, met_by)
        if holds and not entry.is_met:
            _record(act, entry, DateKind.ACTUAL, f"{met_by} is met")
        elif entry.is_met and not holds:
            _record(act, entry, DateKind.FORECAST, f"{met_by} is no longer met")


def _holds(act: Act, met_by: str) -> bool:
    if met_by not in KNOWN:
        line = definition_of(act.session, act.case).main_line
        if met_by not in line or act.to_stage not in line:
            return act.to_stage == met_by
        return line.index(act.to_stage) >= line.index(met_by)
    reads, across = kinds_read([met_by])
    file = case_file(
        act.session, act.case, policy=Policy(act.case.authority, act.stamp.on), reads=reads,
        across=across,
    )  # fmt: skip
    return find(met_by).answer(file).verdict is Verdict.MET


def _record(act: Act, entry: Entry, kind: DateKind, because: str) -> None:
    on = act.stamp.on
    dates = {"earliest_on": on, "latest_on": on, "as_written": day(on)}
    if kind is DateKind.FORECAST:
        planned = [each for each in entry.dates if each.kind is not DateKind.ACTUAL][-1]
        dates = {name: getattr(planned, name) for name in dates}
    act.record(
        MilestoneDate,
        {
            "milestone_no": entry.milestone.no, "kind": kind, "because": because,
            "disclosure": entry.milestone.disclosure, **dates,
        },
    )  # fmt: skip
