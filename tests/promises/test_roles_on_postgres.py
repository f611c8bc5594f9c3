"""Each role may do in PostgreSQL what it is there for, and whoever looks after it sees the rest."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from disposals import database, examples
from disposals.casework.cases import hold
from disposals.casework.erasing import erase_name
from disposals.disclosure.audit import verified
from disposals.disclosure.layers import LayerName
from disposals.disclosure.seen import versions
from disposals.errors import AlreadyRecorded, CannotWriteRegister
from disposals.exports.published_layers import publish
from disposals.register import Register, open_register
from disposals.storage.address import Address, Place
from disposals.storage.postgres.public import PUBLISHED, columns
from disposals.storage.postgres.rights import beyond
from disposals.upgrade import downgrade, upgrade
from tests.conftest import AT, stamp
from tests.postgres import Server

ONE = "steele-avenue/part-1"
OTHER = "steele-avenue/part-2"


@pytest.fixture(scope="module")
def database_of_kent(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """The Kent example, which belongs to mid, who owns the database and may make roles."""
    server.run("CREATE ROLE mid LOGIN CREATEROLE", "CREATE ROLE low LOGIN")
    folder = tmp_path_factory.mktemp("shire")
    server.database("shire", folder)
    server.run("ALTER DATABASE shire OWNER TO mid")
    place = server.address("shire", folder, user="mid")
    examples.create("kent", place, at=AT)
    database.create(place, authority="kent", at=AT)
    server.run("CREATE ROLE bea LOGIN IN ROLE kent_officer",
               "CREATE ROLE web LOGIN IN ROLE kent_open")  # fmt: skip
    yield place
    server.run("DROP DATABASE shire WITH (FORCE)", "DROP ROLE bea, web, low")


@pytest.fixture
def kent(database_of_kent: Address) -> Iterator[Register]:
    register = open_register(database_of_kent)
    yield register
    register.close()


def amiss(place: Place) -> str:
    """What `db check` finds, but for what the tests' server is told not to do."""
    return "\n".join(
        each.what for each in database.check(place) if not each.is_well and "fsync" not in each.what
    )


def refused(server: Server, user: str, *statements: LiteralString) -> None:
    for statement in statements:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.run(statement, database="shire", user=user)


def test_the_owner_of_a_database_needs_no_superuser_to_make_and_publish(
    kent: Register, server: Server
) -> None:
    assert publish(kent, on=stamp().on, at=AT)["sites"] == 10
    with server.connected("shire", user="web") as connection:
        assert connection.execute("SELECT count(*) FROM kent_open.sites").fetchone() == (10,)
    assert amiss(kent.place) == ""


@pytest.mark.usefixtures("kent")
def test_the_commands_know_every_table_from_their_start(database_of_kent: Address) -> None:
    """Each in a process of its own, which has loaded nothing yet."""
    said = [
        subprocess.run(
            [sys.executable, "-m", "disposals", "--register", str(database_of_kent), "db", command],
            capture_output=True, text=True, check=False,
        )
        for command in ("create", "publish", "check")
    ]  # fmt: skip
    assert "rights are set anew" in said[0].stdout
    assert "10 features in sites" in said[1].stdout
    assert "✓ kent_open may read what is published in kent_open, and nothing" in said[2].stdout
    assert "✓ Tables, columns, constraints and indexes are all there." in said[2].stdout
    assert [each.stderr for each in said if "Traceback" in each.stderr] == []


def test_an_officer_puts_nothing_before_the_public(kent: Register, server: Server) -> None:
    publish(kent, on=stamp().on, at=AT)
    refused(
        server, "bea",
        "CREATE TABLE kent_open.notes AS SELECT bidder, price_pence FROM kent.bid",
        "CREATE VIEW kent_open.notes AS SELECT bidder, price_pence FROM kent.bid",
        "CREATE FUNCTION kent_open.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "UPDATE kent_open.sites SET name = 'Mine'", "DROP TABLE kent_open.sites",
        "INSERT INTO kent_open.about VALUES (now(), now(), '')",
        "ALTER TABLE kent_open.sites ADD COLUMN mine text", "TRUNCATE kent_open.about",
    )  # fmt: skip
    # The server warns, and gives nothing.
    server.run("GRANT SELECT ON kent_open.sites TO PUBLIC", database="shire", user="bea")
    assert amiss(kent.place) == ""
    officer = open_register(server.address("shire", Path("/nowhere"), user="bea"))
    with pytest.raises(CannotWriteRegister, match="belongs to mid, and nobody else may publish"):
        publish(officer, on=stamp().on, at=AT)
    officer.close()


