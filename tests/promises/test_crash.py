"""A command that is killed at any point leaves every case wholly before it or wholly after it.

What carries or rebuilds a whole register goes on from there when it is said again. Some points of
some kinds are tried here, once; `make crash` tries all, as often as TRIES says. With `--postgres`
the register lies in a database, and what is looked at is what `db check` looks at.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from disposals import database
from disposals.moving.copying import copy
from disposals.records import FORMAT
from disposals.upgrade import downgrade, upgrade
from tests.aftermath import REGISTER
from tests.conftest import AT, MakePlace, stamp
from tests.kinds_of_act import GOING_ON, GOING_ON_ON_POSTGRES, KINDS, ON_POSTGRES, KindOfAct
from tests.postgres import Server

TRIES = int(os.environ.get("DISPOSALS_CRASHES", "0"))
FEW = (
    "a move", "a waiver", "a bid", "a notice on a whole and its parts",
    "a forecast and what follows", "sites from a file", "a split of a part",
    "twelve options from a file", "a document", "a name erased", "a backup",
    "a backup restored",
)  # fmt: skip
FEW_ON_POSTGRES = ("a move", "a document", "a name erased", "a register made")
FEW_GOING_ON = ("a register brought up", "a register moved to a file")
FEW_GOING_ON_ON_POSTGRES = ("a register moved to a database",)


@pytest.fixture
def lay_out(
    request: pytest.FixtureRequest,
    make_place: MakePlace,  # noqa: ARG001 (it is tried wherever a register may lie)
    tmp_path: Path,
) -> Iterator[Callable[[KindOfAct], list[str]]]:
    """Make the register that a kind of act is tried on; says where it is, if not in the folder."""
    if not request.config.getoption("--postgres"):

        def in_folder(kind: KindOfAct) -> list[str]:
            if (register := kind.start()) is not None:
                (tmp_path / REGISTER).write_bytes(register)
            return []

        yield in_folder
        return
    server: Server = request.getfixturevalue("server")
    yield lambda kind: in_database(kind, server, tmp_path)
    for name in ("crashed", "crashed_before"):
        server.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def in_database(kind: KindOfAct, server: Server, folder: Path) -> list[str]:
    """Make what a kind of act starts from in a database; says where that is."""
    place = server.database("crashed", folder)
    if (register := kind.start()) is not None:
        file = folder / (REGISTER if kind.is_in_file else ".copied")
        file.write_bytes(register)
        if kind.of_format is not None:
            upgrade(file, stamp())
        copy(file, place)
        if not kind.is_in_file:
            file.unlink()
    database.create(place, authority="kent", at=AT)
    if kind.of_format is not None:
        downgrade(place, kind.of_format, losing=True)
        server.run(f"DROP SCHEMA kent_format_{FORMAT} CASCADE", database="crashed")
    if kind.makes_register or kind.is_in_file:
        server.run("DROP SCHEMA kent, kent_open CASCADE", database="crashed")
    return [str(server.folder), "crashed"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    goes_on = metafunc.function is test_a_killed_command_that_is_said_again_has_done_all
    few: Sequence[str]
    if metafunc.config.getoption("--postgres"):
        every = GOING_ON_ON_POSTGRES if goes_on else {**KINDS, **ON_POSTGRES}
        few = FEW_GOING_ON_ON_POSTGRES if goes_on else FEW_ON_POSTGRES
    else:
        every = GOING_ON if goes_on else KINDS
        few = FEW_GOING_ON if goes_on else FEW
    tried = every if TRIES else few
    metafunc.parametrize(("name", "kind"), [(name, every[name]) for name in tried], ids=tried)


@pytest.fixture
def found(
    request: pytest.FixtureRequest,
    name: str,
    kind: KindOfAct,
    handed_in: Path,
    tmp_path: Path,
    lay_out: Callable[[KindOfAct], list[str]],
) -> dict[str, Any]:
    """What was found where a kind of act was killed."""
    shutil.copytree(handed_in, tmp_path, dirs_exist_ok=True)
    lies = lay_out(kind)
    goes_on = request.function is test_a_killed_command_that_is_said_again_has_done_all
    program = "tests.going_on" if goes_on else "tests.crashing"
    told = [str(tmp_path), kind.command, str(TRIES), str(int(kind.has_threads)), *lies]
    line = [sys.executable, "-m", program, *told]
    printed = subprocess.run(line, stdout=subprocess.PIPE, check=True).stdout
    if TRIES:
        sys.stderr.write(f"\n{name}: {printed.decode()}\n")
    answer: dict[str, Any] = json.loads(printed)
    return answer


def test_a_killed_command_has_done_all_or_nothing(found: dict[str, Any]) -> None:
    assert found["wrong"] == []
    assert set(found["outcomes"]) == {"before", "after"}, found


def test_a_killed_command_that_is_said_again_has_done_all(found: dict[str, Any]) -> None:
    assert found["wrong"] == []
    assert set(found["outcomes"]) == {"after"}, found
