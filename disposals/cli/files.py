"""What every option that names a file to write shares: what the name may end in, and the screen."""

from collections.abc import Callable
from pathlib import Path

from disposals.errors import BadFact
from disposals.words import listed

SCREEN = Path("-")


def ending_in(*suffixes: str) -> Callable[[str | Path], Path]:
    """A reader for an option, which refuses (BadFact) a name that says it is something else."""

    def read(written: str | Path) -> Path:
        path = Path(written)
        wanted = listed(suffixes, last="or")
        if path == SCREEN:
            raise BadFact(f"Such a file can't go to the screen. Name one: it ends in {wanted}.")
        if path.suffix.lower() not in suffixes:
            raise BadFact(f"“{path}” is no name for such a file: it ends in {wanted}.")
        return path

    return read


def ending_in_or_screen(*suffixes: str) -> Callable[[str | Path], Path]:
    """The same for what may also go to the screen, or into a pipe or a device."""
    refuse_others = ending_in(*suffixes)

    def read(written: str | Path) -> Path:
        path = Path(written)
        is_stream = path.exists() and not (path.is_file() or path.is_dir())
        return path if path == SCREEN or is_stream else refuse_others(path)

    return read


def or_screen(path: Path) -> Path:
    """The file to write, where `-` means the screen."""
    return Path("/dev/stdout") if path == SCREEN else path
