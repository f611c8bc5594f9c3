"""The days that nobody can drag, of one case or many: loaded at once, whatever their number."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from sqlmodel import Session

from disposals.deadlines.fixed_days import FixedDay, fixed_days_of
from disposals.deadlines.of_case import READS
from disposals.finding import case_file, read_ahead
from disposals.policy import Policy
from disposals.rag import Colour
from disposals.readiness import definition_of
from disposals.records.base import Evidence
from disposals.records.cases import Disposal
from disposals.words import counted, day

KIND = "fixed by rule"


def fixed_days(session: Session, cases: Iterable[Disposal], on: date) -> dict[str, list[FixedDay]]:
    """The fixed days of each case that is not at an end, by its reference."""
    running = [each for each in cases if not definition_of(session, each).is_end(each.stage)]
    refs = {ref for case in running for ref in (case.ref, case.whole_ref) if ref is not None}
    read_ahead(session, refs, cast("tuple[type[Evidence], ...]", READS))
    return {
        case.ref: fixed_days_of(
            case_file(session, case, policy=Policy(case.authority, on), reads=READS)
        )
        for case in running
    }


def lines(
    session: Session, cases: Iterable[Disposal], on: date, *, overdue: bool, due_days: int | None
) -> list[dict[str, Any]]:
    """The fixed days of some cases beside their milestones, each with the rule that fixes it.

    One that has run out is told only while something is to be done about it.

    Args:
        overdue: only those that have run out.
        due_days: only those that run out within so many days.
    """
    found = []
    standing_in = {case.ref: case for case in cases}
    for ref, days in fixed_days(session, standing_in.values(), on).items():
        due_soon = Policy(standing_in[ref].authority, on).number("programme.due-soon")
        for each in days:
            left = (each.on - on).days
            if (left < 0 and not each.once_past) or (overdue and left >= 0):
                continue
            if due_days is None or 0 <= left <= due_days:
                found.append(_line(ref, each, on, *_standing(each, on, due_soon)))
    return found


def _line(ref: str, fixed: FixedDay, on: date, colour: Colour, why: str) -> dict[str, Any]:
    """The fields of a milestone's line, so that both can be read as one list."""
    return {
        "reference": ref, "no": None, "name": fixed.name, "owner": fixed.who,
        "when": day(fixed.on), "earliest_on": fixed.on, "latest_on": fixed.on, "kind": KIND,
        "is_reading": False, "baseline": None, "because": fixed.rule, "met": False,
        "is_overdue": fixed.on < on, "is_void": False, "slip_months": 0, "hangs_on": None,
        "mark": None, "colour": colour.value, "why": why, "source": fixed.rule,
    }  # fmt: skip


def _standing(fixed: FixedDay, on: date, due_soon: int) -> tuple[Colour, str]:
    """The colour of a fixed day and the reason: what runs out, not what one waits for."""
    if fixed.on < on:
        return Colour.RED, f"Past since {day(fixed.on)}. {fixed.once_past}"
    left = (fixed.on - on).days
    told = f"{fixed.rule}. {fixed.clock.doubt}".rstrip()
    if fixed.once_past and left <= due_soon:
        return Colour.AMBER, f"In {counted(left, 'day')}. {told}"
    return Colour.GREEN, told
