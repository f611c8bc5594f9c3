"""How many entries of history `disposals audit verify` follows in a second.

A register of 200,000 acts. Run it with `make bench`.
"""

import time
from pathlib import Path

from disposals.disclosure.audit import verified
from disposals.register import open_register
from tests.benchmarks.acts import ENTRIES, fill

ROUNDS = 5


def test_entries_verified_in_a_second(path: Path) -> None:
    fill(path)
    register = open_register(path)
    clock, processor = [], []
    for _ in range(ROUNDS):
        began, began_cpu = time.perf_counter(), time.process_time()
        found = verified(register)
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - began_cpu)
        assert (found.acts, found.faults) == (ENTRIES, ())
    register.close()
    print(
        f"\n{found.acts:,} entries, the quickest of {ROUNDS}: by the clock {min(clock):.2f} s, "
        f"{found.acts / min(clock):,.0f} a second; of one processor {min(processor):.2f} s, "
        f"{found.acts / min(processor):,.0f} a second (sought: at least 100,000)"
    )
