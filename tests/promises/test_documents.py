"""What the documents say is so: the README's commands run, generated pages are fresh."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from disposals.cli.main import COMMANDS
from tests.generated import DOCS, PAGES

README = (DOCS.parent / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_a_generated_page_is_fresh(page: str) -> None:
    write: Callable[[], str] = PAGES[page]
    assert (DOCS / page).read_text("utf-8") == write(), "run `make docs`"


def test_the_readme_leads_with_two_commands() -> None:
    assert BLOCKS[0] == (
        "pip install . && disposals init --example kent && disposals advance steele-avenue\n"
    )
    assert BLOCKS[1] == "pip install --editable '.[dev]' && pytest -n auto\n"


def test_every_other_command_of_the_readme_runs_as_it_stands(tmp_path: Path) -> None:
    script = "\n".join(["set -euo pipefail", *BLOCKS[2:]])
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    launcher = bin_folder / "disposals"
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m disposals "$@"\n')
    launcher.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "HOME": str(tmp_path),
    }
    environment.pop("DISPOSALS_REGISTER", None)
    made = subprocess.run(
        ["bash", "-c", "disposals init --example kent && disposals advance steele-avenue"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "steele-avenue.geojson").exists()


def test_every_command_in_the_documents_exists() -> None:
    pages = [README, *(page.read_text("utf-8") for page in DOCS.glob("*.md"))]
    for page in pages:
        for word in re.findall(r"\bdisposals ((?:--register \S+ )?[a-z]+)", page):
            name = word.split()[-1]
            if f"`disposals {name}" in page or f"\ndisposals {name}" in page:
                assert name in COMMANDS, name