def test_what_was_put_there_by_hand_is_named_and_nothing_published_over_it(
    kent: Register, server: Server
) -> None:
    publish(kent, on=stamp().on, at=AT)
    server.run(
        "CREATE TABLE kent_open.notes AS SELECT bidder, price_pence FROM kent.bid",
        "CREATE VIEW kent_open.prices AS SELECT price_pence FROM kent.bid",
        "CREATE FUNCTION kent_open.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "GRANT UPDATE ON kent_open.sites TO kent_officer",
        "ALTER TABLE kent_open.parts OWNER TO kent_officer",
        database="shire",
    )  # fmt: skip
    put = "function kent_open.f(), table kent_open.notes and view kent_open.prices"
    told = amiss(kent.place)
    assert f"not put there by `disposals db publish`: {put}." in told
    assert "kent_officer UPDATE on kent_open.sites" in told
    assert "kent_open.parts belongs to kent_officer" in told
    with pytest.raises(CannotWriteRegister) as said:
        publish(kent, on=stamp().on, at=AT)
    assert put in str(said.value)
    server.run(
        "DROP TABLE kent_open.notes", "DROP VIEW kent_open.prices", "DROP FUNCTION kent_open.f()",
        database="shire",
    )  # fmt: skip
    publish(kent, on=stamp().on, at=AT)
    assert amiss(kent.place) == ""


def test_a_view_on_what_is_published_is_named_when_it_is_in_the_way(
    kent: Register, server: Server
) -> None:
    publish(kent, on=stamp().on, at=AT)
    server.run("CREATE VIEW public.mine AS SELECT * FROM kent_open.sites", database="shire")
    with pytest.raises(CannotWriteRegister, match=r"view public\.mine depends on table"):
        publish(kent, on=stamp().on, at=AT)
    server.run("DROP VIEW public.mine", database="shire")


def test_what_is_published_is_known_to_the_check_by_name(kent: Register, server: Server) -> None:
    made = publish(kent, on=stamp().on, at=AT)
    assert {*made} >= {name.value for name in LayerName} & {"sites", "parts", "milestones"}
    with server.connected("shire") as connection:
        there = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'kent_open'")
        assert {name for (name,) in there} == {*made, "about"}
        assert columns(connection, "kent") == PUBLISHED
    assert amiss(kent.place) == ""


def test_a_column_that_was_added_to_what_is_published_is_named_and_put_away(
    kent: Register, server: Server
) -> None:
    publish(kent, on=stamp().on, at=AT)
    server.run(
        "ALTER TABLE kent_open.sites ADD COLUMN price bigint",
        "UPDATE kent_open.sites SET price = (SELECT max(price_pence) FROM kent.bid)",
        "ALTER TABLE kent_open.parts ALTER COLUMN part TYPE text",
        "ALTER TABLE kent_open.milestones DROP COLUMN owner",
        database="shire",
    )
    told = amiss(kent.place)
    assert "does not make: kent_open.parts.part text and kent_open.sites.price bigint." in told
    assert "missing: kent_open.milestones.owner text and kent_open.parts.part bigint." in told
    publish(kent, on=stamp().on, at=AT)
    assert amiss(kent.place) == ""


@pytest.mark.usefixtures("kent")
def test_an_officer_changes_nothing_that_no_act_changes(server: Server) -> None:
    refused(
        server, "bea",
        "UPDATE kent.register SET format = 9",
        "INSERT INTO kent.register SELECT * FROM kent.register",
        "UPDATE kent.bid SET price_pence = 1", "UPDATE kent.ledger_entry SET because = ''",
        "DELETE FROM kent.site", "TRUNCATE kent.site", "UPDATE kent.person SET commitment = ''",
        "CREATE TRIGGER mine BEFORE INSERT ON kent.bid EXECUTE FUNCTION kent.refuse_change()",
        "CREATE TABLE kent.mine (site text REFERENCES kent.site)",
    )  # fmt: skip
    officer = open_register(server.address("shire", Path("/nowhere"), user="bea"))
    seen = versions(officer, ONE)[ONE]
    hold(officer, ONE, stamp(by="Bea"), seen=seen, because="Survey awaited")
    assert erase_name(officer, "Bea", stamp(), because="Asked under article 17").rows > 0
    assert verified(officer).faults == ()
    officer.close()


