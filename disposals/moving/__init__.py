"""A register carried to another place, of either kind of database: every row, every hash.

The rows go to a place aside while others work on, a batch at a time; after an interruption it goes
on from what is there. Then the old register is held still, what changed meanwhile is brought over,
both chains are followed, the old one is closed, and only then the new one takes its name: at no
moment do two of them take acts.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, ExceptionContext, event, inspect, text

from disposals.errors import (
    AlreadyRecorded,
    CannotWriteRegister,
    DisposalsError,
    NotARegister,
    RegisterMoved,
)
from disposals.following import followed
from disposals.history.raw import raw_of
from disposals.history.verifying import Verified
from disposals.moving.carrying import Told, carry, tables
from disposals.moving.documents import carried, see_to_folders
from disposals.register import guard, open_register, structure
from disposals.storage import EVERYTHING, WRITING, Storage, storage_of
from disposals.storage.address import Place
from disposals.storage.strangers import refuse_strangers


class NotMoved(DisposalsError):
    """What was carried over is not what it was; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was carried over and found to be the same.

    Attributes:
        rows: of all tables, each with its digest.
        entries: of the ledger, each with its hash.
        chains: histories of cases, each with its last hash.
        documents: files, each with its hash.
        seal: on both.
    """

    rows: int
    entries: int
    chains: int
    documents: int
    seal: str


def move(source: Place, target: Place, *, told: Told = lambda *_: None) -> Moved:
    """Carry a register to another place, whole and compared; or both stay as they were.

    The old one can be read afterwards, and tells whoever would write to it where the register is.

    Args:
        told: is called as rows come over.

    Raises:
        NoRegister, NotARegister, NewerRegister, OlderRegister: of the source.
        RegisterMoved: the source was moved already, to another place than the target.
        AlreadyRecorded: a register is at the target, if only this very one, or half of another one
            is beside it.
        NoDocuments: there are documents, and one of the places does not say where they lie.
        DamagedDocument: a document of the source is missing or altered.
        NotMoved: the copy is not the same.
        CannotWriteRegister, RegisterInUse: of either, which someone else may be moving, too.
    """
    open_register(source).close()
    old, new = storage_of(source), storage_of(target)
    try:
        _moved_to(new).encode()
    except UnicodeEncodeError:
        raise CannotWriteRegister(
            "The place to move to has a name that is no UTF-8 text, so the old register could not "
            "tell of it. Name another, or rename the folder."
        ) from None
    if new.is_same(old) or new.aside().is_same(old):
        raise AlreadyRecorded(f"{new.place} is where the register is already. Name another place.")
    with old.in_words(), _engine(old) as reading:
        with reading.begin() as held:
            _refuse_moved(held, old, new)
            old.refuse_another_owner(held)
            refuse_strangers(old, raw_of(held), NotARegister(f"{old.place} was not moved."))
        with new.alone():
            return _moved(reading, old, new, told)


def _moved(reading: Engine, old: Storage, new: Storage, told: Told) -> Moved:
    """Carry it over, where nobody else brings a register to that place meanwhile."""
    if _is_there(new):
        raise _is_there_already(reading, old, new)
    with reading.begin() as held:
        see_to_folders(held, old, new)
    aside = new.aside()
    with aside.in_words(), _prepared(aside) as writing:
        _begin(reading, writing, aside)
        for table in tables():
            if table.name != "erasure":
                carry(reading, writing, table, told)
        with _changing(reading) as held:
            if new.is_there():
                raise AlreadyRecorded(
                    f"{new.place} was made by someone else meanwhile, and was left as it is."
                )
            try:
                _refuse_moved(held, old, new)
            except RegisterMoved:  # by someone else meanwhile, to another place
                aside.discard()
                raise
            with carried(held, old, new) as documents:
                verdict = _finish(held, old, writing, aside, told)
                old.close_to_writing(held, _moved_to(new))
            chains = _count(held, "disposal")
    new.take(aside)  # what stops before this is told by the old one, and ended by repeating
    return Moved(verdict.rows, verdict.entries, chains, documents, str(verdict.seal))


def _refuse_moved(held: Connection, old: Storage, new: Storage) -> None:
    because = old.closed(raw_of(held))
    if because not in {None, _moved_to(new)}:
        raise RegisterMoved(
            f"{because} Name that one with `--register` to move it on. If nothing is there, the "
            "move was cut short: repeat `disposals db move` to that place, which ends it."
        )


def _begin(reading: Engine, writing: Engine, aside: Storage) -> None:
    """Make the tables aside; or see that those which are there are of this very register.

    Erasures come over with the names, as at the moment before all else, and the later ones when the
    register is held still: by them it is known then whether any row has changed that is kept.
    """
    with _changing(writing) as made:
        aside.forgets(raw_of(made))
        if not inspect(made).has_table("ledger_entry"):
            structure(made)
            with reading.begin() as held:
                for table in tables():
                    if table.name in {"person", "erasure"}:
                        carry(held, made, table, lambda *_: None)
            return
        aside.unguard(made)  # it is guarded where the move was stopped at its very end
        with reading.begin() as held:
            if not _holds_all_of(held, made):
                raise AlreadyRecorded(
                    f"{aside.place} is left over from the move of another register. Remove it, "
                    "then repeat."
                )


def _finish(
    held: Connection, old: Storage, writing: Engine, aside: Storage, told: Told
) -> Verified:
    """Bring over what changed meanwhile, guard the new register, and compare the two."""
    with old.in_words():
        before = followed(raw_of(held))
    if before.faults:
        aside.discard()
        raise NotARegister(
            f"{old.place} is not as it was recorded ({before.faults[0].row}), so it was not moved. "
            "`disposals audit verify` names what was changed."
        )
    with _changing(writing) as made:
        erased = _count(held, "erasure") != _count(made, "erasure")
        for table in tables():
            carry(held, made, table, told, again=erased)
            if _count(held, table.name) != _count(made, table.name):
                carry(held, made, table, told, again=True)  # keys need not come in their order
        aside.continue_keys(made)
        guard(aside, made)
        after = followed(raw_of(made))
        same = not after.faults and _ends(held, before) == _ends(made, after)
    if not same:
        aside.discard()
        raise NotMoved(
            f"What arrived is not what {old.place} holds, so it was thrown away and that register "
            "stays in use. Try again; if it happens twice, have the disks looked after."
        )
    return before


def _moved_to(new: Storage) -> str:
    place = new.place.absolute() if isinstance(new.place, Path) else new.place
    return f"This register was moved to {place}."


def _is_there(storage: Storage) -> bool:
    if not storage.is_there():
        return False
    storage.format()  # what is there and is no register is refused in its words
    return True


def _is_there_already(reading: Engine, old: Storage, new: Storage) -> AlreadyRecorded:
    """The refusal; where a move was cut off at its very end, it is ended first."""
    with _changing(reading) as held, new.in_words(), _engine(new) as there:
        with _changing(there) as made:  # held still as well: one register is not its own successor
            left = new.closed(raw_of(made)) is not None
            if left or not _holds_all_of(made, held):
                return _another(new, made, left=left)
        old.close_to_writing(held, _moved_to(new))
    if new.aside().is_there():
        new.aside().discard()
    return AlreadyRecorded(
        f"{new.place} holds this register already: it was moved there, and {old.place} takes "
        "nothing more."
    )


def _another(new: Storage, made: Connection, *, left: bool) -> AlreadyRecorded:
    """The refusal where another register is; what `db create` made too early is told from it."""
    known = "one that was moved from there" if left else "another one"
    away = "Move that one away and repeat, or name another place."
    of_itself = {"register", "ledger_entry"}  # which holds its making
    held = (_count(made, table.name) for table in tables() if table.name not in of_itself)
    if not (left or any(held)):
        known = "another one, in which nothing is recorded yet"
        away = f"{new.removal} and repeat."
    return AlreadyRecorded(f"{new.place} is a register already, and {known}. {away}")


def _holds_all_of(one: Connection, other: Connection) -> bool:
    """Whether the ledger of one register begins as all of the other's."""
    last = _head(other)
    if last is None:
        return True
    told = text("SELECT hash FROM ledger_entry WHERE no = :no")
    return one.execute(told, {"no": last[0]}).scalar() == last[1]


