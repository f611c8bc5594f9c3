"""What whoever looks after a database does for a register, once: PostGIS and the roles."""

from contextlib import suppress

from psycopg import errors

from disposals.storage.address import Address
from disposals.storage.postgres import PostgresSchema
from disposals.storage.postgres.roles import make_roles
from disposals.storage.postgres.server import postgis, require_postgis


def add_postgis(place: Address) -> None:
    """Add PostGIS to a database that has none.

    Raises:
        CannotWriteRegister: this user may not, or it is not installed on the server.
    """
    storage = PostgresSchema(place)
    with storage.in_words(), storage.connected() as connection:
        if postgis(connection) is None:
            # What can't be added is then asked for in words.
            with suppress(
                errors.InsufficientPrivilege, errors.UndefinedFile, errors.FeatureNotSupported
            ):
                connection.execute("CREATE EXTENSION postgis")
        require_postgis(connection, place)


def add_roles(place: Address) -> list[str]:
    """Make the roles of officers and readers, and let each do what it may; says which are new.

    Raises:
        CannotWriteRegister: this user may make no roles, or does not own the register.
    """
    storage = PostgresSchema(place)
    with storage.in_words(), storage.connected() as connection, connection.transaction():
        return make_roles(connection, place.schema)