def test_rights_beyond_what_is_needed_are_named_and_taken_away(
    kent: Register, server: Server
) -> None:
    server.run(
        "GRANT DELETE ON kent.bid TO kent_officer",
        "GRANT UPDATE (format) ON kent.register TO PUBLIC",
        "GRANT CREATE ON SCHEMA kent_open TO kent_officer",
        "GRANT USAGE ON SCHEMA kent TO kent_open",
        "GRANT UPDATE ON SEQUENCE kent.bid_id_seq TO kent_officer",
        "GRANT USAGE ON SCHEMA kent_open TO low", "GRANT ALL ON kent.person TO PUBLIC",
        "REVOKE INSERT ON kent.valuation FROM kent_officer",
        database="shire",
    )  # fmt: skip
    with server.connected("shire") as connection:
        told = ", ".join(map(str, beyond(connection, "kent")))
    for right in (
        "PUBLIC UPDATE on kent.register (format)", "kent_officer CREATE on kent_open",
        "kent_officer DELETE on kent.bid", "kent_open USAGE on kent", "low USAGE on kent_open",
        "kent_officer UPDATE on kent.bid_id_seq", "PUBLIC TRUNCATE on kent.person",
    ):  # fmt: skip
        assert right in told
    told = amiss(kent.place)
    assert "beyond what is needed: PUBLIC DELETE on kent.person" in told
    assert "Rights are missing: kent_officer INSERT on kent.valuation." in told
    assert database.create(kent.place, authority="kent", at=AT).roles == ()
    assert amiss(kent.place) == ""


def test_a_register_is_not_made_ready_for_another_authority(kent: Register) -> None:
    with pytest.raises(AlreadyRecorded, match="follows the policy of kent, not of england"):
        database.create(kent.place, authority="england", at=AT)
    assert not database.create(kent.place, authority=None, at=AT).register


def test_a_role_that_is_in_another_is_named(kent: Register, server: Server) -> None:
    server.run("GRANT kent_officer TO kent_open")
    assert "kent_open may do all that kent_officer may." in amiss(kent.place)
    server.run("REVOKE kent_officer FROM kent_open")


def test_a_role_that_may_do_anything_of_itself_is_refused_and_named(
    kent: Register, server: Server
) -> None:
    server.run("ALTER ROLE kent_officer LOGIN SUPERUSER", "ALTER ROLE kent_open BYPASSRLS")
    told = amiss(kent.place)
    with pytest.raises(CannotWriteRegister, match="may log in and is a superuser") as said:
        database.create(kent.place, authority="kent", at=AT)
    server.run("ALTER ROLE kent_officer NOLOGIN NOSUPERUSER", "ALTER ROLE kent_open NOBYPASSRLS")
    assert "`ALTER ROLE kent_officer NOLOGIN NOSUPERUSER`" in str(said.value)
    assert "kent_officer may log in and is a superuser, which whoever" in told
    assert "kent_open may pass row security by" in told
    assert amiss(kent.place) == ""


def test_a_role_of_another_kind_is_not_taken_for_a_new_registers(
    server: Server, tmp_path: Path
) -> None:
    taken = server.address("shire", tmp_path).in_schema("taken")
    for kind in ("LOGIN", "CREATEROLE", "CREATEDB", "REPLICATION"):
        with server.connected("shire") as connection:
            connection.execute(f"CREATE ROLE taken_officer {kind}".encode())
        with pytest.raises(CannotWriteRegister, match="There is a role taken_officer already"):
            database.create(taken, authority="kent", at=AT)
        server.run("DROP ROLE taken_officer")
    with server.connected("shire") as connection:
        found = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname ~ 'taken'").fetchall()
    assert found == []


