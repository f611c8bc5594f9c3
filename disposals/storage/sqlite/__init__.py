"""A register in one SQLite file, and all that is SQLite's own.

A transaction that writes begins IMMEDIATE, so that writers queue instead of failing half-way.
"""

import os
import sqlite3
import struct
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from os.path import realpath
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from disposals.errors import (
    AlreadyRecorded,
    CannotWriteRegister,
    NoRegister,
    NotARegister,
    RegisterInUse,
)
from disposals.history.raw import RAW, Raw
from disposals.storage import BEING_MOVED, WRITING, Guard, Storage, format_in
from disposals.storage.findings import MOVED, Finding, ill, well
from disposals.storage.sqlite import guards
from disposals.storage.sqlite.copying import keep
from disposals.storage.sqlite.opening import opened
from disposals.storage.sqlite.words import in_words
from sites.whole import put_in_place

_APPLICATION_ID = 0x44535053  # “DSPS” in the file's header, so that a stray database is not taken
_WAL = 2  # as the file's header says how it is journalled
_WAIT_S = 5.0
_JOURNALS = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A register's file."""

    place: Path

    @property
    def documents(self) -> Path:
        """The folder of its documents, beside the file itself, by whatever link it is named."""
        file = Path(realpath(self.place)) if self.place.is_symlink() else self.place
        return file.with_name(f"{file.name}.documents")

    def take_documents(self, *, new: bool = False) -> Path:  # noqa: ARG002 (a file's own folder)
        """The folder of its documents, made where it is not there yet.

        Raises:
            CannotWriteRegister: it can't be made.
        """
        make_folder(self.documents)
        return self.documents

    def is_there(self) -> bool:
        """Whether anything is at the path, if only a link to nothing."""
        return self.place.exists() or self.place.is_symlink()

    def is_same(self, other: Storage) -> bool:
        """Whether both paths lead to one file, by whatever links."""
        if not isinstance(other, SqliteFile):
            return False
        if self.place.exists() and other.place.exists():
            return self.place.samefile(other.place)
        return realpath(self.place) == realpath(other.place)

    def format(self) -> int:
        """The version of its tables.

        Raises:
            NoRegister: nothing is there.
            NotARegister: the file is something else or damaged.
        """
        path = self.place
        if not path.exists():
            if self.aside().is_there():
                raise NoRegister(
                    f"There is no register at {path} yet: one is being moved there, or its move "
                    "was cut short. Repeat `disposals db move`, which ends it."
                )
            self._refuse_link_to_nothing()
            raise NoRegister(
                f"There is no register at {path}. Make one with `disposals init`, or name another "
                "with `--register PATH` or DISPOSALS_REGISTER."
            )
        if path.is_file() and path.stat().st_size == 0:
            raise NotARegister(
                f"{path} is empty: a register is being made there by someone else, or its making "
                "was cut short. Try again in a moment; if it stays empty, remove it and repeat "
                "what was to make it."
            )
        header = _header(path)
        named = header[:16] == b"SQLite format 3\0"
        if not named or header[68:72] != struct.pack(">I", _APPLICATION_ID):
            raise NotARegister(
                f"{path} is not a register of this software. Name the right file with "
                "`--register`; nothing in it was touched."
            )
        if header[18] == _WAL:
            self._leave_wal()
        with self.in_words(), closing(_connected(path)) as connection:
            return format_in(path, connection.execute("SELECT format FROM register").fetchall())

    def engine(self, *, checks_references: bool = True) -> Engine:
        """Connections to the file, each of whose commits is on the disk."""

        def connect() -> sqlite3.Connection:
            connection = _connected(self.place)
            connection.execute(f"PRAGMA foreign_keys = {'ON' if checks_references else 'OFF'}")
            # Else a loss of power could bring the journal back, and undo what was acknowledged.
            connection.execute("PRAGMA synchronous = EXTRA")
            return connection

        engine = create_engine("sqlite://", creator=connect)
        event.listen(engine, "connect", _leave_raw)
        event.listen(engine, "begin", _begin)
        return engine

    def _refuse_link_to_nothing(self) -> None:
        if self.place.is_symlink() and not self.place.exists():
            raise NoRegister(
                f"{self.place} is a link to {self.place.readlink()}, where nothing is. Mend or "
                "remove the link, or name another place with `--register PATH` or "
                "DISPOSALS_REGISTER."
            )

    def _leave_wal(self) -> None:
        """Bring the file back to the rollback journal, which is the only one that it is kept with.

        The mode is written in the file and so holds for everyone: SQLite before 3.51.3 can damage a
        register in WAL mode (the WAL-reset bug), whoever has a sound one; network drives have no
        shared memory for it; a copy of the one file lacks what is in the log; and whoever may only
        read the folder can't open it. Readers would wait some milliseconds less.
        """
        with self.in_words(), closing(_connected(self.place)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")

    def refuse_read_only(self) -> None:
        """Refuse to write to a file that nobody may write.

        Raises:
            CannotWriteRegister: it is one.
        """
        if not self.place.stat().st_mode & 0o222:
            raise CannotWriteRegister(
                f"{self.place} is read-only, so nothing was recorded. Make the file writable, or "
                "name another register with `--register`."
            )

    def refuse_older_format(self, connection: Connection) -> None:
        """Nothing: SQLite keeps no table in parts."""

    def in_words(self) -> AbstractContextManager[None]:
        """Turn what SQLite says into what an officer can act on; the unforeseen passes as it is."""
        return in_words(self.place)

    @contextmanager
    def making(self) -> Iterator["SqliteFile"]:
        """A file aside that takes its place whole, or not at all.

        Raises:
            AlreadyRecorded: something is at the path; it is left as it is.
            CannotWriteRegister: the folder is not there, or it or its disk can't be written.
        """
        path = self.place
        self._refuse_link_to_nothing()
        _refuse_no_folder(path.parent)
        if path.exists():
            raise self._taken()
        try:
            with tempfile.TemporaryDirectory(dir=path.parent, prefix=".disposals-") as folder:
                made = SqliteFile(Path(folder) / path.name)
                made.prepare()
                yield made
                put_in_place(made.place, path)
        except FileExistsError:
            raise self._taken() from None
        except OSError as error:
            raise self._cannot_be_made(error) from None

    def _cannot_be_made(self, error: OSError) -> CannotWriteRegister:
        return CannotWriteRegister(
            f"No register could be made at {self.place}: {error.strerror}. See that you may write "
            "in its folder and that its disk has room, or name another place."
        )

    def _taken(self) -> AlreadyRecorded:
        return AlreadyRecorded(f"{self.place} exists already and was left as it is.")

    def extras(self, columns: Mapping[str, Collection[str]]) -> Iterator[str]:  # noqa: ARG002
        """Nothing: the tables are all there is."""
        return iter(())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold a lock beside the file aside, which stays for as long as that does.

        Raises:
            RegisterInUse: someone else holds it.
            CannotWriteRegister: the folder or its disk can't be written.
        """
        from filelock import FileLock, Timeout

        aside = self.aside()
        lock = aside.place.with_name(f"{aside.place.name}.lock")
        make_folder(lock.parent)
        try:
            held = FileLock(lock).acquire(timeout=0)
        except Timeout:
            raise RegisterInUse(BEING_MOVED.format(place=self.place)) from None
        except OSError as error:
            raise self._cannot_be_made(error) from None
        with held:
            try:
                yield
            finally:
                if not aside.is_there():
                    lock.unlink(missing_ok=True)

    def aside(self) -> "SqliteFile":
        """A file beside it, under its name and `.moving`."""
        return SqliteFile(self.place.with_name(f"{self.place.name}.moving"))

    def prepare(self) -> None:
        """Make an empty file that is marked as a register's.

        Raises:
            CannotWriteRegister: the folder or its disk can't be written.
        """
        make_folder(self.place.parent)
        try:
            self.place.touch()
        except OSError as error:
            raise self._cannot_be_made(error) from None
        with self.in_words(), closing(_connected(self.place)) as connection:
            connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")

    def take(self, aside: "SqliteFile") -> None:
        """Give the file aside this one's name.

        Raises:
            AlreadyRecorded: something has that name already; it is left as it is.
        """
        try:
            put_in_place(aside.place, self.place)
        except FileExistsError:
            raise self._taken() from None
        aside.place.unlink(missing_ok=True)

    @property
    def removal(self) -> str:
        """The file goes."""
        return "Remove it"

    def discard(self) -> None:
        """Remove the file."""
        self.place.unlink()

    def hold(self, connection: Connection, case: str) -> None:
        """Nothing: whoever writes to the file has all of it to themselves."""

    def queue(self, connection: Connection) -> None:
        """Nothing, likewise."""

    def keep_as_it_was(
        self,
        format_: int,
        tables: Callable[[Connection], None],  # noqa: ARG002 (a file is copied with all it has)
        guard: Guard,  # noqa: ARG002
    ) -> Path:
        """Keep a copy beside the file.

        Raises:
            CannotWriteRegister: another register is there under the copy's name.
            CannotWrite: the copy can't be written.
            NotARegister: the file is damaged.
        """
        copy = self.place.with_name(f"{self.place.name}.format-{format_}")
        keep(self.place, copy)
        return copy

    def loose_ends(self, connection: Connection) -> str | None:
        """A table with a row that refers to nothing."""
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        return None if broken is None else str(broken[0])

    def continue_keys(self, connection: Connection) -> None:
        """Nothing to do: SQLite goes on from the highest key by itself."""

    def refuse_another_owner(self, connection: Connection) -> None:
        """Nobody: who may write to a file may close it."""

    def close_to_writing(self, connection: Connection, because: str) -> None:
        """Refuse every ledger entry, and so every act."""
        guards.close(connection, because)

    def closed(self, raw: Raw) -> str | None:
        """Why it takes nothing more; None where it takes acts."""
        return guards.closed(raw)

    def guards(
        self, kinds: Iterable[str], columns: Mapping[str, Collection[str]], format_: int
    ) -> Iterator[str]:
        """The triggers of the file."""
        return guards.guards(kinds, columns, format_)

    def entitle(self, connection: Connection) -> None:
        """Nothing: whoever may write to the file may do so."""

    def unguard(self, connection: Connection) -> None:
        """Drop the triggers of the file."""
        guards.unguard(connection)

    def guards_amiss(self, raw: Raw, kinds: Iterable[str]) -> list[str]:
        """The triggers that are not there, or are not what they were made as."""
        return guards.amiss(raw, kinds)

    def strangers(self, raw: Raw, kinds: Iterable[str]) -> list[str]:
        """Triggers and views that this program did not make, and that act on what is written."""
        return guards.strangers(raw, kinds)

    def findings(self) -> Iterator[Finding]:
        """Whether SQLite finds the file whole."""
        if self.is_sound():
            yield well(f"SQLite {sqlite3.sqlite_version} finds the file whole.")
        else:
            yield ill("SQLite finds the file damaged. Restore it from a backup.")
        with self.reading() as raw:
            if self.closed(raw) is not None:
                yield MOVED

    def forgets(self, raw: Raw) -> None:
        """Overwrite with zeros what a transaction frees."""
        raw.execute("PRAGMA secure_delete = ON")

    def overwrite_freed(self) -> None:
        """Nothing: it was overwritten at once."""

    def copy_to(self, copy: Path, *, for_: Path) -> None:
        """Copy the register as at one moment, while others write to it.

        Args:
            for_: the file that the copy is for, which a refusal names.
        """
        with self.in_words():
            source = opened(self.place, mode="ro")
            with closing(source), closing(opened(copy, mode="rwc")) as held:
                source.execute("BEGIN")  # holds the moment, however long the copy takes
                source.execute("SELECT format FROM register").fetchone()
                with SqliteFile(for_).in_words():
                    # Nobody relies on the copy itself, but on what is made of it.
                    held.execute("PRAGMA synchronous = OFF")
                    source.backup(held)

    @contextmanager
    def reading(self) -> Iterator[Raw]:
        """The rows as they are stored, of whatever version the register is."""
        with self.in_words(), closing(opened(self.place)) as connection:
            yield connection

    def damage(self) -> list[str]:
        """What SQLite finds damaged in the file, page by page and index by index."""
        with closing(opened(self.place)) as connection:
            connection.execute("PRAGMA cache_size = -65536")  # 64 MB, for it goes to and fro
            try:
                found = [said for (said,) in connection.execute("PRAGMA integrity_check")]
            except sqlite3.DatabaseError as error:  # so far that it can't even be looked over
                return [str(error)]
        return [] if found == ["ok"] else found

    def is_sound(self) -> bool:
        """Whether SQLite finds the file whole, and no row refers to one that is not there."""
        if self.damage():
            return False
        with closing(opened(self.place)) as connection:
            return connection.execute("PRAGMA foreign_key_check").fetchone() is None

    def refuse_what_is_there(self) -> None:
        """Refuse to bring a register back over another, or beside what is left of one.

        Raises:
            AlreadyRecorded: says what is in the way.
        """
        path = self.place
        self._refuse_link_to_nothing()
        if path.exists():
            raise AlreadyRecorded(
                f"{path} is there already, and a backup is never restored over a register. Move it "
                "away, or name another place with `--register`."
            )
        for suffix in _JOURNALS:
            journal = path.with_name(path.name + suffix)
            if journal.exists():
                raise AlreadyRecorded(
                    f"{journal} is left over from a register that was at {path}; with it beside "
                    "them, restored records would be changed at once. Move it away, then repeat."
                )


def _refuse_no_folder(folder: Path) -> None:
    """Refuse to make a folder for a new register: its name may be mistyped."""
    near = next(each for each in (folder, *folder.parents) if os.path.exists(each))  # noqa: PTH110 (says no, where one may not look)
    if near != folder and near.is_dir():
        raise CannotWriteRegister(
            f"There is no folder {folder}, so no register was made. Make the folder, if it is "
            "meant, or name a place in one that is there."
        )
    make_folder(folder)


def make_folder(folder: Path) -> None:
    """Make a folder, and those in which it lies, where they are not there yet.

    Raises:
        CannotWriteRegister: it can't be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        file = next(each for each in (folder, *folder.parents) if each.exists())
        raise CannotWriteRegister(
            f"No folder could be made at {folder}, for {file} is a file. Nothing was written; name "
            "a place in a folder."
        ) from None
    except OSError as error:
        raise CannotWriteRegister(
            f"No folder could be made at {folder}: {error.strerror}. Nothing was written; name a "
            "place in a folder where you may write."
        ) from None


def _header(path: Path) -> bytes:
    """The first hundred bytes, where SQLite keeps its name and the application's."""
    if not path.is_file():
        return b""
    try:
        with path.open("rb") as file:
            return file.read(100)
    except OSError as error:
        raise NoRegister(f"{path} can't be read: {error.strerror}.") from None


def _connected(path: Path) -> sqlite3.Connection:
    return opened(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)


def _leave_raw(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    record.info[RAW] = connection


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
