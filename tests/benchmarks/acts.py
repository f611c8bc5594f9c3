"""A register of many acts, written as fast as a disk takes it, and sound.

Each act is one on a case of its own history, and its ledger entry tells of both, as with every act;
each is chained by the code that chains acts.
"""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from disposals.history.digests import covered, digest, entry_hash, fields, marks
from disposals.history.ledger import People
from disposals.register import create_register
from tests.conftest import AT
from tests.places import unguarded

ENTRIES, CASES = 200_000, 1_000
_FACTS = json.dumps([{"kind": "bid", "bidder": "Ash Homes", "price_pence": 90_000_000}])
_ACT = [
    "disposal_ref", "no", "act", "by", "on", "at", "because", "from_stage", "to_stage", "report",
    "details", "previous_hash",
]  # fmt: skip
_CASE = [
    "ref", "name", "authority", "officer", "workflow", "workflow_version", "stage", "opened_on",
    "version",
]  # fmt: skip


def fill(path: Path) -> None:
    """Write the acts as they would stand after as many write units."""
    create_register(path, authority="kent", at=AT)
    with closing(sqlite3.connect(path)) as raw, raw:
        unguarded(raw)  # guards would take minutes
        [(previous,)] = raw.execute("SELECT hash FROM ledger_entry")
        people, heads = People(raw, {}), dict.fromkeys(range(CASES), "")
        who = digest([f"commitment=s64:{people['Disposals Surveyor']}"])
        acts, cases, ledger = [], {}, []
        for number in range(ENTRIES):
            case, no = number % CASES, number // CASES + 1
            act = (
                f"case-{case}", no, "bid added", "Disposals Surveyor", "2021-09-30",
                "2021-09-30 09:00:00.000000", None, "marketing", "marketing", None, _FACTS,
                heads[case],
            )  # fmt: skip
            cases[case] = (
                f"case-{case}", f"Land at {case} Mill Lane", "kent", "Disposals Surveyor",
                "open-market-sale", 2, "marketing", "2021-09-30", no,
            )  # fmt: skip
            said = _said("history_entry", "id", _ACT, act, people)
            stands = _said("disposal", "ref", _CASE, cases[case], people)
            heads[case] = told = digest(said)
            lines = [["history_entry", number + 1, told], ["disposal", act[0], digest(stands)]]
            rows = _as_json(lines + [["person", 1, who]] * (not number))
            marked = _as_json([marks(said), marks(stands)])
            previous = entry_hash(number + 2, previous, rows, marked, None)
            acts.append((*act, told))
            ledger.append((number + 2, rows, marked, previous))
        _insert(raw, "disposal", _CASE, list(cases.values()))
        _insert(raw, "history_entry", [*_ACT, "hash"], acts)
        _insert(raw, "ledger_entry", ["no", "rows", "marks", "hash"], ledger)


def _said(
    table: str, key: str, columns: list[str], row: tuple[object, ...], people: People
) -> list[str]:
    at = covered(table, key, columns)
    return fields([columns[i] for i in at], [row[i] for i in at], people)


def _insert(
    raw: sqlite3.Connection, table: str, columns: list[str], rows: Sequence[tuple[object, ...]]
) -> None:
    named = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join("?" * len(columns))
    raw.executemany(f"INSERT INTO {table} ({named}) VALUES ({values})", rows)  # noqa: S608


def _as_json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
