"""What can go wrong with a workflow: a definition not well formed, a move that is refused."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from workflows.naming import as_read, meant_by

if TYPE_CHECKING:
    from workflows.gates import GateReport


class WorkflowError(Exception):
    """The root: its text is a sentence that an officer can read and act on."""


class BadDefinition(WorkflowError):
    """A definition that can't be used: which file, which key, what is wrong."""

    def __init__(self, file: str, key: str, what: str) -> None:
        super().__init__(f"{file}: {key}: {what}" if key else f"{file}: {what}")
        self.file = file
        self.key = key


class NotInForce(WorkflowError):
    """No version of a workflow had taken effect by a day."""

    def __init__(self, name: str, on: date, first: date) -> None:
        super().__init__(
            f"No version of {name} was in force on {on.isoformat()}; the first took effect on "
            f"{first.isoformat()}."
        )


class NoSuchWorkflow(WorkflowError):
    """No definition of that name, or not in that version."""

    def __init__(self, name: str, version: int | None, known: Iterable[tuple[str, int]]) -> None:
        asked = name if version is None else f"{name}, version {version}"
        there = ", ".join(f"{each} ({number})" for each, number in known) or "none"
        super().__init__(
            f"There is no workflow “{asked}”. There are, with their versions: {there}."
        )


class NoSuchStage(WorkflowError):
    """The workflow has no stage of that name."""

    def __init__(self, workflow: str, asked: str, known: Iterable[str]) -> None:
        names = list(known)
        super().__init__(
            f"{workflow} has no stage “{as_read(asked)}”.{meant_by(asked, names)} It has: "
            f"{', '.join(map(as_read, names))}."
        )


class NoSuchMove(WorkflowError):
    """No move leads from the stage to the one asked for."""

    def __init__(self, workflow: str, stage: str, asked: str, possible: Iterable[str]) -> None:
        here, onward = as_read(stage), ", ".join(map(as_read, possible)) or "nowhere: it is an end"
        super().__init__(
            f"In {workflow} no move leads from {here} to {as_read(asked)}. From {here} a case can "
            f"go to: {onward}."
        )


class IncompleteReport(WorkflowError):
    """A gate report about another move, or one that does not answer just the move's gates.

    Args:
        about: the move that the report was made for.
        differing: gates left out, added, answered twice or of another severity.
    """

    def __init__(self, move: str, about: str, differing: Iterable[str]) -> None:
        super().__init__(
            f"The gate report is about the move {about}, not about {move}. Judge the gates of "
            f"{move}."
            if about != move
            else f"The gate report does not answer each gate of the move {move} once and as "
            f"severely as it is asked. Judge these again: {', '.join(differing)}."
        )


class MoveRefused(WorkflowError):
    """Gates stop the move: the report says which, and why.

    Attributes:
        report: every gate of the move as it was answered.
    """

    def __init__(self, move: str, report: "GateReport") -> None:
        reasons = " ".join(f"{finding.asks} {finding.reason}" for finding in report.stopping)
        super().__init__(f"{move} is refused: {reasons}")
        self.report = report