def test_who_may_make_no_roles_is_refused_before_anything_is_made(server: Server) -> None:
    server.run("GRANT CREATE ON DATABASE shire TO low")
    low = str(server.address("shire", Path("/nowhere"), user="low"))
    essex = Address.read(low.replace("schema=kent", "schema=essex"))
    with pytest.raises(CannotWriteRegister, match="CREATE ROLE essex_officer; CREATE ROLE essex_"):
        database.create(essex, authority="kent", at=AT)
    with server.connected("shire") as connection:
        found = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname ~ 'essex'").fetchall()
    assert found == []
    with pytest.raises(CannotWriteRegister, match="kent belongs to mid"):
        database.create(Address.read(low), authority="kent", at=AT)
    server.run("REVOKE CREATE ON DATABASE shire FROM low")


@pytest.mark.usefixtures("kent")
def test_roles_that_another_database_uses_are_named(server: Server, tmp_path: Path) -> None:
    other = server.database("other", tmp_path)
    done = database.create(other, authority="kent", at=AT)
    server.run("DROP DATABASE other WITH (FORCE)")
    assert "shire" in done.elsewhere
    assert done.roles == ()


def test_a_database_that_takes_no_writes_is_named(kent: Register, server: Server) -> None:
    server.run("ALTER DATABASE shire SET default_transaction_read_only = on")
    told = amiss(kent.place)
    server.run("ALTER DATABASE shire RESET default_transaction_read_only")
    assert "ALTER DATABASE shire RESET default_transaction_read_only" in told


def test_what_is_left_of_a_move_is_named(kent: Register, server: Server) -> None:
    server.run("CREATE SCHEMA kent_moving", database="shire")
    told = amiss(kent.place)
    server.run("DROP SCHEMA kent_moving", database="shire")
    assert "kent_moving is left of a move" in told


def test_what_officers_see_in_qgis_is_named_when_it_is_gone_and_made_again(
    kent: Register, server: Server
) -> None:
    server.run(
        "DROP VIEW kent.boundary_on_the_map", "DROP INDEX kent.ix_boundary_shape", database="shire"
    )
    assert "missing: boundary_on_the_map and ix_boundary_shape" in amiss(kent.place)
    database.create(server.address("shire", Path("/nowhere")), authority="kent", at=AT)
    assert amiss(kent.place) == ""
    with server.connected("shire", user="bea") as connection:
        found = connection.execute("SELECT count(shape) > 0 FROM kent.boundary_on_the_map")
        assert found.fetchone() == (True,)


def test_what_the_tables_have_lost_is_named(kent: Register, server: Server) -> None:
    server.run(
        "ALTER TABLE kent.bid RENAME CONSTRAINT fk_bid_disposal_ref TO other",
        "ALTER INDEX kent.ix_bid_disposal_ref RENAME TO another",
        database="shire",
    )
    told = amiss(kent.place)
    server.run("ALTER TABLE kent.bid RENAME COLUMN price_pence TO price", database="shire")
    without_a_column = amiss(kent.place)
    server.run(
        "ALTER TABLE kent.bid RENAME COLUMN price TO price_pence",
        "ALTER TABLE kent.bid RENAME CONSTRAINT other TO fk_bid_disposal_ref",
        "ALTER INDEX kent.another RENAME TO ix_bid_disposal_ref",
        database="shire",
    )
    assert "this is missing: fk_bid_disposal_ref and ix_bid_disposal_ref." in told
    assert "bid.price_pence, fk_bid_disposal_ref and ix_bid_disposal_ref" in without_a_column
    assert amiss(kent.place) == ""


def test_after_an_upgrade_officers_act_with_all_their_rights(
    kent: Register, server: Server
) -> None:
    kent.close()
    downgrade(kent.place, 3, losing=True)
    upgrade(kent.place, stamp())
    assert "rights" not in amiss(kent.place).lower()
    officer = open_register(server.address("shire", Path("/nowhere"), user="bea"))
    seen = versions(officer, OTHER)[OTHER]
    hold(officer, OTHER, stamp(by="Bea the Second"), seen=seen, because="Survey awaited")
    officer.close()
