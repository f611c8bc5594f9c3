"""A register in PostgreSQL keeps what one in a file keeps, and lets nobody see more than they may.

These run with and without `--postgres`, wherever a server can be started.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from disposals import database, examples
from disposals.backup import back_up, restore
from disposals.casework import documents
from disposals.casework.cases import hold
from disposals.casework.sites import add_site
from disposals.disclosure import documents as entries
from disposals.disclosure.audit import seal, verified
from disposals.disclosure.cases import history
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import (
    AlreadyRecorded,
    BadFact,
    CannotReachRegister,
    CannotWriteRegister,
    NoDocuments,
    NoRegister,
    NotARegister,
    RegisterError,
    RegisterInUse,
    StageWithoutHistory,
)
from disposals.exports.published_layers import publish
from disposals.history.raw import raw_of
from disposals.records import evidence_kinds
from disposals.register import Register, create_register, open_register
from disposals.storage.address import Address
from tests.conftest import AT, stamp
from tests.places import as_stored, past_the_guards
from tests.postgres import Server
from tests.promises.test_no_exempt_byte_out import CANARY, PENCE, plant
from tests.tampering import KEYS

ONE = "steele-avenue/part-1"
# What salts and hashes make different in every register.
DRAWN = {"person", "ledger_entry"}


@pytest.fixture(scope="module")
def estates(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Address:
    """A database with the Kent example, its roles, and officers who log in."""
    address = server.database("estates", tmp_path_factory.mktemp("estates"))
    examples.create("kent", address, at=AT)
    database.create(address, authority="kent", at=AT)
    server.run(
        "CREATE ROLE ann LOGIN IN ROLE kent_officer", "CREATE ROLE qgis LOGIN IN ROLE kent_open",
        "CREATE ROLE joe LOGIN",
    )  # fmt: skip
    return address


@pytest.fixture
def place(server: Server, estates: Address) -> Address:
    """The address of the register, as it was made."""
    server.bring_back("estates")
    return estates


@pytest.fixture
def kent(place: Address) -> Iterator[Register]:
    register = open_register(place)
    yield register
    register.close()


def as_user(server: Server, user: str, **other: str) -> Address:
    """The address that another user has."""
    return server.address(other.get("database", "estates"), Path("/nowhere"), user=user)


def test_every_row_is_stored_as_in_a_file(kent: Register, tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    examples.create("kent", path, at=AT)
    here, there = as_stored(path), as_stored(kent.place)
    assert sum(map(len, here.values())) > 300
    for table in here.keys() - DRAWN - {"history_entry"}:
        assert here[table] == there[table], table
    for one, other in zip(here["history_entry"], there["history_entry"], strict=True):
        assert one[:-2] == other[:-2]  # all but what is chained with who acted


def every_change(server: Server) -> Iterator[list[tuple[str, str, str]]]:
    """Columns to change at once, one of each table; with each the SQL of another value."""
    other = {
        "bigint": "CASE WHEN {0} = 100 THEN 99 ELSE coalesce({0}, 0) + 1 END",
        "boolean": "NOT coalesce({0}, false)",
        "character varying": "coalesce({0}, '') || 'x'",
        "double precision": "coalesce({0}, 0) + 0.5", "date": "coalesce({0}, '2021-01-01') + 1",
        "timestamp with time zone": "coalesce({0}, now()) + interval '1 microsecond'",
        "bytea": "coalesce({0}, '') || '\\x00'",
    }  # fmt: skip
    with server.connected("estates") as connection:
        told = connection.execute(
            "SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c "
            "JOIN information_schema.tables t USING (table_schema, table_name) "
            "WHERE c.table_schema = 'kent' AND t.table_type = 'BASE TABLE' "
            "AND NOT (c.column_name = ANY('{id,no,ref,name,salt,commitment,hash,previous_hash}')) "
            "AND c.table_name NOT IN ('ledger_entry', 'erasure') ORDER BY 1, c.ordinal_position"
        ).fetchall()
    by_table: dict[str, list[tuple[str, str, str]]] = {}
    for table, column, kind in told:
        changed = other[kind].format(f'"{column}"')
        by_table.setdefault(table, []).append((table, column, changed))
    for step in range(max(map(len, by_table.values()))):
        yield [changes[step] for changes in by_table.values() if step < len(changes)]


def test_every_field_that_is_changed_by_hand_is_found_and_named(
    kent: Register, server: Server
) -> None:
    tried = 0
    for changes in every_change(server):
        server.bring_back("estates")
        with past_the_guards(kent.place) as hand:
            made = [
                (table, column)
                for table, column, changed in changes
                if hand.execute(
                    f'UPDATE {table} SET "{column}" = {changed} WHERE {KEYS[table]} = '  # noqa: S608
                    f"(SELECT max({KEYS[table]}) FROM {table})"
                ).rowcount
            ]
        found = verified(kent).faults
        for table, column in made:
            words = column.replace("_", " ")
            assert [each for each in found if words in each.what], (table, column)
        tried += len(made)
    assert tried > 250


def test_what_is_removed_or_blanked_by_hand_is_found(kent: Register) -> None:
    with past_the_guards(kent.place) as hand:
        hand.execute("DELETE FROM bid WHERE id = 1")
        hand.execute("UPDATE ledger_entry SET because = '' WHERE no = 3")
    told = {str(fault.row) for fault in verified(kent).faults}
    assert {"bid 1", "ledger entry 3"} <= told


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bid SET price_pence = 1",
        "DELETE FROM bid",
        "TRUNCATE bid",
        "TRUNCATE history_entry, disposal CASCADE",
        "UPDATE history_entry SET by = 'Someone'",
        "UPDATE person SET name = 'Someone' WHERE id = 1",
        "UPDATE disposal SET stage = 'completed'",
        "UPDATE disposal SET officer = 'Someone'",
        "DELETE FROM disposal",
        (
            "INSERT INTO disposal SELECT 'sneaked', name, NULL, NULL, authority, officer, "
            "workflow, workflow_version, 'completed', NULL, NULL, NULL, opened_on, 1 "
            "FROM disposal LIMIT 1"
        ),
        "INSERT INTO bid SELECT * FROM bid LIMIT 1 ON CONFLICT (id) DO UPDATE SET price_pence = 1",
    ],
)
def test_even_its_owner_is_refused_what_nobody_may_do(kent: Register, statement: str) -> None:
    with pytest.raises(StageWithoutHistory), kent.write() as session:
        raw_of(session.connection()).execute(statement)


def test_a_guard_finds_nothing_of_others_in_its_way(kent: Register) -> None:
    """A function of someone else's in the search path is never called by a guard."""
    with kent.write() as session:
        raw = raw_of(session.connection())
        raw.execute("CREATE FUNCTION pg_temp.format(text, VARIADIC text[]) RETURNS text LANGUAGE "
                    "sql AS $$ SELECT 'SELECT ''advance''::text' $$")  # fmt: skip
        raw.execute("CREATE TEMP TABLE history_entry (LIKE kent.history_entry)")
        raw.execute(
            """INSERT INTO pg_temp.history_entry (id, disposal_ref, no, act, by, "on", at,
            to_stage, previous_hash, hash) VALUES (1, ?, 99, 'advance', 'x', now(), now(),
            'completed', '', '')""",
            (ONE,),
        )
        with pytest.raises(psycopg.errors.RaiseException, match="unexplained"):
            raw.execute("UPDATE kent.disposal SET stage = 'completed' WHERE ref = ?", (ONE,))


