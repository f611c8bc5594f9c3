"""A register is made in a schema that is nobody else's, and under a name that meets no other's."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from disposals import database, examples
from disposals.backup import back_up, restore
from disposals.errors import AlreadyRecorded, BadFact, NotARegister
from disposals.exports.published_layers import publish
from disposals.moving import move
from disposals.register import create_register, open_register
from disposals.storage.address import Address
from tests.conftest import AT, stamp
from tests.postgres import Server


@pytest.fixture
def county(server: Server, tmp_path: Path) -> Iterator[Address]:
    """A database with no register in it yet."""
    yield server.database("county", tmp_path)
    server.run("DROP DATABASE county WITH (FORCE)")


def made(place: Address) -> None:
    database.create(place, authority="kent", at=AT)


@pytest.mark.parametrize(
    "something",
    [
        "CREATE FUNCTION kent.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TYPE kent.colour AS ENUM ('green')",
        "CREATE TABLE kent.t (a int)",
    ],
)
def test_what_lies_in_a_schema_already_is_left_there_by_whatever_makes_a_register(
    county: Address, server: Server, tmp_path: Path, something: str
) -> None:
    server.run("CREATE SCHEMA kent", database="county")
    with server.connected("county") as connection:
        connection.execute(something.encode())
    file = tmp_path / "register.sqlite"
    examples.create("kent", file, at=AT)
    back_up(file, tmp_path / "estate.backup", at=AT)
    with pytest.raises(NotARegister, match="something else lies in the schema kent"):
        made(county)
    with pytest.raises(AlreadyRecorded, match="was left as it is"):
        create_register(county, authority="kent", at=AT)
    with pytest.raises(AlreadyRecorded, match="is there already"):
        restore(tmp_path / "estate.backup", county)
    with pytest.raises(NotARegister, match="something else lies in the schema kent"):
        move(file, county)
    open_register(file).close()
    with server.connected("county") as connection:
        found = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^kent'")
        assert found.fetchall() == [("kent",)]


def test_an_empty_schema_is_taken(county: Address, server: Server) -> None:
    server.run("CREATE SCHEMA kent", database="county")
    made(county)
    open_register(county).close()


def test_of_several_who_make_a_database_ready_at_once_each_ends_well(server: Server) -> None:
    server.run("CREATE DATABASE fresh TEMPLATE template0")
    place = server.address("fresh", Path("/nowhere"))
    line = [sys.executable, "-m", "disposals", "--register", str(place), "db", "create"]
    pipe = subprocess.PIPE
    started = [subprocess.Popen(line, stdout=pipe, stderr=pipe, text=True) for _ in range(3)]
    said = [each.communicate() for each in started]
    server.run("DROP DATABASE fresh WITH (FORCE)")
    assert [each.returncode for each in started] == [0, 0, 0], said
    assert sum("Made the register" in out for out, _ in said) == 1


def test_no_register_is_made_where_another_one_publishes(county: Address) -> None:
    made(county)
    with pytest.raises(BadFact, match="what is published from the register in kent"):
        made(county.in_schema("kent_open"))
    with pytest.raises(BadFact, match="what is published from the register in kent"):
        # The schema of what is published, gone, is no better a place.
        create_register(county.in_schema("kent_open"), authority="kent", at=AT)


def test_no_register_publishes_where_another_one_lies(county: Address, server: Server) -> None:
    create_register(county.in_schema("zed"), authority="kent", at=AT)
    create_register(county.in_schema("other"), authority="kent", at=AT)
    server.run("ALTER SCHEMA other RENAME TO zed_open", database="county")
    for schema in ("zed", "zed_open"):
        with pytest.raises(BadFact, match="published from"):
            made(county.in_schema(schema))
        register = open_register(county.in_schema(schema))
        with pytest.raises(BadFact, match="published from"):
            publish(register, on=stamp().on, at=AT)
        register.close()
    server.run("DROP SCHEMA zed CASCADE", database="county")
    with pytest.raises(BadFact, match="would lie in the schema zed_open"):
        create_register(county.in_schema("zed"), authority="kent", at=AT)
    made(county.in_schema("zed_open"))  # which was there, and is alone again


@pytest.mark.parametrize("end", ["_open", "_moving", "_0123abcd_making", "_format_4"])
def test_no_register_is_made_under_a_name_that_this_software_gives_itself(
    county: Address, server: Server, tmp_path: Path, end: str
) -> None:
    place, file = county.in_schema(f"zed{end}"), tmp_path / "register.sqlite"
    create_register(file, authority="kent", at=AT)
    back_up(file, tmp_path / "estate.backup", at=AT)
    for makes in (
        lambda: made(place),
        lambda: create_register(place, authority="kent", at=AT),
        lambda: restore(tmp_path / "estate.backup", place),
        lambda: move(file, place),
    ):
        with pytest.raises(BadFact, match="Name another one with `schema=`"):
            makes()
    with server.connected("county") as connection:
        found = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^zed'")
        assert found.fetchall() == []


def test_a_copy_that_an_upgrade_kept_is_opened_as_a_register(
    county: Address, server: Server
) -> None:
    made(county)
    server.run("ALTER SCHEMA kent RENAME TO kent_format_5", database="county")
    open_register(county.in_schema("kent_format_5")).close()
