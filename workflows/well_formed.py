"""What makes a definition a workflow: one main line, no trap, an end from everywhere."""

import re
from collections.abc import Collection

from workflows.errors import BadDefinition
from workflows.model import APPROVALS, Definition, Kind, Move

SOLD_IN_PARTS = "in_parts"
_GATE = re.compile(r"[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*")


def check(file: str, definition: Definition) -> None:
    """Refuse a definition that is no workflow.

    Args:
        file: the name of the file, for the refusal.

    Raises:
        BadDefinition: names the file, the key and what is wrong.
    """
    names = [stage.name for stage in definition.stages]
    for what, each in (
        ("stages", names),
        ("moves", [move.name for move in definition.moves]),
        ("approvals", [approval.name for approval in definition.approvals]),
    ):
        for name in each:
            if each.count(name) > 1:
                raise BadDefinition(file, what, f"{name} stands there twice; rename one")
    for key, named in (("initial", (definition.initial,)), ("ends", definition.ends)):
        _check_stages(file, key, named, names)
    if SOLD_IN_PARTS in names and not definition.is_end(SOLD_IN_PARTS):
        raise BadDefinition(file, "ends", f"{SOLD_IN_PARTS} is an end of the whole; add it")
    for n, move in enumerate(definition.moves):
        _check_move(file, _at(n, move), move, definition)
    _check_approvals(file, definition)
    _check_main_line(file, definition)
    _check_ways(file, definition)
    _check_returns(file, definition)


def check_gates_are_known(file: str, definition: Definition, known: Collection[str]) -> None:
    """Refuse a definition that names a gate which nobody can answer.

    Raises:
        BadDefinition: names the move, the gate and the gates there are on its subject.
    """
    for n, move in enumerate(definition.moves):
        for gate in move.gates:
            if gate not in known and not _is_approval(gate):
                room = gate.partition(".")[0]
                there = sorted(each for each in known if each.startswith(f"{room}."))
                raise BadDefinition(
                    file,
                    _at(n, move),
                    f"there is no gate {gate}; on {room} there are: {', '.join(there) or 'none'}",
                )


def _at(n: int, move: Move) -> str:
    return f"moves[{n}] ({move.name})"


def _check_stages(file: str, key: str, named: Collection[str], names: list[str]) -> None:
    for name in named:
        if name not in names:
            raise BadDefinition(
                file, key, f"{name} is not a stage; those there are: {', '.join(names)}"
            )


def _check_move(file: str, at: str, move: Move, definition: Definition) -> None:
    names = [stage.name for stage in definition.stages]
    if not move.sources:
        raise BadDefinition(file, f"{at}.from", "it starts nowhere; name a stage or leave it out")
    _check_stages(file, f"{at}.from", move.sources, names)
    _check_stages(file, f"{at}.to", (move.to,), names)
    for stage in move.sources:
        if definition.is_end(stage):
            raise BadDefinition(
                file, f"{at}.from", f"{stage} is an end, and nothing follows it; take it out"
            )
        if [each.to for each in definition.moves_from(stage)].count(move.to) > 1:
            raise BadDefinition(
                file, f"{at}.to", f"two moves lead from {stage} to {move.to}; keep one"
            )
    _check_gates(file, at, move)
    opens = move.opens_parts_at
    if (move.kind is Kind.PARTS) != (opens is not None):
        raise BadDefinition(
            file, f"{at}.opens_parts_at", "a move of kind parts has it, and no other"
        )
    if opens is not None and (opens not in names or definition.is_end(opens)):
        raise BadDefinition(
            file, f"{at}.opens_parts_at", f"{opens} is no stage that a case can leave; name one"
        )
    if (move.kind is Kind.PARTS) != (move.to == SOLD_IN_PARTS):
        raise BadDefinition(
            file, f"{at}.to", f"a move of kind parts leads to {SOLD_IN_PARTS}, and no other does"
        )


def _check_gates(file: str, at: str, move: Move) -> None:
    for gate in move.gates:
        if not _GATE.fullmatch(gate):
            raise BadDefinition(
                file, at, f"“{gate}” is not the name of a gate, such as bids.preferred"
            )
        if move.gates.count(gate) > 1:
            raise BadDefinition(file, at, f"the gate {gate} stands there twice; leave one out")
    if move.kind in {Kind.ONWARD, Kind.PARTS} and not move.blocks:
        raise BadDefinition(
            file, f"{at}.blocks", "a move ahead asks for at least one gate; name it"
        )


def _check_approvals(file: str, definition: Definition) -> None:
    """What moves ask for is defined, and what is defined is asked for."""
    defined = [approval.gate for approval in definition.approvals]
    asked = {gate for move in definition.moves for gate in move.gates}
    for n, move in enumerate(definition.moves):
        for gate in move.gates:
            if _is_approval(gate) and gate not in defined:
                name = gate.partition(".")[2]
                there = ", ".join(defined) or "none"
                raise BadDefinition(
                    file,
                    _at(n, move),
                    f"{gate} is not defined; add [[approvals]] with the name {name}, or name one "
                    f"of those there are: {there}",
                )
    for n, approval in enumerate(definition.approvals):
        if approval.gate not in asked:
            raise BadDefinition(
                file,
                f"approvals[{n}] ({approval.name})",
                f"no move asks for it; list {approval.gate} under a move's blocks or warns, or "
                "take it out",
            )


def _is_approval(gate: str) -> bool:
    return gate.startswith(f"{APPROVALS}.")


def _check_main_line(file: str, definition: Definition) -> None:
    for stage in definition.stages:
        onward = [m.name for m in definition.moves_from(stage.name) if m.kind is Kind.ONWARD]
        if len(onward) > 1:
            raise BadDefinition(
                file,
                "moves",
                f"two onward moves leave {stage.name}: {' and '.join(onward)}; keep one onward",
            )
    line, at = [definition.initial], definition.initial
    while move := definition.onward_from(at):
        if move.to in line:
            raise BadDefinition(
                file, "moves", f"the main line comes back to {move.to}; make {move.name} a return"
            )
        line.append(at := move.to)
    if not definition.is_end(at):
        raise BadDefinition(
            file, "moves", f"the main line stops at {at}, which is no end; add an onward move"
        )


def _check_returns(file: str, definition: Definition) -> None:
    for n, move in enumerate(definition.moves):
        if move.kind in {Kind.RETURN, Kind.WITHDRAW} and move.gates:
            raise BadDefinition(
                file,
                _at(n, move),
                f"a move of kind {move.kind} asks for no gate; take {move.gates[0]} out",
            )


def _check_ways(file: str, definition: Definition) -> None:
    reached = _closure({definition.initial}, definition, forward=True)
    ending = _closure(set(definition.ends), definition, forward=False)
    for stage in definition.stages:
        if stage.name not in reached:
            raise BadDefinition(
                file, "stages", f"{stage.name} can't be reached; add a move to it or take it out"
            )
        if stage.name not in ending:
            raise BadDefinition(
                file, "stages", f"{stage.name} leads to no end; add a move that leaves it"
            )


def _closure(start: set[str], definition: Definition, *, forward: bool) -> set[str]:
    """All stages that can be reached from some, or with `forward` false that lead to them."""
    found = set(start)
    while True:
        if forward:
            more = {move.to for move in definition.moves if found & set(move.sources)}
        else:
            more = {s for move in definition.moves if move.to in found for s in move.sources}
        if more <= found:
            return found
        found |= more
