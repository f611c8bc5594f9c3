"""What every option that names a file to write shares: what the name may end in, and the screen."""

from collections.abc import Callable
from pathlib import Path

import typer

from disposals.words import listed

SCREEN = Path("-")


def ending_in(*suffixes: str) -> Callable[[str | Path], Path]:
    """A reader for an option, which refuses a name that says it is something else."""

    def read(written: str | Path) -> Path:
        path = Path(written)
        wanted = listed(suffixes, last="or")
        if path == SCREEN:
            raise typer.BadParameter(f"such a file can't go to the screen; name one in {wanted}")
        if path.suffix.lower() not in suffixes:
            raise typer.BadParameter(f"“{path}” does not say what it will be: end it in {wanted}")
        return path

    return read


def or_screen(path: Path) -> Path:
    """The file to write, where `-` means the screen."""
    return Path("/dev/stdout") if path == SCREEN else path
