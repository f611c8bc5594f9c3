"""Documents on the disk: kept in the register's folder of them under the hash of what is in them.

`register.sqlite.documents/e3/e3b0c442…`: a file is written whole before its record is, and is never
written again; what is read is held against its name (SHA-256, FIPS 180-4).
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from disposals.errors import CannotWriteRegister, DisposalsError, NoDocuments
from sites.errors import UnreadableFile
from sites.whole import whole_file

PIECE = 1024 * 1024  # of a file that is read piece by piece; bytes
_MOST = 256 * 1024 * 1024


class DamagedDocument(DisposalsError):
    """A document that is missing, or is not what it was."""


def hashed(source: Path) -> tuple[str, int]:
    """The hash of a file that is to be kept, and its size in bytes.

    Raises:
        UnreadableFile: it is no file, can't be read, is empty or is larger than 256 MB.
    """
    content = _content(source)
    return hashlib.sha256(content).hexdigest(), len(content)


def keep(folder: Path, sha256: str, source: Path) -> None:
    """Keep a copy of a file in a register's folder, which is there, under its hash.

    Raises:
        UnreadableFile: it can't be read, or is not what was hashed.
        DamagedDocument: something else lies under its hash.
        CannotWrite: the disk is full, or can't be written.
        CannotWriteRegister: nothing may be written in the folder.
    """
    place = place_of(folder, sha256)
    if lies_at(place):
        content_of(folder, sha256)
        return
    content = _content(source)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise UnreadableFile(source, "it was changed while it was read. Repeat when it is done.")
    try:
        place.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise CannotWriteRegister(
            f"No document can be kept in {folder}: {error.strerror}. Nothing was recorded; see "
            "that you may write there and that its disk has room, then repeat."
        ) from None
    with whole_file(place) as file:
        file.write(content)


@contextmanager
def bringing(folder: Path) -> Iterator[Callable[[str, Path], None]]:
    """What keeps files under the hashes that they have, and finds those that were there sound.

    If the block raises, those that were not there before are removed again. Nobody else brings the
    same meanwhile.

    Raises:
        DamagedDocument: one that was there before was altered.
        CannotWrite, CannotWriteRegister: as for `keep`.
    """
    brought: list[Path] = []

    def bring(sha256: str, source: Path) -> None:
        place = place_of(folder, sha256)
        if not lies_at(place):
            brought.append(place)
            keep(folder, sha256, source)
        content_of(folder, sha256)

    try:
        yield bring
    except BaseException:
        for path in brought:
            path.unlink(missing_ok=True)
        raise


def refuse_no_folder(folder: Path) -> None:
    """Refuse a folder of documents that is not there.

    Raises:
        NoDocuments: it is not, or is no folder.
    """
    if not folder.is_dir():
        raise NoDocuments(
            f"There is no folder {folder}, where the register's address says that its documents "
            "lie: it may be mistyped, or its disk not mounted. Correct the address or have the "
            "disk mounted. If the folder is to be new, let whoever looks after the register make "
            "it."
        )


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


def lies_at(place: Path) -> bool:
    """Whether anything is there, if only a link to nothing."""
    return place.exists() or place.is_symlink()


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
