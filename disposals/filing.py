"""Documents on the disk: kept in the register's folder of them under the hash of what is in them.

`register.sqlite.documents/e3/e3b0c442…`: a file is written whole before its record is, and is never
written again; what is read is held against its name (SHA-256, FIPS 180-4).
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from disposals.errors import DisposalsError
from sites.errors import UnreadableFile
from sites.whole import whole_file

PIECE = 1024 * 1024  # of a file that is read piece by piece; bytes
_MOST = 256 * 1024 * 1024


class DamagedDocument(DisposalsError):
    """A document that is missing, or is not what it was."""


def kept(folder: Path, source: Path) -> tuple[str, int]:
    """Keep a copy of a file in a register's folder; says its hash and its size in bytes.

    Raises:
        UnreadableFile: it is no file, can't be read, is empty or is larger than 256 MB.
        CannotWrite: the disk is full, or the folder can't be written.
    """
    content = _content(source)
    sha256 = hashlib.sha256(content).hexdigest()
    place = place_of(folder, sha256)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(place) as file:
            file.write(content)
    return sha256, len(content)


def content_of(folder: Path, sha256: str) -> bytes:
    """What is in a document, held against its hash.

    Raises:
        DamagedDocument: it is gone, or was altered.
    """
    try:
        content = place_of(folder, sha256).read_bytes()
    except OSError:
        raise _gone(folder, sha256) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise altered(folder, sha256)
    return content


def pieces_of(folder: Path, sha256: str) -> Iterator[bytes]:
    """What is in a document piece by piece, for who hashes it.

    Raises:
        DamagedDocument: it is gone.
    """
    try:
        yield from pieces(place_of(folder, sha256))
    except OSError:
        raise _gone(folder, sha256) from None


def pieces(path: Path) -> Iterator[bytes]:
    """What is in a file, piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _gone(folder: Path, sha256: str) -> DamagedDocument:
    return DamagedDocument(
        f"The document {sha256[:12]} is not at {place_of(folder, sha256)}. Bring the folder of "
        "documents back from a backup."
    )


def altered(folder: Path, sha256: str) -> DamagedDocument:
    """What is said of a document whose hash is not the one it is kept under."""
    return DamagedDocument(
        f"The document at {place_of(folder, sha256)} is not what was attached: its content has "
        "been altered or damaged. Bring it back from a backup."
    )


def place_of(folder: Path, sha256: str) -> Path:
    """Where a document lies in a register's folder of them."""
    return folder / sha256[:2] / sha256


def _content(source: Path) -> bytes:
    if not source.is_file():
        raise UnreadableFile(source, "there is no such file.")
    try:
        size = source.stat().st_size
        if size > _MOST:
            raise UnreadableFile(source, f"it is larger than {_MOST // 1024 // 1024} MB.")
        content = source.read_bytes()
    except OSError as error:
        raise UnreadableFile(source, f"it can't be read: {error.strerror}.") from None
    if not content:
        raise UnreadableFile(source, "it is empty.")
    return content
