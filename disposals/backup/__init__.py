"""A backup: one file that holds a register, its documents, and what each of them must be.

Everything is in it, what is exempt too. The register in it is a SQLite file, wherever it came from,
so that it can be verified and brought back without a server.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from disposals.backup.archive import (
    COUNTED,
    REGISTER,
    Manifest,
    NotABackup,
    document,
    opened,
    packing,
    unpacked,
    wrong,
)
from disposals.backup.soundness import sealed
from disposals.errors import AlreadyRecorded, CannotWriteRegister, NotARegister, OlderRegister
from disposals.filing import altered, bringing, pieces, pieces_of
from disposals.history.raw import Raw, raw_in
from disposals.moving.copying import copy as copy_rows
from disposals.records import FORMAT
from disposals.register import Register, format_of, is_there, open_register
from disposals.storage import Storage, storage_of
from disposals.storage.address import Address, Place
from disposals.storage.sqlite import SqliteFile
from disposals.storage.strangers import refuse_strangers
from sites.errors import CannotWrite
from sites.whole import put_in_place, whole_made

__all__ = ["Manifest", "NotABackup", "back_up", "restore", "verified"]

_DOCUMENTS = "SELECT DISTINCT sha256 FROM document ORDER BY sha256"


def back_up(register: Place, target: Path, *, at: datetime) -> Manifest:
    """Back a register up while others go on working; whole and verified, or not at all.

    Raises:
        NoRegister, NotARegister, NewerRegister, OlderRegister: there is no sound register of this
            version at the place.
        CannotReachRegister: its server can't be reached.
        DamagedDocument: a document is missing or altered.
        NoDocuments: there are documents, and the place does not say where they lie.
        AlreadyRecorded: something is there already; it stays.
        CannotWrite: the backup can't be written.
    """
    refusal = NotARegister(f"{register} is damaged or was altered, so it was not backed up.")
    found = open_register(register)
    try:
        with found.read() as session:
            refuse_strangers(found.storage, raw_in(session), refusal)
    finally:
        found.close()
    if target.is_file():
        raise _is_there_already(target)
    if target.exists():
        raise AlreadyRecorded(
            f"{target} is a folder, a pipe or a device, and a backup is a file of its own. Name "
            "one that is not there yet, such as one with today's date."
        )
    try:
        return _packed(register, found, target, refusal, at)
    except FileExistsError:  # made by someone else meanwhile
        raise _is_there_already(target) from None


def _is_there_already(target: Path) -> AlreadyRecorded:
    return AlreadyRecorded(
        f"{target} is there already, and one backup never takes the place of another. Name "
        "another file, such as one with today's date."
    )


def _packed(
    register: Place, found: Register, target: Path, refusal: NotARegister, at: datetime
) -> Manifest:
    """Make the archive, which takes its name when all of it is on the disk."""
    with whole_made(target, is_new=True) as made:
        copy = made.with_name(f"{made.name}.{REGISTER}")
        _copy(register, copy, target)
        with packing(made) as under_way:
            files = {REGISTER: under_way.add(REGISTER, pieces(copy))}
            written = under_way.to_disk()
            seal = sealed(copy, refusal)
            written.result()
            with SqliteFile(copy).reading() as raw:
                holds, documents = _told(raw)
            for sha256 in documents:
                folder = found.storage.documents
                name = document(sha256)
                files[name] = under_way.add(name, pieces_of(folder, sha256))
                if files[name] != sha256:
                    raise altered(folder, sha256)
            manifest = Manifest(FORMAT, found.authority, at, holds, files, seal)
            under_way.finish(manifest)
    return manifest


def verified(backup: Path) -> Manifest:
    """What a backup holds, once every byte of it is found to be what was backed up.

    Raises:
        NotABackup: says what is wrong with it.
        NewerRegister: a newer version of this software made it.
        CannotWrite: there is no room to look at it in.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            return _brought(backup, Path(folder), all_of_it=False)
    except OSError as error:
        raise CannotWrite(Path(tempfile.gettempdir()), str(error.strerror).lower()) from None


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
        raise NotABackup(f"There is no file {backup}. Name the backup that is to be restored.")
    return _to_file(backup, to) if isinstance(to, Path) else _to_database(backup, to)


