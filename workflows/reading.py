"""Reads a workflow definition from its TOML file; what can't be read is named by key or line."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from workflows.errors import BadDefinition
from workflows.model import Definition, Kind, Move, NamedApproval, Stage

# A workflow's name begins the name of its file, an approval's ends the name of its gate.
_HYPHENED = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VERSIONS = range(1, 10_000)
_LARGEST = 1_000_000  # bytes; a definition is a few pages
# A stage or a move is also a word of the state machine and of a diagram: hence no other letters.
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CALLED = {
    str: "a text", int: "a whole number", date: "a date", list: "a list", bool: "true or false",
}  # fmt: skip


def read(path: Path) -> Definition:
    """A definition as its file tells it; whether it makes a workflow is not judged here.

    Raises:
        BadDefinition: not TOML; a key unknown, missing or of the wrong type; a name that is no
            name; or a file name that says otherwise than the file.
    """
    definition = parse(text_of(path), path.name)
    if f"{definition.name}-{definition.version}.toml" != path.name:
        raise BadDefinition(
            path.name,
            "name, version",
            "they disagree with the file's name, which must be NAME-VERSION.toml",
        )
    return definition


def text_of(path: Path) -> str:
    """The text of a definition's file.

    Raises:
        BadDefinition: it can't be read, is not UTF-8, or is far too large to be a definition.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise BadDefinition(path.name, "", "it is over 1 MB; a definition is a few pages")
        # Notepad on Windows puts a mark at the beginning, which TOML does not know.
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadDefinition(path.name, "", f"it can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadDefinition(path.name, "", "it is not UTF-8; save it in that encoding") from None


def parse(text: str, file_name: str) -> Definition:
    """A definition as its text tells it; whether it makes a workflow is not judged here.

    Args:
        file_name: for the refusals.

    Raises:
        BadDefinition: not TOML; a key unknown, missing or of the wrong type; a name that is no
            name.
    """
    try:
        told = tomllib.loads(text)
    # tomllib lets through what Python says of a number too long or of lists nested too deep.
    except (ValueError, RecursionError) as error:
        raise BadDefinition(file_name, "", f"it is not TOML: {error}") from None
    return _Reader(file_name).definition(told)


class _Reader:
    """Turns what TOML gave into a definition, or says which key is wrong."""

    def __init__(self, file: str) -> None:
        self._file = file

    def definition(self, told: dict[str, Any]) -> Definition:
        keys = "name version title effective_from initial ends stages moves approvals"
        self._only(told, "", keys)
        return Definition(
            name=self._hyphened(told, "", "open-market-sale"),
            version=self._version(told),
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
            approvals=tuple(
                self._approval(approval, f"approvals[{n}]")
                for n, approval in enumerate(
                    self._tables(told, "approvals") if "approvals" in told else ()
                )
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

    def _approval(self, told: dict[str, Any], at: str) -> NamedApproval:
        self._only(told, at, "name title asks owner source waivable")
        return NamedApproval(
            name=self._hyphened(told, at, "section-151"),
            title=self._text(told, "title", at),
            asks=self._text(told, "asks", at),
            owner=self._text(told, "owner", at),
            source=self._text(told, "source", at),
            waivable=self._take(told, "waivable", bool, at) if "waivable" in told else False,
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

    def _hyphened(self, told: dict[str, Any], at: str, such_as: str) -> str:
        name = self._text(told, "name", at)
        if not _HYPHENED.fullmatch(name):
            raise self._bad(
                at,
                "name",
                f"“{name}” is not a name; write small letters, digits and hyphens, such as "
                f"{such_as}",
            )
        return name

    def _version(self, told: dict[str, Any]) -> int:
        version: int = self._take(told, "version", int)
        if version not in _VERSIONS:
            raise self._bad(
                "", "version", f"{version} is no version; count them from 1, to 9999 at most"
            )
        return version

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
