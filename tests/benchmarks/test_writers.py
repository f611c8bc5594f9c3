"""Durable advances in a second on PostgreSQL: 1 to 16 officers, each on cases of their own.

Every officer is a process with a connection of its own, and has advanced a case before; all of them
wait for one another before the first act that counts, and the clock stops with the last one. The
server waits for its disk as it does by default. Run it with `make bench`.
"""

import multiprocessing
import os
import time
from itertools import islice
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from disposals.casework import moves
from disposals.register import open_register
from disposals.storage.address import Address, place_of
from tests import postgres
from tests.benchmarks.test_durable import ready
from tests.conftest import stamp

WRITERS = (1, 2, 4, 8, 16)
OF_EACH_ROUND = 192
ROUNDS = 5


def officer(address: str, refs: list[str], seen: dict[str, int], together: Barrier) -> None:
    """Advance some cases, once everyone is at their desk and has done the first."""
    register = open_register(place_of(address))
    first, *others = refs
    moves.advance(register, first, stamp(), seen=seen)
    together.wait()
    for ref in others:
        moves.advance(register, ref, stamp(), seen=seen)
    together.wait()
    register.close()


def a_second(place: Address, refs: list[str], seen: dict[str, int], writers: int) -> float:
    """How many advances there are in a second with so many writers."""
    spawn = multiprocessing.get_context("spawn")
    together = spawn.Barrier(writers + 1)
    desks = [
        spawn.Process(target=officer, args=(str(place), refs[n::writers], seen, together))
        for n in range(writers)
    ]
    for desk in desks:
        desk.start()
    together.wait()
    began = time.perf_counter()
    together.wait()
    took = time.perf_counter() - began
    for desk in desks:
        desk.join()
    assert {desk.exitcode for desk in desks} == {0}
    return (len(refs) - writers) / took


@pytest.mark.skipif(bool(postgres.why_not()), reason="PostgreSQL is not installed")
def test_more_writers_do_more(tmp_path: Path) -> None:
    rounds: dict[int, list[float]] = {writers: [] for writers in WRITERS}
    refs = [f"case-{no}" for no in range(sum(OF_EACH_ROUND + each for each in WRITERS))]
    with postgres.server(durable=True) as server:
        seen = ready(server.database("made", tmp_path), refs)
        for no in range(ROUNDS):
            place = server.database(f"round_{no}", tmp_path, like="made")
            left = iter(refs)
            for writers in WRITERS:
                some = [*islice(left, OF_EACH_ROUND + writers)]
                rounds[writers].append(a_second(place, some, seen, writers))
    alone = sorted(rounds[1])[ROUNDS // 2]
    print(f"\nadvances a second on PostgreSQL, {os.cpu_count()} cores; medians of {ROUNDS} rounds:")
    for writers, told in rounds.items():
        median = sorted(told)[ROUNDS // 2]
        print(f"  {writers:2} writers: {median:6.1f}, {median / alone:.2f} × one alone")