def _head(connection: Connection) -> tuple[int, str] | None:
    last = text("SELECT no, hash FROM ledger_entry ORDER BY no DESC LIMIT 1")
    found = connection.execute(last).first()
    return None if found is None else (found.no, found.hash)


def _ends(connection: Connection, verdict: Verified) -> tuple[object, ...]:
    """What registers that are the same have in common: each chain's end, and how much there is."""
    heads = text(
        "SELECT disposal_ref, no, hash FROM history_entry h WHERE no = "
        "(SELECT max(no) FROM history_entry WHERE disposal_ref = h.disposal_ref)"
    )
    return (
        _head(connection), verdict.entries, verdict.acts, verdict.rows,
        {tuple(head) for head in connection.execute(heads)},
    )  # fmt: skip


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


@contextmanager
def _engine(storage: Storage) -> Iterator[Engine]:
    """Connections to one of the two places, whose faults are told as those of that place."""
    engine = storage.engine()

    @event.listens_for(engine, "handle_error")
    def tell(context: ExceptionContext) -> None:
        with storage.in_words():
            raise context.sqlalchemy_exception or context.original_exception

    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _prepared(aside: Storage) -> Iterator[Engine]:
    aside.prepare()
    with _engine(aside) as engine:
        yield engine


def _changing(engine: Engine) -> AbstractContextManager[Connection]:
    """A transaction that writes, or that lets nobody else write."""
    return engine.execution_options(**{WRITING: EVERYTHING}).begin()
