"""No everyday answer reads a whole table of the programme where an index serves."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Said
from tests.statements import noted

LARGE = {"milestone", "milestone_date", "milestone_link", "milestone_condition", "history_entry"}
ASKED = [
    ("milestones", "--overdue", "--limit", "50"),
    ("milestones", "--due", "30d", "--limit", "50"),
    ("milestones", "--overdue", "--officer", "Disposals Surveyor"),
    ("milestones", "steele-avenue"),
    ("agenda", "--officer", "Disposals Surveyor"),
    ("gantt", "--officer", "Disposals Surveyor"),
    ("receipts",),
]


@pytest.mark.usefixtures("kent")
@pytest.mark.parametrize("arguments", ASKED, ids=" ".join)
def test_no_large_table_is_read_whole(
    arguments: tuple[str, ...], path: Path, disposals: Callable[..., Said]
) -> None:
    with noted() as asked:
        assert disposals(*arguments, "--as-of", "2022-08-01").status == 0
    read = [(sql, step) for sql, of in asked if "SELECT" in sql for step in plan(path, sql, of)]
    assert any("milestone_date" in sql for sql, _ in read)
    assert not [(sql, step) for sql, step in read if reads_whole(step)]


def reads_whole(step: str) -> bool:
    verb, name, *how = step.split()
    return verb == "SCAN" and re.sub(r"_\d+$", "", name) in LARGE and "USING" not in how


def plan(path: Path, statement: str, parameters: tuple[object, ...]) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
    return [str(row[3]) for row in rows]
