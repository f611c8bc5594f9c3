"""Nobody sees or does more in PostgreSQL than their login may."""

from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from shapely import MultiPolygon, box

from disposals import database
from disposals.casework.cases import hold
from disposals.casework.sites import add_site
from disposals.disclosure.audit import verified
from disposals.disclosure.cases import history
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import (
    CannotWriteRegister,
)
from disposals.exports.published_layers import publish
from disposals.history.raw import raw_of
from disposals.moving import move
from disposals.register import Register, create_register, open_register
from disposals.storage.address import Address
from sites import boundaries
from sites.vocabulary import Origin
from tests.conftest import AT, Said, stamp
from tests.places import as_stored
from tests.postgres import Server
from tests.promises.postgres.conftest import as_user
from tests.promises.test_no_exempt_byte_out import CANARY, PENCE, plant

ONE = "steele-avenue/part-1"


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


def test_an_officer_who_may_not_move_a_register_is_told_before_any_of_it_is_carried(
    place: Address, server: Server, tmp_path: Path
) -> None:
    with pytest.raises(CannotWriteRegister, match="belongs to postgres, and nobody else may move"):
        move(as_user(server, "ann"), tmp_path / "kent.sqlite")
    assert list(tmp_path.iterdir()) == []
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


def drawn(register: Register, begins: date | None) -> None:
    """A revision of the yard's boundary, since a day that may not be known."""
    with register.write() as session:
        boundaries.draw(
            session, site_ref="yard", part_no=None,
            shape=MultiPolygon([box(558_300, 174_700, 558_400, 174_800)]), origin=Origin.SURVEY,
            source="Survey 7", licence=None, accuracy_m=None, is_indicative=False,
            because="Surveyed", effective_from=begins, effective_as_written=None,
            effective_to=None, effective_to_as_written=None, by="Ann", at=AT,
        )  # fmt: skip


@pytest.mark.parametrize(
    "begun", [*product((None, 1973, 2018), repeat=3), (2018, None, 1973, 1960), (2018, 1973, None)]
)
def test_officers_in_qgis_can_filter_for_what_stands_now(
    kent: Register, server: Server, begun: tuple[int | None, ...]
) -> None:
    add_site(kent, "yard", {"name": "The yard"}, stamp())
    for year in begun:
        drawn(kent, None if year is None else date(year, 1, 1))
    with kent.read() as session:
        stands = boundaries.current_revision(session, "yard")
    with server.connected("estates", user="ann") as connection:
        current = connection.execute(
            "SELECT revision FROM kent.boundary_on_the_map WHERE site_ref = 'yard' AND is_current"
        ).fetchall()
    assert stands is not None
    assert current == [(stands.revision,)]


def test_parts_that_have_ended_are_told_from_those_that_stand(
    kent: Register, server: Server, disposals: Callable[..., Said]
) -> None:
    line = "LINESTRING (558290 174760, 558410 174760)"
    add_site(kent, "yard", {"name": "The yard"}, stamp())
    drawn(kent, None)
    for act in (
        ("split", "yard", "--line", line), ("merge", "yard", "--parts", "1,2"),
        ("split", "yard", "--line", line),
        ("split", "yard/part-2", "--line", "LINESTRING (558340 174690, 558340 174810)"),
        ("merge", "yard", "--parts", "2,3"),
    ):  # fmt: skip
        done = disposals("site", *act, "--because", "One buyer")
        assert done.status == 0, done.err
    with server.connected("estates", user="ann") as connection:
        asked = "SELECT DISTINCT part_no FROM kent.boundary_on_the_map WHERE site_ref = 'yard' AND "
        current = connection.execute(f"{asked} is_current ORDER BY 1 NULLS FIRST").fetchall()
        ended = connection.execute(f"{asked} is_of_ended_part").fetchall()
    assert current == [(None,), (1,), (2,)]
    assert ended == [(3,)]


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
        kind = connection.execute(
            "SELECT type, srid FROM geometry_columns WHERE f_table_name = 'boundary_on_the_map'"
        ).fetchall()
        now = str(connection.execute(f"EXPLAIN SELECT id {asked} AND is_current").fetchall())
    assert "ix_boundary_shape" in plan
    assert "ix_boundary_shape" in now
    assert kind == [("MULTIPOLYGON", 27700)]
    assert found is not None
    assert found[0] >= 3
    assert verified(kent).faults == ()
