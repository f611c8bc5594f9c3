"""Is this case ready to move? The gates of a move, judged on what is recorded that day."""

from datetime import date

from sqlmodel import Session

from disposals import gates
from disposals.finding import case_file
from disposals.policy import Policy
from disposals.records.cases import Disposal
from workflows.definition import Definition, Move, load
from workflows.gates import GateReport


def definition_of(case: Disposal) -> Definition:
    """The workflow definition that a case runs on, in the version it was opened with."""
    return load(case.workflow, case.workflow_version, known_gates=gates.KNOWN)


def report_on(session: Session, case: Disposal, move: Move, on: date) -> GateReport:
    """Judge every gate of a move for a case as its evidence stands, with the rules of the day."""
    reads, across = gates.kinds_read(move.gates)
    file = case_file(session, case, policy=Policy(case.authority, on), reads=reads, across=across)
    return gates.judge(move, file)
