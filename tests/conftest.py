"""What tests stand on: a real register, the Kent example, an officer, the command line.

With `--postgres` registers lie in PostgreSQL instead of SQLite files, on a server that the tests
start and throw away. Then only tests that ask for a register are run; of these, one that asks for
`path` or `kent_file` speaks of the SQLite file itself, and is left out.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import settings

from disposals import examples
from disposals.casework import opening, sites
from disposals.casework.acts import Stamp
from disposals.cli.main import run
from disposals.register import Register, create_register, open_register
from disposals.storage.address import Place
from tests import postgres
from tests.postgres import Server

Like = Literal["kent", "empty", "nothing"]
_ASK_FOR_A_REGISTER = {"place", "make_place", "another_kent"}
MakePlace = Callable[[Path, Like], Place]

# CI tries the same examples every time; a developer's runs go on looking for new ones.
settings.register_profile("ci", derandomize=True)
if "CI" in os.environ:
    settings.load_profile("ci")

AT = datetime(2021, 9, 30, 9, 0, tzinfo=UTC)


def stamp(on: date = date(2021, 9, 30), by: str = "Disposals Surveyor") -> Stamp:
    """An officer at work on a day."""
    return Stamp(by=by, on=on, at=AT)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres", action="store_true", help="Registers lie in PostgreSQL, not in SQLite files."
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--postgres"):
        left = {each for each in items if not _ASK_FOR_A_REGISTER & _fixtures(each)}
        config.hook.pytest_deselected(items=list(left))
        items[:] = [each for each in items if each not in left]


def _fixtures(item: Any) -> set[str]:
    """The fixtures that a test asks for, without what it is given as a parameter."""
    given = item.callspec.params if hasattr(item, "callspec") else {}
    return {*getattr(item, "fixturenames", ())} - {*given}


@pytest.fixture(scope="session")
def _a_file(pytestconfig: pytest.Config) -> None:
    """Leaves a test out that speaks of the SQLite file itself, where there is none."""
    if pytestconfig.getoption("--postgres"):
        pytest.skip("it speaks of the SQLite file")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own."""
    if why := postgres.why_not():
        pytest.skip(why)
    with postgres.server() as made:
        yield made


@pytest.fixture(scope="session")
def kent_file(_a_file: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Kent example as it is made in a SQLite file; tests take copies."""
    path = tmp_path_factory.mktemp("kent") / "register.sqlite"
    examples.create("kent", path, at=AT)
    return path


@pytest.fixture
def path(_a_file: None, tmp_path: Path) -> Path:
    """Where a test's register lies, if that is a SQLite file."""
    return tmp_path / "register.sqlite"


@pytest.fixture(scope="session")
def make_place(request: pytest.FixtureRequest) -> MakePlace:
    """Make the place of a test's register: in its folder, or in a database of which there is one.

    What is made in a database is gone when the next is asked for.
    """
    if not request.config.getoption("--postgres"):
        kent_file: Path = request.getfixturevalue("kent_file")

        def in_folder(folder: Path, like: Like) -> Place:
            path = folder / "register.sqlite"
            if like == "kent":
                shutil.copy(kent_file, path)
            elif like == "empty":
                create_register(path, authority="kent", at=AT)
            return path

        return in_folder
    server: Server = request.getfixturevalue("server")
    made: set[Like] = set()

    def in_database(folder: Path, like: Like) -> Place:
        if like not in made:
            place = server.database(like, folder)
            made.add(like)
            if like == "kent":
                examples.create("kent", place, at=AT)
            elif like == "empty":
                create_register(place, authority="kent", at=AT)
        if like == "nothing":
            server.run("DROP SCHEMA IF EXISTS kent, kent_open CASCADE", database=like)
        else:
            server.bring_back(like)
        return server.address(like, folder)

    return in_database


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path, make_place: MakePlace) -> Place:
    """Where a test's register lies; on PostgreSQL, a database for it is there."""
    asked = _fixtures(request.node)
    like: Like = "empty" if "register" in asked else "nothing"
    return make_place(tmp_path, "kent" if {"kent", "kent_place"} & asked else like)


@pytest.fixture
def kent_place(place: Place) -> Place:
    """Where a copy of the Kent example lies, closed."""
    return place


@pytest.fixture
def kent(kent_place: Place) -> Iterator[Register]:
    """A copy of the Kent example, open."""
    register = open_register(kent_place)
    yield register
    register.close()


@pytest.fixture
def register(place: Place) -> Iterator[Register]:
    """An empty register of Kent, open."""
    opened = open_register(place)
    yield opened
    opened.close()


@pytest.fixture
def mill_lane(register: Register) -> str:
    """A disposal of one site, at its first stage, in an otherwise empty register."""
    new_year = stamp(date(2021, 1, 4))
    sites.add_site(register, "mill-lane", {"name": "Land at Mill Lane"}, new_year)
    opening.open_case(
        register, "mill-lane", new_year, name="Land at Mill Lane",
        holds=[opening.Share("mill-lane")],
    )  # fmt: skip
    return "mill-lane"


@dataclass(frozen=True)
class Said:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON value it must be."""
        return json.loads(self.out)


@pytest.fixture
def disposals(
    place: Place, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """The command line, run in this process on the test's register."""
    monkeypatch.setenv("DISPOSALS_REGISTER", str(place))
    monkeypatch.setenv("DISPOSALS_USER", "Disposals Surveyor")

    def call(*arguments: str) -> Said:
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            run(list(arguments))
        out, err = capfd.readouterr()
        return Said(int(left.value.code or 0), out, err)

    return call
