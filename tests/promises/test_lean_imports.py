"""The everyday commands load nothing heavy."""

import json
import os
import subprocess
import sys

import pytest

from disposals.storage.address import Address, Place

HEAVY = {
    "geopandas", "pandas", "pyogrio", "shapely", "numpy", "rich", "holidays", "convertbng",
    "alembic", "psycopg",
}  # fmt: skip
PROBE = """
import json, sys
from disposals.__main__ import run
try:
    run(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        (("advance", "steele-avenue"), set()),
        (("advance", "steele-avenue", "--dry-run", "--json"), set()),
        (("next", "steele-avenue/part-2"), set()),
        (("hold", "steele-avenue/part-1", "--because", "Waiting"), set()),
        (("list",), {"rich"}),
        (("show", "steele-avenue"), {"rich"}),
        (("milestones",), {"rich"}),
    ],
)
def test_a_command_loads_what_it_needs_and_no_more(
    kent_place: Place, line: tuple[str, ...], allowed: set[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *line],
        env=os.environ | {"DISPOSALS_REGISTER": str(kent_place)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert loaded & HEAVY <= allowed | ({"psycopg"} if isinstance(kent_place, Address) else set())


def test_a_move_whose_gates_ask_for_no_land_builds_none_of_its_tables(kent_place: Place) -> None:
    probe = PROBE.replace('name.partition(".")[0]', "name")
    done = subprocess.run(
        [sys.executable, "-c", probe, "advance", "steele-avenue", "--dry-run"],
        env=os.environ | {"DISPOSALS_REGISTER": str(kent_place)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "disposals.gates.land" in loaded
    assert not {"sites.records", "sites.boundaries", "sites.burdens"} & loaded
    assert not {f"disposals.records.{kind}" for kind in ("title", "notices", "clauses")} & loaded
