"""A register in a schema of its own in a PostgreSQL database, and all that is PostgreSQL's own.

The ledger is one chain, so writers queue as they do at a SQLite file: a transaction that writes
begins by locking the register's own row. What reads has one snapshot from beginning to end.
"""

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from disposals.errors import AlreadyRecorded, BadFact, NoDocuments, NoRegister, NotARegister
from disposals.history.raw import RAW, Raw
from disposals.storage import WRITING
from disposals.storage.address import Address
from disposals.storage.findings import Finding
from disposals.storage.postgres import guards, roles, server
from disposals.storage.postgres.dialect import URL
from disposals.storage.postgres.raw import PostgresRaw
from disposals.storage.postgres.words import in_words

_WAIT_MS = 5_000
# For whoever opens the register in QGIS with an officer's rights: boundaries as geometry.
_SHAPE = "{postgis}.ST_GeomFromWKB(shape, 27700)"


@dataclass(frozen=True, slots=True)
class PostgresSchema:
    """A register's schema.

    Attributes:
        is_new: it is being made, and has no row to lock yet.
    """

    place: Address
    is_new: bool = False

    @property
    def documents(self) -> Path:
        """The folder of its documents, which the address names.

        Raises:
            NoDocuments: it names none.
        """
        if self.place.folder is None:
            raise NoDocuments(
                f"The documents of a register in PostgreSQL lie in a folder, and {self.place} "
                "names none. Add `documents=/the/folder` to the address, as in "
                "postgresql://server/estates?schema=kent&documents=/srv/kent."
            )
        return self.place.folder

    def is_there(self) -> bool:
        """Whether the schema holds anything."""
        with self.connected() as connection:
            return _holds_anything(connection, self.place.schema)

    def format(self) -> int:
        """The version of its tables.

        Raises:
            NoRegister: there is no such schema, or nothing in it.
            NotARegister: something else is in it.
            CannotReachRegister: the server can't be reached, or does not let this user in.
        """
        schema = self.place.schema
        with self.in_words(), self.connected() as connection:
            if not _holds_anything(connection, schema):
                raise NoRegister(
                    f"There is no register at {self.place}. Make one with `disposals db create`, "
                    "or name another with `--register` or DISPOSALS_REGISTER."
                )
            found = connection.execute(
                "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
                "ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = 'ledger_entry'",
                (schema,),
            ).fetchone()
            if found is None:
                raise NotARegister(
                    f"{self.place} is not a register of this software. Name the right schema with "
                    "`schema=`; nothing in it was touched."
                )
            asked = sql.SQL("SELECT format FROM {}.register").format(sql.Identifier(schema))
            told = connection.execute(asked).fetchone()
        return int(told[0]) if told else 0

    def engine(self, *, checks_references: bool = True) -> Engine:  # noqa: ARG002
        """Connections to the server; what refers to nothing is refused in every case."""
        engine = create_engine(URL, creator=self.connected, pool_pre_ping=True)
        event.listen(engine, "connect", _leave_raw)
        event.listen(engine, "begin", self._begin)
        return engine

    def refuse_read_only(self) -> None:
        """Nothing: the server refuses by itself, when the transaction begins."""

    def in_words(self) -> AbstractContextManager[None]:
        """Turn what PostgreSQL says into what an officer can act on; else let it pass."""
        return in_words(self.place)

    @contextmanager
    def making(self) -> Iterator["PostgresSchema"]:
        """A schema aside that takes its place whole, or not at all.

        Raises:
            AlreadyRecorded: something is in the schema; it is left as it is.
            CannotWriteRegister: this user may make no schema, or PostGIS is not there.
        """
        schema = self.place.schema
        aside = f"{schema}_{secrets.token_hex(4)}_making"
        own, made = sql.Identifier(schema), sql.Identifier(aside)
        with self.in_words(), self.connected() as connection:
            server.require_postgis(connection, self.place)
            if _holds_anything(connection, schema):
                raise AlreadyRecorded(f"{self.place} exists already and was left as it is.")
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(made))
            try:
                yield PostgresSchema(replace(self.place, schema=aside), is_new=True)
                with connection.transaction():
                    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {}").format(own))
                    connection.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(made, own))
            except BaseException:
                connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(made))
                raise

    def extras(self) -> Iterator[str]:
        """A view of all boundaries as geometry, for officers in QGIS, and its index."""
        with self.connected() as connection:
            shape = _SHAPE.format(postgis=server.require_postgis(connection, self.place))
        yield f"CREATE INDEX ix_boundary_shape ON boundary USING gist ({shape})"
        yield (
            "CREATE VIEW boundary_on_the_map AS SELECT id, site_ref, part_no, revision, area_m2, "  # noqa: S608
            "origin, source, licence, is_indicative, effective_from, effective_to, "
            f"{shape} AS shape FROM boundary"
        )

    def guards(self, kinds: Iterable[str], columns: Mapping[str, Collection[str]]) -> Iterator[str]:
        """The triggers of the schema."""
        return guards.guards(kinds, columns)

    def unguard(self, connection: Connection) -> None:
        """Drop the triggers of the schema, with the functions that they call."""
        for statement in guards.unguard():
            connection.exec_driver_sql(statement)

    def guards_amiss(
        self, raw: Raw, kinds: Iterable[str], columns: Mapping[str, Collection[str]]
    ) -> list[str]:
        """The guards that are not there, are switched off, or are not what they were made as."""
        return guards.amiss(raw, self.place.schema, guards.guards(kinds, columns))

    def findings(self) -> Iterator[Finding]:
        """Whether the server keeps what it is given, and the roles see what they may."""
        with self.connected() as connection:
            yield from server.findings(connection, self.place)
            yield from roles.findings(connection, self.place.schema)

    def forgets(self, raw: Raw) -> None:
        """Nothing: what is gone is overwritten after the transaction."""

    def overwrite_freed(self) -> None:
        """Vacuum what a transaction freed, as far as this user may; else the server will."""
        schema = self.place.schema
        with self.in_words(), self.connected() as connection:
            tables = connection.execute(
                "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
                "ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relkind = 'r' "
                "AND pg_catalog.pg_has_role(c.relowner, 'USAGE')",
                (schema,),
            ).fetchall()
            for (name,) in tables:
                connection.execute(sql.SQL("VACUUM {}").format(sql.Identifier(schema, name)))

    def connected(self) -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection of its own, on which each statement stands for itself.

        Raises:
            BadFact: the address holds something that libpq does not know.
        """
        try:
            return psycopg.connect(
                self.place.conninfo, autocommit=True, client_encoding="UTF8",
                fallback_application_name="disposals",
            )  # fmt: skip
        except psycopg.ProgrammingError as error:
            raise BadFact(
                f"{self.place} is no address that can be used: {str(error).strip()}."
            ) from None

    def _begin(self, connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, False)
        level = "READ COMMITTED" if writing else "REPEATABLE READ"
        begun = [
            f"BEGIN ISOLATION LEVEL {level}",
            f'SET LOCAL search_path = "{self.place.schema}", pg_temp',
            "SET LOCAL timezone = 'UTC'",
            "SET LOCAL datestyle = 'ISO'",
            f"SET LOCAL lock_timeout = {_WAIT_MS}",
        ]
        if writing and not self.is_new:
            begun.append("SELECT format FROM register FOR UPDATE")
        connection.exec_driver_sql("; ".join(begun))


def _holds_anything(connection: "psycopg.Connection[tuple[Any, ...]]", schema: str) -> bool:
    asked = connection.execute(
        "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
        "ON n.oid = c.relnamespace WHERE n.nspname = %s LIMIT 1",
        (schema,),
    )
    return asked.fetchone() is not None


def _leave_raw(
    connection: "psycopg.Connection[tuple[Any, ...]]", record: ConnectionPoolEntry
) -> None:
    record.info[RAW] = PostgresRaw(connection)
