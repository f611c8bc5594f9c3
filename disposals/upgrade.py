"""A register brought to this version's format, or back: a verified copy first, then all at once.

Nobody writes between the copy and the change.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from disposals.casework.acts import Stamp
from disposals.casework.touches import touch_all
from disposals.disclosure.audit import refuse_altered
from disposals.errors import BadFact, NotARegister, RegisterMoved, WouldLose
from disposals.following import followed
from disposals.history.ledger import WritingSession, Written, append, written_in
from disposals.history.raw import raw_of
from disposals.history.taking_over import take_over
from disposals.migrations import bring, gained
from disposals.records import FORMAT, vouched_for
from disposals.records.cases import RegisterNote
from disposals.register import format_of, guard, open_register, writing
from disposals.storage import Storage, storage_of
from disposals.storage.address import Place
from disposals.storage.strangers import refuse_strangers
from disposals.words import counted, day, listed, plainly

_FIRST_WITH_LEDGER = 5


@dataclass(frozen=True, slots=True)
class Migrated:
    """What an upgrade or a downgrade did.

    Attributes:
        before, after: formats.
        copy: the register as it was; None where there was nothing to do.
    """

    before: int
    after: int
    copy: Place | None


def upgrade(place: Place, stamp: Stamp) -> Migrated:
    """Bring a register to the format of this version; the register as it was is kept beside it.

    What lies on the land is measured anew where that is not recorded yet.

    Args:
        stamp: its day is that from which the chain of its history vouches for what was there.

    Raises:
        NoRegister: nothing is there.
        NotARegister: something else is there, or the copy of it does not verify, or something in
            it is not of this program and could alter what is written.
        NewerRegister: a newer version of this software wrote it.
        RegisterMoved: it was moved, and is in use elsewhere.
        CannotWriteRegister: another register is there under the copy's name.
        CannotWrite: the copy can't be written.
        RegisterInUse: someone else is writing to it.
    """
    if format_of(place) == FORMAT:
        return Migrated(FORMAT, FORMAT, None)
    with _held_still(place) as (storage, connection):
        before = format_of(place)
        if before == FORMAT:  # someone else was first
            return Migrated(FORMAT, FORMAT, None)
        copy = _migrated(storage, connection, before, FORMAT)
        if before < _FIRST_WITH_LEDGER:
            told = f"brought up from format {before} on {day(stamp.on)}"
            take_over(connection, vouched_for(), because=told, continue_keys=storage.continue_keys)
        with WritingSession(connection) as session:
            touch_all(session, stamp)
            append(connection, {**_noted(before), **written_in(session)})
        _guarded(storage, connection, FORMAT)
        _refuse_strangers(storage, connection)
        _refuse_unsound(storage, connection)
        storage.entitle(connection)
        return Migrated(before, FORMAT, copy)


def downgrade(place: Place, to: int, *, losing: bool = False) -> Migrated:
    """Bring a register back to an older format, for the version of this software that wants it.

    Args:
        losing: whether what only newer formats can hold may be lost; the copy keeps it.

    Raises:
        BadFact: there is no such older format.
        CannotWriteRegister: a table of it is kept in parts, which no older format knows.
        WouldLose: something would be lost; says what and how much.
        OlderRegister: it is of an older format already.
        Others as `upgrade`.
    """
    open_register(place).close()
    if not 1 <= to < FORMAT:
        raise BadFact(
            f"{place} has format {FORMAT}, and there is no older format {to} to bring it back to. "
            f"Name one from 1 to {FORMAT - 1}."
        )
    with _held_still(place) as (storage, connection):
        storage.refuse_older_format(connection)
        _refuse_strangers(storage, connection)
        refuse_altered(place, "its format was not changed")
        if not losing:
            _refuse_loss(connection, place, to)
        copy = _migrated(storage, connection, FORMAT, to)
        append(connection, _noted(to))
        _guarded(storage, connection, to)
        return Migrated(FORMAT, to, copy)


def _refuse_strangers(storage: Storage, connection: Connection) -> None:
    refusal = NotARegister(f"The format of {storage.place} was not changed.")
    refuse_strangers(storage, raw_of(connection), refusal)


def _refuse_unsound(storage: Storage, connection: Connection) -> None:
    """Refuse what was made, if its own chain does not vouch for it."""
    found = followed(raw_of(connection))
    if found.faults:
        raise NotARegister(
            f"{storage.place} could not be brought to format {FORMAT} so that it verifies, and was "
            f"left as it was. {found.faults[0]}"
        )


def _refuse_loss(connection: Connection, place: Place, to: int) -> None:
    """Refuse to lose what an older format can't hold."""
    lost: dict[str, int] = {}
    for format_ in gained(to, FORMAT):
        for table, rows in format_.held(connection):
            lost[table] = max(lost.get(table, 0), rows)
    if any(lost.values()):
        told = listed(
            f"{plainly(table)} ({counted(rows, 'row')})"
            for table, rows in sorted(lost.items())
            if rows
        )
        raise WouldLose(
            f"In format {to} there is no room for all that {place} holds, so nothing was changed. "
            f"Lost would be records, or fields of records, of these kinds: {told}. A copy as it is "
            "would be kept; repeat with `--lose` if they may go."
        )


@contextmanager
def _held_still(place: Place) -> Iterator[tuple[Storage, Connection]]:
    """The one transaction in which a register is looked at, copied and changed.

    Raises:
        RegisterMoved: it takes nothing more, and would do so again with tables of its own.
    """
    storage = storage_of(place)
    with storage.in_words(), writing(place, checks_references=False) as connection:
        because = storage.closed(raw_of(connection))
        if because is not None:
            raise RegisterMoved(
                f"{because} The one that stays at {place} can be read as it was and takes no other "
                "format. Nothing was changed; name the one that is in use with `--register`."
            )
        yield storage, connection


def _migrated(storage: Storage, connection: Connection, before: int, after: int) -> Place:
    """Bring a register to a format and leave it unguarded; says where it is kept as it was."""
    copy = storage.keep_as_it_was(before, lambda made: bring(made, 0, before), guard)
    storage.unguard(connection)
    bring(connection, before, after)
    return copy


def _noted(other: int) -> Written:
    """The register's own row, which tells its format, where the other format has a ledger too."""
    return {(RegisterNote.__tablename__, "id", 1): None} if other >= _FIRST_WITH_LEDGER else {}


def _guarded(storage: Storage, connection: Connection, format_: int) -> None:
    guard(storage, connection, format_)
    loose = storage.loose_ends(connection)
    if loose is not None:
        raise NotARegister(
            f"{storage.place} holds a row of {loose} that refers to nothing, so its format was not "
            "changed. Restore it from a backup."
        )
