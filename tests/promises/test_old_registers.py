"""A register of every released format opens in this version after one command, and can go back."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from disposals import upgrade as module
from disposals.casework import touches
from disposals.casework.acts import Stamp
from disposals.casework.meetings import plan
from disposals.disclosure.audit import verified
from disposals.errors import (
    BadFact,
    CannotWriteRegister,
    NotARegister,
    OlderRegister,
    RegisterInUse,
    WouldLose,
)
from disposals.following import followed
from disposals.migrations import bring
from disposals.records import FORMAT
from disposals.register import open_register, writing
from disposals.storage.sqlite import SqliteFile
from disposals.upgrade import downgrade, upgrade
from tests.conftest import Said, stamp

REGISTERS = Path(__file__).parents[1] / "data" / "registers"
RELEASED = sorted(REGISTERS.glob("format-*.sqlite"))
OLDER = RELEASED[:-1]


def query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def tables(path: Path) -> list[str]:
    named = query(path, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [str(name) for (name,) in named]


def columns(path: Path, table: str) -> set[tuple[object, ...]]:
    """Name, type, nullability and key of each column, whatever the order."""
    told = query(
        path,
        f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')",  # noqa: S608
    )
    return set(told)


def structure(path: Path) -> dict[str, object]:
    """All that a register is made of, save the order of columns."""
    made: dict[str, object] = {table: columns(path, table) for table in tables(path)}
    for table in tables(path):
        made[f"{table}: references"] = set(
            query(path, f'SELECT "from", "table", "to" FROM pragma_foreign_key_list(\'{table}\')')  # noqa: S608
        )
        # An automatic index has no name of its own; what it is on tells it.
        made[f"{table}: unique"] = {
            tuple(name for (name,) in query(path, f"SELECT name FROM pragma_index_info('{index}')"))  # noqa: S608
            for (index,) in query(
                path,
                f"SELECT name FROM pragma_index_list('{table}') WHERE \"unique\"",  # noqa: S608
            )
        }
    made["triggers"] = set(
        query(path, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    )
    return made


@pytest.fixture(params=OLDER, ids=lambda path: str(path.stem))
def old(request: pytest.FixtureRequest, path: Path) -> Path:
    shutil.copy(request.param, path)
    return path


def without_the_words_of_guards(path: Path) -> dict[str, object]:
    guards = query(path, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return structure(path) | {"triggers": set(guards)}


def rows(path: Path, asked: dict[str, str]) -> dict[str, list[tuple[object, ...]]]:
    return {table: query(path, sql) for table, sql in asked.items()}


def every_row(path: Path) -> dict[str, str]:
    """What asks for every field of a register, table by table, whatever the order of columns."""
    return {
        table: f"SELECT {', '.join(named)} FROM {table}"  # noqa: S608
        for table in tables(path)
        if (named := sorted(f'"{name}"' for name, *_ in columns(path, table) if name != "format"))
    }


def still_there(
    path: Path, asked: dict[str, str], before: dict[str, list[tuple[object, ...]]]
) -> bool:
    """Whether every row is as it was; a ledger goes on with the register's own new format."""
    after = rows(path, asked)
    if "ledger_entry" in before:
        del after["ledger_entry"][len(before["ledger_entry"])]
    return after == before


def test_there_is_a_register_of_every_format() -> None:
    assert [path.stem for path in RELEASED] == [f"format-{n}" for n in range(1, FORMAT + 1)]


def test_tables_do_not_change_without_a_new_format(kent_file: Path) -> None:
    assert structure(RELEASED[-1]) == structure(kent_file)


def test_migrations_alone_build_a_register_like_a_new_one(path: Path, kent_file: Path) -> None:
    path.touch()
    with writing(path) as connection:
        bring(connection, 0, FORMAT)
    made = structure(path) | {"triggers": structure(kent_file)["triggers"]}
    assert made == structure(kent_file)


def test_an_old_register_says_what_to_do(old: Path) -> None:
    with pytest.raises(OlderRegister, match="upgrade"):
        open_register(old)


def test_an_upgraded_register_is_built_like_a_new_one(old: Path, kent_file: Path) -> None:
    upgrade(old, stamp())
    assert structure(old) == structure(kent_file)
    register = open_register(old)
    assert not verified(register, ()).faults
    register.close()


