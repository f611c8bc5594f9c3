"""What acts on a register from within and is not of this program is named, and lets no act pass."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from disposals.backup import back_up
from disposals.errors import NotARegister
from disposals.register import Register
from tests.conftest import AT, Said

PART_1 = "steele-avenue/part-1"
VALUED = ("valuation", "add", PART_1, "--valuer", "District Valuer", "--value", "5000")
OVERWRITES = (
    "CREATE TRIGGER forges AFTER INSERT ON site "
    "BEGIN UPDATE site SET name = 'Forged' WHERE ref = NEW.ref; END"
)
SWALLOWS = (
    "CREATE TRIGGER swallows BEFORE INSERT ON valuation WHEN NEW.value_pence = 500000 "
    "BEGIN SELECT RAISE(IGNORE); END"
)


def make(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as hand, hand:
        hand.executescript(statement)


def test_an_act_that_a_trigger_swallows_is_not_said_to_be_recorded(
    kent: Register, path: Path, disposals: Callable[..., Said]
) -> None:
    kent.close()
    make(path, SWALLOWS)
    before = disposals("history", PART_1).out
    said = disposals(*VALUED)
    assert said.status == 1
    assert "Nothing was recorded. `disposals db check` names" in said.err
    assert disposals("history", PART_1).out == before
    assert disposals("audit", "verify").status == 0


@pytest.mark.parametrize("table", ["person", "history_entry", "ledger_entry"])
def test_nor_one_that_swallows_what_tells_of_an_act(
    kent: Register, path: Path, disposals: Callable[..., Said], table: str
) -> None:
    kent.close()
    make(path, f"CREATE TRIGGER sw BEFORE INSERT ON {table} BEGIN SELECT RAISE(IGNORE); END")
    before = disposals("history", PART_1).out
    said = disposals(*VALUED, "--by", "Someone New")
    assert (said.status, "Nothing was recorded." in said.err) == (1, True), said.err
    assert disposals("history", PART_1).out == before


def test_an_index_that_leaves_out_a_bid_is_found(
    kent: Register, path: Path, disposals: Callable[..., Said], tmp_path: Path
) -> None:
    """The chain goes by the rows; whoever lists bids goes by the index."""
    kent.close()
    index = "CREATE INDEX ix_bid_disposal_ref ON bid (disposal_ref)"
    with closing(sqlite3.connect(path, isolation_level=None)) as hand:
        hand.execute("DROP INDEX ix_bid_disposal_ref")
        hand.execute(f"{index} WHERE bidder <> 'Bidder B'")
        hand.execute("PRAGMA writable_schema = ON")
        change = "UPDATE sqlite_master SET sql = ? WHERE name = 'ix_bid_disposal_ref'"
        hand.execute(change, (index,))
    said = disposals("audit", "verify")
    assert (said.status, "missing from index ix_bid_disposal_ref" in said.out) == (1, True)
    bundle = disposals("audit", "bundle", PART_1, "-o", str(tmp_path / "case.zip"))
    assert "no bundle was made of it: something could be missing" in bundle.err
    assert not (tmp_path / "case.zip").exists()


@pytest.mark.parametrize(
    "made",
    [
        "CREATE VIEW bids AS SELECT * FROM bid",
        "CREATE UNIQUE INDEX once ON bid (disposal_ref, bidder, round_no, id)",
        "DROP INDEX ix_bid_disposal_ref; CREATE UNIQUE INDEX ix_bid_disposal_ref ON bid (id)",
        'CREATE TRIGGER "my audit" AFTER INSERT ON site BEGIN SELECT 1; END',
    ],
)
def test_what_is_not_ours_is_named_before_a_register_moves_or_changes_its_format(
    kent: Register, path: Path, disposals: Callable[..., Said], tmp_path: Path, made: str
) -> None:
    kent.close()
    make(path, made)
    for line in (("db", "downgrade", "4", "--lose"), ("db", "move", str(tmp_path / "new.sqlite"))):
        said = disposals(*line)
        assert (said.status, "which this program did not make" in said.err) == (1, True), said.err
    assert sorted(each.name for each in tmp_path.iterdir() if "sqlite" in each.name) == [path.name]


def test_nor_one_that_keeps_a_case_where_it_stood(
    kent: Register, path: Path, disposals: Callable[..., Said]
) -> None:
    kent.close()
    make(path, "CREATE TRIGGER sw BEFORE UPDATE ON disposal BEGIN SELECT RAISE(IGNORE); END")
    said = disposals(*VALUED)
    assert (said.status, "Not all that was to be recorded is there" in said.err) == (1, True)


def test_a_trigger_that_only_bears_the_name_of_ours_is_named(
    kent: Register, path: Path, disposals: Callable[..., Said]
) -> None:
    kent.close()
    make(path, "CREATE TRIGGER moved BEFORE INSERT ON site BEGIN SELECT RAISE(IGNORE); END")
    said = disposals("db", "check")
    assert (said.status, "trigger moved on site" in said.out) == (1, True)
    assert "was moved" not in said.out


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (OVERWRITES, "trigger forges on site"),
        (SWALLOWS, "trigger swallows on valuation"),
        ("CREATE VIEW shown AS SELECT * FROM bid", "view shown"),
    ],
)
def test_it_is_named_and_goes_into_no_backup(
    kent: Register,
    path: Path,
    tmp_path: Path,
    disposals: Callable[..., Said],
    statement: str,
    named: str,
) -> None:
    kent.close()
    sound = tmp_path / "sound.sqlite"
    shutil.copy(path, sound)
    make(path, statement)
    said = disposals("db", "check")
    assert (said.status, named in said.out) == (1, True), said.out
    with pytest.raises(NotARegister, match=named):
        back_up(path, tmp_path / "kent.backup", at=AT)
    back_up(sound, tmp_path / "sound.backup", at=AT)


@pytest.mark.parametrize(
    "made",
    [
        "CREATE UNIQUE INDEX one ON valuation (disposal_ref)",
        "CREATE UNIQUE INDEX one ON valuation (valuer || 'x')",
    ],
)
def test_what_an_index_keeps_out_is_told_in_words(
    kent: Register, path: Path, disposals: Callable[..., Said], made: str
) -> None:
    kent.close()
    assert disposals(*VALUED).status == 0
    make(path, made)
    said = disposals(*VALUED[:-1], "6000")
    assert (said.status, "keeps out what was to be recorded" in said.err) == (1, True), said.err
    assert "6000" not in said.err
    assert disposals("audit", "verify").status == 0
