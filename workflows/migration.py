"""A case from one version of a workflow to another: what that changes, as a plan to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.gates import Severity
from workflows.model import Definition, Kind, Move

_AHEAD = frozenset({Kind.ONWARD, Kind.PARTS})


@dataclass(frozen=True, slots=True)
class GateChange:
    """One gate of one move ahead that the new version asks for otherwise.

    Attributes:
        move: its title in the new version, or in the old where the new has no such move.
        was: None where the move did not ask for it.
        now: None where it does not any more.
    """

    move: str
    gate: str
    was: Severity | None
    now: Severity | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a case that goes over to another version of its workflow.

    Attributes:
        stage: where it stands, before and after.
        cleared: stages that lie behind it and stay behind it; nothing of them is asked again.
        passed_over: stages that the new version has on the way to where the case stands, and the
            old one has not.
        moves_added, moves_dropped: by title.
        gates: what changes on the moves ahead.
    """

    workflow: str
    from_version: int
    to_version: int
    stage: str
    cleared: tuple[str, ...]
    passed_over: tuple[str, ...]
    stages_added: tuple[str, ...]
    stages_dropped: tuple[str, ...]
    moves_added: tuple[str, ...]
    moves_dropped: tuple[str, ...]
    gates: tuple[GateChange, ...]


def plan(old: Definition, new: Definition, stage: str) -> Plan:
    """What changes for a case at a stage.

    A move is the same in both versions where it bears the same name.

    Raises:
        NoSuchStage: the new version has no such stage, so that a case can't stand there.
    """
    at = new.stage(stage).name
    before, behind = _behind(old, at), _behind(new, at)
    return Plan(
        workflow=new.name,
        from_version=old.version,
        to_version=new.version,
        stage=at,
        cleared=tuple(each for each in behind if each in before),
        passed_over=tuple(each for each in behind if each not in before),
        stages_added=_beyond((s.name for s in new.stages), (s.name for s in old.stages)),
        stages_dropped=_beyond((s.name for s in old.stages), (s.name for s in new.stages)),
        moves_added=_titles(new, old),
        moves_dropped=_titles(old, new),
        gates=tuple(_changes(_ahead(old, at), _ahead(new, at))),
    )


def _behind(definition: Definition, stage: str) -> tuple[str, ...]:
    """The stages of the main line before one; none where it stands aside."""
    line = definition.main_line
    return line[: line.index(stage)] if stage in line else ()


def _ahead(definition: Definition, stage: str) -> dict[str, Move]:
    """The moves that a case at a stage may still make towards an end, by name, the next first."""
    found: dict[str, Move] = {}
    reached = [stage]
    for at in reached:
        for move in definition.moves_from(at):
            if move.kind in _AHEAD:
                found.setdefault(move.name, move)
                if move.to not in reached:
                    reached.append(move.to)
    return found


def _changes(before: dict[str, Move], after: dict[str, Move]) -> Iterable[GateChange]:
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        title = (new or before[name]).title
        for gate in dict.fromkeys((*_gates(new), *_gates(old))):
            was, now = _asked(old, gate), _asked(new, gate)
            if was != now:
                yield GateChange(title, gate, was, now)


def _gates(move: Move | None) -> tuple[str, ...]:
    return move.gates if move else ()


def _asked(move: Move | None, gate: str) -> Severity | None:
    return move.severity(gate) if move and gate in move.gates else None


def _titles(having: Definition, lacking: Definition) -> tuple[str, ...]:
    there = {move.name for move in lacking.moves}
    return tuple(move.title for move in having.moves if move.name not in there)


def _beyond(names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    there = set(known)
    return tuple(name for name in names if name not in there)