def _to_file(backup: Path, to: Path) -> Manifest:
    file = SqliteFile(to)
    file.refuse_what_is_there()
    with file.alone():
        try:
            with tempfile.TemporaryDirectory(dir=to.parent, prefix=".disposals-") as folder:
                manifest = _brought(backup, Path(folder))
                with _documents_brought(manifest, Path(folder), file):
                    put_in_place(Path(folder) / REGISTER, to)
        except FileExistsError:
            raise AlreadyRecorded(
                f"{to} has been made by someone else meanwhile. Nothing was restored; look at what "
                "is there, or name another place with `--register`."
            ) from None
        except (OSError, CannotWrite) as error:
            raise _not_restored(to, error) from None
    return manifest


def _to_database(backup: Path, to: Address) -> Manifest:
    if is_there(to):
        raise AlreadyRecorded(
            f"{to} is there already, and a backup is never restored over a register. Name another "
            "schema with `--register`."
        )
    storage = storage_of(to)
    with storage.alone():
        try:
            with tempfile.TemporaryDirectory() as folder:
                manifest = _brought(backup, Path(folder))
                if manifest.is_older:
                    raise OlderRegister(
                        f"{backup} holds a register of format {manifest.format}. Restore it to a "
                        "file, bring that up with `disposals db upgrade`, and carry it over with "
                        "`db move`."
                    )
                with _documents_brought(manifest, Path(folder), storage):
                    copy_rows(Path(folder) / REGISTER, to, seal=manifest.seal)
        except (OSError, CannotWrite) as error:
            raise _not_restored(to, error) from None
    return manifest


@contextmanager
def _documents_brought(manifest: Manifest, folder: Path, to: Storage) -> Iterator[None]:
    """Bring the documents to where they belong; none of them if the block raises."""
    hashes = [sha256 for name, sha256 in manifest.files.items() if name != REGISTER]
    if not hashes:
        yield
        return
    with bringing(to.take_documents(new=True)) as bring:
        for sha256 in hashes:
            bring(sha256, folder / sha256)
        yield


def _not_restored(to: Place, error: OSError | CannotWrite) -> CannotWriteRegister:
    said = str(error).rstrip(".") if isinstance(error, CannotWrite) else error.strerror
    return CannotWriteRegister(
        f"Nothing was restored to {to}: {said}. See that you may write there and that the disk has "
        "room, then repeat, or name another place with `--register`."
    )


def _copy(register: Place, copy: Path, target: Path) -> None:
    """Make a copy of a register as at one moment."""
    if isinstance(register, Path):
        SqliteFile(register).copy_to(copy, for_=target)
    else:
        copy_rows(register, copy)


def _told(raw: Raw) -> tuple[dict[str, int], list[str]]:
    """How much there is of what, and the documents by their hashes."""
    holds = {
        table: raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
        for table in COUNTED
    }
    documents = [sha256 for (sha256,) in raw.execute(_DOCUMENTS)] if _has_documents(raw) else []
    return {**holds, "document": len(documents)}, documents


def _has_documents(raw: Raw) -> bool:
    """Whether a register has a table of documents, as from format 3 on."""
    asked = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'document'"
    return bool(raw.execute(asked).fetchone()[0])


def _brought(backup: Path, folder: Path, *, all_of_it: bool = True) -> Manifest:
    """What is in a backup, brought into a folder, its register found to be what it was."""
    with opened(backup) as archive:
        manifest = unpacked(archive, backup, folder, all_of_it=all_of_it)
    register = folder / REGISTER
    try:
        found = format_of(register)
    except NotARegister:  # which tells of the folder it was brought into
        raise wrong(backup, "its register is none of this software") from None
    if found != manifest.format:
        raise wrong(backup, "its register is of another format than its manifest says")
    if sealed(register, wrong(backup, "its register is damaged")) != manifest.seal:
        raise wrong(backup, "its register bears another seal than its manifest says")
    _refuse_another(register, manifest, backup)
    return manifest


def _refuse_another(register: Path, manifest: Manifest, backup: Path) -> None:
    """Refuse a register that is not the one which the manifest tells of, documents and all."""
    try:
        with SqliteFile(register).reading() as raw:
            holds, documents = _told(raw)
            authority = raw.execute("SELECT authority FROM register").fetchone()
    except (NotARegister, sqlite3.DatabaseError):
        raise wrong(backup, "its register lacks tables") from None
    if holds != manifest.holds or authority != (manifest.authority,):
        raise wrong(backup, "its register holds something else than its manifest says")
    if {REGISTER, *map(document, documents)} != set(manifest.files):
        raise wrong(backup, "its documents are not those that its register names")
