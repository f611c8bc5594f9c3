"""Taking a move: the only file that knows `transitions`.

One machine is built for each definition and shared; a case is a light object that lives for one
call and is never registered with the machine. Automatic transitions stay off: they would give
every case an unguarded `to_completed()`.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from transitions import EventData, Machine

from workflows.errors import IncompleteReport, MoveRefused, NoSuchMove
from workflows.gates import GateReport
from workflows.model import Definition, Move


@dataclass(slots=True)
class _Case:
    # The library keeps this word from the moves; no move's name begins with an underscore.
    _stage: str


def take(definition: Definition, stage: str, move: Move | str, report: GateReport) -> str:
    """Take a move and say at which stage the case now stands.

    Args:
        move: one of the definition's, or its name.
        report: the answers of exactly the move's gates.

    Raises:
        NoSuchStage: the workflow has no such stage.
        NoSuchMove: the move does not start at the stage, or is not the definition's.
        IncompleteReport: the report is about another move, or differs from its gates.
        MoveRefused: a gate stops the move.
    """
    taken = _find(definition, stage, move)
    _refuse_incomplete(taken, report)
    case = _Case(stage)
    if not _machine(definition).events[taken.name].trigger(case, report=report):
        raise MoveRefused(taken.name, report)
    return case._stage  # noqa: SLF001 - the case is this module's own


def _find(definition: Definition, stage: str, asked: Move | str) -> Move:
    possible = definition.moves_from(stage)
    for move in possible:
        if asked in (move, move.name):
            return move
    to = asked if isinstance(asked, str) else asked.to
    raise NoSuchMove(definition.name, stage, to, (move.to for move in possible))


def _refuse_incomplete(move: Move, report: GateReport) -> None:
    asked = Counter((gate, move.severity(gate)) for gate in move.gates)
    answered = Counter((finding.gate, finding.severity) for finding in report.findings)
    if report.move != move.name or asked != answered:
        differing = {gate for gate, _ in (asked - answered) + (answered - asked)}
        raise IncompleteReport(move.name, report.move, sorted(differing))


def _passes(event: EventData) -> bool:
    report: GateReport = event.kwargs["report"]
    return report.passes


@cache
def _machine(definition: Definition) -> Machine:
    return Machine(
        model=None,
        states=[stage.name for stage in definition.stages],
        initial=None,
        transitions=[
            {
                "trigger": move.name,
                "source": list(move.sources),
                "dest": move.to,
                "conditions": _passes,
            }
            for move in definition.moves
        ],
        auto_transitions=False,
        send_event=True,
        model_attribute="_stage",
    )
