"""The formats of a register in PostgreSQL: built by migrations alone, up and down, nothing lost."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from psycopg import connect
from psycopg.errors import RaiseException
from sqlalchemy import Connection, Engine, Inspector, create_engine, event, inspect

from disposals import examples
from disposals.casework import moves
from disposals.casework.cases import hold
from disposals.casework.erasing import erase_name
from disposals.database import check, create
from disposals.disclosure.audit import verified
from disposals.disclosure.seen import versions
from disposals.errors import CannotWriteRegister, OlderRegister, RegisterInUse, WouldLose
from disposals.migrations import bring
from disposals.moving import move
from disposals.records import FORMAT
from disposals.register import create_register, guard, open_register
from disposals.storage import EVERYTHING, WRITING
from disposals.storage.address import Address
from disposals.storage.postgres import PostgresSchema
from disposals.upgrade import downgrade, upgrade
from tests.conftest import AT, Said, stamp
from tests.places import past_the_guards
from tests.postgres import Server

COPY = f"kent_format_{FORMAT}"
FILES = Path(__file__).parents[2] / "docs" / "growing"


@pytest.fixture
def county(server: Server, tmp_path: Path) -> Iterator[Address]:
    """A database with no register in it yet."""
    yield server.database("county", tmp_path)
    server.run("DROP DATABASE county WITH (FORCE)")


@pytest.fixture
def kent(county: Address) -> Address:
    examples.create("kent", county, at=AT)
    return county


@contextmanager
def opened(place: Address) -> Iterator[tuple[Connection, Inspector]]:
    """A connection as any other program has one, and what it can find out of the schema."""
    engine = create_engine("postgresql+psycopg://", creator=lambda: connect(place.conninfo))
    with engine.begin() as connection:
        yield connection, inspect(connection)
    engine.dispose()


def structure(place: Address) -> Mapping[str, Any]:
    """All that a register is made of, save the order of columns."""
    schema = place.schema
    with opened(place) as (_, there):
        return {
            table: (
                {
                    (each["name"], str(each["type"]), each["nullable"])
                    for each in there.get_columns(table, schema)
                },
                there.get_pk_constraint(table, schema)["name"],
                {
                    (each["name"], each["referred_table"], str(each["options"]))
                    for each in there.get_foreign_keys(table, schema)
                },
                {each["name"] for each in there.get_unique_constraints(table, schema)},
                {each["name"] for each in there.get_indexes(table, schema)},
                {each["name"] for each in there.get_check_constraints(table, schema)},
            )
            for table in there.get_table_names(schema)
        }


def rows(place: Address) -> Mapping[str, list[dict[str, Any]]]:
    """Every row, its columns by name, table by table in the order of their keys."""
    with opened(place) as (connection, there):
        told = {}
        for table in set(there.get_table_names(place.schema)) - {"register"}:
            (key,) = there.get_pk_constraint(table, place.schema)["constrained_columns"]
            asked = f'SELECT * FROM "{place.schema}"."{table}" ORDER BY {key}'  # noqa: S608
            told[table] = [dict(row) for row in connection.exec_driver_sql(asked).mappings()]
        return told


def test_migrations_alone_build_a_register_like_a_new_one(county: Address) -> None:
    create_register(county, authority="kent", at=AT)
    built = PostgresSchema(county).aside()
    built.prepare()
    engine = built.engine()
    with engine.execution_options(**{WRITING: EVERYTHING}).begin() as connection:
        bring(connection, 0, FORMAT)
        guard(built, connection)
    engine.dispose()
    assert structure(built.place) == structure(county)


@pytest.mark.parametrize("to", range(1, FORMAT))
def test_a_register_goes_back_to_an_older_format_and_up_again(kent: Address, to: int) -> None:
    done = downgrade(kent, to, losing=True)
    assert str(done.copy) == str(kent.in_schema(COPY))
    with pytest.raises(OlderRegister):
        open_register(kent)
    before = rows(kent)
    upgrade(kent, stamp())
    after = rows(kent)
    for table, there in before.items():
        # The ledger goes on with the register's own new format, where the older one has a ledger.
        for row, again in zip(there, after[table], strict=table != "ledger_entry"):
            assert again.items() >= row.items()
    register = open_register(kent)
    assert not verified(register).faults
    register.close()


def test_nothing_is_lost_unasked(kent: Address) -> None:
    before = rows(kent)
    with pytest.raises(WouldLose, match="--lose"):
        downgrade(kent, 4)
    assert rows(kent) == before


def test_nobody_acts_while_the_copy_is_made(kent: Address) -> None:
    register = open_register(kent)
    part = "steele-avenue/part-1"
    tried: list[str] = []

    def someone_acts(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.startswith('INSERT INTO "history_entry"') and not tried:
            tried.append(statement)
            with pytest.raises(RegisterInUse):
                hold(register, part, stamp(), seen=versions(register, part)[part], because="Buyer")

    event.listen(Engine, "before_cursor_execute", someone_acts)
    try:
        done = downgrade(kent, 4, losing=True)
    finally:
        event.remove(Engine, "before_cursor_execute", someone_acts)
        register.close()
    assert tried
    assert isinstance(done.copy, Address)
    copy = open_register(done.copy)
    assert not verified(copy).faults
    copy.close()


def test_a_copy_that_fails_leaves_no_connection(
    kent: Address, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise InterruptedError

    monkeypatch.setattr(PostgresSchema, "continue_keys", stopped)
    with pytest.raises(InterruptedError):
        downgrade(kent, 4, losing=True)
    with server.connected("county") as connection:
        others = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'disposals'"
        until = time.monotonic() + 5  # the server takes leave of each in its own time
        while connection.execute(others).fetchone() != (0,):
            assert time.monotonic() < until
            time.sleep(0.05)


def test_another_register_under_the_copys_name_is_not_overwritten(kent: Address) -> None:
    downgrade(kent, 4, losing=True)
    with past_the_guards(kent.in_schema(COPY)) as hand:
        hand.execute("UPDATE register SET example = 'another'")
    upgrade(kent, stamp())
    with pytest.raises(CannotWriteRegister, match="another one is there"):
        downgrade(kent, 4, losing=True)


def test_the_commands_say_where_the_copy_is(
    kent: Address, disposals: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPOSALS_REGISTER", str(kent))
    down, up = disposals("db", "downgrade", "4", "--lose"), disposals("db", "upgrade", "--json")
    assert f"schema={COPY}" in down.out
    assert up.json["to"] == FORMAT
    assert "nothing was changed" in disposals("db", "upgrade").out


def test_officers_may_work_as_soon_as_a_register_is_brought_up(kent: Address) -> None:
    create(kent, authority="kent", at=AT)
    downgrade(kent, 4, losing=True)
    upgrade(kent, stamp())
    amiss = [each.what for each in check(kent) if not each.is_well]
    assert all("fsync" in what for what in amiss), amiss  # the tests' server has it off


def test_where_officers_were_never_let_in_bringing_it_up_lets_none_in(
    kent: Address, server: Server, tmp_path: Path
) -> None:
    create(kent, authority="kent", at=AT)  # whose roles are those of the whole server
    rehearsed = server.database("rehearsal", tmp_path)
    try:
        examples.create("kent", rehearsed, at=AT)
        downgrade(rehearsed, 4, losing=True)
        upgrade(rehearsed, stamp())
        asked = "SELECT has_schema_privilege('kent_officer', 'kent', 'USAGE')"
        with server.connected("rehearsal") as connection:
            assert connection.execute(asked).fetchone() == (False,)
    finally:
        server.run("DROP DATABASE rehearsal WITH (FORCE)")


def part_by_year(place: Address) -> None:
    script = (FILES / "partition-history.sql").read_text()
    with connect(place.conninfo) as connection:
        connection.execute(f"SET LOCAL search_path = {place.schema}; {script}")


def test_a_register_whose_history_is_kept_by_year_is_brought_back_by_way_of_a_file(
    kent: Address, tmp_path: Path
) -> None:
    part_by_year(kent)
    before = structure(kent)
    with pytest.raises(CannotWriteRegister, match=r"history_entry is partitioned.*db move"):
        downgrade(kent, 4, losing=True)
    assert structure(kent) == before
    file, surrey = tmp_path / "register.sqlite", kent.in_schema("surrey")
    move(kent, file)
    move(file, surrey)
    assert downgrade(surrey, 4, losing=True).after == 4


def test_a_register_on_which_someones_view_stands_is_left_as_it_is(
    kent: Address, server: Server
) -> None:
    server.run("CREATE VIEW public.prices AS SELECT price_pence FROM kent.bid", database="county")
    with pytest.raises(CannotWriteRegister, match=r"stands public\.prices.*Drop it, repeat"):
        downgrade(kent, 4, losing=True)
    with server.connected("county") as connection:
        copies = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname ~ '_format_'")
        assert copies.fetchall() == []
    open_register(kent).close()


def test_history_is_kept_by_year_and_works_as_before(kent: Address) -> None:
    part_by_year(kent)
    register = open_register(kent)
    part = "steele-avenue/part-1"
    moves.advance(register, part, stamp(), seen=versions(register, part))
    assert not verified(register).faults
    register.close()
    create(kent, authority="kent", at=AT)
    amiss = [each.what for each in check(kent) if not each.is_well]
    assert all("fsync" in what for what in amiss), amiss  # the tests' server has it off
    second = (
        f'INSERT INTO {kent.schema}.history_entry (disposal_ref, no, act, by, "on", at, to_stage, '  # noqa: S608
        "previous_hash, hash) SELECT disposal_ref, no, act, by, \"on\" + 365, at, to_stage, '', '' "
        f"FROM {kent.schema}.history_entry"
    )
    for statement in (
        second,
        f"UPDATE {kent.schema}.history_entry SET act = 'another'",  # noqa: S608
        f"DELETE FROM {kent.schema}.history_entry",  # noqa: S608
        f"TRUNCATE {kent.schema}.history_entry",
    ):
        with pytest.raises(RaiseException, match="kept"), connect(kent.conninfo) as connection:
            connection.execute(statement)


def test_names_that_were_erased_stay_so_through_older_formats(
    kent: Address, server: Server
) -> None:
    part = "steele-avenue/part-1"
    for who in ("published papers", "Disposals Surveyor", "Bob"):
        register = open_register(kent)
        if who == "Bob":
            seen = versions(register, part)[part]
            hold(register, part, stamp(by=who), seen=seen, because="Survey awaited")
        erase_name(register, who, stamp(by="Clerk"), because="Left the council")
        register.close()
        downgrade(kent, 4, losing=True)
        upgrade(kent, stamp())
        for format_ in (4, FORMAT):
            server.run(f"DROP SCHEMA kent_format_{format_} CASCADE", database="county")
        register = open_register(kent)
        assert verified(register).faults == ()
        register.close()
