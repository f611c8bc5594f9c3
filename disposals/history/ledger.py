"""Writing the ledger: what a session writes is noted, and one entry chains it to what was there.

Plain SQL on the connection of the write unit: `advance` has no record class to build for it.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

from orjson import dumps
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Mapper, SessionTransaction, UOWTransaction
from sqlmodel import Session

from disposals.errors import KeptOut
from disposals.history.digests import (
    commitment,
    covered,
    digest,
    entry_hash,
    erased_person,
    fields,
    marks,
)
from disposals.history.raw import RAW, Raw, raw_of

# Table, the column of its key, and the key of each row written, in the order of writing.
Written = dict[tuple[str, str, Any], None]
_AT_A_TIME = 500
_WRITTEN = "disposals_written"


class WritingSession(Session):
    """A session that notes every row that it writes, for the ledger."""

    def __init__(self, bind: Engine | Connection, *, expire_on_commit: bool = True) -> None:
        super().__init__(bind, expire_on_commit=expire_on_commit)
        self.info[_WRITTEN] = {}


def written_in(session: Session) -> Written:
    """What a writing session has written so far; whoever writes past it adds to that."""
    written: Written = session.info[_WRITTEN]
    return written


@event.listens_for(WritingSession, "after_flush")
def _note(session: Session, _: UOWTransaction) -> None:
    written = written_in(session)
    for row in (*session.new, *(row for row in session.dirty if session.is_modified(row))):
        mapper = cast("Mapper[Any]", type(row).__mapper__)
        (key,) = mapper.primary_key_from_instance(row)
        written[str(row.__tablename__), mapper.primary_key[0].name, key] = None


@event.listens_for(WritingSession, "after_begin")
def _know(session: Session, _: SessionTransaction, connection: Connection) -> None:
    session.info[RAW] = raw_of(connection)  # asking the session takes longer than many a statement


@event.listens_for(WritingSession, "after_rollback")
def _forget(session: Session) -> None:
    written_in(session).clear()


@event.listens_for(WritingSession, "after_transaction_end")
def _let_go(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(RAW, None)


def append(
    connection: Connection,
    written: Written,
    *,
    because: str | None = None,
    queue: Callable[[], None] | None = None,
) -> None:
    """Write the ledger entry of a write unit, after all that it wrote; none if that is nothing.

    Args:
        because: why rows are taken over that no act has just written.
        queue: waits until nobody else adds to the chain, where others may; it is called when all is
            read and hashed but the link itself, so that nobody waits for that.

    Raises:
        KeptOut: a row that was written is not there.
    """
    if not written:
        return
    raw = raw_of(connection)
    people = People(raw, written)
    lines, marked, done = [], [], 0
    while done < len(written):  # whoever acted for the first time comes after what they wrote
        new = list(written)[done:]
        done = len(written)
        for table, key_name, keys in _by_table(new):
            for key, said in read(raw, table, key_name, keys, people):
                lines.append((table, key, digest(said)))
                marked.append(marks(said))
    if len(lines) < len(written):
        raise KeptOut
    rows, told = dumps(lines).decode(), dumps(marked).decode()
    if queue is not None:
        queue()
    last = raw.execute("SELECT no, hash FROM ledger_entry ORDER BY no DESC LIMIT 1").fetchone()
    before, previous = last or (0, "")
    entered = raw.execute(
        "INSERT INTO ledger_entry (no, rows, marks, because, hash) VALUES (?, ?, ?, ?, ?)",
        (before + 1, rows, told, because, entry_hash(before + 1, previous, rows, told, because)),
    )
    if entered.rowcount != 1:
        raise KeptOut


class People(dict[Any, str]):
    """The commitment of each who acted, by name; who acts for the first time is given one."""

    def __init__(self, raw: Raw, written: Written) -> None:
        super().__init__()
        self._raw, self._written = raw, written

    def keep(self, name: str, number: int) -> None:
        """Let what stands for a name that is erased already have its number, and nobody else."""
        salt, self[name] = _salted(name)
        self._raw.execute(
            "INSERT INTO person (id, name, salt, commitment) VALUES (?, ?, ?, ?)",
            (number, name, salt, self[name]),
        )
        self._written["person", "id", number] = None

    def __missing__(self, name: str) -> str:
        told = self._known(name) or self._made(name) or self._known(name)
        if told is None:
            raise KeptOut
        self[name] = told
        return told

    def _known(self, name: str) -> str | None:
        gone = erased_person(name)
        asked = "SELECT commitment FROM person WHERE name = ?"
        if gone is None:
            row = self._raw.execute(asked, (name,)).fetchone()
        else:  # from under this ledger, or from under one before it
            asked += " OR (name IS NULL AND id = ?)"
            row = self._raw.execute(asked, (name, gone)).fetchone()
        return None if row is None else str(row[0])

    def _made(self, name: str) -> str | None:
        """The commitment of someone new; None if their first act elsewhere has just come first."""
        salt, told = _salted(name)
        made = self._raw.execute(
            "INSERT INTO person (name, salt, commitment) VALUES (?, ?, ?) "
            "ON CONFLICT (name) DO NOTHING RETURNING id",
            (name, salt, told),
        ).fetchone()
        if made is None:
            return None
        self._written["person", "id", made[0]] = None
        return told


def _salted(name: str) -> tuple[str, str]:
    """A salt, and the commitment to a name under it."""
    salt = os.urandom(16).hex()
    return salt, commitment(salt, name)


def read(
    raw: Raw, table: str, key_name: str, keys: Sequence[Any], people: People
) -> Iterator[tuple[Any, list[str]]]:
    """The fields of some rows of a table, as they are hashed."""
    for first in range(0, len(keys), _AT_A_TIME):
        some = keys[first : first + _AT_A_TIME]
        asked = ", ".join("?" * len(some))
        rows = raw.execute(
            f"SELECT {key_name}, * FROM {table} WHERE {key_name} IN ({asked}) "  # noqa: S608
            f"ORDER BY {key_name}",
            some,
        )
        names = [about[0] for about in rows.description]
        at = covered(table, key_name, names)
        for row in rows.fetchall():
            yield row[0], fields([names[i] for i in at], [row[i] for i in at], people)


def _by_table(written: Sequence[tuple[str, str, Any]]) -> Iterator[tuple[str, str, list[Any]]]:
    found: dict[tuple[str, str], list[Any]] = {}
    for table, key_name, key in written:
        found.setdefault((table, key_name), []).append(key)
    for (table, key_name), keys in found.items():
        yield table, key_name, keys
