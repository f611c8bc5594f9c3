"""The officer's morning on 100,000 disposals with a million milestones, beside bare SQL.

What a command asks of the register is written down as it runs; the bare process imports the same
libraries, then fetches the same rows by the same statements and does nothing with them. Where
a command draws receipts, the bare process imports numpy as well. Run it with `make bench`. The
rows are written past the chain of the register, so `audit verify` would find faults here.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from disposals.cli.main import run
from tests.benchmarks.portfolio import TODAY, portfolio
from tests.benchmarks.processes import beside
from tests.statements import noted

ROUNDS = 5
SIZES = (10_000, 100_000)
ON = ("--as-of", TODAY.isoformat())
COMMANDS = {
    "milestones --overdue": ("milestones", "--overdue", *ON),
    "agenda": ("agenda", "--officer", "Officer 7", *ON),
    "receipts": ("receipts", *ON),
}
DRAWS = {"receipts"}
BARE = """
import json, sqlite3, sys
import rich.table, sqlmodel, typer
connection = sqlite3.connect(sys.argv[1])
for statement, parameters in json.load(open(sys.argv[2])):
    connection.execute(statement, parameters).fetchall()
"""
OURS = """
import re, sys
from pathlib import Path
from disposals.cli.main import run
try:
    run(sys.argv[1:])
finally:  # what getrusage calls the peak may be the parent's
    peak = re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]
    print("PEAK", int(peak) // 1024, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A portfolio of each size."""
    folder = tmp_path_factory.mktemp("portfolio")
    for size in SIZES:
        portfolio(folder / f"{size}.sqlite", size)
    yield folder
    for size in SIZES:
        (folder / f"{size}.sqlite").unlink()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_beside_the_bare_sql(name: str, folder: Path) -> None:
    register, asked = folder / f"{SIZES[-1]}.sqlite", folder / "asked.json"
    statements = written_down(register, COMMANDS[name])
    asked.write_text(json.dumps(statements))
    source = ("import numpy\n" if name in DRAWS else "") + BARE
    bare = [sys.executable, "-c", source, str(register), str(asked)]
    ours = [sys.executable, "-m", "disposals", *COMMANDS[name]]
    found = beside(ours, bare, register, rounds=ROUNDS)
    peaks = [peak_mb(folder / f"{size}.sqlite", COMMANDS[name]) for size in SIZES]
    print(
        f"\n{name}: {found}; sought: at most 2; {len(statements)} statements; peak memory "
        f"{peaks[0]} MB with {SIZES[0]:,} disposals, {peaks[1]} MB with {SIZES[1]:,}"
    )


def written_down(register: Path, arguments: tuple[str, ...]) -> list[tuple[str, list[object]]]:
    """The statements that a command reads by, with their parameters."""
    with noted() as told, pytest.raises(SystemExit), redirect_stdout(StringIO()):
        run(["--register", str(register), *arguments])
    found = [(sql, list(given)) for sql, given in told if sql.startswith(("SELECT", "WITH"))]
    assert found
    return found


def peak_mb(register: Path, arguments: tuple[str, ...]) -> int:
    line = [sys.executable, "-c", OURS, "--register", str(register), *arguments]
    said = subprocess.run(line, capture_output=True, text=True, check=True).stderr
    found = re.search(r"PEAK (\d+)", said)
    assert found
    return int(found[1])
