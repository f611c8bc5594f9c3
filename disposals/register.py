"""Storage: the register is one SQLite file; a write unit is one transaction on it.

`write()` begins IMMEDIATE, so writers queue instead of failing half-way; `read()` never writes.
What the file itself refuses, whoever writes, stands in `triggers.py`.
"""

import os
import sqlite3
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from disposals.errors import (
    AlreadyRecorded,
    BadFact,
    CannotWriteRegister,
    NewerRegister,
    NoRegister,
    NotARegister,
    OlderRegister,
    RegisterError,
    RegisterInUse,
    StageWithoutHistory,
)
from disposals.history.ledger import append, watch
from disposals.looking_back import look_back
from disposals.records import evidence_kinds
from disposals.records.cases import RegisterNote
from disposals.triggers import triggers
from sites.record import Record

FORMAT = 5
_APPLICATION_ID = 0x44535053  # “DSPS” in the file's header, so that a stray database is not taken
_WAIT_S = 5.0
_WAL = 2  # as the file's header says how it is journalled
_WRITING = "disposals_writing"
ASKED_ON = "disposals_asked_on"


@dataclass(frozen=True, slots=True)
class Register:
    """An open register.

    Attributes:
        authority: whose policy file applies, such as "kent".
        stands_on: the day an example stands on; None where the calendar counts.
        example: which published example it holds, if any.
        as_of: the day as of which it is read; None for all that is recorded.
        on: the day asked about, by which what is exempt may have been released; None where nobody
            has asked, and then nothing is.
    """

    path: Path
    authority: str
    stands_on: date | None
    example: str | None
    _engine: Engine
    as_of: date | None = None
    on: date | None = None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One write unit: committed whole when the block ends, undone whole if it raises.

        Raises:
            RegisterInUse: another writer held the register for longer than the wait.
            CannotWriteRegister: the file or its disk can't be written.
            StageWithoutHistory: a stage was assigned past the moves.
        """
        if not self.path.stat().st_mode & 0o222:
            raise CannotWriteRegister(
                f"{self.path} is read-only, so nothing was recorded. Make the file writable, or "
                "name another register with `--register`."
            )
        engine = self._engine.execution_options(**{_WRITING: True})
        with in_words(self.path), Session(engine, expire_on_commit=False) as session:
            written = watch(session)
            yield session
            session.flush()
            append(session.connection(), written)
            session.commit()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view of the register; what is written to it is thrown away."""
        with in_words(self.path), Session(self._engine, autoflush=False) as session:
            session.info[ASKED_ON] = self.on
            if self.as_of is not None:
                look_back(session, self.as_of)
            yield session

    def as_it_stood(self, on: date) -> "Register":
        """The same register, read as it stood at the end of a day."""
        return replace(self, as_of=on, on=on)

    def asked(self, on: date) -> "Register":
        """The same register, asked on a day: all that is recorded, released by that day or not."""
        return replace(self, on=on)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def open_register(path: Path) -> Register:
    """Open a register that exists.

    Raises:
        NoRegister: nothing is there.
        NotARegister: the file is something else or damaged.
        NewerRegister: a newer version of this software wrote it.
        OlderRegister: an older version wrote it, and it has not been upgraded.
    """
    found = format_of(path)
    if found < FORMAT:
        raise OlderRegister(
            f"{path} has format {found}, of an older version; this one works with format {FORMAT}. "
            f"Bring it up with `disposals --register {path} upgrade`, which keeps a copy of it as "
            "it is. The register was not touched."
        )
    engine = _engine(path)
    try:
        return Register(path, *_about(path, engine), engine)
    except BaseException:
        engine.dispose()
        raise


def format_of(path: Path) -> int:
    """The format of the register at a path.

    Raises:
        NoRegister: nothing is there.
        NotARegister: the file is something else or damaged.
        NewerRegister: a newer version of this software wrote it.
    """
    if not path.exists():
        raise NoRegister(
            f"There is no register at {path}. Make one with `disposals init`, or name another "
            "with `--register PATH` or DISPOSALS_REGISTER."
        )
    if path.is_file() and path.stat().st_size == 0:
        raise NotARegister(
            f"{path} is empty: a register is being made there by someone else, or its making was "
            "cut short. Try again in a moment; if it stays empty, remove it and repeat "
            "`disposals init`."
        )
    header = _header(path)
    if header[:16] != b"SQLite format 3\0" or header[68:72] != struct.pack(">I", _APPLICATION_ID):
        raise NotARegister(
            f"{path} is not a register of this software. Name the right file with `--register`; "
            "nothing in it was touched."
        )
    if header[18] == _WAL:
        _leave_wal(path)
    with in_words(path):
        connection = _connected(path)
        try:
            found = int(connection.execute("SELECT format FROM register").fetchone()[0])
        finally:
            connection.close()
    if found > FORMAT:
        raise NewerRegister(
            f"{path} has format {found}; this version of the software knows formats up to "
            f"{FORMAT}. Upgrade the software; the register was not touched."
        )
    return found


