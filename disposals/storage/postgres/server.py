"""What a register asks of a PostgreSQL server: its version, and PostGIS."""

from typing import Any

from psycopg import Connection

from disposals.errors import CannotWriteRegister

_OLDEST, _OLDEST_POSTGIS = 150000, (3, 3)


def require_postgis(connection: "Connection[tuple[Any, ...]]", place: object) -> str:
    """The schema that PostGIS lies in, quoted.

    Raises:
        CannotWriteRegister: it is not there, or it or the server is too old.
    """
    version = connection.info.server_version
    if version < _OLDEST:
        raise CannotWriteRegister(
            f"The server of {place} is PostgreSQL {version // 10000}; a register asks for "
            f"{_OLDEST // 10000} or newer. Nothing was made."
        )
    found = postgis(connection)
    if found is None:
        raise CannotWriteRegister(
            f"The database of {place} has no PostGIS. Whoever looks after it adds it with "
            "`CREATE EXTENSION postgis` (Debian: postgresql-15-postgis-3). Nothing was made."
        )
    schema, told = found
    if tuple(map(int, told.split(".")[:2])) < _OLDEST_POSTGIS:
        raise CannotWriteRegister(
            f"The database of {place} has PostGIS {told}; a register asks for "
            f"{'.'.join(map(str, _OLDEST_POSTGIS))} or newer. Nothing was made."
        )
    return schema


def postgis(connection: "Connection[tuple[Any, ...]]") -> tuple[str, str] | None:
    """The schema that PostGIS lies in, quoted, and its version; None where it is not."""
    found = connection.execute(
        "SELECT quote_ident(n.nspname), e.extversion FROM pg_catalog.pg_extension e "
        "JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis'"
    ).fetchone()
    return None if found is None else (str(found[0]), str(found[1]))
