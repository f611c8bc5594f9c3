"""Durable advances in a second: ours beside bare sqlite3 and three other engines, in one run.

Each advance of ours judges four gates from their evidence, compares and sets the version, writes
history, ledger and case, and waits for the disk. Bare sqlite3 replays the very statements of ours.
The others are made to do the same but for the ledger (`peers.py`). All write to files on the same
disk, in turn, so that a disturbance of the machine falls on all of them. Run it with `make bench`;
the others come with the extra `bench`.
"""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from disposals.casework import moves, opening, recording, sites
from disposals.disclosure.seen import versions
from disposals.register import Register, create_register, open_register
from disposals.storage.address import Place
from tests.benchmarks import peers
from tests.benchmarks.processes import Took, measured
from tests.conftest import AT, stamp
from tests.statements import Statements, noted

CASES, ROUNDS = 120, 5
EVIDENCE = (
    ("declaration", {
        "declared_by": "Education", "because": "no longer needed", "declared_on": date(2021, 3, 1),
        "authority": "the Director of Education's decision of 1 March 2021",
    }),
    ("circulation", {
        "circulated_to": "All services",
        "reply_by": date(2021, 5, 31),
    }),
    ("consultation", {
        "consultee": "Local member", "capacity": "local member", "held_on": date(2021, 7, 2),
        "said": "keep the footpath",
    }),
)  # fmt: skip
REFS = [f"case-{number}" for number in range(CASES)]


def ready(place: Place, refs: Sequence[str]) -> dict[str, int]:
    """A register of cases that are ready to advance; says the version of each."""
    create_register(place, authority="kent", at=AT)
    register = open_register(place)
    began = stamp(date(2021, 8, 2))
    for ref in refs:
        sites.add_site(register, ref, {"name": ref}, began)
        opening.open_case(register, ref, began, name=ref, holds=[opening.Share(ref)])
        for seen, (kind, facts) in enumerate(EVIDENCE, start=1):
            recording.record(register, ref, kind, facts, began, seen=seen)
    register.close()
    return dict.fromkeys(refs, 1 + len(EVIDENCE))


def ours(register: Register, seen: dict[str, int]) -> None:
    """Advance every case."""
    for ref in REFS:
        moves.advance(register, ref, stamp(), seen=seen)


@pytest.fixture
def statements(tmp_path: Path) -> Statements:
    """What the advances of all cases send to SQLite."""
    path = tmp_path / "noted.sqlite"
    seen = ready(path, REFS)
    with noted() as told:
        register = open_register(path)
        versions(register, REFS[0])  # now the pool has its connection
        told.clear()
        ours(register, seen)
        register.close()
    return list(told)


def bare(path: Path, statements: Statements) -> Took:
    """How long bare sqlite3 takes for the same row work."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = EXTRA")
        return measured(
            lambda: [connection.execute(sql, given).fetchall() for sql, given in statements]
        )


@pytest.mark.filterwarnings("ignore")
def test_durable_advances_beside_others(tmp_path: Path, statements: Statements) -> None:
    start = tmp_path / "start.sqlite"
    seen = ready(start, REFS)
    others = {
        "django-fsm": peers.django_fsm(tmp_path, REFS),
        "SpiffWorkflow": peers.spiff(tmp_path, REFS),
        **peers.dbos(tmp_path, REFS),
    }
    took: dict[str, list[Took]] = {"ours": [], "bare sqlite3": [], **{name: [] for name in others}}
    for _ in range(ROUNDS + 1):
        one, two = tmp_path / "ours.sqlite", tmp_path / "bare.sqlite"
        shutil.copy(start, one)
        shutil.copy(start, two)
        register = open_register(one)
        versions(register, REFS[0])
        took["ours"].append(measured(lambda: ours(register, seen)))  # noqa: B023 (called at once)
        register.close()
        took["bare sqlite3"].append(bare(two, statements))
        for name, measure in others.items():
            took[name].append(measure())
    print(f"\n{CASES} advances, {ROUNDS} rounds, SQLite {sqlite3.sqlite_version}; medians:")
    for name, rounds in took.items():
        clock, cpu = (median(each) / CASES * 1000 for each in zip(*rounds[1:], strict=True))
        beside = [
            median(
                their[n] / our[n] for their, our in zip(rounds[1:], took["ours"][1:], strict=True)
            )
            for n in (0, 1)
        ]
        print(
            f"  {name:14} {clock:7.2f} ms by the clock, {cpu:6.2f} ms of processor an advance; "
            f"{beside[0]:5.2f} and {beside[1]:5.2f} times ours"
        )
    print("sought of ours: DBOS 10, django-fsm and SpiffWorkflow over 1, bare sqlite3 over 0.33")
