"""Workflow definitions: which there are, which is in force on a day, and one by name and version.

A definition holds names, never expressions. A version is a file of its own, never edited once a
case runs on it.
"""

import re
from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path

from workflows.errors import NoSuchWorkflow, NotInForce
from workflows.model import Definition, Kind, Move, Stage
from workflows.reading import read
from workflows.well_formed import check, check_gates_are_known

__all__ = ["Definition", "Kind", "Move", "Stage", "available", "in_force", "load"]

_FOLDER = Path(__file__).parent / "definitions"
_FILE_NAME = re.compile(r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<version>[1-9][0-9]*)\.toml")


def available(folder: Path | None = None) -> tuple[tuple[str, int], ...]:
    """The workflows there are, each with its version.

    Args:
        folder: where the files are; those that come with the program where it is None.
    """
    names = (_FILE_NAME.fullmatch(path.name) for path in (folder or _FOLDER).glob("*.toml"))
    return tuple(sorted((m["name"], int(m["version"])) for m in names if m))


def load(
    name: str,
    version: int | None = None,
    *,
    known_gates: Collection[str] | None = None,
    folder: Path | None = None,
) -> Definition:
    """Read and check a definition; the same object is given to all who ask.

    Args:
        version: the newest where it is None.
        known_gates: ids of the gates there are; a definition that names another is refused.
        folder: where the files are; those that come with the program where it is None.

    Raises:
        NoSuchWorkflow: there is no such file.
        BadDefinition: the file is not well formed; names file and key, or line.
    """
    if version is None:
        known = available(folder)
        version = max((number for each, number in known if each == name), default=None)
        if version is None:
            raise NoSuchWorkflow(name, None, known)
    definition = _load(name, version, folder)
    if known_gates is not None:
        check_gates_are_known(_file_name(name, version), definition, known_gates)
    return definition


def in_force(
    name: str,
    on: date,
    *,
    known_gates: Collection[str] | None = None,
    folder: Path | None = None,
) -> Definition:
    """The newest version of a workflow that had taken effect by a day: new cases begin on it.

    Raises:
        NoSuchWorkflow: there is none of that name.
        NotInForce: no version had taken effect by then.
        BadDefinition: a file is not well formed.
    """
    known = available(folder)
    versions = [
        load(name, number, known_gates=known_gates, folder=folder)
        for each, number in known
        if each == name
    ]
    if not versions:
        raise NoSuchWorkflow(name, None, known)
    standing = [version for version in versions if version.effective_from <= on]
    if not standing:
        raise NotInForce(name, on, min(version.effective_from for version in versions))
    return max(standing, key=lambda version: version.version)


@cache
def _load(name: str, version: int, folder: Path | None) -> Definition:
    known = available(folder)
    if (name, version) not in known:
        raise NoSuchWorkflow(name, version, known)
    path = (folder or _FOLDER) / _file_name(name, version)
    definition = read(path)
    check(path.name, definition)
    return definition


def _file_name(name: str, version: int) -> str:
    return f"{name}-{version}.toml"
