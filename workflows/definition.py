"""Workflow definitions: stages, moves and the gates each move asks for, read from TOML and checked.

A definition holds names, never expressions. A version is a file of its own, never edited once a
case runs on it.
"""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from workflows.errors import (
    BadDefinition,
    NoSuchMove,
    NoSuchStage,
    NoSuchWorkflow,
    NotInForce,
)
from workflows.gates import Severity

_FOLDER = Path(__file__).parent / "definitions"
_FILE_NAME = re.compile(r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<version>\d+)\.toml")


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


@dataclass(frozen=True)
class Definition:
    """A workflow in one version.

    Attributes:
        ends: the stages from which nothing follows.
        stages: in the order of the file.
    """

    name: str
    version: int
    title: str
    effective_from: date
    initial: str
    ends: tuple[str, ...]
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]

    def stage(self, name: str) -> Stage:
        """A stage by its name.

        Raises:
            NoSuchStage: the workflow has no such stage.
        """
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise NoSuchStage(self.name, name, (stage.name for stage in self.stages))

    def is_end(self, stage: str) -> bool:
        """Whether nothing follows a stage."""
        return stage in self.ends

    def moves_from(self, stage: str) -> tuple[Move, ...]:
        """Every move that a case at a stage could make."""
        return tuple(move for move in self.moves if stage in move.sources)

    def onward_from(self, stage: str) -> Move | None:
        """The next move on the main line; None at an end."""
        onward = (move for move in self.moves_from(stage) if move.kind is Kind.ONWARD)
        return next(onward, None)

    def move_to(self, stage: str, to: str) -> Move:
        """The move from one stage to another.

        Raises:
            NoSuchMove: there is none; says which there are.
        """
        moves = self.moves_from(stage)
        for move in moves:
            if move.to == to:
                return move
        raise NoSuchMove(self.name, stage, to, (move.to for move in moves))

    @property
    def main_line(self) -> tuple[str, ...]:
        """The stages from the first to the end, without detours."""
        line = [self.initial]
        while move := self.onward_from(line[-1]):
            line.append(move.to)
        return tuple(line)


def available(folder: Path = _FOLDER) -> tuple[tuple[str, int], ...]:
    """The workflows there are, each with its version."""
    names = (_FILE_NAME.fullmatch(path.name) for path in folder.iterdir())
    return tuple(sorted((m["name"], int(m["version"])) for m in names if m))


def load(
    name: str,
    version: int | None = None,
    *,
    known_gates: Collection[str] | None = None,
    folder: Path = _FOLDER,
) -> Definition:
    """Read and check a definition; the same object is given to all who ask.

    Args:
        version: the newest where it is None.
        known_gates: ids of the gates there are; a definition that names another is refused.

    Raises:
        NoSuchWorkflow: there is no such file.
        BadDefinition: the file is not well formed; names file and key, or line.
    """
    gates = None if known_gates is None else frozenset(known_gates)
    return _load(name, version, gates, folder)


def in_force(
    name: str,
    on: date,
    *,
    known_gates: Collection[str] | None = None,
    folder: Path = _FOLDER,
) -> Definition:
    """The newest version of a workflow that had taken effect by a day: new cases begin on it.

    Raises:
        NoSuchWorkflow: there is none of that name.
        NotInForce: no version had taken effect by then.
        BadDefinition: a file is not well formed.
    """
    versions = [
        load(name, number, known_gates=known_gates, folder=folder)
        for each, number in available(folder)
        if each == name
    ]
    if not versions:
        raise NoSuchWorkflow(name, None, available(folder))
    standing = [version for version in versions if version.effective_from <= on]
    if not standing:
        raise NotInForce(name, on, min(version.effective_from for version in versions))
    return max(standing, key=lambda version: version.version)


@cache
def _load(
    name: str, version: int | None, known_gates: frozenset[str] | None, folder: Path
) -> Definition:
    known = available(folder)
    versions = [number for each, number in known if each == name]
    if not versions or (version is not None and version not in versions):
        raise NoSuchWorkflow(name, version, known)
    path = folder / f"{name}-{version or max(versions)}.toml"
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadDefinition(path.name, "", f"it is not TOML: {error}") from None
    definition = _Reader(path.name).definition(told)
    if f"{definition.name}-{definition.version}.toml" != path.name:
        raise BadDefinition(path.name, "name, version", "they disagree with the file's name")
    _check(path.name, definition, known_gates)
    return definition


