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
_MAY_NAME = {"Register", "open_register", "create_register", "format_of", "is_there", "located"}


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


# What reads records as they are recorded.
_RAW = {"rows_of", "own_in_force", "counting", "case_file", "whole_timetable"}
_RAW_FROM = ("disposals.finding", "disposals.timetable")
# What makes of a record what an audience may see of it; then nothing else of it can be told.
_PROJECTED = {"seen", "all_seen", "Shown"}
# These say what is withheld and why, or read for the projection itself.
_OF_THE_PROJECTION = {"fields", "openness", "inference", "grounds", "rows", "own_development"}
_MAY_READ = {
    "answers._exempt_by_themselves": "which fields are withheld",
    "documents.content": "whether a document may be seen is asked before its content is read",
    "papers.told.Reader._rows": "what it gives goes through the projection, or says why not",
    "papers.told.Reader._sections": "the same",
    "programme.picked": "the numbers of milestones by their dates; each is seen afterwards",
    "papers.record.case_decided": "which case a number leads to",
    "sites._preferred": "for officers alone; not even read for anyone else",
    "statement._rows": "what is open and what is withheld, field by field",
}


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function of a module and of its classes, by name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for each in node.body:
                if isinstance(each, ast.FunctionDef):
                    yield f"{node.name}.{each.name}", each


def reads_past(function: ast.FunctionDef, raw: set[str], kinds: set[str]) -> bool:
    """Whether a function takes rows that can be classified, or meetings, as they are recorded.

    Rows that are handed to the projection as soon as they are read are not.
    """
    projected = {
        each
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in _PROJECTED
        for each in ast.walk(call)
    }
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        asked = {n.id for arg in call.args for n in ast.walk(arg) if isinstance(n, ast.Name)}
        is_query = name in {"select", "aliased"} or name.endswith("session.get")
        is_read = name.removeprefix("finding.") in raw or (is_query and asked & kinds)
        if is_read and call not in projected:
            return True
    return False


def _is_for_officers(said: str | None) -> bool:
    return any(words in (said or "").lower() for words in ("for officers", "officer alone"))


def test_no_reader_for_an_audience_reads_records_past_the_projection() -> None:
    kinds = {kind.__name__ for kind in evidence_kinds().values()} | {"Meeting", "ProgrammeItem"}
    past: set[str] = set()
    excused: set[str] = set()
    for module in READERS:
        name = module.__name__.removeprefix("disposals.disclosure.")
        if name in _OF_THE_PROJECTION or not hasattr(module, "Audience"):
            continue
        if _is_for_officers(module.__doc__):
            continue
        tree = ast.parse(inspect.getsource(module))
        raw = {
            each.asname or each.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module in _RAW_FROM
            for each in node.names
            if each.name in _RAW | {"timetable"}
        }
        for called, function in functions(tree):
            if _is_for_officers(ast.get_docstring(function)):
                continue
            if reads_past(function, raw, kinds | {"kind"}):
                known = f"{name}.{called}" in _MAY_READ
                (excused if known else past).add(f"{name}.{called}")
    assert past == set()
    assert excused == _MAY_READ.keys()


def _tables(kind: type[Record] = Record) -> Iterator[type[Record]]:
    for each in kind.__subclasses__():
        yield each
        yield from _tables(each)
