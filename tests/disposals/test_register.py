"""The file of a register: made once, kept with one kind of journal, on the disk when it says so."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from disposals.casework.acts import Stamp
from disposals.casework.sites import add_site
from disposals.disclosure.seen import known
from disposals.errors import AlreadyRecorded, RegisterInUse
from disposals.register import create_register, open_register
from disposals.storage.address import Place
from tests.conftest import AT, Said, stamp
from tests.places import past_the_guards

INIT = [sys.executable, "-m", "disposals", "init", "--authority", "kent"]
BY: Stamp = stamp()


def journalled_as(path: Path) -> int:
    """1 for a rollback journal, 2 for a write-ahead log, as the file's header has it."""
    return path.read_bytes()[18]


def test_of_two_who_make_a_register_at_once_one_makes_it_and_the_other_is_told(path: Path) -> None:
    environment = os.environ | {"DISPOSALS_REGISTER": str(path)}
    makers = [
        subprocess.Popen(INIT, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]  # fmt: skip
    said = sorted(maker.communicate()[0].partition(",")[0].split(" the ")[0] for maker in makers)
    assert [maker.returncode for maker in makers] == [0, 0, 0]
    assert said == ["Made", "There was already", "There was already"]
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_whoever_comes_second_leaves_the_register_that_came_first(path: Path) -> None:
    def meanwhile(_: object) -> None:
        create_register(path, authority="kent", at=AT)

    with pytest.raises(AlreadyRecorded, match="was left as it is"):
        create_register(path, authority="england", at=AT, fill=meanwhile)
    register = open_register(path)
    assert register.authority == "kent"
    register.close()
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_where_the_disk_knows_no_links_a_register_is_made_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_: Path, __: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    create_register(path, authority="kent", at=AT)
    open_register(path).close()
    with pytest.raises(AlreadyRecorded):
        create_register(path, authority="kent", at=AT)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_register_that_another_program_put_into_wal_mode_comes_back_to_one_file(
    path: Path,
) -> None:
    create_register(path, authority="kent", at=AT)
    assert journalled_as(path) == 1
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    assert journalled_as(path) == 2
    register = open_register(path)
    add_site(register, "mill-lane", {"name": "Mill Lane"}, BY)
    register.close()
    assert journalled_as(path) == 1
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_while_another_program_holds_it_in_wal_mode_a_register_is_said_to_be_in_use(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("disposals.storage.sqlite._WAIT_S", 0.1)
    create_register(path, authority="kent", at=AT)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT * FROM site").fetchall()
        with pytest.raises(RegisterInUse, match="in use by someone else"):
            open_register(path)


def test_an_act_is_on_the_disk_with_its_journal_gone_before_it_is_said_to_be_done(
    path: Path,
) -> None:
    create_register(path, authority="kent", at=AT)
    register = open_register(path)
    with register.write() as session:
        extra = session.connection().exec_driver_sql("PRAGMA synchronous").scalar()
    assert extra == 3
    assert known(register) == []
    register.close()


def refused_everywhere(disposals: Callable[..., Said]) -> None:
    for command in (("list",), ("db", "upgrade"), ("db", "downgrade", "4"), ("db", "check")):
        said = disposals(*command)
        assert said.status == 1
        assert "Restore it from a backup" in said.err or "or is damaged" in said.err


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM register",
        (
            "INSERT INTO register (id, format, authority, made_at) "
            "SELECT 2, format, authority, made_at FROM register"
        ),
        "UPDATE register SET format = 0",
    ],
    ids=["no row", "two rows", "format 0"],
)
def test_a_register_that_does_not_say_its_format_is_refused_in_words(
    kent_place: Place, disposals: Callable[..., Said], statement: str
) -> None:
    with past_the_guards(kent_place) as hand:
        hand.execute(statement)
    refused_everywhere(disposals)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register SET format = 'five'",
        "ALTER TABLE register RENAME COLUMN format TO edition",
    ],
    ids=["a word", "no column"],
)
def test_a_file_that_says_its_format_otherwise_is_refused_in_words(
    path: Path, kent_file: Path, disposals: Callable[..., Said], statement: str
) -> None:
    shutil.copy(kent_file, path)
    with past_the_guards(path) as hand:
        hand.execute(statement)
    refused_everywhere(disposals)
