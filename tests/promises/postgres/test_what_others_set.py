"""What others set or made in a database changes nothing that a register tells or refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from disposals import database
from disposals.backup import back_up, restore
from disposals.casework.cases import hold
from disposals.casework.erasing import erase_name
from disposals.casework.recording import record
from disposals.disclosure.audit import verified
from disposals.disclosure.seen import versions
from disposals.errors import (
    CannotWriteRegister,
    NotARegister,
    StageWithoutHistory,
)
from disposals.exports.published_layers import publish
from disposals.history.raw import raw_of
from disposals.moving import move
from disposals.register import Register, create_register, open_register
from disposals.storage.address import Address, Place
from disposals.storage.postgres.rights import found
from tests.conftest import AT, stamp
from tests.postgres import Server
from tests.promises.postgres.conftest import as_user

ONE = "steele-avenue/part-1"
# A function that fits a call with a name better than PostgreSQL's own, which takes a text.
TAKES_OVER: LiteralString = """
CREATE FUNCTION public.quote_ident(name) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'GRANT USAGE ON SCHEMA kent TO qgis';
    EXECUTE 'GRANT SELECT ON kent.bid TO qgis';
    RETURN pg_catalog.quote_ident($1::text);
END $$
"""


@contextmanager
def done(server: Server, *statements: LiteralString, undone: LiteralString) -> Iterator[None]:
    """What someone has done to the database, and what undoes it again."""
    server.run(*statements, database="estates")
    try:
        yield
    finally:
        server.run(*undone.split("; "), database="estates")


def amiss(place: Place) -> str:
    """What `db check` finds, but for what the tests' server is told not to do."""
    return "\n".join(
        each.what for each in database.check(place) if not each.is_well and "fsync" not in each.what
    )


def test_a_readers_function_is_never_called_with_the_rights_of_the_owner(
    kent: Register, server: Server
) -> None:
    with done(
        server, "GRANT CREATE ON SCHEMA public TO PUBLIC",
        undone="REVOKE CREATE ON SCHEMA public FROM PUBLIC; DROP FUNCTION public.quote_ident(name)",
    ):  # fmt: skip
        server.run(TAKES_OVER, database="estates", user="qgis")
        told = amiss(kent.place)
        database.create(kent.place, authority="kent", at=AT)
        publish(kent, on=stamp().on, at=AT)
        with server.connected("estates", user="qgis") as reader:
            reader.execute("SELECT count(*) FROM kent_open.sites")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute("SELECT * FROM kent.bid")
    assert "Everyone may create in the schema public" in told
    assert "`REVOKE CREATE ON SCHEMA public FROM PUBLIC` ends that." in told
    assert amiss(kent.place) == ""


def test_who_else_may_create_in_the_register_is_named_and_may_not_any_more(
    kent: Register, server: Server
) -> None:
    server.run("GRANT CREATE ON SCHEMA kent TO joe", database="estates")
    assert "joe CREATE on kent" in amiss(kent.place)
    database.create(kent.place, authority="kent", at=AT)
    assert amiss(kent.place) == ""


@pytest.mark.parametrize(
    "setting",
    [
        "extra_float_digits = 0", "quote_all_identifiers = on", "datestyle = 'German, DMY'",
        "timezone = 'Asia/Tokyo'",
    ],
)  # fmt: skip
def test_a_register_says_the_same_whatever_is_set_for_a_user(
    place: Address, server: Server, setting: LiteralString
) -> None:
    name = setting.partition(" ")[0]
    with done(
        server, f"ALTER DATABASE estates SET {setting}",
        undone=f"ALTER DATABASE estates RESET {name}",
    ):  # fmt: skip
        assert amiss(place) == ""
        register = open_register(place)
        hold(register, ONE, stamp(), seen=versions(register, ONE)[ONE], because="Survey awaited")
        register.close()
    assert amiss(place) == ""


