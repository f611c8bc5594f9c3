"""A register in a schema of its own in a PostgreSQL database, and all that is PostgreSQL's own.

Whoever writes to all kinds of things has the register to themselves, as with a SQLite file. Whoever
acts on one case shares it with others who do, holds that case with its family, and queues for the
ledger, which is one chain, at the end alone. What reads has one snapshot from beginning to end.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import ConnectionPoolEntry

from disposals.errors import (
    AlreadyRecorded,
    CannotWriteRegister,
    NoDocuments,
    NoRegister,
    NotARegister,
    RegisterInUse,
)
from disposals.filing import refuse_no_folder
from disposals.history.raw import RAW, Raw
from disposals.storage import (
    A_CASE,
    BEING_MOVED,
    EVERYTHING,
    WRITING,
    Guard,
    Storage,
    format_in,
)
from disposals.storage.address import Address
from disposals.storage.findings import MOVED, Finding
from disposals.storage.postgres import (
    copying,
    guards,
    older_formats,
    on_the_map,
    roles,
    schemas,
    server,
)
from disposals.storage.postgres.connecting import GUARDED, connected, settled, unsettled
from disposals.storage.postgres.dialect import URL
from disposals.storage.postgres.raw import PostgresRaw
from disposals.storage.postgres.words import in_words, said

_OURS = 0x44535053  # “DSPS”, so that nobody else's locks are met
_MOVING = 0x4453504D  # “DSPM”, for who moves a register to a schema
_ALONE = "SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))"
_HOLD = text(
    "SELECT 1 FROM disposal WHERE ref = "
    "(SELECT coalesce(whole_ref, ref) FROM disposal WHERE ref = :case) FOR UPDATE"
)
_WAIT_MS = 5_000


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

    def take_documents(self, *, new: bool = False) -> Path:
        """The folder of its documents, which is there; or is made in one that is, where it may be.

        Raises:
            NoDocuments: the address names none, or none that is there.
            CannotWriteRegister: it can't be made.
        """
        folder = self.documents
        if new:
            try:
                folder.mkdir(exist_ok=True)
            except (FileNotFoundError, FileExistsError, NotADirectoryError):
                refuse_no_folder(folder)
            except OSError as error:
                raise CannotWriteRegister(
                    f"The folder of documents, {folder}, could not be made: {error.strerror}. Let "
                    "whoever looks after the disk make it, then repeat."
                ) from None
        refuse_no_folder(folder)
        return folder

    def is_there(self) -> bool:
        """Whether the schema holds anything."""
        with self.connected() as connection:
            return schemas.holds_anything(connection, self.place.schema)

    def is_same(self, other: Storage) -> bool:
        """Whether both addresses lead to one schema of one database of one server."""
        if not isinstance(other, PostgresSchema):
            return False
        with (
            self.in_words(),
            self.connected() as here,
            other.in_words(),
            other.connected() as there,
        ):
            at = server.database(here), self.place.schema
            return at == (server.database(there), other.place.schema)

    def format(self) -> int:
        """The version of its tables.

        Raises:
            NoRegister: there is no such schema, or nothing in it.
            NotARegister: something else is in it.
            CannotReachRegister: the server can't be reached, or does not let this user in.
        """
        schema = self.place.schema
        with self.in_words(), self.connected() as connection:
            if not schemas.holds_anything(connection, schema):
                if schemas.holds_anything(connection, self.aside().place.schema):
                    raise NoRegister(
                        f"There is no register at {self.place} yet: one is being moved there, or "
                        "its move was cut short. Repeat `disposals db move`, which ends it."
                    )
                raise NoRegister(
                    f"There is no register at {self.place}. Make one with `disposals db create`, "
                    "or name another with `--register` or DISPOSALS_REGISTER."
                )
            if not schemas.holds_register(connection, schema):
                raise NotARegister(
                    f"{self.place} is not a register of this software: something else lies in "
                    f"the schema {schema}. Name another one with `schema=`; nothing in it was "
                    "touched."
                )
            asked = sql.SQL("SELECT format FROM {}.register").format(sql.Identifier(schema))
            return format_in(self.place, connection.execute(asked).fetchall())

    def engine(self, *, checks_references: bool = True) -> Engine:  # noqa: ARG002
        """Connections to the server; what refers to nothing is refused in every case."""
        engine = create_engine(
            URL,
            creator=partial(unsettled, self.place),
            pool_pre_ping=True,
            use_native_hstore=False,  # asked for before anything is settled, by names of anyone's
            hide_parameters=True,
        )
        event.listen(engine, "connect", _leave_raw)
        event.listen(engine, "begin", self._begin)
        return engine

    def refuse_read_only(self) -> None:
        """Nothing: the server refuses by itself, when the transaction begins."""

    def refuse_older_format(self, connection: Connection) -> None:
        """Refuse where someone partitioned a table, as docs/growing.md tells for the history.

        And where someone's view stands on a table, for an older format may lack what it shows.

        Raises:
            CannotWriteRegister: names it, and says what to do first.
        """
        older_formats.refuse(connection, self.place)

    def in_words(self) -> AbstractContextManager[None]:
        """Turn what PostgreSQL says into what an officer can act on; else let it pass."""
        return in_words(self.place)

    @contextmanager
    def making(self) -> Iterator["PostgresSchema"]:
        """A schema aside that takes its place whole, or not at all.

        Raises:
            AlreadyRecorded: something is in the schema; it is left as it is.
            BadFact: no register can be in use under that name.
            CannotWriteRegister: this user may make no schema, or PostGIS is not there.
        """
        name = f"{self.place.schema}_{secrets.token_hex(4)}_making"
        aside = PostgresSchema(self.place.in_schema(name), is_new=True)
        with self.in_words():
            with self.connected() as connection:
                if schemas.holds_anything(connection, self.place.schema):
                    raise AlreadyRecorded(f"{self.place} exists already and was left as it is.")
                schemas.refuse_name(connection, self.place)
            aside.prepare()
            try:
                yield aside
                self.take(aside)
            except BaseException:
                aside.discard()
                raise

    def extras(self, columns: Mapping[str, Collection[str]]) -> Iterator[str]:
        """A view of all boundaries as geometry, for officers in QGIS, and its index."""
        with self.connected() as connection:
            postgis = server.require_postgis(connection, self.place)
        return on_the_map.made(columns, postgis)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold a lock of the server's for the schema, in a transaction of its own.

        Raises:
            BadFact: no register can be in use under that name.
            RegisterInUse: someone else holds it.
        """
        with ExitStack() as held:
            with self.in_words():  # in a transaction, which a pooler keeps to one server process
                connection = held.enter_context(self.connected())
                schemas.refuse_name(connection, self.place)
                told = connection.execute(_ALONE, (_MOVING, self.place.schema)).fetchone()
            if told != (True,):
                raise RegisterInUse(BEING_MOVED.format(place=self.place))
            yield
            with suppress(psycopg.Error):  # that the lock is gone by now undoes nothing
                held.close()

    def aside(self) -> "PostgresSchema":
        """A schema beside it, under its name and `_moving`."""
        return PostgresSchema(self.place.in_schema(f"{self.place.schema}_moving"), is_new=True)

    def prepare(self) -> None:
        """Make the schema, if it is not there yet.

        Raises:
            CannotWriteRegister: this user may make no schema, or PostGIS is not there.
        """
        with self.in_words(), self.connected() as connection:
            server.require_utf8(connection, self.place)
            server.require_postgis(connection, self.place)
            made = sql.Identifier(self.place.schema)
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(made))

    def take(self, aside: "PostgresSchema") -> None:
        """Give the schema aside this one's name.

        Raises:
            AlreadyRecorded: something is in the schema of that name; it is left as it is.
        """
        own, made = (sql.Identifier(each.place.schema) for each in (self, aside))
        with self.in_words(), self.connected() as connection:
            if schemas.holds_anything(connection, self.place.schema):
                raise AlreadyRecorded(
                    f"{self.place} was made by someone else meanwhile, and was left as it is."
                )
            connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {}").format(own))
            connection.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(made, own))

    @property
    def removal(self) -> str:
        """The schema goes, with all that is in it."""
        return f"Drop it, with `DROP SCHEMA {self.place.schema} CASCADE`,"

    def discard(self) -> None:
        """Drop the schema and all that is in it."""
        with self.in_words(), self.connected() as connection:
            own = sql.Identifier(self.place.schema)
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(own))

    def keep_as_it_was(
        self, format_: int, tables: Callable[[Connection], None], guard: Guard
    ) -> Address:
        """Keep a copy in a schema beside it; one that says the same already is as good.

        It is filled from another connection than that which holds the register still.

        Raises:
            CannotWriteRegister: something else is there under the copy's name.
        """
        place = self.place.in_schema(f"{self.place.schema}_format_{format_}")
        copy = PostgresSchema(place, is_new=True)
        if copy.is_there():
            with self.connected() as connection:
                copying.refuse_another(connection, self.place.schema, place.schema)
            return place
        copy.prepare()
        engine = copy.engine()
        try:
            with engine.execution_options(**{WRITING: EVERYTHING}).begin() as connection:
                tables(connection)
                copying.fill(connection, self.place.schema)
                copy.continue_keys(connection)
                guard(copy, connection, format_)
        finally:
            engine.dispose()
        return place

    def loose_ends(self, connection: Connection) -> None:
        """None: PostgreSQL takes no row that refers to nothing."""

    def continue_keys(self, connection: Connection) -> None:
        """Let each sequence go on from the highest key of its table."""
        owned = connection.exec_driver_sql(
            "SELECT t.relname, a.attname, s.oid::regclass::text FROM pg_class s "
            "JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') "
            "JOIN pg_class t ON t.oid = d.refobjid "
            "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid "
            "WHERE s.relkind = 'S' AND s.relnamespace = current_schema()::regnamespace"
        )
        for table, key, sequence in owned.all():
            connection.exec_driver_sql(
                f"SELECT setval('{sequence}', coalesce(max({key}), 1), max({key}) IS NOT NULL) "  # noqa: S608
                f"FROM {table}"
            )

    def refuse_another_owner(self, connection: Connection) -> None:
        """Refuse whoever does not act for its owner.

        Raises:
            CannotWriteRegister: says who may.
        """
        owner = schemas.owner_of(_driver(connection), self.place.schema)
        if owner is not None and not roles.acts_for(_driver(connection), owner):
            raise CannotWriteRegister(
                f"{self.place} belongs to {owner}, and nobody else may move it, for it takes "
                f"nothing more where it was. Let {owner} say `disposals db move`. Nothing was "
                "changed."
            )

    def close_to_writing(self, connection: Connection, because: str) -> None:
        """Refuse every ledger entry, and so every act."""
        for statement in guards.closing(because):
            connection.exec_driver_sql(statement.replace("%", "%%"))

    def closed(self, raw: Raw) -> str | None:
        """Why it takes nothing more; None where it takes acts."""
        found = raw.execute(
            "SELECT convert_from(substr(t.tgargs, 1, length(t.tgargs) - 1), getdatabaseencoding()) "
            "FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
            "WHERE t.tgname = 'moved' AND c.relname = 'ledger_entry' AND n.nspname = ?",
            (self.place.schema,),
        ).fetchone()
        return None if found is None else str(found[0])

    def guards(
        self, kinds: Iterable[str], columns: Mapping[str, Collection[str]], format_: int
    ) -> Iterator[str]:
        """The triggers of the schema."""
        return guards.guards(kinds, columns, format_)

    def entitle(self, connection: Connection) -> None:
        """Set the rights of the roles, if the schema was made ready for them and is this user's."""
        own = _driver(connection)
        if roles.are_let_in(own, self.place.schema):
            roles.make_roles(own, self.place.schema)

    def unguard(self, connection: Connection) -> None:
        """Drop the guards and what `extras` made of the tables."""
        for statement in (*on_the_map.GONE, *guards.unguard()):
            connection.exec_driver_sql(statement)

    def guards_amiss(self, raw: Raw, kinds: Iterable[str]) -> list[str]:
        """The guards that are not there, are switched off, or are not what they were made as."""
        return guards.amiss(raw, self.place.schema, kinds)

    def strangers(self, raw: Raw, kinds: Iterable[str]) -> list[str]:
        """Triggers, rules, row security and constraints of the schema that are none of ours."""
        return guards.strangers(raw, self.place.schema, kinds)

    def damage(self) -> list[str]:
        """Nothing: a server is looked over with tools of its own, such as `pg_amcheck`."""
        return []

    def findings(self) -> Iterator[Finding]:
        """Whether the server keeps what it is given, and the roles see what they may."""
        with self.connected() as connection:
            yield from server.findings(connection, self.place)
            yield from roles.findings(connection, self.place.schema)
            if self.closed(PostgresRaw(connection)) is not None:
                yield MOVED

    def forgets(self, raw: Raw) -> None:
        """Nothing: what is gone is overwritten after the transaction."""

    def overwrite_freed(self) -> None:
        """Vacuum what a transaction freed, as far as this user may; else the server will.

        Its statistics, in which officers may read the commonest values of a column, are taken anew.

        Raises:
            CannotWriteRegister: it was broken off; what was erased stays erased.
        """
        schema = self.place.schema
        with self.in_words(), self.connected() as connection:
            tables = connection.execute(
                "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
                "ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relkind IN ('r', 'p') "
                "AND pg_catalog.pg_has_role(c.relowner, 'USAGE')",
                (schema,),
            ).fetchall()
        with unsettled(self.place) as connection:
            for (name,) in tables:
                own = sql.Identifier(schema, name)
                try:
                    connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(own))
                except psycopg.Error as error:
                    raise CannotWriteRegister(
                        f"What was erased is erased in {self.place}, but its server did not "
                        f"overwrite where it stood: {said(error)}. Let the owner of the register "
                        f"say `VACUUM (ANALYZE) {schema}.{name}`, and of every other table."
                    ) from None

    def connected(self) -> AbstractContextManager["psycopg.Connection[tuple[Any, ...]]"]:
        """A connection for one transaction, which looks for names among the server's own alone.

        Raises:
            BadFact: the address holds something that libpq does not know.
        """
        return connected(self.place)

    def hold(self, connection: Connection, case: str) -> None:
        """Lock the row of the case, or of the whole that it is a part of."""
        connection.execute(_HOLD, {"case": case})

    def queue(self, connection: Connection) -> None:
        """Take the ledger's lock."""
        connection.exec_driver_sql(_lock("ledger_entry"))

    def _begin(self, connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING)
        level = "READ COMMITTED" if writing else "REPEATABLE READ"
        begun = [
            f"BEGIN ISOLATION LEVEL {level}",
            f'SET LOCAL search_path = "{self.place.schema}", pg_temp',
            *settled(_driver(connection)),
            f"SET LOCAL lock_timeout = {_WAIT_MS}",
        ]
        if writing:
            begun.append(GUARDED)
        if self.is_new:
            begun.append("SET LOCAL statement_timeout = 0")  # all of a register at once takes long
        elif writing:
            begun.append(_lock("register", shared=writing == A_CASE))
        connection.exec_driver_sql("; ".join(begun))


def _lock(table: str, *, shared: bool = False) -> str:
    """Take the lock that a table stands for: in turn, and until the transaction ends."""
    how = "_shared" if shared else ""
    return f"SELECT pg_advisory_xact_lock{how}({_OURS}, '{table}'::regclass::oid::int)"


def _driver(connection: Connection) -> "psycopg.Connection[tuple[Any, ...]]":
    return cast("psycopg.Connection[tuple[Any, ...]]", connection.connection.driver_connection)


def _leave_raw(
    connection: "psycopg.Connection[tuple[Any, ...]]", record: ConnectionPoolEntry
) -> None:
    record.info[RAW] = PostgresRaw(connection)
