"""What a workflow is made of: stages, the moves between them, the definition of both."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.errors import NoSuchMove, NoSuchStage
from workflows.gates import Severity
from workflows.naming import as_written


class Kind(StrEnum):
    """What a move does to a case."""

    ONWARD = "onward"
    PARTS = "parts"
    RETURN = "return"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a case may stand."""

    name: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Move:
    """A step from one of several stages to another.

    Attributes:
        blocks: ids of the gates that stop it.
        warns: ids of the gates that only warn.
        opens_parts_at: for kind parts, the stage at which each part begins as a case.
    """

    name: str
    title: str
    kind: Kind
    sources: tuple[str, ...]
    to: str
    blocks: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    opens_parts_at: str | None = None

    @property
    def gates(self) -> tuple[str, ...]:
        """All gates, those that block first."""
        return self.blocks + self.warns

    def severity(self, gate: str) -> Severity:
        """Whether a gate of this move blocks or warns."""
        return Severity.BLOCK if gate in self.blocks else Severity.WARN


APPROVALS = "approvals"  # the subject of the gates that a workflow defines itself


@dataclass(frozen=True, slots=True)
class NamedApproval:
    """An approval that a workflow asks for beside the gates there are.

    Attributes:
        asks: the question that its gate puts.
        owner: the role that gives it.
        source: the rule behind it, in words.
        waivable: whether a named authority may pass it over.
    """

    name: str
    title: str
    asks: str
    owner: str
    source: str
    waivable: bool = False

    @property
    def gate(self) -> str:
        """The id under which moves list it."""
        return f"{APPROVALS}.{self.name}"


@dataclass(frozen=True, slots=True)
class Definition:
    """A workflow in one version.

    Attributes:
        ends: the stages from which nothing follows.
        stages: in the order of the file.
        approvals: those that its moves ask for by name.
    """

    name: str
    version: int
    title: str
    effective_from: date
    initial: str
    ends: tuple[str, ...]
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    approvals: tuple[NamedApproval, ...] = ()

    def stage(self, name: str) -> Stage:
        """A stage by its name, as it is read or as it is written: “bid shortlist”, bid_shortlist.

        Raises:
            NoSuchStage: the workflow has no such stage; says which may be meant.
        """
        written = as_written(name)
        for stage in self.stages:
            if stage.name in {name, written}:
                return stage
        raise NoSuchStage(self.name, name, (stage.name for stage in self.stages))

    def is_end(self, stage: str) -> bool:
        """Whether nothing follows a stage."""
        return stage in self.ends

    def moves_from(self, stage: str) -> tuple[Move, ...]:
        """Every move that a case at a stage could make.

        Raises:
            NoSuchStage: the workflow has no such stage.
        """
        at = self.stage(stage).name
        return tuple(move for move in self.moves if at in move.sources)

    def onward_from(self, stage: str) -> Move | None:
        """The next move on the main line; None at an end.

        Raises:
            NoSuchStage: the workflow has no such stage.
        """
        onward = (move for move in self.moves_from(stage) if move.kind is Kind.ONWARD)
        return next(onward, None)

    def move_to(self, stage: str, to: str) -> Move:
        """The move from one stage to another.

        Raises:
            NoSuchStage: the workflow has no stage of one of these names.
            NoSuchMove: there is none; says which there are.
        """
        moves, there = self.moves_from(stage), self.stage(to).name
        for move in moves:
            if move.to == there:
                return move
        raise NoSuchMove(self.name, stage, there, (move.to for move in moves))

    @property
    def main_line(self) -> tuple[str, ...]:
        """The stages from the first to the end, without detours."""
        line = [self.initial]
        while move := self.onward_from(line[-1]):
            line.append(move.to)
        return tuple(line)
