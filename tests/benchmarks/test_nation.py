"""Many councils in one database: what a nation's land takes, on one machine.

As large as asked: `COUNCILS=400 SITES=2500` is a million sites, and takes most of an hour to make.
Figures are for `docs/growing.md`. Run it with `make nation`.
"""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from statistics import median
from typing import Any, LiteralString

import pytest

from disposals.casework.cases import hold, resume
from disposals.disclosure.seen import versions
from disposals.register import open_register
from disposals.storage.address import Address, place_of
from tests import postgres
from tests.benchmarks.nation import ONE_SOLD_OF, corner, council
from tests.benchmarks.portfolio import TODAY, ref
from tests.conftest import stamp
from tests.postgres import Server

COUNCILS, SITES = int(os.environ.get("COUNCILS", "4")), int(os.environ.get("SITES", "500"))
ON = ("--as-of", "2021-09-30")
ACTS = 40  # of every officer
COMMANDS = {
    "list": ("list", "--json"),
    "agenda of one officer": ("agenda", "--officer", "Officer 0", *ON),
    "receipts": ("receipts", *ON),
    "all sites as GeoJSON": ("export", "geojson", "-o", "{folder}/sites.geojson"),
    "publish": ("db", "publish"),
    "backup": ("backup", "{folder}/council.backup"),
}
# A square kilometre, as a map asks for it.
WINDOW: LiteralString = (
    "SELECT count(*) FROM {}.boundary_on_the_map "
    "WHERE shape && ST_MakeEnvelope(%s, %s, %s + 1000, %s + 1000, 27700)"
)


def seconds(act: Callable[[], Any], times: int = 1) -> float:
    """How long something takes, at the median."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return median(took)


def make(addresses: list[tuple[int, str]]) -> None:
    """Make the registers of some councils."""
    for number, address in addresses:
        council(place_of(address), number, SITES)


def officer(address: str, case: str, start: Any) -> None:
    """Put a case on hold and take it up again, over and over."""
    register = open_register(place_of(address))
    seen = versions(register, case)[case]
    by = stamp(TODAY)
    start.wait()
    for no in range(0, ACTS, 2):
        hold(register, case, by, seen=seen + no, because="Buyer asks for time")
        resume(register, case, by, seen=seen + no + 1)
    register.close()


def acts_a_second(addresses: list[str], writers: int) -> float:
    """How many acts there are in a second where so many officers work, each in a council."""
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(writers + 1)
    desks = [
        spawn.Process(
            target=officer,
            args=(addresses[n % len(addresses)], ref(n + n // 6), start),
        )
        for n in range(writers)
    ]
    for desk in desks:
        desk.start()
    start.wait()
    took = seconds(lambda: _ended(desks))
    return writers * ACTS / took


def asked(server: Server, statement: LiteralString, given: tuple[Any, ...] = ()) -> Any:
    """The one value that a statement answers."""
    with server.connected("nation") as connection:
        found = connection.execute(statement, given).fetchone()
        assert found is not None
        return found[0]


@pytest.mark.skipif(bool(postgres.why_not()), reason="PostgreSQL is not installed")
def test_a_nation_on_one_machine(tmp_path: Path) -> None:
    with postgres.server(durable=True) as server:
        base = server.database("nation", tmp_path)
        places = [base.in_schema(f"council_{number:03}") for number in range(COUNCILS)]
        took = seconds(lambda: _made(places))
        server.run("ANALYZE", database="nation")
        size = asked(server, "SELECT pg_database_size('nation') / 1000000000.0")
        tables = asked(server, "SELECT count(*) FROM pg_class WHERE relkind = 'r'")
        catalogue = asked(server, "SELECT sum(pg_total_relation_size(oid)) / 1e6 FROM pg_class "
                          "WHERE relnamespace = 'pg_catalog'::regnamespace")  # fmt: skip
        print(
            f"\n{COUNCILS} councils with {SITES} sites each, {SITES // ONE_SOLD_OF} of them being "
            f"sold: made in {took / 60:.0f} min; {size:.2f} GB, {size * 1000 / COUNCILS:.1f} MB a "
            f"council; {tables} tables, catalogue {catalogue:.0f} MB"
        )
        _tell_commands(places, tmp_path)
        _tell_maps(server)
        addresses = [str(place) for place in places]
        for writers in (1, 2, 4, 8, 16):
            apart = acts_a_second(addresses[:16], writers)
            together = acts_a_second(addresses[-1:], writers)
            print(
                f"  {writers:2} officers: {apart:5.0f} acts a second in councils of their own, "
                f"{together:5.0f} in one"
            )


def _made(places: list[Address]) -> None:
    spawn = multiprocessing.get_context("spawn")
    numbered = [(number, str(place)) for number, place in enumerate(places)]
    makers = [spawn.Process(target=make, args=(numbered[n::2],)) for n in range(2)]
    for maker in makers:
        maker.start()
    _ended(makers)


def _ended(processes: Sequence[BaseProcess]) -> None:
    for process in processes:
        process.join()
    assert {process.exitcode for process in processes} == {0}


def _tell_commands(places: list[Address], folder: Path) -> None:
    place = places[len(places) // 2]
    environment = os.environ | {"DISPOSALS_REGISTER": str(place)}
    subprocess.run(
        [sys.executable, "-m", "disposals", "db", "create"], env=environment, check=True,
        capture_output=True,
    )  # fmt: skip
    for name, line in COMMANDS.items():
        words = [word.format(folder=folder) for word in line]
        whole = [sys.executable, "-m", "disposals", *words]
        took = seconds(
            partial(subprocess.run, whole, env=environment, check=True, capture_output=True)
        )
        print(f"  {name}: {took:.2f} s as a whole process")


def _tell_maps(server: Server) -> None:
    where = corner(COUNCILS // 2, 0)
    given = (*where, *where)
    one = f"council_{COUNCILS // 2:03}"
    query = WINDOW.replace("{}", one)
    each = [WINDOW.replace("{}", f"council_{number:03}") for number in range(COUNCILS)]
    everywhere = f"SELECT sum(count) FROM ({' UNION ALL '.join(each)}) AS every_council"  # noqa: S608
    with server.connected("nation") as connection:
        found = connection.execute(query, given).fetchone()
        one_s = seconds(lambda: connection.execute(query, given).fetchone(), 20)
        every = tuple(given) * COUNCILS
        nation_s = seconds(lambda: connection.execute(everywhere, every).fetchone(), 5)
    assert found is not None
    print(
        f"  a square kilometre of the map ({found[0]} sites): {one_s * 1000:.1f} ms in one "
        f"council, {nation_s * 1000:.0f} ms asked of all {COUNCILS} at once"
    )
