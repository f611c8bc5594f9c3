"""A command that is killed at any point leaves every case wholly before it or wholly after it.

Some points of some kinds are tried here, once; `make crash` tries all, as often as TRIES says. With
`--postgres` the register lies in a database, and what is looked at is what `db check` looks at.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from disposals import database
from disposals.moving.copying import copy
from tests.aftermath import REGISTER
from tests.conftest import AT, MakePlace
from tests.kinds_of_act import KINDS, ON_POSTGRES, KindOfAct
from tests.postgres import Server

TRIES = int(os.environ.get("DISPOSALS_CRASHES", "0"))
FEW = (
    "a move", "a waiver", "a bid", "a notice on a whole and its parts",
    "a forecast and what follows", "sites from a file", "a split of a part",
    "twelve options from a file", "a document", "a name erased", "a backup",
    "a backup restored",
)  # fmt: skip
FEW_ON_POSTGRES = ("a move", "a document", "a name erased", "a register made")


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

    def in_database(kind: KindOfAct) -> list[str]:
        place = server.database("crashed", tmp_path)
        if (register := kind.start()) is not None:
            file = tmp_path / ".copied"
            file.write_bytes(register)
            copy(file, place)
            file.unlink()
        database.create(place, authority="kent", at=AT)
        if kind.makes_register:
            server.run("DROP SCHEMA kent, kent_open CASCADE", database="crashed")
        return [str(server.folder), "crashed"]

    yield in_database
    server.run("DROP DATABASE crashed WITH (FORCE)")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_postgres = metafunc.config.getoption("--postgres")
    every = {**KINDS, **ON_POSTGRES} if on_postgres else KINDS
    few = FEW_ON_POSTGRES if on_postgres else FEW
    tried = every if TRIES else few
    metafunc.parametrize(("name", "kind"), [(name, every[name]) for name in tried], ids=tried)


def test_a_killed_command_has_done_all_or_nothing(
    name: str,
    kind: KindOfAct,
    handed_in: Path,
    tmp_path: Path,
    lay_out: Callable[[KindOfAct], list[str]],
) -> None:
    shutil.copytree(handed_in, tmp_path, dirs_exist_ok=True)
    lies = lay_out(kind)
    told = [str(tmp_path), kind.command, str(TRIES), str(int(kind.has_threads)), *lies]
    line = [sys.executable, "-m", "tests.crashing", *told]
    found = json.loads(subprocess.run(line, stdout=subprocess.PIPE, check=True).stdout)
    if TRIES:
        sys.stderr.write(f"\n{name}: {found}\n")
    assert found["wrong"] == []
    assert set(found["outcomes"]) == {"before", "after"}, found
