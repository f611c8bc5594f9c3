"""Rows as a register stores them, in plain SQL: what the ledger is written with and verified by.

The values are those that SQLite keeps, whichever database they lie in: text, whole numbers, floats
and blobs; days and moments as text, yes and no as 1 and 0. So a row has one digest everywhere.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, cast

from sqlalchemy import Connection
from sqlmodel import Session

RAW = "disposals_raw"  # where a storage leaves this face of each connection that it makes


class Rows(Protocol):
    """What a statement answered."""

    @property
    def description(self) -> Any:
        """Of each column a sequence that begins with its name."""

    @property
    def rowcount(self) -> int:
        """How many rows a change changed."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """All that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Raw(Protocol):
    """A connection for plain SQL with ? for each value; sqlite3's own is one."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Rows:
        """Carry out a statement in the transaction that is under way."""


def raw_of(connection: Connection) -> Raw:
    """The plain face of a connection of SQLAlchemy, in the same transaction."""
    return cast("Raw", connection.info[RAW])


def raw_in(session: Session) -> Raw:
    """The plain face of the connection of a session; one that writes knows it already."""
    known: Raw | None = session.info.get(RAW)
    return raw_of(session.connection()) if known is None else known


def columns_of(raw: Raw, table: str) -> list[str]:
    """The names of a table's columns, as they stand."""
    about = raw.execute(f"SELECT * FROM {table} LIMIT 0").description  # noqa: S608
    return [column[0] for column in about]
