"""How many entries of history `disposals audit verify` follows in a second.

A register of 200,000 acts, each on its own case's history, and each chained by the code that
chains acts. Run it with `make bench`.
"""

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from disposals.disclosure.audit import verified
from disposals.history.digests import covered, digest, entry_hash, fields, marks
from disposals.history.ledger import People
from disposals.register import create_register, open_register
from tests.conftest import AT
from tests.places import unguarded

ENTRIES, CASES = 200_000, 1_000
FACTS = json.dumps([{"kind": "bid", "bidder": "Ash Homes", "price_pence": 90_000_000}])
COLUMNS = [
    "disposal_ref", "no", "act", "by", "on", "at", "because", "from_stage", "to_stage", "report",
    "details", "previous_hash",
]  # fmt: skip


def fill(path: Path) -> None:
    """Write the acts as they would stand after as many write units."""
    create_register(path, authority="kent", at=AT)
    with closing(sqlite3.connect(path)) as raw, raw:
        unguarded(raw)  # guards would take minutes
        [(previous,)] = raw.execute("SELECT hash FROM ledger_entry")
        people, heads = People(raw, {}), dict.fromkeys(range(CASES), "")
        who = digest([f"commitment=s64:{people['Disposals Surveyor']}"])
        at = covered("history_entry", "id", COLUMNS)
        names = [COLUMNS[i] for i in at]
        acts, ledger = [], []
        for number in range(ENTRIES):
            case, no = number % CASES, number // CASES + 1
            act = (
                f"case-{case}", no, "bid added", "Disposals Surveyor", "2021-09-30",
                "2021-09-30 09:00:00.000000", None, "marketing", "marketing", None, FACTS,
                heads[case],
            )  # fmt: skip
            said = fields(names, [act[i] for i in at], people)
            heads[case] = told = digest(said)
            lines = [["history_entry", number + 1, told]] + [["person", 1, who]] * (not number)
            rows = json.dumps(lines, separators=(",", ":"))
            marked = json.dumps([marks(said)], separators=(",", ":"))
            previous = entry_hash(number + 2, previous, rows, marked, None)
            acts.append((*act, told))
            ledger.append((number + 2, rows, marked, previous))
        named = ", ".join(f'"{name}"' for name in (*COLUMNS, "hash"))
        raw.executemany(
            f"INSERT INTO history_entry ({named}) VALUES ({', '.join('?' * 13)})",  # noqa: S608
            acts,
        )
        raw.executemany(
            "INSERT INTO ledger_entry (no, rows, marks, hash) VALUES (?, ?, ?, ?)", ledger
        )


def test_entries_verified_in_a_second(path: Path) -> None:
    fill(path)
    register = open_register(path)
    began, began_cpu = time.perf_counter(), time.process_time()
    found = verified(register)
    took, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    register.close()
    print(
        f"\n{found.acts:,} entries in {took:.2f} s: {found.acts / took:,.0f} a second; in "
        f"{cpu:.2f} s of one processor: {found.acts / cpu:,.0f} a second (sought: at least 100,000)"
    )
    assert (found.acts, found.faults) == (ENTRIES, ())