def test_an_officer_acts_and_may_not_remove_or_take_guards_away(
    place: Address, server: Server
) -> None:
    register = open_register(as_user(server, "ann"))
    seen = versions(register, ONE)[ONE]
    hold(register, ONE, stamp(by="Ann"), seen=seen, because="Survey awaited")
    assert history(register, ONE, audience=Audience.OFFICER)[-1]["by"] == "Ann"
    assert verified(register).faults == ()
    for statement in ("DELETE FROM site", "ALTER TABLE bid DISABLE TRIGGER ALL", "DROP TABLE bid"):
        with pytest.raises(CannotWriteRegister, match="may not"), register.write() as session:
            raw_of(session.connection()).execute(statement)
    register.close()
    assert place.schema == "kent"


def test_one_council_sees_nothing_of_another(place: Address, server: Server) -> None:
    surrey = Address.read(str(place).replace("schema=kent", "schema=surrey"))
    create_register(surrey, authority="england", at=AT)
    database.create(surrey, authority="england", at=AT)
    theirs = open_register(surrey)
    add_site(theirs, "the-green", {"name": "The Green"}, stamp())
    theirs.close()
    ours = open_register(place)
    assert "the-green" not in str(as_stored(ours.place))
    ours.close()
    with pytest.raises(CannotWriteRegister, match="permission denied for schema surrey"):
        open_register(Address.read(str(as_user(server, "ann")).replace("=kent", "=surrey")))
    server.run("DROP SCHEMA surrey, surrey_open CASCADE", database="estates")


