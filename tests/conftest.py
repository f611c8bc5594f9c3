"""What tests stand on: a real register, the Kent example, an officer, the command line."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from disposals import examples
from disposals.casework import opening, sites
from disposals.casework.acts import Stamp
from disposals.cli.main import run
from disposals.register import Register, create_register, open_register

# CI tries the same examples every time; a developer's runs go on looking for new ones.
settings.register_profile("ci", derandomize=True)
if "CI" in os.environ:
    settings.load_profile("ci")

AT = datetime(2021, 9, 30, 9, 0, tzinfo=UTC)


def stamp(on: date = date(2021, 9, 30), by: str = "Disposals Surveyor") -> Stamp:
    """An officer at work on a day."""
    return Stamp(by=by, on=on, at=AT)


@pytest.fixture(scope="session")
def kent_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Kent example as it is made; tests take copies."""
    path = tmp_path_factory.mktemp("kent") / "register.sqlite"
    examples.create("kent", path, at=AT)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test's register lies."""
    return tmp_path / "register.sqlite"


@pytest.fixture
def kent(kent_file: Path, path: Path) -> Iterator[Register]:
    """A copy of the Kent example, open."""
    shutil.copy(kent_file, path)
    register = open_register(path)
    yield register
    register.close()


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    """An empty register of Kent, open."""
    create_register(path, authority="kent", at=AT)
    opened = open_register(path)
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
    path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """The command line, run in this process on the test's register."""
    monkeypatch.setenv("DISPOSALS_REGISTER", str(path))
    monkeypatch.setenv("DISPOSALS_USER", "Disposals Surveyor")

    def call(*arguments: str) -> Said:
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            run(list(arguments))
        out, err = capfd.readouterr()
        return Said(int(left.value.code or 0), out, err)

    return call
