"""The published layers as tables with geometry, in a schema of their own, for QGIS and the like.

They belong to the owner of the register, who alone publishes: what officers could put there would
be public without having been judged open. All are made aside and take their places at once: who
reads sees what was published before, or all of the new.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from shlex import quote
from typing import Any, cast

from psycopg import Connection, errors, sql

from disposals.errors import CannotWriteRegister, NotRecorded, RegisterMoved
from disposals.storage.address import Address
from disposals.storage.postgres import PostgresSchema
from disposals.storage.postgres.public import strays
from disposals.storage.postgres.raw import PostgresRaw
from disposals.storage.postgres.rights import both_roles, open_schema
from disposals.storage.postgres.schemas import owner_of, refuse_name
from disposals.storage.postgres.server import require_postgis
from disposals.words import some

_WAIT_MS = 5_000
_ABOUT, _NEW = "about", "_new"
# The types of columns, by those of fields.
_TYPES: Mapping[type, str] = {
    str: 'text COLLATE "C"', int: "bigint", float: "double precision", bool: "boolean",
    date: "date",
}  # fmt: skip


class Publishing:
    """Layers that are being written."""

    def __init__(
        self,
        connection: "Connection[tuple[Any, ...]]",
        schema: str,
        postgis: str,
        readers: Iterable[str],
    ) -> None:
        self._connection, self._schema, self._postgis = connection, schema, postgis
        self._readers = sql.SQL(", ").join(map(sql.Identifier, readers))
        self._made = list[str]()

    def layer(self, name: str, fields: Sequence[tuple[str, type]], kind: str) -> None:
        """Make an empty layer.

        Args:
            fields: each with its type: str, int, float, bool or date.
            kind: of its shapes: MultiPolygon or Point.
        """
        columns = ", ".join(f'"{field}" {_TYPES[of]}' for field, of in fields)
        shape = f"{self._postgis}.geometry({kind}, 27700)"
        self._make(name, f"id bigint PRIMARY KEY, {columns}, geometry {shape}")

    def add(self, name: str, fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add features to a layer.

        Args:
            rows: of each its number, the values of its fields, and its shape as WKB or None.
        """
        values = "%s, " * (len(fields) + 1)
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            self._aside(name),
            sql.SQL(", ").join(map(sql.Identifier, ("id", *fields, "geometry"))),
            _own(f"{values}{self._postgis}.ST_GeomFromWKB(%s::bytea, 27700)"),
        )
        with self._connection.cursor() as cursor:
            cursor.executemany(statement, rows)

    def say(self, as_at: date, published_at: datetime, seal: str) -> None:
        """Say as at which day this is, when it was published, and the seal of the register."""
        self._make(_ABOUT, "as_at date, published_at timestamptz, seal text")
        self._connection.execute(
            sql.SQL("INSERT INTO {} VALUES (%s, %s, %s)").format(self._aside(_ABOUT)),
            (as_at, published_at, seal),
        )

    def take_place(self) -> None:
        """Let all that was made take the place of what was published before.

        Raises:
            CannotWriteRegister: something stands on what was published before.
        """
        before = self._connection.execute(
            "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = %s", (self._schema,)
        ).fetchall()
        for (name,) in before:
            if not name.endswith(_NEW):
                self._drop(name)
        for name in self._made:
            if name != _ABOUT:
                self._run("CREATE INDEX ON {} USING gist (geometry)", self._aside(name))
            self._run("GRANT SELECT ON {} TO {}", self._aside(name), self._readers)
            self._run("ALTER TABLE {} RENAME TO {}", self._aside(name), sql.Identifier(name))

    def _drop(self, name: str) -> None:
        try:
            self._run("DROP TABLE {}", sql.Identifier(self._schema, name))
        except errors.DependentObjectsStillExist as error:
            on_it = str(error.diag.message_detail).replace("\n", "; ")
            raise CannotWriteRegister(
                f"{self._schema}.{name} can't be published anew: {on_it}. Drop that, and let it "
                "copy the table instead. Nothing was published."
            ) from None

    def _make(self, name: str, columns: str) -> None:
        self._made.append(name)
        self._run(f"CREATE TABLE {{}} ({columns})", self._aside(name))

    def _aside(self, name: str) -> sql.Identifier:
        return sql.Identifier(self._schema, f"{name}{_NEW}")

    def _run(self, statement: str, *names: sql.Composable) -> None:
        self._connection.execute(_own(statement).format(*names))


def _own(statement: str) -> sql.SQL:
    """A statement of this program's own words."""
    return sql.SQL(cast("Any", statement))


@contextmanager
def publishing(place: Address) -> Iterator[Publishing]:
    """Publish layers from a register: all, when the block ends, or nothing if it raises.

    Raises:
        BadFact: a register lies where this one would publish, or the other way round.
        RegisterMoved: the register is in use elsewhere.
        NotRecorded: there is no schema for what is published.
        RegisterInUse: someone publishes already, or reads for longer than the wait.
        CannotWriteRegister: this user does not act for its owner, or something else is there.
    """
    storage, schema = PostgresSchema(place), open_schema(place.schema)
    with storage.in_words(), storage.connected() as connection:
        refuse_name(connection, place)
        because = storage.closed(PostgresRaw(connection))
        if because is not None:
            raise RegisterMoved(
                f"{because} Nothing was published, for it would be as it was then; name that one "
                "with `--register` or DISPOSALS_REGISTER."
            )
        owner = owner_of(connection, schema)
        if owner is None:
            raise NotRecorded(
                f"There is no schema {schema} to publish in. Whoever looks after the database "
                f"makes it with `disposals --register {quote(str(place))} db create`."
            )
        postgis = require_postgis(connection, place)
        _act_for(connection, owner, schema)
        _refuse_strays(connection, place)
        connection.execute(_own(f"SET LOCAL lock_timeout = {_WAIT_MS}"))
        layers = Publishing(connection, schema, postgis, both_roles(place.schema))
        yield layers
        layers.take_place()


def _act_for(connection: "Connection[tuple[Any, ...]]", owner: str, schema: str) -> None:
    try:
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(owner)))
    except errors.InsufficientPrivilege:
        raise CannotWriteRegister(
            f"The schema {schema} belongs to {owner}, and nobody else may publish in it, so that "
            f"nothing is public without having been judged open. Let {owner} say "
            "`disposals db publish`; it can be said every night. Nothing was published."
        ) from None


def _refuse_strays(connection: "Connection[tuple[Any, ...]]", place: Address) -> None:
    put = strays(connection, place.schema)
    if put:
        raise CannotWriteRegister(
            f"Nothing was published, because {open_schema(place.schema)} holds what "
            f"`disposals db publish` did not put there: {some(put)}. Look at what it shows and "
            "who could read it, drop it, and repeat."
        )