def test_every_row_is_there_as_it_was(old: Path) -> None:
    asked = every_row(old)
    before = rows(old, asked)
    upgrade(old, stamp())
    assert still_there(old, asked, before)
    assert before["boundary"], "the example has boundaries"


def test_the_register_as_it_was_is_kept_beside_it(old: Path) -> None:
    as_it_was = old.read_bytes()
    done = upgrade(old, stamp())
    assert isinstance(done.copy, Path)
    assert query(done.copy, "SELECT format FROM register") == [(done.before,)]
    assert len(done.copy.read_bytes()) == len(as_it_was)


def test_an_upgrade_that_is_interrupted_changes_nothing(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, there = query(old, "SELECT format FROM register")[0][0], tables(old)

    def stopped(*_: object) -> None:
        raise InterruptedError

    monkeypatch.setattr(module, "guard", stopped)
    with pytest.raises(InterruptedError):
        upgrade(old, stamp())
    assert query(old, "SELECT format FROM register") == [(found,)]
    assert tables(old) == there


def test_an_upgrade_whose_own_chain_does_not_vouch_for_it_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def amiss(session: Session, _: Stamp) -> None:
        session.connection().exec_driver_sql("UPDATE bid SET bidder = 'another' WHERE id = 1")

    shutil.copy(OLDER[0], path)
    before = rows(path, every_row(path))
    monkeypatch.setattr(module, "touch_all", amiss)
    with pytest.raises(NotARegister, match=r"was left as it was. bid 1: bidder was changed"):
        upgrade(path, stamp())
    assert query(path, "SELECT format FROM register") == [(1,)]
    assert rows(path, every_row(path)) == before


def test_another_register_under_the_copys_name_is_not_overwritten(old: Path) -> None:
    done = upgrade(old, stamp())
    assert isinstance(done.copy, Path)
    shutil.copy(done.copy, old)
    with closing(sqlite3.connect(done.copy)) as connection, connection:
        connection.execute("UPDATE register SET example = 'another'")
    kept = done.copy.read_bytes()
    with pytest.raises(CannotWriteRegister, match="another one is there"):
        upgrade(old, stamp())
    assert done.copy.read_bytes() == kept


def test_an_upgrade_goes_on_where_one_was_cut_off_after_its_copy(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as cut:
        cut.setattr(module, "guard", stopped)
        with pytest.raises(InterruptedError):
            upgrade(old, stamp())
    done = upgrade(old, stamp())
    assert (done.after, done.copy is not None) == (FORMAT, True)


def test_a_row_that_refers_to_nothing_stops_the_upgrade(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TRIGGER disposal_refuses_delete")
        connection.execute("DELETE FROM site WHERE ref = 'steele-avenue'")
    with pytest.raises(NotARegister, match="refers to nothing"):
        upgrade(old, stamp())


def test_the_command_upgrades_and_then_has_nothing_to_do(
    old: Path, disposals: Callable[..., Said]
) -> None:
    assert old.exists()
    first, second = disposals("db", "upgrade", "--json"), disposals("db", "upgrade")
    assert first.json["to"] == FORMAT
    assert "nothing was changed" in second.out
    assert "steele-avenue" in disposals("list").out


def test_the_command_measures_what_lies_on_the_land(
    old: Path, disposals: Callable[..., Said]
) -> None:
    assert old.exists()
    disposals("db", "upgrade")
    lines = disposals("site", "constraints", "steele-avenue", "--json").json
    tunnel = next(line for line in lines if line["kind"] == "tunnel")
    assert tunnel["touches"] == ["part 1 over 37.1 m", "part 2 over 61.9 m"]


def test_an_upgrade_that_is_stopped_at_the_land_leaves_nothing_undone(
    path: Path, disposals: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    shutil.copy(OLDER[0], path)
    with monkeypatch.context() as cut:
        cut.setattr(touches, "touch_again", stopped)
        disposals("db", "upgrade")
    disposals("db", "upgrade")
    assert query(path, "SELECT count(*) FROM touch") == [(8,)]
    register = open_register(path)
    assert not verified(register).faults
    register.close()
    assert "nothing was changed" in disposals("db", "upgrade").out


@pytest.mark.parametrize("older", OLDER, ids=lambda path: str(path.stem))
def test_a_register_goes_back_to_an_older_format_and_up_again(
    older: Path, path: Path, kent_file: Path
) -> None:
    shutil.copy(kent_file, path)
    to = int(older.stem.removeprefix("format-"))
    downgrade(path, to, losing=True)
    assert without_the_words_of_guards(path) == without_the_words_of_guards(older)
    with pytest.raises(sqlite3.IntegrityError, match="kept: bid"):
        query(path, "UPDATE bid SET bidder = 'another'")
    asked = every_row(path)
    before = rows(path, asked)
    upgrade(path, stamp())
    assert still_there(path, asked, before)
    register = open_register(path)
    assert not verified(register, ()).faults
    register.close()


def test_a_trigger_that_is_none_of_ours_is_named_and_stays(old: Path) -> None:
    with closing(sqlite3.connect(old)) as hand, hand:
        hand.execute("CREATE TRIGGER hidden AFTER INSERT ON site BEGIN SELECT 1; END")
    before = old.read_bytes()
    with pytest.raises(NotARegister, match="trigger hidden on site, which this program did not"):
        upgrade(old, stamp())
    assert old.read_bytes() == before


def test_the_version_before_finds_its_own_guards_and_a_sound_chain(
    path: Path, kent_file: Path
) -> None:
    shutil.copy(kent_file, path)
    downgrade(path, 5)
    assert structure(path) == structure(REGISTERS / "format-5.sqlite")
    with closing(sqlite3.connect(path)) as raw:
        assert followed(raw).faults == ()


def test_names_that_were_erased_stay_so_through_older_formats(
    path: Path, kent_file: Path, disposals: Callable[..., Said]
) -> None:
    shutil.copy(kent_file, path)
    disposals("hold", "steele-avenue/part-1", "--because", "Survey awaited", "--by", "Bob")
    # The surveyor is in no history, so Bob is met first when it is chained again, and must not be
    # given the number that stands for the surveyor.
    for who in ("Disposals Surveyor", "Bob"):
        said = disposals("audit", "erase-name", who, "--because", "Left", "--by", "Clerk")
        assert said.status == 0, said.err
        assert disposals("audit", "verify").status == 0
        downgrade(path, 4, losing=True)
        upgrade(path, stamp())
        for copy in path.parent.glob(f"{path.name}.format-*"):
            copy.unlink()
        assert disposals("audit", "verify").status == 0
    [(officer,)] = query(path, "SELECT DISTINCT officer FROM disposal WHERE officer LIKE '(name%'")
    [(held_by,)] = query(path, 'SELECT "by" FROM history_entry WHERE "by" LIKE \'(name%\'')
    assert officer != held_by


def test_nothing_is_lost_unasked(path: Path, kent_file: Path) -> None:
    shutil.copy(kent_file, path)
    before = path.read_bytes()
    with pytest.raises(WouldLose, match=r"meeting \(\d+ rows\).*--lose"):
        downgrade(path, 4)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == [path]


def test_nobody_acts_before_or_after_the_copy_is_made(
    path: Path, kent_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(kent_file, path)
    register = open_register(path)
    make_a_copy = SqliteFile.keep_as_it_was

    def someone_acts() -> None:
        with pytest.raises(RegisterInUse):
            plan(register, "Policy and Resources", date(2022, 3, 9), stamp())

    def tried(file: SqliteFile, *given: Any) -> Path:
        someone_acts()
        copy = make_a_copy(file, *given)
        someone_acts()
        return copy

    monkeypatch.setattr(SqliteFile, "keep_as_it_was", tried)
    done = downgrade(path, 4, losing=True)
    register.close()
    assert isinstance(done.copy, Path)
    assert structure(done.copy) == structure(kent_file)
    assert rows(done.copy, every_row(kent_file)) == rows(kent_file, every_row(kent_file))


def test_a_part_made_again_keeps_a_register_from_the_first_format(
    path: Path, kent_file: Path
) -> None:
    shutil.copy(kent_file, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO site_part (recorded_by, recorded_at, site_ref, no, name, purpose) "
            "SELECT recorded_by, recorded_at, site_ref, no, name, purpose FROM site_part LIMIT 1"
        )
    with writing(path) as register:
        SqliteFile(path).unguard(register)
        with pytest.raises(WouldLose, match="stay with format 2"):
            bring(register, FORMAT, 1)


def test_only_an_older_format_is_gone_back_to(path: Path, kent_file: Path) -> None:
    shutil.copy(kent_file, path)
    for to in (0, FORMAT, 99):
        with pytest.raises(BadFact, match="no older format"):
            downgrade(path, to)
