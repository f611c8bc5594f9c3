"""What whoever looks after a database does for a register, once: PostGIS and the roles."""

from contextlib import suppress

from psycopg import errors

from disposals.storage.address import Address
from disposals.storage.postgres import PostgresSchema
from disposals.storage.postgres.roles import make_roles, require_rights, used_elsewhere
from disposals.storage.postgres.server import postgis, require_postgis


def add_postgis(place: Address) -> None:
    """Add PostGIS to a database that has none, for whoever may make the rest as well.

    Raises:
        CannotWriteRegister: this user may not, or it is not installed on the server.
    """
    storage = PostgresSchema(place)
    with storage.in_words(), storage.connected() as connection:
        require_rights(connection, place)
        if postgis(connection) is None:
            # What can't be added is then asked for in words.
            with suppress(
                errors.InsufficientPrivilege, errors.UndefinedFile, errors.FeatureNotSupported
            ):
                connection.execute("CREATE EXTENSION postgis")
        require_postgis(connection, place)


def add_roles(place: Address) -> tuple[list[str], list[str]]:
    """Make the roles of officers and readers, and let each do what it may.

    Returns:
        Which are new, and the other databases in which the roles may do something too.

    Raises:
        CannotWriteRegister: this user may make no roles, or does not own the register.
    """
    storage = PostgresSchema(place)
    with storage.in_words(), storage.connected() as connection, connection.transaction():
        made = make_roles(connection, place.schema)
        return made, used_elsewhere(connection, place.schema)
