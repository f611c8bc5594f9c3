"""The register: opened, made, and written to in units that are one transaction each.

`write()` lets one writer in at a time, so that writers queue instead of failing half-way; `read()`
never writes. What is one database's own stands in `storage/`; what the register itself refuses,
whoever writes, in `kept.py`.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import chain
from shlex import quote

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm.exc import FlushError, StaleDataError
from sqlmodel import Session, select

from disposals.errors import (
    AlreadyRecorded,
    KeptOut,
    NewerRegister,
    NotARegister,
    OlderRegister,
    RegisterMoved,
)
from disposals.history.ledger import WritingSession, append, written_in
from disposals.history.raw import raw_of
from disposals.looking_back import look_back
from disposals.records import FORMAT, evidence_kinds
from disposals.records.cases import RegisterNote
from disposals.storage import A_CASE, EVERYTHING, MOVED_ON, WRITING, Storage, storage_of
from disposals.storage.address import Place
from sites.record import Record

ASKED_ON = "disposals_asked_on"


@dataclass(frozen=True, slots=True)
class Register:
    """An open register.

    Attributes:
        storage: where it lies, and how that kind of place is worked with.
        authority: whose policy file applies, such as "kent".
        stands_on: the day an example stands on; None where the calendar counts.
        example: which published example it holds, if any.
        moved: where it was moved to, as a sentence; None where it is in use.
        as_of: the day as of which it is read; None for all that is recorded.
        on: the day asked about, by which what is exempt may have been released; None where nobody
            has asked, and then nothing is.
    """

    storage: Storage
    authority: str
    stands_on: date | None
    example: str | None
    moved: str | None
    _engine: Engine
    _writing: Mapping[str, Engine]
    as_of: date | None = None
    on: date | None = None

    @property
    def place(self) -> Place:
        """Where it lies."""
        return self.storage.place

    @contextmanager
    def write(self, case: str | None = None) -> Iterator[Session]:
        """One write unit: committed whole when the block ends, undone whole if it raises.

        Args:
            case: where nothing but this case and its family is written, and nothing is read that an
                act on another one could write; others may be written to meanwhile, if the database
                can do so.

        Raises:
            RegisterInUse: another writer held the register for longer than the wait.
            CannotWriteRegister: the file or its disk can't be written.
            StageWithoutHistory: a stage was assigned past the moves.
            KeptOut: something in the database keeps out what was to be recorded.
        """
        self.storage.refuse_read_only()
        engine = self._writing[EVERYTHING if case is None else A_CASE]
        with self.storage.in_words(), WritingSession(engine, expire_on_commit=False) as session:
            if case is not None:
                self.storage.hold(session.connection(), case)
            try:
                yield session
                session.flush()
            except (FlushError, StaleDataError):  # a row has no key now, or was not there to change
                raise KeptOut from None
            connection = session.connection()
            queue = None if case is None else partial(self.storage.queue, connection)
            append(connection, written_in(session), queue=queue)
            session.commit()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view of the register; what is written to it is thrown away."""
        with self.storage.in_words(), Session(self._engine, autoflush=False) as session:
            session.info[ASKED_ON] = self.on
            if self.as_of is not None:
                look_back(session, self.as_of)
            yield session

    def refuse_moved(self) -> None:
        """Refuse an act before anything is asked for it; the place itself refuses it in any case.

        Raises:
            RegisterMoved: it is in use elsewhere; says where.
        """
        if self.moved is not None:
            raise RegisterMoved(MOVED_ON.format(said=self.moved))

    def refuse_other(self, authority: str) -> None:
        """Refuse to be taken for the register of another authority; which one it is, is fixed.

        Raises:
            AlreadyRecorded: names both.
        """
        if authority != self.authority:
            raise AlreadyRecorded(
                f"{self.place} is a register already, and follows the policy of {self.authority}, "
                f"not of {authority}. It was left as it is, for that is said once, when a register "
                "is made. Make another one in another place: `--register`."
            )

    def as_it_stood(self, on: date) -> "Register":
        """The same register, read as it stood at the end of a day."""
        return replace(self, as_of=on, on=on)

    def asked(self, on: date) -> "Register":
        """The same register, asked on a day: all that is recorded, released by that day or not."""
        return replace(self, on=on)

    def close(self) -> None:
        """Let go of its connections."""
        self._engine.dispose()


