"""A register tells what it was built of and has lost, whatever made it lose it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from disposals.database import check
from disposals.upgrade import upgrade
from tests.conftest import stamp

REGISTERS = sorted((Path(__file__).parents[1] / "data" / "registers").glob("format-*.sqlite"))


def amiss(path: Path) -> str:
    return "\n".join(each.what for each in check(path) if not each.is_well)


@pytest.mark.parametrize("old", REGISTERS, ids=lambda path: str(path.stem))
def test_nothing_is_missing_from_a_register_of_any_format_that_was_upgraded(
    old: Path, path: Path
) -> None:
    shutil.copy(old, path)
    upgrade(path, stamp())
    assert "Of what a register is built of" not in amiss(path)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DROP INDEX ix_bid_disposal_ref", "ix_bid_disposal_ref"),
        ("DROP INDEX uq_boundary_site_ref_part_no_revision", "uq_boundary_site_ref_part_no_revis"),
        ("ALTER TABLE holding DROP COLUMN interest", "holding.interest"),
        ("DROP TABLE waiver", "the table waiver"),
    ],
)
def test_what_was_dropped_is_named(kent_file: Path, path: Path, statement: str, named: str) -> None:
    shutil.copy(kent_file, path)
    with closing(sqlite3.connect(path)) as hand, hand:
        hand.execute(statement)
    assert f"this is missing: {named}" in amiss(path)
