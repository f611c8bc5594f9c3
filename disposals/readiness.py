"""Is this case ready to move? Its workflow, and the gates of a move judged on that day's record.

A workflow comes with the program or is the register's own; nobody who asks needs to know which.
"""

from datetime import date
from functools import cache

from sqlmodel import Session, col, select

from disposals import gates
from disposals.errors import BadFact, NotRecorded
from disposals.finding import case_file
from disposals.policy import Policy
from disposals.records.cases import Disposal, OwnWorkflow
from disposals.words import is_same_name, listed, name_as_kept, plainly
from workflows import definition
from workflows.definition import Definition, Kind, Move
from workflows.errors import NoSuchWorkflow
from workflows.gates import GateReport
from workflows.naming import meant_by

_KEPT = "own workflows"


def definition_of(session: Session, case: Disposal) -> Definition:
    """The workflow definition that a case runs on, in the version it stands on."""
    return find_definition(session, case.workflow, case.workflow_version)


def is_withdrawn(session: Session, case: Disposal) -> bool:
    """Whether a case ended without a sale."""
    moves = definition_of(session, case).moves
    return any(move.kind is Kind.WITHDRAW and move.to == case.stage for move in moves)


def find_definition(session: Session, name: str, version: int | None = None) -> Definition:
    """A workflow that came with the program, or one of the register's own.

    Args:
        version: the newest of both where it is None.

    Raises:
        NoSuchWorkflow: neither has it.
        BadDefinition: one of the register's own names a gate that there is no more.
    """
    if version is not None:
        try:  # what comes with the program is found without a query
            return _shipped(name, version)
        except NoSuchWorkflow:
            pass
    return definition.load(name, version, known_gates=gates.KNOWN, kept=own_texts(session))


@cache
def _shipped(name: str, version: int) -> Definition:
    return definition.load(name, version, known_gates=gates.KNOWN)


def definition_on(session: Session, name: str, on: date) -> Definition:
    """The newest version of a workflow in effect on a day: new cases begin on it.

    Raises:
        NoSuchWorkflow: there is none of that name.
        NotInForce: no version had taken effect by then.
    """
    return definition.in_force(name, on, known_gates=gates.KNOWN, kept=own_texts(session))


def definitions(session: Session) -> list[Definition]:
    """Every version of every workflow that a case of this register may run on, by name."""
    kept = own_texts(session)
    return [
        definition.load(name, version, kept=kept)
        for name, version in definition.available(kept=kept)
    ]


def own_texts(session: Session) -> dict[tuple[str, int], str]:
    """The texts of the register's own workflows by name and version, read once in a session."""
    if _KEPT not in session.info:
        rows = session.exec(
            select(OwnWorkflow.name, OwnWorkflow.version, OwnWorkflow.text).order_by(
                col(OwnWorkflow.id)
            )
        )
        session.info[_KEPT] = {(name, version): text for name, version, text in rows}
    texts: dict[tuple[str, int], str] = session.info[_KEPT]
    return texts


def report_on(session: Session, case: Disposal, move: Move, on: date) -> GateReport:
    """Judge every gate of a move for a case as its evidence stands, with the rules of the day."""
    own = gates.of_approvals(definition_of(session, case))
    reads, across = gates.kinds_read(move.gates, own)
    file = case_file(session, case, policy=Policy(case.authority, on), reads=reads, across=across)
    return gates.judge(move, file, own)


def refuse_unknown_officer(session: Session, officer: str | None, *, tell: bool = True) -> None:
    """Refuse an officer in whose hands there is no case; a misspelt name is no good news.

    Args:
        tell: name those there are.

    Raises:
        NotRecorded: no case is in the hands of that officer.
    """
    if officer is None:
        return
    if not spellings_of(session, officer):
        known = sorted({name_as_kept(each) for each in _officers(session)}) if tell else []
        there = f" There are: {listed(known)}." if known else ""
        raise NotRecorded(f"No case is in the hands of “{officer}”.{there}")


def spellings_of(session: Session, officer: str) -> list[str]:
    """The name of an officer in every way in which cases bear it, to ask the register for them."""
    return [each for each in _officers(session) if is_same_name(each, officer)]


def _officers(session: Session) -> list[str]:
    named = select(Disposal.officer).where(col(Disposal.officer).is_not(None)).distinct()
    return [each for each in session.exec(named) if each]


def refuse_unknown_stage(session: Session, stage: str) -> None:
    """Refuse a stage that no workflow of the register has.

    Raises:
        BadFact: says which may be meant, and which there are.
    """
    known = dict.fromkeys(
        item.name for definition in definitions(session) for item in definition.stages
    )
    if stage not in known:
        raise BadFact(
            f"There is no stage “{plainly(stage)}”.{meant_by(stage, known)} The stages are "
            f"{listed(map(plainly, known))}."
        )
