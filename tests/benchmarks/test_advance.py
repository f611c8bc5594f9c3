"""How long `disposals advance` takes beside the bare import of what it is built on.

Run it with `make bench`.
"""

import shutil
import sys
from pathlib import Path

from tests.benchmarks.processes import beside

ROUNDS = 15
BARE = [sys.executable, "-c", "import sqlmodel, typer, transitions"]
ADVANCE = [sys.executable, "-m", "disposals", "advance", "steele-avenue"]


def test_advance_beside_the_bare_import(kent_file: Path, path: Path) -> None:
    found = beside(
        ADVANCE, BARE, path, rounds=ROUNDS, before_each=lambda: shutil.copy(kent_file, path)
    )
    print(f"\nadvance: {found}; sought: at most 1.30")