def test_guards_are_in_force_whatever_is_set_and_nobody_records_without_them(
    place: Address, server: Server
) -> None:
    with done(
        server, "ALTER DATABASE estates SET session_replication_role = replica",
        undone="ALTER DATABASE estates RESET session_replication_role",
    ):  # fmt: skip
        told = amiss(place)
        owner, officer = open_register(place), open_register(as_user(server, "ann"))
        with pytest.raises(StageWithoutHistory), owner.write() as session:
            raw_of(session.connection()).execute("UPDATE bid SET price_pence = 1")
        seen = versions(officer, ONE)[ONE]  # she may not set it
        with pytest.raises(CannotWriteRegister, match="no guard is in force"):
            hold(officer, ONE, stamp(by="Ann"), seen=seen, because="Survey awaited")
        owner.close()
        officer.close()
    assert "`ALTER DATABASE estates RESET session_replication_role` ends that" in told


def test_rows_that_are_kept_back_from_officers_are_never_left_out_in_silence(
    kent: Register, server: Server, tmp_path: Path
) -> None:
    with done(
        server, "ALTER TABLE kent.bid ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY p ON kent.bid TO kent_officer USING (id <> 3)",
        undone="DROP POLICY p ON kent.bid; ALTER TABLE kent.bid DISABLE ROW LEVEL SECURITY",
    ):  # fmt: skip
        told = amiss(kent.place)
        officer = open_register(as_user(server, "ann"))
        with pytest.raises(CannotWriteRegister, match=r"keeps rows .* back from you"):
            verified(officer)
        officer.close()
        with pytest.raises(NotARegister, match="policy p on bid and row security on bid"):
            back_up(kent.place, tmp_path / "kent.backup", at=AT)
    assert "policy p on bid and row security on bid" in told


def test_a_table_that_a_crash_would_empty_is_named(kent: Register, server: Server) -> None:
    with done(
        server, "ALTER TABLE kent.ledger_entry SET UNLOGGED",
        undone="ALTER TABLE kent.ledger_entry SET LOGGED",
    ):  # fmt: skip
        assert "empties kent.ledger_entry, which someone made UNLOGGED" in amiss(kent.place)


@pytest.mark.parametrize(
    ("made", "undone", "named"),
    [
        (
            "ALTER TABLE kent.valuation ADD CONSTRAINT small CHECK (value_pence < 100) NOT VALID",
            "ALTER TABLE kent.valuation DROP CONSTRAINT small", "constraint small on valuation",
        ),
        (
            "CREATE UNIQUE INDEX one ON kent.valuation (disposal_ref)",
            "DROP INDEX kent.one", "unique index one on valuation",
        ),
        (
            "ALTER TABLE kent.valuation ALTER paragraphs SET NOT NULL",
            "ALTER TABLE kent.valuation ALTER paragraphs DROP NOT NULL",
            "NOT NULL paragraphs on valuation",
        ),
    ],
)  # fmt: skip
def test_what_keeps_a_row_out_is_named_and_told_in_words(
    kent: Register, server: Server, made: LiteralString, undone: LiteralString, named: str
) -> None:
    facts = {"valuer": "District Valuer", "value_pence": 500_000, "valued_on": date(2021, 9, 1)}
    other = {**facts, "value_pence": 600_000}
    if "UNIQUE" in made:
        record(kent, ONE, "valuation", facts, stamp(), seen=versions(kent, ONE)[ONE])
    with done(server, made, undone=undone):
        told = amiss(kent.place)
        with pytest.raises(CannotWriteRegister, match="keeps out what was to be") as said:
            record(kent, ONE, "valuation", other, stamp(), seen=versions(kent, ONE)[ONE])
    assert named in told
    assert "600000" not in str(said.value)
    assert verified(kent).faults == ()


