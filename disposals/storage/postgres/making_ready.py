"""What whoever looks after a database does for a register, once: PostGIS and the roles."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, cast

from psycopg import Connection, Error, errors, sql

from disposals.kept import columns_of_this_version
from disposals.storage.address import Address
from disposals.storage.postgres import PostgresSchema
from disposals.storage.postgres.connecting import THE_SERVERS_OWN
from disposals.storage.postgres.roles import make_roles, require_rights, used_elsewhere
from disposals.storage.postgres.schemas import owner_of, refuse_name
from disposals.storage.postgres.server import (
    is_there,
    postgis,
    require_postgis,
    require_utf8,
)

_READY = 0x44535052  # “DSPR”


@contextmanager
def in_turn(place: Address) -> Iterator[None]:
    """Let one after another make registers and roles ready in a database.

    Raises:
        CannotReachRegister: the server can't be reached, or does not let this user in.
    """
    storage = PostgresSchema(place)
    with ExitStack() as held:
        with storage.in_words():
            connection = held.enter_context(storage.connected())
            connection.execute("SELECT pg_advisory_xact_lock(%s, 0)", (_READY,))
        yield
        with suppress(Error):  # that the lock is gone by now undoes nothing
            held.close()


def add_postgis(place: Address) -> None:
    """Add PostGIS to a database that has none, for whoever may make the rest as well.

    Raises:
        BadFact: no register can be in use under that name.
        CannotWriteRegister: this user may not, or it is not installed on the server.
    """
    storage = PostgresSchema(place)
    with storage.in_words(), storage.connected() as connection:
        refuse_name(connection, place)
        require_rights(connection, place)
        require_utf8(connection, place)
        if postgis(connection) is None:
            # What can't be added is then asked for in words.
            with (
                suppress(
                    errors.InsufficientPrivilege, errors.UndefinedFile,
                    errors.FeatureNotSupported, errors.InvalidSchemaName,
                ),
                connection.transaction(),
            ):  # fmt: skip
                connection.execute("CREATE EXTENSION postgis SCHEMA public")
        require_postgis(connection, place)


def add_roles(place: Address) -> tuple[list[str], list[str]]:
    """Make the roles, with what officers see on the map, and let each do what it may.

    Returns:
        Which are new, and the other databases in which the roles may do something too.

    Raises:
        CannotWriteRegister: this user may make no roles, or does not own the register.
    """
    storage = PostgresSchema(place)
    with storage.in_words(), storage.connected() as connection:
        _mend_the_map(connection, storage)
        made = make_roles(connection, place.schema)
        return made, used_elsewhere(connection, place.schema)


def _mend_the_map(connection: "Connection[tuple[Any, ...]]", storage: PostgresSchema) -> None:
    """Make what officers see in QGIS again, where it is gone."""
    schema = storage.place.schema
    owner = sql.Identifier(owner_of(connection, schema) or schema)
    for statement in storage.extras(columns_of_this_version()):
        _, _, name, *_ = statement.split()
        if not is_there(connection, schema, name):
            with connection.transaction():
                connection.execute(sql.SQL("SET LOCAL ROLE {}").format(owner))
                own = sql.Identifier(schema)
                connection.execute(sql.SQL("SET LOCAL search_path = {}, pg_temp").format(own))
                connection.execute(sql.SQL(cast("Any", statement)))
                connection.execute("RESET ROLE")
                connection.execute(THE_SERVERS_OWN)
