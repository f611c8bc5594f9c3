"""The archive that a backup is: a ZIP, so that any computer opens it, and nothing compressed.

Each file in it is hashed while it is written, and so is read once.
"""

import errno
import hashlib
import json
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from disposals.errors import DisposalsError
from disposals.filing import PIECE
from disposals.records import FORMAT
from sites.whole import NotWritten

REGISTER, _MANIFEST = "register.sqlite", "manifest.json"
COUNTED = ("disposal", "site", "history_entry")
_DOCUMENT = re.compile(r"documents/([0-9a-f]{64})")
# What reading an archive raises where a byte of it is not as it was written: ValueError of a name
# that is no UTF-8, OverflowError of a place beyond any disk.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OverflowError,
    RuntimeError, ValueError,
)  # fmt: skip


class NotABackup(DisposalsError):
    """The file is no backup of this software, or not what was backed up."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup.

    Attributes:
        made_at: the moment it was made (aware, UTC).
        holds: how many rows of disposal, site and history_entry, and how many documents.
        files: name within the backup to SHA-256, in 64 hexadecimal digits.
        seal: of the register, as `disposals audit seal` prints it.
    """

    format: int
    authority: str
    made_at: datetime
    holds: Mapping[str, int]
    files: Mapping[str, str]
    seal: str | None = None

    @property
    def is_older(self) -> bool:
        """Whether an older version made it, so that what is restored wants an upgrade."""
        return self.format < FORMAT


class Packing:
    """An archive in the making."""

    def __init__(self, file: BinaryIO, archive: zipfile.ZipFile, aside: Executor) -> None:
        self._file, self._archive, self._aside = file, archive, aside

    def add(self, name: str, pieces: Iterable[bytes]) -> str:
        """Put a file in; says its SHA-256."""
        hash_ = hashlib.sha256()
        with self._archive.open(name, "w", force_zip64=True) as packed:
            for piece in pieces:
                hashed = self._aside.submit(hash_.update, piece)
                packed.write(piece)
                hashed.result()
        return hash_.hexdigest()

    def finish(self, manifest: Manifest) -> None:
        """Put the manifest in, which says what else there is."""
        self._archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1, default=str))

    def to_disk(self) -> "Future[None]":
        """Have the disk write what is packed so far, while other work goes on."""
        self._file.flush()
        return self._aside.submit(os.fsync, self._file.fileno())


@contextmanager
def packing(made: Path) -> Iterator[Packing]:
    """Make an archive, which is on the disk in the end, and is read again meanwhile.

    Raises:
        OSError: the disk is full, or can't be written.
        NotWritten: what is read is not what was written.
    """
    with ThreadPoolExecutor() as aside, made.open("xb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            under_way = Packing(file, archive, aside)
            yield under_way
        written = under_way.to_disk()
        if not _is_kept(made):
            raise NotWritten("the disk does not keep what is written to it")
        written.result()


def _is_kept(made: Path) -> bool:
    """Whether each file reads as it was written, by its check sum (CRC-32)."""
    try:
        with zipfile.ZipFile(made) as archive:
            return archive.testzip() is None
    except _DAMAGED:
        return False


@contextmanager
def opened(backup: Path) -> Iterator[zipfile.ZipFile]:
    """A backup to read from.

    Raises:
        NotABackup: it is no file, can't be read or is damaged.
    """
    if backup.exists() and not backup.is_file():
        raise NotABackup(
            f"{backup} is not a file but a folder, a pipe or a device. Nothing was written; name "
            "the file of a backup."
        )
    with _reading(backup):
        archive = zipfile.ZipFile(backup)
    with archive:
        yield archive


@contextmanager
def _reading(backup: Path) -> Iterator[None]:
    """Tell what goes wrong while an archive is read, and nothing is written, as its own fault."""
    try:
        yield
    except _DAMAGED:
        raise wrong(backup, "it is damaged, or is something else") from None
    except OSError as error:
        if error.errno == errno.EINVAL:  # it says that something in it lies before its beginning
            raise wrong(backup, "it is damaged, or is something else") from None
        raise NotABackup(
            f"{backup} can't be read: {(error.strerror or str(error)).lower()}. Nothing was "
            "written; look whether it is there and you may read it, or take another backup."
        ) from None


def wrong(backup: Path, why: str) -> NotABackup:
    """What is said of a file that is no sound backup."""
    return NotABackup(
        f"{backup} is not a backup that can be relied on: {why}. Nothing was written; take another "
        "backup."
    )


def unpacked(archive: zipfile.ZipFile, backup: Path, folder: Path, *, all_of_it: bool) -> Manifest:
    """What a backup says of itself, each file in it held against that, and put into a folder.

    Args:
        all_of_it: whether the documents are put there, too, or the register alone.

    Raises:
        NotABackup: it holds something else.
    """
    names = archive.namelist()
    if any(each.compress_type != zipfile.ZIP_STORED for each in archive.infolist()):
        raise wrong(backup, "something in it is compressed, which nothing in a backup is")
    if names.count(_MANIFEST) != 1:
        raise wrong(backup, f"it has no {_MANIFEST}")
    manifest = _manifest(b"".join(_pieces(archive, _MANIFEST, backup)), backup)
    if sorted(names) != sorted([_MANIFEST, *manifest.files]):
        raise wrong(backup, "it holds other files than its manifest says")
    for name, sha256 in manifest.files.items():
        is_wanted = all_of_it or name == REGISTER
        at = folder / Path(name).name if is_wanted else Path(os.devnull)
        if _taken_out(_pieces(archive, name, backup), at) != sha256:
            raise wrong(backup, f"{name} is not what was backed up")
        if name not in {REGISTER, document(sha256)}:
            raise wrong(backup, f"{name} is not the document that its name says")
    return manifest


def document(sha256: str) -> str:
    """Under which name a document lies in a backup."""
    return f"documents/{sha256}"


def _pieces(archive: zipfile.ZipFile, name: str, backup: Path) -> Iterator[bytes]:
    with _reading(backup), archive.open(name) as packed:
        while piece := packed.read(PIECE):
            yield piece


def _taken_out(pieces: Iterable[bytes], at: Path) -> str:
    hash_ = hashlib.sha256()
    with at.open("wb") as file:
        for piece in pieces:
            hash_.update(piece)
            file.write(piece)
    return hash_.hexdigest()


def _manifest(text: bytes, backup: Path) -> Manifest:
    try:
        told: Any = json.loads(text)
        manifest = Manifest(**told | {"made_at": datetime.fromisoformat(told["made_at"])})
        names = set(manifest.files) - {REGISTER}
        if (
            isinstance(manifest.files, dict)
            and REGISTER in manifest.files
            and all(map(_DOCUMENT.fullmatch, names))
            and set(manifest.holds) == {*COUNTED, "document"}
            and all(type(number) is int for number in (manifest.format, *manifest.holds.values()))
            and isinstance(manifest.authority, str)
        ):
            return manifest
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    raise wrong(backup, f"its {_MANIFEST} can't be read")