def all_that_a_reader_sees(server: Server, user: str) -> str:
    """Every value of every table and view that a user may read, the server's own among them."""
    told = []
    with server.connected("estates", user=user) as connection:
        tables = connection.execute(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = "
            "c.relnamespace WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') "
            "AND n.nspname NOT LIKE 'pg_toast%'"
        ).fetchall()
        for schema, table in tables:
            asked = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, table))
            try:
                told.append(f"{schema}.{table}: {connection.execute(asked).fetchall()}")
            except psycopg.errors.InsufficientPrivilege:
                continue
            except psycopg.Error:  # a view of the server's own that is not for asking
                assert schema in {"pg_catalog", "information_schema", "public"}, table
    return "\n".join(told)


def test_readers_see_open_fields_and_nothing_else_whatever_they_ask(
    kent: Register, server: Server, tmp_path: Path
) -> None:
    plant(kent.place, tmp_path)
    made = publish(kent, on=stamp().on, at=AT)
    assert made == {"sites": 10, "sites_points": 0, "parts": 2, "milestones": 13}
    seen = all_that_a_reader_sees(server, "qgis")
    assert "kent_open.sites: " in seen
    assert "Greenhithe" in seen
    for token in (CANARY, str(PENCE), str(PENCE // 100), "987654321"):
        assert token not in seen
    assert {line.partition(".")[0] for line in seen.splitlines()} <= {
        "kent_open", "pg_catalog", "information_schema", "public",
    }  # fmt: skip
    assert CANARY in all_that_a_reader_sees(server, "ann")
    with server.connected("estates", user="qgis") as connection:
        for statement in (
            "SELECT * FROM kent.bid", "SELECT * FROM kent.boundary_on_the_map",
            "SELECT kent.refuse_change()", "DELETE FROM kent_open.sites",
            "CREATE TABLE kent_open.mine (a int)", "SET ROLE kent_officer",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_a_published_layer_is_one_that_qgis_reads(kent: Register, server: Server) -> None:
    publish(kent, on=stamp().on, at=AT)
    publish(kent, on=stamp().on, at=AT)  # in place of the first
    with server.connected("estates", user="qgis") as connection:
        kinds = connection.execute(
            "SELECT f_table_name, type, srid FROM geometry_columns WHERE f_table_schema = "
            "'kent_open' ORDER BY 1"
        ).fetchall()
        indexed = connection.execute(
            "SELECT count(*) FROM pg_indexes WHERE schemaname = 'kent_open' AND indexdef LIKE "
            "'%USING gist (geometry)%'"
        ).fetchone()
        [(area, drawn)] = connection.execute(
            "SELECT area_hectares, ST_Area(geometry) / 10000 FROM kent_open.parts "
            "WHERE reference = %s", (ONE,)
        ).fetchall()  # fmt: skip
    assert kinds == [
        ("milestones", "MULTIPOLYGON", 27700), ("parts", "MULTIPOLYGON", 27700),
        ("sites", "MULTIPOLYGON", 27700), ("sites_points", "POINT", 27700),
    ]  # fmt: skip
    assert indexed == (4,)
    assert area == pytest.approx(drawn, abs=0.0001)


def test_officers_see_every_boundary_as_geometry_by_an_index(
    kent: Register, server: Server
) -> None:
    with server.connected("estates", user="ann") as connection:
        connection.execute("SET enable_seqscan = off")
        asked = (
            "FROM kent.boundary_on_the_map WHERE shape && "
            "ST_MakeEnvelope(558000, 174000, 559000, 175000, 27700)"
        )
        plan = str(connection.execute(f"EXPLAIN SELECT 1 {asked}").fetchall())
        found = connection.execute(f"SELECT count(*) {asked}").fetchone()
    assert "ix_boundary_shape" in plan
    assert found is not None
    assert found[0] >= 3
    assert verified(kent).faults == ()


def refused(place: Address) -> RegisterError | BadFact:
    with pytest.raises((RegisterError, BadFact)) as said:
        open_register(place)
    assert "geheim" not in str(said.value)
    return said.value  # type: ignore[return-value]


def test_what_can_not_be_opened_is_refused_in_words(server: Server) -> None:
    socket = f"host={server.folder}"
    for address, kind, words in (
        ("postgresql://u:geheim@127.0.0.1:1/x", CannotReachRegister, "Connection refused"),
        ("postgresql://u:geheim@nowhere.invalid/x", CannotReachRegister, "resolve host"),
        (f"postgresql://postgres:geheim@/nodb?{socket}", CannotReachRegister, "does not exist"),
        (f"postgresql://nobody_here@/estates?{socket}", CannotReachRegister, "does not exist"),
        (f"postgresql://postgres@/postgres?{socket}", NoRegister, "no register at"),
        (f"postgresql://joe@/estates?{socket}&schema=kent", CannotWriteRegister, "may not"),
        (f"postgresql://postgres@/estates?{socket}&schema=topology", NoRegister, "no register"),
        (f"postgresql://postgres@/estates?{socket}&schema=kent_open", NotARegister, "not a regist"),
        (f"postgresql://postgres@/estates?{socket}&sslmode=odd", BadFact, "sslmode"),
        (f"postgresql://postgres@/estates?{socket}&odd=odd", BadFact, "odd"),
    ):
        said = refused(Address.read(address))
        assert isinstance(said, kind), address
        assert words in str(said), address


def test_a_wrong_password_is_refused_without_being_told(server: Server) -> None:
    server.run("CREATE ROLE sue LOGIN PASSWORD 'right'")
    hba = server.folder / "data" / "pg_hba.conf"
    was = hba.read_text()
    hba.write_text(f"local all sue scram-sha-256\n{was}")
    server.run("SELECT pg_reload_conf()")
    try:
        place = Address.read(f"postgresql://sue:geheim@/estates?host={server.folder}&schema=kent")
        assert "refused the name or the password" in str(refused(place))
        assert "geheim" not in repr(place)
        line = [sys.executable, "-m", "disposals", "--register", place.conninfo, "list"]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "geheim" not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
    finally:
        hba.write_text(was)
        server.run("SELECT pg_reload_conf()", "DROP ROLE sue")


def test_a_register_in_use_is_waited_for_and_then_refused(
    kent: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("disposals.storage.postgres._WAIT_MS", 100)
    other = open_register(kent.place)
    with other.write() as session:
        session.connection()  # only then does it begin
        with pytest.raises(RegisterInUse, match="in use by someone else"), kent.write():
            pass
        with pytest.raises(RegisterInUse, match="in use by someone else"), kent.write(case=ONE):
            pass
        assert versions(kent, ONE)  # who reads waits for nobody
    other.close()


def test_a_server_that_goes_in_the_middle_of_an_act_leaves_nothing_of_it(
    kent: Register, server: Server
) -> None:
    before = as_stored(kent.place)

    def half_an_act() -> None:
        with kent.write() as session:
            session.connection().exec_driver_sql("UPDATE site SET name = 'Half an act'")
            server.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = 'estates' AND state = 'idle in transaction'"
            )

    with pytest.raises(CannotReachRegister, match="was lost"):
        half_an_act()
    assert as_stored(kent.place) == before
    hold(kent, ONE, stamp(), seen=versions(kent, ONE)[ONE], because="Survey awaited")
    assert verified(kent).faults == ()


def test_a_standby_is_read_and_not_written(kent: Register, server: Server) -> None:
    kent.close()
    server.run("ALTER DATABASE estates SET default_transaction_read_only = on")
    try:
        register = open_register(kent.place)
        assert verified(register).faults == ()
        seen = versions(register, ONE)[ONE]
        with pytest.raises(CannotWriteRegister, match="read-only"):
            hold(register, ONE, stamp(), seen=seen, because="Survey awaited")
        register.close()
    finally:
        server.run("ALTER DATABASE estates RESET default_transaction_read_only")


def test_a_document_without_a_folder_is_refused_with_what_to_add(kent: Register) -> None:
    bare = Address.read(str(kent.place).partition("&documents")[0])
    register = open_register(bare)
    with pytest.raises(NoDocuments, match="documents=/the/folder"):
        _ = register.storage.documents
    register.close()


def schemas(server: Server) -> set[str]:
    with server.connected("estates") as connection:
        return {name for (name,) in connection.execute("SELECT nspname FROM pg_namespace")}


def test_a_register_is_made_whole_or_not_at_all(place: Address, server: Server) -> None:
    essex, before = Address.read(str(place).replace("=kent", "=essex")), schemas(server)

    def fill(register: Register) -> None:
        add_site(register, "the-green", {"name": "The Green"}, stamp())
        raise KeyError

    with pytest.raises(KeyError):
        create_register(essex, authority="kent", at=AT, fill=fill)
    assert schemas(server) == before
    with pytest.raises(AlreadyRecorded, match="was left as it is"):
        create_register(place, authority="kent", at=AT)
    assert schemas(server) == before


def test_a_database_without_postgis_is_refused_with_who_can_help(server: Server) -> None:
    plain = Address.read(f"postgresql://postgres@/postgres?host={server.folder}")
    with pytest.raises(CannotWriteRegister, match="CREATE EXTENSION postgis"):
        create_register(plain, authority="kent", at=AT)


def test_the_register_and_its_database_are_looked_at(
    kent: Register, server: Server, tmp_path: Path
) -> None:
    """On a server that does not flush to the disk, which is the first thing that is told."""
    ill = [each.what for each in database.check(kent.place) if not each.is_well]
    assert len(ill) == 1
    assert "fsync" in ill[0]
    server.run(
        "ALTER TABLE kent.bid DISABLE TRIGGER bid_is_kept",
        "CREATE OR REPLACE TRIGGER valuation_is_kept BEFORE DELETE OR UPDATE ON kent.valuation "
        "FOR EACH ROW WHEN (false) EXECUTE FUNCTION kent.refuse_change('recorded_by')",
        "ALTER FUNCTION kent.refuse_removal() SET search_path = public",
        "CREATE SCHEMA kent_0123abcd_making",
        "GRANT USAGE ON SCHEMA kent TO kent_open", "GRANT SELECT ON kent.bid TO kent_open",
        database="estates",
    )  # fmt: skip
    with past_the_guards(kent.place) as hand:
        hand.execute("UPDATE bid SET price_pence = 1 WHERE id = 1")
    told = " ".join(each.what for each in database.check(kent.place) if not each.is_well)
    with kent.read() as session:
        amiss = kent.storage.guards_amiss(raw_of(session.connection()), evidence_kinds())
    server.run(
        "CREATE OR REPLACE TRIGGER valuation_is_kept BEFORE DELETE OR UPDATE ON kent.valuation "
        "FOR EACH ROW EXECUTE FUNCTION kent.refuse_change('recorded_by')",
        "ALTER FUNCTION kent.refuse_removal() SET search_path = pg_catalog, pg_temp",
        "ALTER TABLE kent.bid ENABLE TRIGGER bid_is_kept", "DROP SCHEMA kent_0123abcd_making",
        "REVOKE SELECT ON kent.bid FROM kent_open", "REVOKE USAGE ON SCHEMA kent FROM kent_open",
        database="estates",
    )  # fmt: skip
    assert amiss == ["bid_is_kept on bid", "valuation_is_kept on valuation", "refuse_removal"]
    assert f"{amiss[0]}, {amiss[1]} and {amiss[2]}." in told
    assert "kent_0123abcd_making is left of a making" in told
    assert "kent_open may read what is not published: kent.bid" in told
    assert "bid 1: price pence was changed" in told
    assert tmp_path.exists()


def test_many_writers_at_once_each_leave_their_entry(
    place: Address, run_all: Callable[[list[list[str]]], list[Any]]
) -> None:
    lines = [
        ["site", "add", f"lot-{number}", "--name", f"Lot {number}", "--by", f"Officer {number}"]
        for number in range(8)
    ]
    assert run_all(lines) == [0] * 8
    register = open_register(place)
    assert verified(register).faults == ()
    assert verified(register).entries == 94 + 8
    register.close()


@pytest.fixture
def run_all(place: Address) -> Callable[[list[list[str]]], list[Any]]:
    """Run command lines in as many processes, all at once; their exit statuses."""

    def run(lines: list[list[str]]) -> list[Any]:
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "disposals", "--register", str(place), *line],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            for line in lines
        ]  # fmt: skip
        return [each.wait() for each in started]

    return run


@pytest.mark.parametrize("to", ["a file", "a database"])
def test_a_backup_comes_back_to_either_kind_of_place(
    kent: Register, server: Server, tmp_path: Path, to: str
) -> None:
    paper = tmp_path / "notice.txt"
    paper.write_text("Notice of intention to dispose")
    documents.attach(
        kent, ONE, paper, {"title": "Notice", "kind": "notice"}, stamp(),
        seen=versions(kent, ONE)[ONE],
    )  # fmt: skip
    sealed = seal(kent)
    backed_up = back_up(kent.place, tmp_path / "estate.backup", at=AT)
    hold(kent, ONE, stamp(), seen=versions(kent, ONE)[ONE], because="After the backup")
    essex = Address.read(f"{kent.place}".replace("=kent", "=essex"))
    target = tmp_path / "back.sqlite" if to == "a file" else essex
    assert restore(tmp_path / "estate.backup", target) == backed_up
    back = open_register(target)
    assert (seal(back), backed_up.seal) == (sealed, sealed)
    assert verified(back, [sealed]).faults == ()
    assert entries.verified(back).sound == 1
    hold(back, ONE, stamp(), seen=versions(back, ONE)[ONE], because="Goes on from there")
    back.close()
    with pytest.raises(AlreadyRecorded):
        restore(tmp_path / "estate.backup", target)
    server.run("DROP SCHEMA IF EXISTS essex CASCADE", database="estates")


def test_a_register_that_was_tampered_with_is_not_backed_up(kent: Register, tmp_path: Path) -> None:
    with past_the_guards(kent.place) as hand:
        hand.execute("UPDATE bid SET price_pence = 1 WHERE id = 1")
    with pytest.raises(NotARegister, match="bid 1 is not as it was recorded"):
        back_up(kent.place, tmp_path / "estate.backup", at=AT)
    assert not list(tmp_path.glob("*backup*"))
