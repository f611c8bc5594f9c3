"""A backup: one file that holds a register, its documents, and what each of them must be.

It is a ZIP archive, so that any computer opens it, and nothing in it is compressed, so that it is
made as fast as the disk writes. Everything is in it, what is exempt too. The register in it is a
SQLite file, wherever it came from, so that it can be verified and brought back without a server.
"""

import hashlib
import json
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from disposals.errors import (
    AlreadyRecorded,
    CannotWriteRegister,
    DisposalsError,
    NotARegister,
    OlderRegister,
)
from disposals.filing import content_of, kept
from disposals.history.verifying import verify
from disposals.moving.copying import copy as copy_rows
from disposals.records import evidence_kinds, vouched_for
from disposals.register import FORMAT, format_of, is_there, open_register
from disposals.storage import Storage, storage_of
from disposals.storage.address import Address, Place
from disposals.storage.sqlite import SqliteFile
from disposals.triggers import kept as kept_once
from sites.errors import CannotWrite
from sites.whole import put_in_place, whole_made

_REGISTER, _MANIFEST = "register.sqlite", "manifest.json"
_DOCUMENT = re.compile(r"documents/([0-9a-f]{64})")
_COUNTED = ("disposal", "site", "history_entry")
_CHUNK = 1024 * 1024
# What reading an archive raises where a byte of it is not as it was written.
_DAMAGED = (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error)


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


def back_up(register: Place, target: Path, *, at: datetime) -> Manifest:
    """Back a register up while others go on working; whole and verified, or not at all.

    Raises:
        NoRegister, NotARegister, NewerRegister, OlderRegister: there is no sound register of this
            version at the place.
        CannotReachRegister: its server can't be reached.
        DamagedDocument: a document is missing or altered.
        AlreadyRecorded: a file is there already; it stays.
        CannotWrite: the backup can't be written.
    """
    opened = open_register(register)
    opened.close()
    if target.is_file():
        raise AlreadyRecorded(
            f"{target} is there already, and one backup never takes the place of another. Name "
            "another file, such as one with today's date."
        )
    with whole_made(target) as made:
        copy = made.with_name(f"{made.name}.{_REGISTER}")
        seal = _copied(register, copy, target)
        holds, documents = _told(copy)
        files = {}
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            files[_REGISTER] = _added(archive, _REGISTER, copy)
            for sha256 in documents:
                archive.writestr(
                    f"documents/{sha256}", content_of(opened.storage.documents, sha256)
                )
                files[f"documents/{sha256}"] = sha256
            holds["document"] = len(documents)
            manifest = Manifest(FORMAT, opened.authority, at, holds, files, seal)
            archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1, default=str))
        copy.unlink()
        with _opened(made) as archive:
            _unpacked(archive, made.parent, made)
    return manifest


def verified(backup: Path) -> Manifest:
    """What a backup holds, once every byte of it is found to be what was backed up.

    Raises:
        NotABackup: says what is wrong with it.
        NewerRegister: a newer version of this software made it.
    """
    with _opened(backup) as archive, tempfile.TemporaryDirectory() as folder:
        return _unpacked(archive, Path(folder), backup)


def restore(backup: Path, to: Place) -> Manifest:
    """Bring a register and its documents back, whole and verified, or not at all.

    A document that is there already and is what it should be stays.

    Raises:
        AlreadyRecorded: something is at the place, or a journal of what was there before.
        NotABackup: says what is wrong with the backup; nothing was written.
        CannotWriteRegister: the folder, its disk or the database can't be written.
        OlderRegister: a database is asked for, and the backup is of an older format.
        NotCopied: what arrived in the database is something else.
    """
    if not backup.exists():
        raise NotABackup(f"There is no file {backup}.")
    return _to_file(backup, to) if isinstance(to, Path) else _to_database(backup, to)


def _to_file(backup: Path, to: Path) -> Manifest:
    file = SqliteFile(to)
    file.refuse_what_is_there()
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with (
            _opened(backup) as archive,
            tempfile.TemporaryDirectory(dir=to.parent, prefix=".disposals-") as folder,
        ):
            manifest = _unpacked(archive, Path(folder), backup)
            _bring_documents(manifest, Path(folder), file)
            put_in_place(Path(folder) / _REGISTER, to)
    except FileExistsError:
        raise AlreadyRecorded(f"{to} has been made by someone else meanwhile.") from None
    except (OSError, CannotWrite) as error:
        raise _not_restored(to, error) from None
    return manifest