def _leave_wal(path: Path) -> None:
    """Bring a register back to the rollback journal, which is the only one that it is kept with.

    The mode is written in the file and so holds for everyone: SQLite before 3.51.3 can damage a
    register in WAL mode (the WAL-reset bug), whoever has a sound one; network drives have no shared
    memory for it; a copy of the one file lacks what is in the log; and whoever may only read the
    folder can't open it. Readers would wait some milliseconds less.
    """
    with in_words(path):
        connection = _connected(path)
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            connection.close()


def _about(path: Path, engine: Engine) -> tuple[str, date | None, str | None]:
    """What the register says of itself: authority, its own day, which example it is."""
    with in_words(path), Session(engine) as session:
        note = session.exec(select(RegisterNote)).one()
        return note.authority, note.stands_on, note.example


def _header(path: Path) -> bytes:
    """The first hundred bytes, where SQLite keeps its name and the application's."""
    if not path.is_file():
        return b""
    try:
        with path.open("rb") as file:
            return file.read(100)
    except OSError as error:
        raise NoRegister(f"{path} can't be read: {error.strerror}.") from None


def create_register(
    path: Path,
    *,
    authority: str,
    at: datetime,
    stands_on: date | None = None,
    example: str | None = None,
    fill: Callable[[Register], None] | None = None,
) -> None:
    """Make a register, filled or empty: whole, or not at all.

    Args:
        fill: writes the first records into the register before it takes its place.

    Raises:
        AlreadyRecorded: something is already at the path; it is left as it is.
        CannotWriteRegister: the folder or its disk can't be written.
    """
    from sites.writing.whole import put_in_place

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWriteRegister(
            f"No folder could be made at {path.parent}: {error.strerror}."
        ) from None
    if path.exists():
        raise _taken(path)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".disposals-") as folder:
            made = Path(folder) / path.name
            _create_tables(
                made,
                RegisterNote.model_validate(
                    {
                        "format": FORMAT,
                        "authority": authority,
                        "stands_on": stands_on,
                        "example": example,
                        "made_at": at,
                    },
                ),
            )
            if fill is not None:
                register = open_register(made)
                fill(register)
                register.close()
            put_in_place(made, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        raise CannotWriteRegister(
            f"No register could be made at {path}: {error.strerror}."
        ) from None


def _taken(path: Path) -> AlreadyRecorded:
    return AlreadyRecorded(f"{path} exists already and was left as it is.")


def _engine(path: Path, *, checks_references: bool = True) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = _connected(path)
        connection.execute(f"PRAGMA foreign_keys = {'ON' if checks_references else 'OFF'}")
        # Else a loss of power could bring the journal back, and with it undo what was acknowledged.
        connection.execute("PRAGMA synchronous = EXTRA")
        return connection

    engine = create_engine("sqlite://", creator=connect)
    event.listen(engine, "begin", _begin)
    return engine


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=rw",
        uri=True,
        timeout=_WAIT_S,
        isolation_level=None,
        check_same_thread=False,
    )


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def writing(path: Path, *, checks_references: bool = True) -> Iterator[Connection]:
    """One transaction on a register's file itself: for its structure, not for what it records."""
    engine = _engine(path, checks_references=checks_references)
    try:
        with engine.execution_options(**{_WRITING: True}).begin() as connection:
            yield connection
    finally:
        engine.dispose()


def structure(connection: Connection) -> None:
    """Make every table that is not there yet."""
    evidence_kinds()
    Record.metadata.create_all(connection)


def _create_tables(path: Path, note: RegisterNote) -> None:
    path.touch()
    with in_words(path), writing(path) as connection, Session(connection) as session:
        connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")
        structure(connection)
        for statement in triggers(evidence_kinds()):
            connection.execute(text(statement))
        written = watch(session)
        session.add(note)
        session.flush()
        append(connection, written)


_IN_WORDS: tuple[tuple[str, type[RegisterError], str], ...] = (
    ("locked", RegisterInUse,
     "{path} is in use by someone else. Nothing was recorded; try again in a moment."),
    ("readonly", CannotWriteRegister,
     "{path} is read-only, so nothing was recorded. Make the file and its folder writable."),
    ("full", CannotWriteRegister,
     "The disk that holds {path} is full, so nothing was recorded. Free some space, then repeat."),
    ("disk I/O", CannotWriteRegister,
     "{path} could not be read or written (disk error). Nothing was recorded."),
    ("unable to open", CannotWriteRegister,
     "{path} could not be opened. Look at its folder and permissions."),
    ("not a database", NotARegister, "{path} is damaged or is not a register."),
    ("malformed", NotARegister, "{path} is damaged. Restore it from a backup."),
    ("no such table", NotARegister, "{path} is not a register of this software, or is damaged."),
    ("unexplained:", StageWithoutHistory,
     "A stage is changed by a move, never assigned. Nothing was recorded."),
    ("kept:", StageWithoutHistory,
     "History and evidence are never altered or removed; record a correction instead."),
)  # fmt: skip


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what an officer can act on; the unforeseen passes as it is."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        said = str(error.orig if isinstance(error, DatabaseError) else error)
        for fragment, kind, sentence in _IN_WORDS:
            if fragment in said:
                raise kind(sentence.format(path=os.fspath(path))) from error
        raise
    except OverflowError as error:
        raise BadFact(
            "A number is larger than a register can keep, so nothing was recorded. Was a digit "
            "too many typed?"
        ) from error
