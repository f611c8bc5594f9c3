"""Files that take their name when all of them is on the disk, or not at all."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sites.errors import CannotWrite

_STREAMS = ("/dev/", "/proc/")
_SQLITE = b"SQLite format 3\0"
_HEADER, _APPLICATION = (
    100,
    slice(68, 72),
)  # of a file of SQLite's: its length, and whose file it is


class NotWritten(Exception):
    """Why a file could not be written, as a clause."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to; a device or pipe is written as it is.

    Raises:
        CannotWrite: full disk, missing folder, no permission; nothing is left of the file, and
            what was there before stays.
    """
    if is_stream(path):
        with _in_words(path), _stream(path) as stream:
            yield stream
        return
    with whole_made(path) as unfinished, unfinished.open("xb") as file:
        yield file


@contextmanager
def whole_made(path: Path, *, is_new: bool = False) -> Iterator[Path]:
    """A path of the same name in a folder of its own, for whoever makes files by their names.

    What is found there at the end takes the place of `path`, or goes into it if it is a stream.
    It never takes that of a database which is no GeoPackage: such a one is work, not an output.

    Args:
        is_new: nothing may be there before, nor come there meanwhile.

    Raises:
        CannotWrite: as for `whole_file`.
        FileExistsError: something is there that must not be.
    """
    with _in_words(path):
        target = Path(os.path.realpath(path))  # of a link that leads to itself, that link
        _refuse_database(target)
        beside = Path.cwd() if is_stream(path) else target.parent
        folder = beside / f".{target.name}.{secrets.token_hex(4)}"
        folder.mkdir()
        try:
            made = folder / target.name
            yield made
            if is_stream(path):
                with made.open("rb") as file, _stream(path) as stream:
                    shutil.copyfileobj(file, stream)
            elif is_new:
                put_in_place(made, target)
            else:
                to_disk(made)
                made.replace(target)
                to_disk(target.parent)
        finally:
            shutil.rmtree(folder)


def _refuse_database(target: Path) -> None:
    if not target.is_file():
        return
    with target.open("rb") as file:
        header = file.read(_HEADER)
    # Spatialite and GDAL leave the application's id at nought, and so do files of no database.
    if header.startswith(_SQLITE) and header[_APPLICATION] not in {b"GPKG", b"GP10", bytes(4)}:
        message = "a database of another kind is there, which no output replaces. Name another file"
        raise NotWritten(message)


def put_in_place(made: Path, path: Path) -> None:
    """Give a whole file the name under which nothing is yet; once it has it, it is on the disk.

    Where the disk knows no links, as on a stick, the name is taken first and then given.

    Raises:
        FileExistsError: something is there by now; it is left as it is.
        OSError: the disk or its folder can't be written; nothing is left under the name.
    """
    to_disk(made)
    try:
        path.hardlink_to(made)
    except FileExistsError:
        raise
    except OSError:
        path.touch(exist_ok=False)
        try:
            made.replace(path)
        except BaseException:
            path.unlink()
            raise
    try:
        to_disk(path.parent)
    except BaseException:
        path.unlink()
        raise


def is_stream(path: Path) -> bool:
    """Whether a path is a device or pipe, or names an open file such as /dev/stdout."""
    if path.is_symlink() and str(path.absolute()).startswith(_STREAMS):
        return True
    return path.exists() and not path.is_file() and not path.is_dir()


def _stream(path: Path) -> BinaryIO:
    if path == Path("/dev/stdout"):
        # Opened by its name, it would not know how far it had been written to.
        return os.fdopen(os.dup(1), "wb")
    return path.open("ab")


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, will outlast a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except NotWritten as error:
        raise CannotWrite(path, str(error)) from None
    except FileExistsError:
        raise
    except OSError as error:
        raise CannotWrite(path, (error.strerror or str(error)).lower()) from None
