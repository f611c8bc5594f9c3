"""A command that is killed at any point leaves every case wholly before it or wholly after it.

Some points of some kinds are tried here, once; `make crash` tries all, as often as TRIES says.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.aftermath import REGISTER
from tests.kinds_of_act import KINDS

TRIES = int(os.environ.get("DISPOSALS_CRASHES", "0"))
FEW = (
    "a move", "a waiver", "a bid", "a notice on a whole and its parts",
    "a forecast and what follows", "sites from a file", "a split of a part",
    "twelve options from a file", "a document", "a name erased", "a backup",
    "a backup restored",
)  # fmt: skip


@pytest.mark.parametrize("name", KINDS if TRIES else FEW)
def test_a_killed_command_has_done_all_or_nothing(
    name: str, handed_in: Path, tmp_path: Path
) -> None:
    kind = KINDS[name]
    shutil.copytree(handed_in, tmp_path, dirs_exist_ok=True)
    if (register := kind.start()) is not None:
        (tmp_path / REGISTER).write_bytes(register)
    told = [str(tmp_path), kind.command, str(TRIES), str(int(kind.has_threads))]
    line = [sys.executable, "-m", "tests.crashing", *told]
    found = json.loads(subprocess.run(line, capture_output=True, check=True).stdout)
    if TRIES:
        sys.stderr.write(f"\n{name}: {found}\n")
    assert found["wrong"] == []
    assert set(found["outcomes"]) == {"before", "after"}, found