def _to_database(backup: Path, to: Address) -> Manifest:
    if is_there(to):
        raise AlreadyRecorded(
            f"{to} is there already, and a backup is never restored over a register. Name another "
            "schema with `--register`."
        )
    try:
        with _opened(backup) as archive, tempfile.TemporaryDirectory() as folder:
            manifest = _unpacked(archive, Path(folder), backup)
            if manifest.is_older:
                raise OlderRegister(
                    f"{backup} holds a register of format {manifest.format}. Restore it to a file, "
                    "bring that up with `disposals db upgrade`, and carry it over with `db move`."
                )
            if manifest.holds.get("document"):
                _bring_documents(manifest, Path(folder), storage_of(to))
            copy_rows(Path(folder) / _REGISTER, to, seal=manifest.seal)
    except (OSError, CannotWrite) as error:
        raise _not_restored(to, error) from None
    return manifest


def _bring_documents(manifest: Manifest, folder: Path, to: Storage) -> None:
    for name in set(manifest.files) - {_REGISTER}:
        sha256, _ = kept(to.documents, folder / Path(name).name)
        content_of(to.documents, sha256)  # one that was there before may be damaged


def _not_restored(to: Place, error: OSError | CannotWrite) -> CannotWriteRegister:
    said = str(error) if isinstance(error, CannotWrite) else error.strerror
    return CannotWriteRegister(f"Nothing was restored to {to}: {said}.")


def _copied(register: Place, copy: Path, target: Path) -> str | None:
    """Make a copy as at one moment, and say the seal of what is in it."""
    if isinstance(register, Path):
        SqliteFile(register).copy_to(copy, for_=target)
    else:
        copy_rows(register, copy)
    return _refuse_unsound(
        copy, NotARegister(f"{register} is damaged or was altered, so it was not backed up.")
    )


def _refuse_unsound(copy: Path, refusal: DisposalsError) -> str | None:
    """The seal of a register that is sound and stands as it was recorded; None of an older one."""
    file = SqliteFile(copy)
    if not file.is_sound():
        raise refusal
    if format_of(copy) != FORMAT:
        return None
    with file.reading() as raw:
        found = verify(raw, vouched_for(), kept_once(evidence_kinds()))
    if found.faults:
        raise type(refusal)(
            f"{refusal} Its {found.faults[0].row} is not as it was recorded; "
            "`disposals audit verify` names what was changed."
        )
    return str(found.seal)


def _told(copy: Path) -> tuple[dict[str, int], list[str]]:
    """How much there is of what, and the documents by their hashes."""
    with SqliteFile(copy).reading() as raw:
        holds = {
            table: raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in _COUNTED
        }
        documents = raw.execute("SELECT DISTINCT sha256 FROM document ORDER BY sha256")
        return holds, [sha256 for (sha256,) in documents]


def _added(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    archive.write(path, name)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _opened(backup: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(backup)
    except OSError as error:
        raise NotABackup(f"{backup} can't be read: {(error.strerror or '').lower()}.") from None
    except _DAMAGED:
        raise _wrong(backup, "it is damaged, or is something else") from None
    with archive:
        try:
            yield archive
        except _DAMAGED:
            raise _wrong(backup, "it is damaged") from None


def _wrong(backup: Path, why: str) -> NotABackup:
    return NotABackup(
        f"{backup} is not a backup that can be relied on: {why}. Nothing was written; take another "
        "backup."
    )


def _unpacked(archive: zipfile.ZipFile, folder: Path, backup: Path) -> Manifest:
    """Everything in a backup, unpacked into a folder, each file held against the manifest."""
    names = archive.namelist()
    if names.count(_MANIFEST) != 1:
        raise _wrong(backup, f"it has no {_MANIFEST}")
    manifest = _manifest(archive.read(_MANIFEST), backup)
    if sorted(names) != sorted([_MANIFEST, *manifest.files]):
        raise _wrong(backup, "it holds other files than its manifest says")
    for name, sha256 in manifest.files.items():
        at = folder / Path(name).name
        with archive.open(name) as packed, at.open("wb") as file:
            shutil.copyfileobj(packed, file, _CHUNK)
        with at.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise _wrong(backup, f"{name} is not what was backed up")
    register = folder / _REGISTER
    if format_of(register) != manifest.format:
        raise _wrong(backup, "its register is of another format than its manifest says")
    if _refuse_unsound(register, _wrong(backup, "its register is damaged")) != manifest.seal:
        raise _wrong(backup, "its register bears another seal than its manifest says")
    return manifest


def _manifest(text: bytes, backup: Path) -> Manifest:
    try:
        told: Any = json.loads(text)
        manifest = Manifest(**told | {"made_at": datetime.fromisoformat(told["made_at"])})
        names = set(manifest.files) - {_REGISTER}
        if (
            _REGISTER in manifest.files
            and all(map(_DOCUMENT.fullmatch, names))
            and set(manifest.holds) == {*_COUNTED, "document"}
            and all(type(number) is int for number in (manifest.format, *manifest.holds.values()))
            and isinstance(manifest.authority, str)
        ):
            return manifest
    except (ValueError, TypeError, KeyError, AttributeError):
        pass
    raise _wrong(backup, f"its {_MANIFEST} can't be read")