def open_register(place: Place) -> Register:
    """Open a register that exists.

    Raises:
        NoRegister: nothing is there.
        NotARegister: something else is there, or it is damaged.
        NewerRegister: a newer version of this software wrote it.
        OlderRegister: an older version wrote it, and it has not been upgraded.
    """
    return _opened(storage_of(place))


def _opened(storage: Storage) -> Register:
    found = _format_of(storage)
    if found < FORMAT:
        raise OlderRegister(
            f"{storage.place} has format {found}, of an older version; this one works with format "
            f"{FORMAT}. Bring it up with `disposals --register {quote(str(storage.place))} db "
            "upgrade`, which keeps a copy of it as it is. The register was not touched."
        )
    engine = storage.engine()
    try:
        writing = {
            kind: engine.execution_options(**{WRITING: kind}) for kind in (EVERYTHING, A_CASE)
        }
        return Register(storage, *_about(storage, engine), engine, writing)
    except BaseException:
        engine.dispose()
        raise


def is_there(place: Place) -> bool:
    """Whether anything is at a place, a register or not."""
    storage = storage_of(place)
    with storage.in_words():
        return storage.is_there()


def format_of(place: Place) -> int:
    """The format of the register at a place.

    Raises:
        NoRegister: nothing is there.
        NotARegister: something else is there, or it is damaged.
        NewerRegister: a newer version of this software wrote it.
    """
    return _format_of(storage_of(place))


def _format_of(storage: Storage) -> int:
    found = storage.format()
    if found > FORMAT:
        raise NewerRegister(
            f"{storage.place} has format {found}; this version of the software knows formats up to "
            f"{FORMAT}. Upgrade the software; the register was not touched."
        )
    return found


def _about(storage: Storage, engine: Engine) -> tuple[str, date | None, str | None, str | None]:
    """What the register says of itself: authority, its own day, which example, where it went."""
    with storage.in_words(), Session(engine) as session:
        try:
            note = session.exec(select(RegisterNote)).one()
        except (NoResultFound, ValueError):
            raise NotARegister(
                f"{storage.place} is damaged: what it says of itself can't be read. Restore it "
                "from a backup."
            ) from None
        moved = storage.closed(raw_of(session.connection()))
        return note.authority, note.stands_on, note.example, moved


def create_register(
    place: Place,
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
        AlreadyRecorded: something is already at the place; it is left as it is.
        CannotWriteRegister: nothing can be written there.
    """
    note = RegisterNote.model_validate(
        {
            "format": FORMAT,
            "authority": authority,
            "stands_on": stands_on,
            "example": example,
            "made_at": at,
        },
    )
    with storage_of(place).making() as made:
        _create_tables(made, note)
        if fill is not None:
            register = _opened(made)
            try:
                fill(register)
            finally:
                register.close()


@contextmanager
def writing(place: Place, *, checks_references: bool = True) -> Iterator[Connection]:
    """One transaction on a register itself: for its structure, not for what it records."""
    with _writing(storage_of(place), checks_references=checks_references) as connection:
        yield connection


@contextmanager
def _writing(storage: Storage, *, checks_references: bool = True) -> Iterator[Connection]:
    engine = storage.engine(checks_references=checks_references)
    try:
        with engine.execution_options(**{WRITING: EVERYTHING}).begin() as connection:
            yield connection
    finally:
        engine.dispose()


def structure(connection: Connection) -> None:
    """Make every table, where there is none."""
    evidence_kinds()
    Record.metadata.create_all(connection, checkfirst=False)


def guard(storage: Storage, connection: Connection, format_: int = FORMAT) -> None:
    """Have a register of a format refuse what nobody may do.

    It is given what its database has beside the tables, too.
    """
    told = inspect(connection).get_multi_columns()
    columns = {table: [each["name"] for each in found] for (_, table), found in told.items()}
    guards = storage.guards(evidence_kinds(), columns, format_)
    for statement in chain(storage.extras(columns), guards):
        connection.execute(text(statement))


def _create_tables(storage: Storage, note: RegisterNote) -> None:
    with storage.in_words(), _writing(storage) as connection:
        structure(connection)
        guard(storage, connection)
        with WritingSession(connection) as session:
            session.add(note)
            session.flush()
            append(connection, written_in(session))
