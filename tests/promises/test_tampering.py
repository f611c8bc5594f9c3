"""Whoever changes the register by hand, with its guards taken away, is found: where and what.

Every table is tried, found by walking the models, so that a new one is included by itself.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from disposals.casework.cases import hold, resume
from disposals.disclosure.audit import seal, verified
from disposals.disclosure.seen import versions
from disposals.errors import BadFact
from disposals.history.faults import Fault
from disposals.history.ledger import append
from disposals.history.seals import Seal
from disposals.history.verifying import Verified
from disposals.register import Register, open_register
from disposals.words import plainly
from tests import tampering
from tests.conftest import stamp
from tests.places import past_the_guards, unguarded
from tests.tampering import TABLES, audited, columns, keys

PART_1 = "steele-avenue/part-1"


@pytest.fixture(scope="module")
def full(kent_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a row in every table."""
    path = tmp_path_factory.mktemp("full") / "register.sqlite"
    return tampering.a_register_with_every_table(kent_file, path)


@pytest.fixture
def hand(full: Path) -> Iterator[sqlite3.Connection]:
    """Someone with the register in a database tool, its guards taken away."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        with closing(sqlite3.connect(full)) as file:
            file.backup(memory)
        unguarded(memory)
        yield memory


def named(table: str, key: object) -> str:
    return f"{plainly(table)} {key}"


def of_table(table: str, found: Verified) -> list[Fault]:
    """The faults; with an erasure, not that of the person who was erased."""
    return [each for each in found.faults if table != "erasure" or "person" not in each.row]


def test_a_register_that_nobody_touched_is_not_accused(hand: sqlite3.Connection) -> None:
    assert audited(hand).faults == ()
    for table in TABLES:
        assert keys(hand, table), f"{table} has a row to be tampered with"


@pytest.mark.parametrize("table", TABLES)
def test_every_field_that_is_changed_is_found_and_named(
    hand: sqlite3.Connection, table: str
) -> None:
    key = keys(hand, table)[-1]
    for column in columns(hand, table):
        hand.execute("SAVEPOINT before")
        tampering.flip(hand, table, key, column)
        first, *_ = of_table(table, audited(hand))
        hand.execute("ROLLBACK TO before")
        if table == "history_entry":
            ref, no = hand.execute(
                "SELECT disposal_ref, no FROM history_entry WHERE id = ?", (key,)
            ).fetchone()
            if column not in {"disposal_ref", "no"}:
                assert first.row == f"entry {no} of {ref}"
        else:
            assert first.row == named(table, key), column
        if table not in {"ledger_entry", "person"}:
            assert f"{plainly(column)} was changed" in first.what
    assert audited(hand).faults == ()


@pytest.mark.parametrize("table", TABLES)
def test_every_row_that_is_removed_is_found_and_named(hand: sqlite3.Connection, table: str) -> None:
    key = keys(hand, table)[0]
    tampering.delete(hand, table, key)
    first, *_ = of_table(table, audited(hand))
    assert first.row == named(table, key)
    assert first.what in {"removed", "is missing"}


@pytest.mark.parametrize("table", TABLES)
def test_every_row_that_is_slipped_in_is_found_and_named(
    hand: sqlite3.Connection, table: str
) -> None:
    new = tampering.insert_like(hand, table, keys(hand, table)[0])
    faults = audited(hand).faults
    if table == "ledger_entry":
        assert "missing" in faults[0].what
    elif table == "history_entry":
        assert [fault.what for fault in faults if fault.entry is None]
    else:
        assert (named(table, new), "written by no act") in {
            (each.row, each.what) for each in faults
        }


@pytest.mark.parametrize("table", TABLES)
def test_rows_that_changed_places_are_found(hand: sqlite3.Connection, table: str) -> None:
    there = keys(hand, table)
    if len(there) < 2:  # the register's note, of which there is one
        assert table in {"register", "erasure"}
        return
    tampering.swap(hand, table, there[0], there[-1])
    assert audited(hand).faults[0].entry is not None


@pytest.mark.parametrize(
    "change",
    [
        "rows = replace(rows, '\"]', '0\"]')",
        "rows = replace(rows, '[\"', '[9,\"')",
        "rows = replace(rows, '],[', '],5,[')",
        'rows = \'[["history_entry",99999999999999999999,""]]\'',
        "rows = '5'",
        "marks = '5'",
        "marks = '[5]'",
        "marks = '{'",
    ],
)
def test_a_ledger_that_was_changed_is_found_however_it_reads(
    hand: sqlite3.Connection, change: str
) -> None:
    hand.execute(f"UPDATE ledger_entry SET {change} WHERE no > 20")  # noqa: S608
    hand.execute("UPDATE bid SET price_pence = 1")
    found = audited(hand)
    assert any(fault.row == "ledger entry 21" for fault in found.faults)
    assert any("bid" in fault.row for fault in found.faults)
    assert all(str(fault) for fault in found.faults)


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("DELETE FROM ledger_entry", "the ledger"),
        (
            "UPDATE ledger_entry SET hash = 'zzz' WHERE no = (SELECT max(no) FROM ledger_entry)",
            "ledger entry {last}",
        ),
        ("UPDATE ledger_entry SET because = x'' WHERE no = 50", "ledger entry 50"),
        ("UPDATE ledger_entry SET no = -5 WHERE no = 1", "ledger entry -5"),
        ("UPDATE history_entry SET no = 'x' WHERE id = 5", "entry x of steele-avenue"),
        ("UPDATE history_entry SET no = x'00' WHERE id = 5", "entry b'\\x00' of steele-avenue"),
    ],
)
def test_what_no_act_could_have_written_is_found_and_named(
    hand: sqlite3.Connection, change: str, row: str
) -> None:
    last = keys(hand, "ledger_entry")[-1]
    hand.execute(change)
    found = audited(hand)
    assert row.format(last=last) in {fault.row for fault in found.faults}
    assert all(str(fault) for fault in found.faults)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("ledger_entry", "rows"), ("ledger_entry", "marks"), ("ledger_entry", "hash"),
        ("person", "commitment"),
    ],
)  # fmt: skip
def test_what_is_blanked_in_a_table_made_without_rules_is_found_and_named(
    hand: sqlite3.Connection, table: str, column: str
) -> None:
    key, named_as = keys(hand, table)[1], {"ledger_entry": "ledger entry"}.get(table, table)
    hand.execute(f"CREATE TABLE lax AS SELECT * FROM {table}")  # noqa: S608
    hand.execute(f"DROP TABLE {table}")
    hand.execute(f"ALTER TABLE lax RENAME TO {table}")
    hand.execute(
        f"UPDATE {table} SET {column} = NULL WHERE {tampering.KEYS[table]} = ?",  # noqa: S608
        (key,),
    )
    found = audited(hand).faults
    assert f"{named_as} {key}" in {fault.row for fault in found}
    assert all(str(fault) for fault in found)


def test_a_name_that_is_replaced_by_what_stands_for_it_in_digests_is_found(
    hand: sqlite3.Connection,
) -> None:
    for table, column in (("history_entry", "by"), ("bid", "recorded_by"), ("disposal", "officer")):
        hand.execute("SAVEPOINT before")
        hand.execute(
            f'UPDATE {table} SET "{column}" = '  # noqa: S608
            f'(SELECT commitment FROM person WHERE name = "{column}")'
        )
        assert f"{plainly(column)} was changed" in {fault.what for fault in audited(hand).faults}
        hand.execute("ROLLBACK TO before")


def test_a_bid_price_that_was_changed_is_named_with_the_act_that_recorded_it(
    kent: Register,
    path: Path,
) -> None:
    with past_the_guards(path) as hand:
        [(key, price)] = hand.execute(
            "SELECT id, price_pence FROM bid WHERE price_pence IS NOT NULL LIMIT 1"
        )
        hand.execute("UPDATE bid SET price_pence = ? WHERE id = ?", (price - 1, key))
    [fault] = verified(kent).faults
    assert str(fault).startswith(f"bid {key}: price pence was changed since entry ")
    assert " of steele-avenue/part-" in str(fault)


def test_a_case_that_lost_its_last_entries_and_all_they_wrote_is_found(
    kent: Register, path: Path
) -> None:
    hold(kent, PART_1, stamp(), seen=last(kent), because="Survey awaited")
    with past_the_guards(path) as hand:
        hand.execute("DELETE FROM history_entry WHERE act = 'hold' AND disposal_ref = ?", (PART_1,))
        hand.execute(
            "UPDATE disposal SET version = version - 1, held_on = NULL, held_because = NULL "
            "WHERE ref = ?",
            (PART_1,),
        )
    faults = verified(kent).faults
    assert {"removed", "held because, held on and version were changed"} <= {
        fault.what for fault in faults
    }


def test_a_register_cut_back_to_an_earlier_state_breaks_the_seal_on_the_later_one(
    kent: Register, path: Path, tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier.sqlite"
    shutil.copy(path, earlier)
    before = seal(kent)
    hold(kent, PART_1, stamp(), seen=last(kent), because="Survey awaited")
    after = seal(kent)
    assert verified(kent, [before, after]).faults == ()
    cut = open_register(earlier)
    assert verified(cut, [before]).faults == ()
    [fault] = verified(cut, [after]).faults
    assert "cut short" in fault.what
    assert "the last 1 are gone" in fault.what
    cut.close()


def test_a_tail_that_was_written_anew_breaks_the_seal(
    kent: Register, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.sqlite"
    shutil.copy(path, other)
    hold(kent, PART_1, stamp(), seen=last(kent), because="Survey awaited")
    printed = seal(kent)
    rewritten = open_register(other)
    hold(rewritten, PART_1, stamp(), seen=last(rewritten), because="Nothing awaited")
    resume(rewritten, PART_1, stamp(), seen=last(rewritten))
    assert verified(rewritten).faults == ()
    [fault] = verified(rewritten, [printed]).faults
    assert "written anew" in fault.what
    rewritten.close()


def test_evidence_entered_in_the_ledger_a_second_time_is_found(kent: Register, path: Path) -> None:
    """Whoever knows this program can chain a changed row again, but no act alters evidence."""
    with past_the_guards(path) as hand:
        hand.execute("UPDATE bid SET bidder = 'Someone else' WHERE id = 1")
    chain_again(kent, "bid", "id", 1)
    [fault] = verified(kent).faults
    assert (fault.row, fault.what) == ("bid 1", "written a second time, which no act does")


def test_a_stage_entered_in_the_ledger_without_an_act_is_found(kent: Register, path: Path) -> None:
    with past_the_guards(path) as hand:
        hand.execute("UPDATE disposal SET stage = 'completed' WHERE ref = ?", (PART_1,))
    chain_again(kent, "disposal", "ref", PART_1)
    [fault] = verified(kent).faults
    assert (fault.row, fault.what) == (f"disposal {PART_1}", "not as its last act left it")


def chain_again(register: Register, table: str, key_name: str, key: object) -> None:
    with register.write() as session:
        append(session.connection(), {(table, key_name, key): None})


def last(register: Register) -> int:
    return versions(register, PART_1)[PART_1]


def test_a_seal_is_read_back_as_it_was_printed() -> None:
    printed = str(Seal.of(412, "ab" * 32))
    assert Seal.read(printed.lower()) == Seal.of(412, "ab" * 32)
    with pytest.raises(BadFact, match="misread"):
        Seal.read(printed[:-1] + ("0" if printed[-1] != "0" else "1"))
    with pytest.raises(BadFact, match="is not a seal"):
        Seal.read("steele-avenue")


def test_the_day_of_the_register_does_not_change_its_seal(kent: Register) -> None:
    assert seal(kent.as_it_stood(date(2021, 1, 1))) == seal(kent)
