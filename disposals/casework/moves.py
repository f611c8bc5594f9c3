"""Advancing a case: every gate is judged, then it moves, or says what it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from disposals.casework.acts import Stamp, acting
from disposals.casework.cases import on_hold, refuse_if_ended
from disposals.casework.meanwhile import last_said, refuse_backdated, refuse_unseen
from disposals.errors import NoneReady, NotAllowed, SeveralReady
from disposals.finding import find_case, parts_of
from disposals.readiness import definition_of, report_on
from disposals.records.cases import Disposal
from disposals.register import Register
from disposals.words import counted, listed, plainly
from workflows.definition import Kind, Move
from workflows.engine import take
from workflows.gates import GateReport
from workflows.naming import as_written

_AHEAD = frozenset({Kind.ONWARD, Kind.PARTS})


@dataclass(frozen=True, slots=True)
class Moved:
    """A case that moved, or in a dry run would have."""

    reference: str
    from_stage: str
    to_stage: str
    report: GateReport


@dataclass(frozen=True, slots=True)
class Blocked:
    """A case that did not move, with every gate as it stands.

    Attributes:
        held: why and since when it is on hold, if it is.
    """

    reference: str
    from_stage: str
    to_stage: str
    report: GateReport
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an advance: who moved, and what the others wait for."""

    moved: tuple[Moved, ...]
    blocked: tuple[Blocked, ...]


def advance(
    register: Register,
    ref: str,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    part: int | None = None,
    every: bool = False,
    to: str | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Take the next move on the main line, if every gate of it is met.

    For a site sold in parts the one part that is ready moves; if several are, the officer says
    which (`part`) or that all are meant (`every`).

    Args:
        seen: the version of each case that the user was shown, by reference.
        to: the stage expected, or the other one that may follow (`in_parts`).
        dry_run: judge, and write nothing.

    Raises:
        NoneReady: no case may move; carries the outcome with every gate.
        SeveralReady: more than one may, and none was chosen.
        ChangedMeanwhile: a case has moved on since the user saw it.
        NotAllowed: the case is at an end, or the day lies before what the move rests on.
        NoSuchStage, NoSuchMove: there is no such stage, or it does not follow.
    """
    with register.read() if dry_run else register.write(ref) as session:
        cases = _meant(session, ref, part)
        for case in cases:
            refuse_unseen(session, case, seen.get(case.ref, 0))
        moves = _next_moves(session, cases, None if to is None else as_written(to))
        judged = [(case, move, report_on(session, case, move, stamp.on)) for case, move in moves]
        ready = [item for item in judged if item[2].passes and item[0].held_on is None]
        outcome = Outcome(
            moved=tuple(Moved(c.ref, c.stage, move.to, report) for c, move, report in ready),
            blocked=tuple(
                Blocked(case.ref, case.stage, move.to, report, on_hold(case))
                for case, move, report in judged
                if (case, move, report) not in ready
            ),
        )
        if not ready:
            raise NoneReady(_why_none(outcome), outcome)
        if len(ready) > 1 and not every:
            raise SeveralReady(ref, [case.ref for case, _, _ in ready])
        for case, _, _ in ready:
            refuse_backdated(session, case, stamp.on)
        if not dry_run:
            for case, move, report in ready:
                _move(session, case, move, report, stamp)
        return outcome


def _meant(session: Session, ref: str, part: int | None) -> list[Disposal]:
    """The cases that an advance of `ref` is about: itself, or the parts that may still move."""
    case = find_case(session, ref)
    if part is not None:
        return [find_case(session, f"{ref}/part-{part}")]
    parts = parts_of(session, ref)
    going = [part for part in parts if not definition_of(session, part).is_end(part.stage)]
    if parts and not going:
        ends = listed(dict.fromkeys(plainly(part.stage) for part in parts), last="or")
        raise NotAllowed(f"{ref}: every part is {ends}; nothing follows.")
    return going or [case]


def _next_moves(
    session: Session, cases: list[Disposal], to: str | None
) -> list[tuple[Disposal, Move]]:
    """Each case with its next move; of several, those that can't reach `to` are not meant."""
    if len(cases) == 1 or to is None:
        return [(case, _next_move(session, case, to)) for case in cases]
    meant = [
        case
        for case in cases
        if any(
            move.to == to and move.kind in _AHEAD
            for move in definition_of(session, case).moves_from(case.stage)
        )
    ]
    return [(case, _next_move(session, case, to)) for case in meant or cases]


def _next_move(session: Session, case: Disposal, to: str | None) -> Move:
    refuse_if_ended(case)
    definition = definition_of(session, case)
    if to is not None:
        if to == case.stage:
            raise NotAllowed(
                f"{case.ref} stands at {plainly(to)} already: {last_said(session, case)}."
            )
        move = definition.move_to(case.stage, to)
        if move.kind not in _AHEAD:
            raise NotAllowed(
                f"{plainly(to)} does not lie ahead of {plainly(case.stage)}: "
                f"use `disposals back {case.ref} --to {to}` or `disposals withdraw {case.ref}`."
            )
        if move.kind is Kind.PARTS and case.whole_ref is not None:
            raise NotAllowed(f"{case.ref} is itself a part; a part is not sold in parts.")
        return move
    onward = definition.onward_from(case.stage)
    if onward is None:  # a stage aside, which a workflow of the council's own may have
        ways = listed((plainly(move.to) for move in definition.moves_from(case.stage)), last="or")
        raise NotAllowed(
            f"{case.ref} stands aside at {plainly(case.stage)}, from which nothing leads onward. "
            f"It can go to {ways}: `disposals back {case.ref} --to STAGE` or `disposals withdraw "
            f"{case.ref}`."
        )
    return onward


def _move(session: Session, case: Disposal, move: Move, report: GateReport, stamp: Stamp) -> None:
    with acting(session, case.ref, "advance", stamp, seen=case.version) as act:
        act.report = report
        act.to_stage = take(definition_of(session, case), case.stage, move, report)
        if act.to_stage == "completed":
            from disposals.casework.departures import leave

            leave(act)
    if move.opens_parts_at is not None:
        from disposals.casework.opening import enter_part, part_numbers

        for no in part_numbers(session, case.ref):
            enter_part(
                session, case, no, stamp, stage=move.opens_parts_at,
                because=f"{case.ref} is sold in parts",
            )  # fmt: skip


def _why_none(outcome: Outcome) -> str:
    return "\n".join(_why_not(case) for case in outcome.blocked)


def _why_not(case: Blocked) -> str:
    way = f"from {plainly(case.from_stage)} to {plainly(case.to_stage)}"
    asked = f"{case.reference} can't move {way}"
    if case.held:
        return f"{asked}: it is {case.held}. Take it up first: `disposals resume {case.reference}`."
    stopping, asked_of = len(case.report.stopping), counted(len(case.report.findings), "gate")
    return f"{asked}: {stopping} of {asked_of} {'is' if stopping == 1 else 'are'} not met."
