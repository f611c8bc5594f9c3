"""What is said to SQLite, by the ORM or past it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest.mock import patch

Statements = list[tuple[str, Any]]


@contextmanager
def noted() -> Iterator[Statements]:
    """Every statement with its parameters, over connections that are made meanwhile."""
    told: Statements = []

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, parameters: Any = (), /) -> Any:
            told.append((sql, parameters))
            return super().execute(sql, parameters)

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, parameters: Any = (), /) -> Any:
            told.append((sql, parameters))
            return super().execute(sql, parameters)

        def commit(self) -> None:
            told.append(("COMMIT", ()))
            super().commit()

        def cursor(self, *_: Any, **__: Any) -> Any:
            return super().cursor(Cursor)

    with patch.object(sqlite3, "connect", partial(sqlite3.connect, factory=Connection)):
        yield told
