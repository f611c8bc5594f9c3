"""What a command left behind in a database on a PostgreSQL server where it was cut short."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from disposals import database
from disposals.records import FORMAT
from disposals.register import format_of
from disposals.storage.address import Address
from disposals.storage.findings import MOVED
from disposals.storage.postgres.raw import PostgresRaw
from tests.aftermath import Start, documents_amiss, files_amiss, lying, made, timeless
from tests.postgres import Server

# A making that was killed leaves a schema of a name of its own, which is in nobody's way.
_MAKING = re.compile(r"_[0-9a-f]{8}_making$")
# What is hashed holds moments and salts.
_CHAINED = re.compile(r"(ledger_entry: \(\d+,).*", re.DOTALL)
_OWN = (
    "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> ALL "
    "('{public,information_schema,kept}') ORDER BY 1"
)
_RELATIONS = (
    "SELECT n.nspname, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n "
    "ON n.oid = c.relnamespace WHERE n.nspname = ANY(%s) ORDER BY 1, 2"
)
_GUARDS = (
    "SELECT n.nspname, c.relname, t.tgname, t.tgenabled FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = ANY(%s) AND NOT t.tgisinternal ORDER BY 1, 2, 3"
)
_COUNTERS = (
    "SELECT sequencename::text, last_value FROM pg_sequences WHERE schemaname = 'kent' ORDER BY 1"
)
_Connection = psycopg.Connection[tuple[Any, ...]]


class StartOnPostgres(Start):
    """How things stand before a command: a folder, and a database with a register or without."""

    def __init__(self, folder: Path, socket: str, name: str) -> None:
        self.folder, self.server, self.name = folder, Server(Path(socket)), name
        self._lies = lying(folder)
        with self.server.connected(name) as connection:
            self._has_register = "kent" in _schemas(connection)
            self._rows, self._counters = _rows(connection), _counters(connection)
        self._is_as_before = False
        self.state = _told(self._rows, folder)

    @contextmanager
    def laid_out(self) -> Iterator[Path]:
        """A folder of its own, and the database, as they are before the command.

        Something that a killed making left lies there still, so that the next try meets it.
        """
        if self._has_register and not self._is_as_before:
            self._bring_back()
        elif not self._has_register:
            with self.server.connected(self.name) as connection:
                left = [name for name in _schemas(connection) if _MAKING.search(name)]
                _drop(connection, {*_schemas(connection)} - {*left[-1:]})
        self._is_as_before = False
        with super().laid_out() as folder:
            yield folder

    def _bring_back(self) -> None:
        self.server.bring_back(self.name)
        with self.server.connected(self.name) as connection:
            _take_down(connection)

    def environment(self, folder: Path) -> dict[str, str]:
        """What the command goes by in a folder that was laid out."""
        return {"DISPOSALS_REGISTER": str(self._address(folder)), "DISPOSALS_USER": "Officer"}

    def watch(self, point: Callable[..., None]) -> None:
        """Have points called at what the program says to psycopg without SQLAlchemy."""
        said = ((psycopg.Connection, "execute"), (PostgresRaw, "execute"))
        for owner, name in (*said, (psycopg.Transaction, "__exit__")):
            setattr(owner, name, _between(point, getattr(owner, name)))

    def left_in(self, folder: Path) -> tuple[str, list[str]]:
        """What stands after a try, and what of it is not sound."""
        with self.server.connected(self.name) as connection:
            self.server.await_nobody(connection)
            rows, counters = _rows(connection), _counters(connection)
            has_register = "kent" in _schemas(connection)
        self._is_as_before = (rows, counters) == (self._rows, self._counters)
        if rows == self._rows and lying(folder) == self._lies:
            return self.state, []
        found = files_amiss(folder) + documents_amiss(folder / "register.documents")
        if has_register and format_of(self._address(folder)) == FORMAT:
            found += [
                each.what
                for each in database.check(self._address(folder))
                if not (each.is_well or each == MOVED or _is_known(each.what))
            ]
        return _told(rows, folder), found

    def _address(self, folder: Path) -> Address:
        return self.server.address(self.name, folder)


def _schemas(connection: _Connection) -> list[str]:
    return [str(name) for (name,) in connection.execute(_OWN).fetchall()]


def _drop(connection: _Connection, schemas: set[str]) -> None:
    for name in schemas:
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))


def _take_down(connection: _Connection) -> None:
    """Remove what was published."""
    published = "SELECT tablename FROM pg_tables WHERE schemaname = 'kent_open'"
    for (name,) in connection.execute(published).fetchall():
        connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier("kent_open", name)))


def _between(point: Callable[..., None], whole: Callable[..., Any]) -> Callable[..., Any]:
    def watched(*args: Any, **named: Any) -> Any:
        point()
        done = whole(*args, **named)
        point()
        return done

    return watched


def _rows(connection: _Connection) -> list[str]:
    """All that stands in the register and beside it: tables, guards and rows."""
    named = [name for name in _schemas(connection) if not _MAKING.search(name)]
    relations = connection.execute(_RELATIONS, (named,)).fetchall()
    found = [str(each) for each in (*relations, *connection.execute(_GUARDS, (named,)).fetchall())]
    tables = [(schema, name) for schema, name, kind in relations if kind == "r"]
    if tables:
        every = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} || t::text FROM {} t").format(
                f"{name}: ", sql.Identifier(schema, name)
            )
            for schema, name in tables
        )
        found += sorted(row for (row,) in connection.execute(every).fetchall())
    return found


def _counters(connection: _Connection) -> list[tuple[Any, ...]]:
    """How far each key has counted, which an act that is taken back leaves counted."""
    return connection.execute(_COUNTERS).fetchall()


def _told(rows: list[str], folder: Path) -> str:
    """All that stands there, without moments, salts and digests, and without documents."""
    told = [_CHAINED.sub(r"\1…", timeless(row)) for row in rows]
    return "\n".join([*(f"made {name}" for name in made(folder)), *sorted(told)])


def _is_known(what: str) -> bool:
    """Whether it is the tests' server, which flushes nothing, or what a killed making leaves.

    Or the rights in a register that was made or restored, which `db create` gives afterwards.
    """
    known = ("The server may lose", "Rights are missing: kent_officer INSERT on kent.")
    return what.startswith(known) or " is left of a making " in what
