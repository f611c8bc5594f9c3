"""A register in PostgreSQL is made, looked at, written to by many, and brought back."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from disposals import database
from disposals.backup import back_up, restore
from disposals.casework import documents
from disposals.casework.cases import hold
from disposals.casework.sites import add_site
from disposals.disclosure import documents as entries
from disposals.disclosure.audit import seal, verified
from disposals.disclosure.seen import versions
from disposals.errors import (
    AlreadyRecorded,
    CannotWriteRegister,
    NotARegister,
    RegisterMoved,
)
from disposals.exports.published_layers import publish
from disposals.history.raw import raw_in, raw_of
from disposals.moving import move
from disposals.records import evidence_kinds
from disposals.register import Register, create_register, open_register
from disposals.storage.address import Address
from tests.conftest import AT, stamp
from tests.places import past_the_guards
from tests.postgres import Server

ONE = "steele-avenue/part-1"


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


def test_a_nought_below_nought_is_backed_up_as_nought(kent: Register, tmp_path: Path) -> None:
    """PostgreSQL keeps its sign, and SQLite does not."""
    add_site(kent, "verge", {"name": "Verge", "easting": 558350.0, "northing": -0.0}, stamp())
    with kent.read() as session:
        asked = raw_in(session).execute("SELECT northing FROM site WHERE ref = 'verge'")
        assert str(asked.fetchone()[0]) == "0.0"
    assert verified(kent).faults == ()
    back_up(kent.place, tmp_path / "estate.backup", at=AT)
    assert restore(tmp_path / "estate.backup", tmp_path / "back.sqlite").seal == seal(kent)


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


def test_an_act_that_undid_all_of_it_asks_on_no_connection_of_someone_elses(
    kent: Register,
) -> None:
    with kent.write() as undone:
        raw_in(undone).execute("SELECT 1")
        undone.rollback()
        with kent.read() as other:  # which the pool gives the connection that was let go
            theirs = raw_of(other.connection())
            assert raw_in(undone) is not theirs
            undone.rollback()


def test_a_register_that_was_tampered_with_is_not_backed_up(kent: Register, tmp_path: Path) -> None:
    with past_the_guards(kent.place) as hand:
        hand.execute("UPDATE bid SET price_pence = 1 WHERE id = 1")
    with pytest.raises(NotARegister, match="bid 1 is not as it was recorded"):
        back_up(kent.place, tmp_path / "estate.backup", at=AT)
    assert not list(tmp_path.glob("*backup*"))


def test_what_was_moved_away_is_not_published_any_more(kent: Register, tmp_path: Path) -> None:
    publish(kent, on=stamp().on, at=AT)
    file = tmp_path / "moved.sqlite"
    move(kent.place, file)
    with pytest.raises(RegisterMoved, match=f"moved to {file}. Nothing was published"):
        publish(kent, on=stamp().on, at=AT)
