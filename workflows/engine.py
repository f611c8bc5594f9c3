"""Taking a move: the only file that knows `transitions`.

One machine is built for each definition and shared; a case is a light object that lives for one
call and is never registered with the machine. Automatic transitions stay off: they would give
every case an unguarded `to_completed()`.
"""

from dataclasses import dataclass
from functools import cache

from transitions import EventData, Machine

from workflows.definition import Definition, Move
from workflows.errors import IncompleteReport, MoveRefused, NoSuchMove
from workflows.gates import GateReport


@dataclass(slots=True)
class _Case:
    state: str


def take(definition: Definition, stage: str, move: Move, report: GateReport) -> str:
    """Take a move and say at which stage the case now stands.

    Args:
        report: the answers of exactly the move's gates.

    Raises:
        NoSuchMove: the move does not start at the stage.
        IncompleteReport: the report is about another move, or differs from its gates.
        MoveRefused: a gate stops the move.
    """
    if move not in definition.moves_from(stage):
        raise NoSuchMove(
            definition.name, stage, move.to, (each.to for each in definition.moves_from(stage))
        )
    _refuse_incomplete(move, report)
    case = _Case(stage)
    if not _machine(definition).events[move.name].trigger(case, report=report):
        raise MoveRefused(move.name, report)
    return case.state


def _refuse_incomplete(move: Move, report: GateReport) -> None:
    asked = {(gate, move.severity(gate)) for gate in move.gates}
    answered = {(finding.gate, finding.severity) for finding in report.findings}
    if report.move != move.name or asked != answered or len(report.findings) != len(asked):
        raise IncompleteReport(move.name, sorted({gate for gate, _ in asked ^ answered}))


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
    )
