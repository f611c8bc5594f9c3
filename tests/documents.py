"""The shell sessions that documents show, run as they stand."""

import os
import re
import subprocess
import sys
from pathlib import Path


def blocks(page: Path) -> list[str]:
    """The shell blocks of a page, in their order."""
    return re.findall(
        r"^```sh\n(.*?)^```$", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    )


def run_as_it_stands(folder: Path, *scripts: str) -> str:
    """Run scripts one after the other in one shell, where `disposals` is this program.

    The shell leaves at the first command that fails, unless the script itself lets it pass.

    Returns:
        what they printed.
    """
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    launcher = bin_folder / "disposals"
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m disposals "$@"\n')
    launcher.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "XDG_DATA_HOME": str(folder / "data"),
        "HOME": str(folder),
    }
    for name in ("DISPOSALS_REGISTER", "DISPOSALS_USER"):
        environment.pop(name, None)
    told = "\n".join(f"echo '# block {no}'\n{each}" for no, each in enumerate(scripts, start=1))
    done = subprocess.run(
        ["bash", "-c", f"set -euo pipefail\n{told}"],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout
