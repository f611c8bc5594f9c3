"""A register's file may have any name, and be reached by a link."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from disposals.records import FORMAT
from tests.conftest import Said

ODD = [":memory:", "file:kent", "kent?mode=memory", "50 %20.sqlite", "ké'nt.sqlite", "-kent"]


def rows(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path.resolve())) as hand:
        return hand.execute("SELECT ref, stage FROM disposal ORDER BY ref").fetchall()


@pytest.mark.parametrize("name", ODD)
def test_whatever_a_file_is_called_it_is_that_file(
    kent_file: Path,
    tmp_path: Path,
    disposals: Callable[..., Said],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(kent_file, tmp_path / name)
    register = f"--register={name}"
    said = disposals(register, "db", "check")
    assert (said.status, "finds the file whole" in said.out) == (0, True), said.out
    assert disposals(register, "backup", "kent.backup").status == 0
    assert disposals(register, "db", "downgrade", "4", "--lose").status == 0
    assert rows(tmp_path / f"{name}.format-{FORMAT}") == rows(kent_file)
    made = {each.name for each in tmp_path.iterdir()}
    assert made == {name, f"{name}.format-{FORMAT}", "kent.backup"}


def test_a_register_reached_by_a_link_has_its_documents_beside_the_file(
    kent_file: Path, tmp_path: Path, disposals: Callable[..., Said]
) -> None:
    file, link = tmp_path / "kent.sqlite", tmp_path / "desk" / "link.sqlite"
    shutil.copy(kent_file, file)
    link.parent.mkdir()
    link.symlink_to("../kent.sqlite")
    valuation = tmp_path / "valuation.txt"
    valuation.write_text("Red Book valuation")
    said = disposals(
        f"--register={link}", "document", "add", "steele-avenue/part-1", str(valuation),
        "--title", "Valuation", "--kind", "valuation", "--paragraphs", "3",
    )  # fmt: skip
    assert said.status == 0, said.err
    for named in (link, file):
        said = disposals(f"--register={named}", "document", "verify")
        assert said.status == 0, said.out
        assert disposals(f"--register={named}", "db", "check").status == 0
    assert [each.name for each in link.parent.iterdir()] == ["link.sqlite"]


@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("init", "--authority", "kent"),
        ("restore", "../kent.backup"),
        ("--register=../kent.sqlite", "db", "move", "link.sqlite"),
    ],
)
def test_a_link_to_nothing_is_named_and_left(
    kent_file: Path,
    tmp_path: Path,
    disposals: Callable[..., Said],
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    shutil.copy(kent_file, tmp_path / "kent.sqlite")
    disposals(f"--register={tmp_path / 'kent.sqlite'}", "backup", str(tmp_path / "kent.backup"))
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    monkeypatch.setenv("DISPOSALS_REGISTER", "link.sqlite")
    Path("link.sqlite").symlink_to("nowhere.sqlite")
    said = disposals(*command)
    assert (said.status, "link.sqlite is a link to nowhere.sqlite" in said.err) == (1, True), (
        said.err
    )
    assert [each.name for each in desk.iterdir()] == ["link.sqlite"]
    monkeypatch.setenv("DISPOSALS_REGISTER", str(tmp_path / "kent.sqlite"))
    held = ("hold", "steele-avenue/part-1", "--because", "Survey awaited")
    assert disposals(*held).status == 0, "it takes acts as before"
