"""Plain SQL on PostgreSQL, its rows as SQLite would have stored them: so each has one digest."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any, LiteralString, TypeVar

from psycopg import Connection, Cursor, ServerCursor
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.types.numeric import FloatLoader
from psycopg.types.string import TextLoader

C = TypeVar("C", bound=Cursor[Any])
_AT_ONCE = 10_000  # rows fetched in one step
_SECOND = len("2021-09-30 09:00:00")
_MICROSECOND = len("2021-09-30 09:00:00.000000")


class _Yes(Loader):
    def load(self, data: Buffer) -> int:
        return 1 if bytes(data) == b"t" else 0


class _Number(FloatLoader):
    """SQLite knows no nought below nought."""

    def load(self, data: Buffer) -> float:
        return super().load(data) + 0.0


class _Moment(Loader):
    """2021-09-30 09:00:00.25+00 as 2021-09-30 09:00:00.250000: in UTC, as the session is."""

    def load(self, data: Buffer) -> str:
        moment = bytes(data).decode().removesuffix("+00")
        return f"{moment}.000000" if len(moment) == _SECOND else moment.ljust(_MICROSECOND, "0")


class PostgresRaw:
    """The plain face of a connection."""

    def __init__(self, connection: "Connection[tuple[Any, ...]]") -> None:
        self._connection = connection
        self._names = count()

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> "Cursor[tuple[Any, ...]]":
        """Carry out a statement in the transaction that is under way."""
        cursor = _as_stored(Cursor(self._connection))
        return cursor.execute(_for_psycopg(sql), parameters)

    def stream(self, sql: str, /) -> "ServerCursor[tuple[Any, ...]]":
        """Ask for rows that are fetched some at a time, however many they are."""
        cursor = _as_stored(ServerCursor(self._connection, f"disposals_{next(self._names)}"))
        cursor.itersize = _AT_ONCE
        return cursor.execute(_for_psycopg(sql))


def _as_stored(cursor: C) -> C:
    for kind, loader in (
        ("bool", _Yes), ("float8", _Number), ("date", TextLoader), ("timestamptz", _Moment),
    ):  # fmt: skip
        cursor.adapters.register_loader(kind, loader)
    return cursor


@lru_cache
def _for_psycopg(sql: str) -> LiteralString:
    return sql.replace("%", "%%").replace("?", "%s")
