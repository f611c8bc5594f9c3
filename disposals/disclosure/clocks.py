"""The clocks of cases, and when each step to come may lawfully be done. For officers alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from disposals.deadlines.clock import Clock
from disposals.deadlines.of_case import READS, Lawful, clocks_of, lawful_days
from disposals.finding import case_file, find_case, parts_of
from disposals.policy import Policy
from disposals.readiness import definition_of
from disposals.records.cases import Disposal
from disposals.register import Register


@dataclass(frozen=True, slots=True)
class CaseClocks:
    """What runs on one case, and the earliest lawful day of each step to come."""

    reference: str
    clocks: list[Clock]
    lawful: list[Lawful]


def clocks(register: Register, ref: str | None, *, on: date) -> list[CaseClocks]:
    """The clocks of a case and of its parts, or of every case that is not at an end.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        if ref is None:
            cases = [*session.exec(select(Disposal).order_by(col(Disposal.ref)))]
            cases = [each for each in cases if not _is_ended(session, each)]
        else:
            cases = [find_case(session, ref), *parts_of(session, ref)]
        told = [_of_case(session, case, on) for case in cases]
    return told if ref is not None else [each for each in told if each.clocks]


def _of_case(session: Session, case: Disposal, on: date) -> CaseClocks:
    file = case_file(session, case, policy=Policy(case.authority, on), reads=READS)
    found = clocks_of(file)
    # What is sold in parts, or at an end, has no step to come of its own.
    lawful = [] if _is_ended(session, case) else lawful_days(file, found)
    return CaseClocks(case.ref, found, lawful)


def _is_ended(session: Session, case: Disposal) -> bool:
    return definition_of(session, case).is_end(case.stage)


def as_told(clock: Clock) -> dict[str, Any]:
    """A clock as one object of plain values."""
    return {
        "name": clock.name,
        "about": clock.about,
        "starts_on": clock.starts_on,
        "ends_on": clock.ends_on,
        "step": clock.step,
        "holds": clock.holds,
        "earliest_on": clock.earliest_on,
        "is_assumed": clock.is_assumed,
        "explanation": clock.says,
        "passed_over": [{"on": each.on, "why": each.why} for each in clock.passed_over],
        "doubt": clock.doubt,
        "rule": clock.rule.id,
        "source": clock.rule.source,
        "verified": clock.rule.verified,
    }


def lawful_as_told(lawful: Lawful) -> dict[str, Any]:
    """When a step may be done, as one object of plain values."""
    return {
        "step": lawful.step,
        "earliest_on": lawful.earliest_on,
        "latest_on": lawful.latest_on,
        "is_too_late": lawful.is_too_late,
        "waits_for": list(lawful.waits_for),
        "runs_out": list(lawful.runs_out),
        "is_assumed": lawful.is_assumed,
        "doubt": lawful.doubt,
        "planned": [
            {
                "committee": each.committee,
                "on": each.on,
                "papers_by": each.papers_by,
                "is_lawful": each.is_lawful,
            }
            for each in lawful.planned
        ],
    }