class _Reader:
    """Turns what TOML gave into a definition, or says which key is wrong."""

    def __init__(self, file: str) -> None:
        self._file = file

    def definition(self, told: dict[str, Any]) -> Definition:
        self._only(told, "", "name version title effective_from initial ends stages moves")
        return Definition(
            name=self._take(told, "name", str),
            version=self._take(told, "version", int),
            title=self._take(told, "title", str),
            effective_from=self._take(told, "effective_from", date),
            initial=self._take(told, "initial", str),
            ends=self._names(told, "ends"),
            stages=tuple(
                self._stage(stage, f"stages[{n}]")
                for n, stage in enumerate(self._tables(told, "stages"))
            ),
            moves=tuple(
                self._move(move, f"moves[{n}]")
                for n, move in enumerate(self._tables(told, "moves"))
            ),
        )

    def _stage(self, told: dict[str, Any], at: str) -> Stage:
        self._only(told, at, "name title meaning")
        return Stage(*(self._take(told, key, str, at) for key in ("name", "title", "meaning")))

    def _move(self, told: dict[str, Any], at: str) -> Move:
        self._only(told, at, "name title kind from to blocks warns opens_parts_at")
        kind = self._take(told, "kind", str, at)
        if kind not in set(Kind):
            raise BadDefinition(self._file, f"{at}.kind", f"“{kind}” is none of {', '.join(Kind)}")
        return Move(
            name=self._take(told, "name", str, at),
            title=self._take(told, "title", str, at),
            kind=Kind(kind),
            sources=self._names(told, "from", at),
            to=self._take(told, "to", str, at),
            blocks=self._names(told, "blocks", at) if "blocks" in told else (),
            warns=self._names(told, "warns", at) if "warns" in told else (),
            opens_parts_at=self._take(told, "opens_parts_at", str, at)
            if "opens_parts_at" in told
            else None,
        )

    def _only(self, told: dict[str, Any], at: str, keys: str) -> None:
        for key in told:
            if key not in keys.split():
                raise BadDefinition(self._file, _key(at, key), "there is no such key")

    def _take(self, told: dict[str, Any], key: str, kind: type, at: str = "") -> Any:
        if key not in told:
            raise BadDefinition(self._file, _key(at, key), "it is missing")
        value = told[key]
        if type(value) is not kind:
            raise BadDefinition(
                self._file, _key(at, key), f"it must be {_CALLED[kind]}, and is {value!r}"
            )
        return value

    def _names(self, told: dict[str, Any], key: str, at: str = "") -> tuple[str, ...]:
        names = self._take(told, key, list, at)
        for name in names:
            if not isinstance(name, str):
                raise BadDefinition(self._file, _key(at, key), f"{name!r} is not a name")
            if names.count(name) > 1:
                raise BadDefinition(self._file, _key(at, key), f"{name} stands there twice")
        return tuple(names)

    def _tables(self, told: dict[str, Any], key: str) -> list[dict[str, Any]]:
        tables: list[dict[str, Any]] = self._take(told, key, list)
        for n, table in enumerate(tables):
            if not isinstance(table, dict):
                raise BadDefinition(self._file, f"{key}[{n}]", "it must be a table")
        return tables


_CALLED = {str: "a text", int: "a whole number", date: "a date", list: "a list"}


def _key(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def _check(file: str, definition: Definition, known_gates: frozenset[str] | None) -> None:
    names = [stage.name for stage in definition.stages]
    for what, each in (("stages", names), ("moves", [move.name for move in definition.moves])):
        for name in each:
            if each.count(name) > 1:
                raise BadDefinition(file, what, f"{name} stands there twice")
    for key, named in (("initial", (definition.initial,)), ("ends", definition.ends)):
        for name in named:
            if name not in names:
                raise BadDefinition(file, key, f"{name} is not a stage")
    for n, move in enumerate(definition.moves):
        _check_move(file, f"moves[{n}] ({move.name})", move, names, definition, known_gates)
    _check_ways(file, definition)


def _check_move(
    file: str,
    at: str,
    move: Move,
    names: list[str],
    definition: Definition,
    known_gates: frozenset[str] | None,
) -> None:
    if not move.sources:
        raise BadDefinition(file, f"{at}.from", "it starts nowhere")
    for key, stages in (("from", move.sources), ("to", (move.to,))):
        for stage in stages:
            if stage not in names:
                raise BadDefinition(file, f"{at}.{key}", f"{stage} is not a stage")
    for stage in move.sources:
        if definition.is_end(stage):
            raise BadDefinition(file, f"{at}.from", f"{stage} is an end; nothing follows it")
        if [each.to for each in definition.moves_from(stage)].count(move.to) > 1:
            raise BadDefinition(file, f"{at}.to", f"two moves lead from {stage} to {move.to}")
    _check_gates(file, at, move, known_gates)
    opens = move.opens_parts_at
    if (move.kind is Kind.PARTS) != (opens is not None):
        raise BadDefinition(
            file, f"{at}.opens_parts_at", "a move of kind parts has it, and no other"
        )
    if opens is not None and (opens not in names or definition.is_end(opens)):
        raise BadDefinition(file, f"{at}.opens_parts_at", "it is no stage that a case can leave")


def _check_gates(file: str, at: str, move: Move, known_gates: frozenset[str] | None) -> None:
    for gate in move.gates:
        if move.gates.count(gate) > 1:
            raise BadDefinition(file, at, f"the gate {gate} stands there twice")
        if known_gates is not None and gate not in known_gates:
            raise BadDefinition(file, at, f"there is no gate {gate}")
    if move.kind in {Kind.ONWARD, Kind.PARTS} and not move.blocks:
        raise BadDefinition(file, f"{at}.blocks", "a move ahead asks for at least one gate")


def _check_ways(file: str, definition: Definition) -> None:
    for stage in definition.stages:
        onward = [m.name for m in definition.moves_from(stage.name) if m.kind is Kind.ONWARD]
        if len(onward) > 1:
            raise BadDefinition(
                file, "moves", f"two onward moves leave {stage.name}: {' and '.join(onward)}"
            )
    line, at = [definition.initial], definition.initial
    while move := definition.onward_from(at):
        if move.to in line:
            raise BadDefinition(file, "moves", f"the main line comes back to {move.to}")
        line.append(at := move.to)
    if not definition.is_end(at):
        raise BadDefinition(file, "moves", f"the main line stops at {at}, which is no end")
    reached = _closure({definition.initial}, definition, forward=True)
    for stage in definition.stages:
        if stage.name not in reached:
            raise BadDefinition(file, "stages", f"{stage.name} can't be reached")
    ending = _closure(set(definition.ends), definition, forward=False)
    for stage in definition.stages:
        if stage.name not in ending:
            raise BadDefinition(file, "stages", f"{stage.name} leads to no end")


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
