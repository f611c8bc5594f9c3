"""The days that nobody can drag, of one case or many: loaded at once, whatever their number."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from sqlmodel import Session

from disposals.casefile import CaseFile, counting_for, in_force
from disposals.finding import rows_of
from disposals.policy import Policy
from disposals.rag import Colour
from disposals.readiness import definition_of
from disposals.records.base import Evidence
from disposals.records.cases import Disposal
from disposals.statutory import Clock, clocks_of, kinds_read
from disposals.words import counted, day

KIND = "fixed by rule"
_Held = dict[Any, dict[str, list[Evidence]]]  # by kind, the rows in force of each case


def clocks(session: Session, cases: Iterable[Disposal], on: date) -> dict[str, list[Clock]]:
    """The clocks of each case that has any and is not at an end, by its reference."""
    asked = list(cases)
    refs = {ref for case in asked for ref in (case.ref, case.whole_ref) if ref is not None}
    held: _Held = {}
    for kind in kinds_read():
        by_case = held.setdefault(kind, {})
        for row in in_force(rows_of(session, cast("type[Evidence]", kind), refs)):
            by_case.setdefault(row.disposal_ref, []).append(row)
    having = {ref for by_case in held.values() for ref in by_case}
    return {
        case.ref: clocks_of(_file(case, held, on))
        for case in asked
        if having & {case.ref, case.whole_ref}
        and not definition_of(session, case).is_end(case.stage)
    }


def _file(case: Disposal, held: _Held, on: date) -> CaseFile:
    def rows(kind: type[Evidence]) -> list[Any]:
        whole = held[kind].get(case.whole_ref or "", []) if kind.inherited else []
        return counting_for(kind, held[kind].get(case.ref, []), whole)

    return CaseFile(
        case, on, Policy(case.authority, on), evidence={kind: rows(kind) for kind in held}
    )


def lines(
    session: Session, cases: Iterable[Disposal], on: date, *, overdue: bool, due_days: int | None
) -> list[dict[str, Any]]:
    """The clocks of some cases beside their milestones, each with the rule that fixes it.

    One that has run out is told only while something is to be done about it.

    Args:
        overdue: only those that have run out.
        due_days: only those that run out within so many days.
    """
    found = []
    standing_in = {case.ref: case for case in cases}
    for ref, each in clocks(session, standing_in.values(), on).items():
        due_soon = Policy(standing_in[ref].authority, on).number("programme.due-soon")
        for clock in each:
            left = (clock.on - on).days
            if (left < 0 and not clock.once_past) or (overdue and left >= 0):
                continue
            if due_days is None or 0 <= left <= due_days:
                found.append(_line(ref, clock, on, *_standing(clock, on, due_soon)))
    return found


def _line(ref: str, clock: Clock, on: date, colour: Colour, why: str) -> dict[str, Any]:
    """The fields of a milestone's line, so that both can be read as one list."""
    return {
        "reference": ref, "no": None, "name": clock.name, "owner": clock.who,
        "when": day(clock.on), "earliest_on": clock.on, "latest_on": clock.on, "kind": KIND,
        "is_reading": False, "baseline": None, "because": clock.rule, "met": False,
        "is_overdue": clock.on < on, "is_void": False, "slip_months": 0, "hangs_on": None,
        "mark": None, "colour": colour.value, "why": why, "source": clock.rule,
    }  # fmt: skip


def _standing(clock: Clock, on: date, due_soon: int) -> tuple[Colour, str]:
    """The colour of a clock on a day and the reason: what runs out, not what one waits for."""
    if clock.on < on:
        return Colour.RED, f"Past since {day(clock.on)}. {clock.once_past}"
    left = (clock.on - on).days
    if clock.once_past and left <= due_soon:
        return Colour.AMBER, f"In {counted(left, 'day')}. {clock.rule}."
    return Colour.GREEN, f"{clock.rule}."
