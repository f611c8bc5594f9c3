"""Reads a workflow definition from its TOML file; what can't be read is named by key or line."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from workflows.errors import BadDefinition
from workflows.model import Definition, Kind, Move, Stage

# A stage or a move is also a word of the state machine and of a diagram: hence no other letters.
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CALLED = {str: "a text", int: "a whole number", date: "a date", list: "a list"}


def read(path: Path) -> Definition:
    """A definition as its file tells it; whether it makes a workflow is not judged here.

    Raises:
        BadDefinition: not TOML; a key unknown, missing or of the wrong type; a name that is no
            name; or a file name that says otherwise than the file.
    """
    try:
        # Notepad on Windows puts a mark at the beginning, which TOML does not know.
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadDefinition(path.name, "", f"it can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadDefinition(path.name, "", "it is not UTF-8; save it in that encoding") from None
    # tomllib lets through what Python says of a number too long or of lists nested too deep.
    except (ValueError, RecursionError) as error:
        raise BadDefinition(path.name, "", f"it is not TOML: {error}") from None
    definition = _Reader(path.name).definition(told)
    if f"{definition.name}-{definition.version}.toml" != path.name:
        raise BadDefinition(
            path.name,
            "name, version",
            "they disagree with the file's name, which must be NAME-VERSION.toml",
        )
    return definition


class _Reader:
    """Turns what TOML gave into a definition, or says which key is wrong."""

    def __init__(self, file: str) -> None:
        self._file = file

    def definition(self, told: dict[str, Any]) -> Definition:
        self._only(told, "", "name version title effective_from initial ends stages moves")
        return Definition(
            name=self._text(told, "name"),
            version=self._take(told, "version", int),
            title=self._text(told, "title"),
            effective_from=self._take(told, "effective_from", date),
            initial=self._text(told, "initial"),
            ends=self._list(told, "ends"),
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
        return Stage(
            name=self._name(told, at),
            title=self._text(told, "title", at),
            meaning=self._text(told, "meaning", at),
        )

    def _move(self, told: dict[str, Any], at: str) -> Move:
        self._only(told, at, "name title kind from to blocks warns opens_parts_at")
        kind = self._text(told, "kind", at)
        if kind not in set(Kind):
            raise self._bad(at, "kind", f"“{kind}” is none of {', '.join(Kind)}")
        return Move(
            name=self._name(told, at),
            title=self._text(told, "title", at),
            kind=Kind(kind),
            sources=self._list(told, "from", at),
            to=self._text(told, "to", at),
            blocks=self._list(told, "blocks", at) if "blocks" in told else (),
            warns=self._list(told, "warns", at) if "warns" in told else (),
            opens_parts_at=self._text(told, "opens_parts_at", at)
            if "opens_parts_at" in told
            else None,
        )

    def _only(self, told: dict[str, Any], at: str, keys: str) -> None:
        for key in told:
            if key not in keys.split():
                there = ", ".join(keys.split())
                raise self._bad(at, key, f"there is no such key; those there are: {there}")

    def _take(self, told: dict[str, Any], key: str, kind: type, at: str = "") -> Any:
        if key not in told:
            raise self._bad(at, key, f"it is missing; add it as {_CALLED[kind]}")
        value = told[key]
        if type(value) is not kind:
            raise self._bad(at, key, f"it must be {_CALLED[kind]}, and is {value!r}")
        return value

    def _text(self, told: dict[str, Any], key: str, at: str = "") -> str:
        text: str = self._take(told, key, str, at)
        if not text.strip() or len(text.splitlines()) > 1:
            raise self._bad(at, key, "it must be a text on one line, and not empty")
        return text

    def _name(self, told: dict[str, Any], at: str) -> str:
        name = self._text(told, "name", at)
        if not _NAME.fullmatch(name):
            raise self._bad(
                at, "name", f"“{name}” is not a name; write small letters, digits and underscores"
            )
        return name

    def _list(self, told: dict[str, Any], key: str, at: str = "") -> tuple[str, ...]:
        names = self._take(told, key, list, at)
        for name in names:
            if not isinstance(name, str):
                raise self._bad(at, key, f"{name!r} is not a name; write it in quotation marks")
            if names.count(name) > 1:
                raise self._bad(at, key, f"{name} stands there twice; leave one out")
        return tuple(names)

    def _tables(self, told: dict[str, Any], key: str) -> list[dict[str, Any]]:
        tables: list[dict[str, Any]] = self._take(told, key, list)
        for n, table in enumerate(tables):
            if not isinstance(table, dict):
                raise self._bad("", f"{key}[{n}]", f"it must be a table; begin it with [[{key}]]")
        return tables

    def _bad(self, at: str, key: str, what: str) -> BadDefinition:
        return BadDefinition(self._file, f"{at}.{key}" if at else key, what)
