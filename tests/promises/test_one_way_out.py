"""One projection decides what leaves: no door reads a record, no reader for doors forgets whom for.

Found by walking the code, so that a new module is held to it by itself.
"""

import ast
import inspect
import pkgutil
import typing
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

import disposals.cli
import disposals.disclosure
import disposals.exports
from disposals.disclosure.fields import Audience
from disposals.records import evidence_kinds
from sites.record import Record

# They tell nothing of what is recorded on a disposal: references with the version that an officer
# has seen, and the definitions of workflows.
_NO_VALUES = frozenset({"seen", "workflows"})
_SAYS_SO = ("for officers", "officers alone", "officer has seen", "to the public", "shapes alone")


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield import_module(found.name)


DOORS = [*modules(disposals.cli), *modules(disposals.exports)]
READERS = list(modules(disposals.disclosure))
_READS = {
    "disposals.finding", "disposals.casefile", "disposals.register", "disposals.papers",
    "disposals.readiness", "disposals.looking_back", "sites.boundaries", "sites.burdens",
    "sites.parts",
}  # fmt: skip
# Doors open a register and name it as a type, or take a reference apart; that reads no row.
_MAY_NAME = {"Register", "open_register", "create_register", "format_of", "located"}


@pytest.mark.parametrize("door", DOORS, ids=lambda module: module.__name__)
def test_a_door_gets_its_values_from_disclosure_alone(door: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(door))
    taken = [
        (node.module, name.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for name in node.names
        if node.module in _READS and name.name not in _MAY_NAME
    ]
    assert taken == []
    opened = [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "read"
        and isinstance(node.value, ast.Name | ast.Attribute)
        and "register" in ast.unparse(node.value)
    ]
    assert opened == [], "a door opens no reading session"


def readers() -> Iterator[tuple[str, Any]]:
    """The public functions of disclosure that read a register."""
    for module in READERS:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            hints = typing.get_type_hints(function)
            if any(getattr(hint, "__name__", "") == "Register" for hint in hints.values()):
                yield f"{module.__name__}.{name}", function


@pytest.mark.parametrize("function", [each for _, each in readers()], ids=lambda f: f.__qualname__)
def test_a_reader_takes_an_audience_or_says_that_it_is_for_officers(function: Any) -> None:
    module = inspect.getmodule(function)
    assert module is not None
    if module.__name__.rpartition(".")[2] in _NO_VALUES:
        return
    hints = typing.get_type_hints(function)
    takes = any(hint is Audience for hint in hints.values()) or any(
        Audience in typing.get_type_hints(hint).values()
        for hint in hints.values()
        if inspect.isclass(hint) and hint.__module__.startswith("disposals.")
    )
    said = f"{module.__doc__} {function.__doc__}".lower()
    assert takes or any(words in said for words in _SAYS_SO)


def test_no_reader_hands_out_a_record() -> None:
    evidence_kinds()
    for name, function in readers():
        told = str(typing.get_type_hints(function).get("return"))
        assert not [kind for kind in _tables() if f"{kind.__module__}.{kind.__name__}" in told], (
            name
        )


def _tables(kind: type[Record] = Record) -> Iterator[type[Record]]:
    for each in kind.__subclasses__():
        yield each
        yield from _tables(each)
