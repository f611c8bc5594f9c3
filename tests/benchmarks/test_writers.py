"""Durable advances in a second on PostgreSQL: 1 to 16 officers, each on cases of their own.

Every officer is a process with a connection of its own; all of them wait for one another before the
first act. The server waits for its disk as it does by default. Run it with `make bench`.
"""

import multiprocessing
import os
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from disposals.casework import moves
from disposals.disclosure.seen import versions
from disposals.register import open_register
from disposals.storage.address import Address, place_of
from tests import postgres
from tests.benchmarks.test_durable import ready
from tests.conftest import stamp

WRITERS = (1, 2, 4, 8, 16)
OF_EACH_ROUND = 96
ROUNDS = 3


def officer(address: str, refs: list[str], seen: dict[str, int], start: Barrier) -> None:
    """Advance some cases, once everyone is at their desk."""
    register = open_register(place_of(address))
    versions(register, refs[0])
    start.wait()
    for ref in refs:
        moves.advance(register, ref, stamp(), seen=seen)
    register.close()


def a_second(place: Address, refs: list[str], seen: dict[str, int], writers: int) -> float:
    """How many advances there are in a second with so many writers."""
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(writers + 1)
    desks = [
        spawn.Process(target=officer, args=(str(place), refs[n::writers], seen, start))
        for n in range(writers)
    ]
    for desk in desks:
        desk.start()
    start.wait()
    began = time.perf_counter()
    for desk in desks:
        desk.join()
    assert {desk.exitcode for desk in desks} == {0}
    return len(refs) / (time.perf_counter() - began)


@pytest.mark.skipif(bool(postgres.why_not()), reason="PostgreSQL is not installed")
def test_more_writers_do_more(tmp_path: Path) -> None:
    rounds: dict[int, list[float]] = {writers: [] for writers in WRITERS}
    with postgres.server(durable=True) as server:
        for round_ in range(ROUNDS):
            refs = [f"case-{no}" for no in range(OF_EACH_ROUND * len(WRITERS))]
            place = server.database(f"round_{round_}", tmp_path)
            seen = ready(place, refs)
            for nth, writers in enumerate(WRITERS):
                some = refs[nth * OF_EACH_ROUND : (nth + 1) * OF_EACH_ROUND]
                rounds[writers].append(a_second(place, some, seen, writers))
    alone = sorted(rounds[1])[ROUNDS // 2]
    print(f"\nadvances a second on PostgreSQL, {os.cpu_count()} cores; medians of {ROUNDS} rounds:")
    for writers, told in rounds.items():
        median = sorted(told)[ROUNDS // 2]
        print(f"  {writers:2} writers: {median:6.1f}, {median / alone:.2f} × one alone")
