"""A command that is killed at any point leaves every case wholly before it or wholly after it.

Some points are tried here, once; `make crash` tries all of them, 200 times.
"""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

TRIES = int(os.environ.get("DISPOSALS_CRASHES", "0"))
ONE, TWO = "steele-avenue/part-1", "steele-avenue/part-2"
COMMANDS = {
    "a move": "advance steele-avenue",
    "a hold": f"hold {TWO} --because 'Waiting for consent'",
    "a waiver": "waive wayfarers surplus.circulated --authority Cabinet --because 'Known to all'",
    "a withdrawal": "withdraw gibson-drive --because 'Kept for a school'",
    "a bid": f"bid add {ONE} --bidder 'Bidder G' --price £900,000",
    "a valuation": f"valuation add {ONE} --valuer Valuer --value £1,250,000",
    "a notice on a whole and its parts": "decision notify 21/00100",
    "a forecast and what follows": (
        f"milestone forecast {ONE} 5 --when 'Oct 2022' --because 'Consent is late' --follow"
    ),
    "a site": "site add the-verge --name 'The verge' --address 'Steele Avenue'",
    "a split of a part": (
        "site split steele-avenue/part-2 --area 0.1ha --because 'Sold in two' --source Sketch"
    ),
    "twelve options from a file": "option add wayfarers --from {folder}/options.csv",
    "a document": "document add wayfarers {folder}/notice.txt --title Notice --kind notice",
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that officers hand in."""
    folder = tmp_path_factory.mktemp("handed-in")
    lines = [f"{number},Option {number}" for number in range(1, 13)]
    (folder / "options.csv").write_text("\n".join(["no,title", *lines]))
    (folder / "notice.txt").write_text("Notice of intention to dispose")
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_command_has_done_all_or_nothing(name: str, kent_file: Path, folder: Path) -> None:
    command = COMMANDS[name].format(folder=shlex.quote(str(folder)))
    line = [sys.executable, "-m", "tests.crashing", str(kent_file), command, str(TRIES)]
    found = json.loads(subprocess.run(line, capture_output=True, check=True).stdout)
    assert found["wrong"] == []
    assert set(found["outcomes"]) == {"before", "after"}, found