@pytest.mark.parametrize(
    "body",
    [
        (
            "LANGUAGE plpgsql SECURITY DEFINER AS "
            "'BEGIN RETURN (SELECT max(price_pence) FROM kent.bid); END'"
        ),
        "LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC SELECT max(price_pence) FROM kent.bid; END",
        (
            "LANGUAGE sql SECURITY DEFINER SET search_path = kent AS "
            "'SELECT max(price_pence) FROM bid'"
        ),
    ],
)
def test_a_function_that_shows_readers_what_its_owner_may_see_is_named(
    kent: Register, server: Server, body: LiteralString
) -> None:
    with done(
        server, f"CREATE FUNCTION public.f() RETURNS bigint {body}",
        undone="DROP FUNCTION public.f()",
    ):  # fmt: skip
        told = amiss(kent.place)
        server.run("REVOKE EXECUTE ON FUNCTION public.f() FROM PUBLIC", database="estates")
        assert amiss(kent.place) == ""
    assert "acts with the rights of its owner and names kent: function public.f()." in told


def test_a_restore_and_a_move_outlast_the_patience_of_the_server(
    kent: Register, server: Server, tmp_path: Path
) -> None:
    """They hold a lock in one transaction, with nothing to say in it, while they work in others."""
    back_up(kent.place, tmp_path / "estate.backup", at=AT)
    essex, surrey = (kent.place.in_schema(name) for name in ("essex", "surrey"))  # type: ignore[union-attr]
    with done(
        server, "ALTER DATABASE estates SET idle_in_transaction_session_timeout = '200ms'",
        undone="ALTER DATABASE estates RESET idle_in_transaction_session_timeout; "
        "DROP SCHEMA IF EXISTS essex, surrey CASCADE",
    ):  # fmt: skip
        restore(tmp_path / "estate.backup", essex)
        moved = move(essex, surrey)
    assert moved.rows > 200


def test_a_lock_that_went_at_the_very_end_undoes_nothing_of_what_was_done(
    kent: Register, server: Server
) -> None:
    with kent.storage.alone():
        server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'estates' "
            "AND state = 'idle in transaction'"
        )
    with kent.storage.alone():  # and leaves nobody locked out
        pass


def test_an_erased_name_is_in_no_statistics_either(kent: Register, server: Server) -> None:
    hold(kent, ONE, stamp(by="Zebedee"), seen=versions(kent, ONE)[ONE], because="Survey awaited")
    named = (
        "SELECT tablename, attname FROM pg_stats WHERE schemaname = 'kent' AND "
        "(most_common_vals::text ~ 'Zebedee' OR histogram_bounds::text ~ 'Zebedee')"
    )
    with server.connected("estates") as owner:
        owner.execute("ANALYZE")
        assert owner.execute(named).fetchall()
        erase_name(kent, "Zebedee", stamp(by="Clerk"), because="Asked under article 17")
        assert owner.execute(named).fetchall() == []


def test_who_looks_at_rights_waits_for_no_counter_of_someone_elses(
    kent: Register, server: Server
) -> None:
    server.run("CREATE SEQUENCE public.theirs", database="estates")
    with server.connected("estates") as other, other.transaction():
        other.execute("DROP SEQUENCE public.theirs")
        with server.connected("estates") as connection:
            connection.execute("SET lock_timeout = '200ms'")
            assert found(connection, kent.storage.place.schema)  # type: ignore[union-attr]


def test_a_database_that_lacks_characters_is_refused_and_named(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    try:
        place = server.address("latin", tmp_path)
        for makes in (database.create, create_register):
            with pytest.raises(CannotWriteRegister, match=r"LATIN1.*--encoding=UTF8"):
                makes(place, authority="kent", at=AT)
        monkeypatch.setattr("disposals.storage.postgres.server.require_utf8", lambda *_: None)
        server.run("CREATE EXTENSION postgis", database="latin")
        create_register(place, authority="kent", at=AT)  # as versions before made one
        assert "The database is in LATIN1" in amiss(place)
    finally:
        server.run("DROP DATABASE latin WITH (FORCE)")
