"""Workflow definitions: which there are, which is in force on a day, and one by name and version.

A definition holds names, never expressions. A version is a file of its own, never edited once a
case runs on it. Most come with the program; whoever keeps more of them elsewhere hands their texts
in (`kept`), and what comes with the program stands before one of the same name and version.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from workflows.errors import NoSuchWorkflow, NotInForce
from workflows.model import Definition, Kind, Move, NamedApproval, Stage
from workflows.reading import parse, read
from workflows.well_formed import check, check_gates_are_known

__all__ = [
    "Definition",
    "Kind",
    "Move",
    "NamedApproval",
    "Stage",
    "available",
    "checked",
    "in_force",
    "load",
]

Kept = Mapping[tuple[str, int], str]
_NONE: Kept = MappingProxyType({})
_FOLDER = Path(__file__).parent / "definitions"
_FILE_NAME = re.compile(r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<version>[1-9][0-9]*)\.toml")


def available(folder: Path | None = None, kept: Kept = _NONE) -> tuple[tuple[str, int], ...]:
    """The workflows there are, each with its version.

    Args:
        folder: where the files are; those that come with the program where it is None.
        kept: texts of definitions kept elsewhere, by name and version.
    """
    names = (_FILE_NAME.fullmatch(path.name) for path in (folder or _FOLDER).glob("*.toml"))
    return tuple(sorted({(m["name"], int(m["version"])) for m in names if m} | kept.keys()))


def load(
    name: str,
    version: int | None = None,
    *,
    known_gates: Collection[str] | None = None,
    folder: Path | None = None,
    kept: Kept = _NONE,
) -> Definition:
    """Read and check a definition; the same object is given to all who ask.

    Args:
        version: the newest where it is None.
        known_gates: ids of the gates there are; a definition that names another is refused.
        folder: where the files are; those that come with the program where it is None.
        kept: texts of definitions kept elsewhere, by name and version.

    Raises:
        NoSuchWorkflow: there is no such file.
        BadDefinition: the file is not well formed; names file and key, or line.
    """
    if version is None:
        known = available(folder, kept)
        version = max((number for each, number in known if each == name), default=None)
        if version is None:
            raise NoSuchWorkflow(name, None, known)
    definition = _find(name, version, folder, kept)
    if known_gates is not None:
        check_gates_are_known(_file_name(name, version), definition, known_gates)
    return definition


def checked(text: str, file_name: str, *, known_gates: Collection[str]) -> Definition:
    """A definition from its text, checked like one that comes with the program.

    Args:
        file_name: for the refusals.

    Raises:
        BadDefinition: it is not well formed, or names a gate that is not known.
    """
    definition = _checked(text, file_name)
    check_gates_are_known(file_name, definition, known_gates)
    return definition


def in_force(
    name: str,
    on: date,
    *,
    known_gates: Collection[str] | None = None,
    folder: Path | None = None,
    kept: Kept = _NONE,
) -> Definition:
    """The newest version of a workflow that had taken effect by a day: new cases begin on it.

    Args:
        kept: texts of definitions kept elsewhere, by name and version.

    Raises:
        NoSuchWorkflow: there is none of that name.
        NotInForce: no version had taken effect by then.
        BadDefinition: a file is not well formed.
    """
    known = available(folder, kept)
    versions = [
        load(name, number, known_gates=known_gates, folder=folder, kept=kept)
        for each, number in known
        if each == name
    ]
    if not versions:
        raise NoSuchWorkflow(name, None, known)
    standing = [version for version in versions if version.effective_from <= on]
    if not standing:
        raise NotInForce(name, on, min(version.effective_from for version in versions))
    return max(standing, key=lambda version: version.version)


def _find(name: str, version: int, folder: Path | None, kept: Kept) -> Definition:
    try:
        return _load(name, version, folder)
    except NoSuchWorkflow:
        if (name, version) not in kept:
            raise NoSuchWorkflow(name, version, available(folder, kept)) from None
        return _checked(kept[name, version], _file_name(name, version))


@cache
def _load(name: str, version: int, folder: Path | None) -> Definition:
    known = available(folder)
    if (name, version) not in known:
        raise NoSuchWorkflow(name, version, known)
    path = (folder or _FOLDER) / _file_name(name, version)
    definition = read(path)
    check(path.name, definition)
    return definition


# A text is found again by its hash, so that a hundred cases on one definition parse it once.
@lru_cache(maxsize=64)
def _checked(text: str, file_name: str) -> Definition:
    definition = parse(text, file_name)
    check(file_name, definition)
    return definition


def _file_name(name: str, version: int) -> str:
    return f"{name}-{version}.toml"
