"""What a register asks of a PostgreSQL server: its version, and PostGIS."""

from collections.abc import Iterator
from typing import Any

from psycopg import Connection

from disposals.errors import CannotWriteRegister
from disposals.storage.address import Address
from disposals.storage.findings import Finding, ill, well
from disposals.storage.postgres.rights import ON_THE_MAP
from disposals.words import listed

FOR_THE_MAP = (ON_THE_MAP, "ix_boundary_shape")
_OLDEST, _OLDEST_POSTGIS = 150000, (3, 3)


def require_postgis(connection: "Connection[tuple[Any, ...]]", place: Address) -> str:
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
            "`disposals db create` or `CREATE EXTENSION postgis`, once it is installed on the "
            "server (Debian: postgresql-15-postgis-3). Nothing was made."
        )
    schema, told = found
    if tuple(map(int, told.split(".")[:2])) < _OLDEST_POSTGIS:
        raise CannotWriteRegister(
            f"The database of {place} has PostGIS {told}; a register asks for "
            f"{'.'.join(map(str, _OLDEST_POSTGIS))} or newer. Nothing was made."
        )
    return schema


def findings(connection: "Connection[tuple[Any, ...]]", place: Address) -> Iterator[Finding]:
    """Whether a server is new enough, and what it has acknowledged is on its disk.

    Raises:
        CannotWriteRegister: it or its PostGIS is too old.
    """
    require_postgis(connection, place)
    version = connection.info.parameter_status("server_version")
    found = postgis(connection)
    yield well(f"The server is PostgreSQL {version} with PostGIS {found and found[1]}.")
    told = dict(
        connection.execute(
            "SELECT name, setting FROM pg_catalog.pg_settings WHERE name = ANY(%s)",
            (["fsync", "full_page_writes", "synchronous_commit"],),
        ).fetchall()
    )
    loose = sorted(name for name, setting in told.items() if setting == "off")
    yield Finding(
        not loose,
        f"The server may lose what it has acknowledged when its power fails: "
        f"{listed(loose)} {'are' if loose[1:] else 'is'} off in postgresql.conf."
        if loose
        else "What the server acknowledges is on its disk.",
    )
    yield _of_writing(connection)
    yield from _of_the_map(connection, place.schema)
    yield from _left(connection, place.schema)


def _of_writing(connection: "Connection[tuple[Any, ...]]") -> Finding:
    standby, read_only = connection.execute(
        "SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only') = 'on'"
    ).fetchall()[0]
    if standby:
        return well("It is a standby: it can be read.")
    if read_only:
        return ill(
            f"It takes no writes, for default_transaction_read_only is on: `ALTER DATABASE "
            f"{connection.info.dbname} RESET default_transaction_read_only`, said in another "
            "database, ends that, unless it is set for a user or in postgresql.conf."
        )
    return well("It takes writes.")


def _of_the_map(connection: "Connection[tuple[Any, ...]]", schema: str) -> Iterator[Finding]:
    """What officers see in QGIS, and what makes it quick."""
    gone = [name for name in FOR_THE_MAP if not is_there(connection, schema, name)]
    if gone:
        yield ill(
            f"What officers see in QGIS is missing: {listed(gone)}. `disposals db create` makes it."
        )


def _left(connection: "Connection[tuple[Any, ...]]", schema: str) -> Iterator[Finding]:
    """The schemas of what was not brought to its end."""
    left = connection.execute(
        "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname ~ %s ORDER BY 1",
        (f"^{schema}_([0-9a-f]{{8}}_making|moving)$",),
    ).fetchall()
    for (name,) in left:
        is_move = name.endswith("_moving")
        yield ill(
            f"{name} is left of a {'move' if is_move else 'making'} that was cut short, or that is "
            "going on. "
            + ("`disposals db move`, repeated, goes on with it. " if is_move else "")
            + f"If none is under way, `DROP SCHEMA {name} CASCADE` removes it."
        )


def is_there(connection: "Connection[tuple[Any, ...]]", schema: str, name: str) -> bool:
    """Whether a schema holds a table, view or index of a name."""
    asked = connection.execute(
        "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
        "ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = %s",
        (schema, name),
    )
    return asked.fetchone() is not None


def postgis(connection: "Connection[tuple[Any, ...]]") -> tuple[str, str] | None:
    """The schema that PostGIS lies in, quoted, and its version; None where it is not."""
    found = connection.execute(
        "SELECT quote_ident(n.nspname), e.extversion FROM pg_catalog.pg_extension e "
        "JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis'"
    ).fetchone()
    return None if found is None else (str(found[0]), str(found[1]))


def database(connection: "Connection[tuple[Any, ...]]") -> tuple[Any, ...] | None:
    """What tells a database from all others, on whatever server each lies."""
    return connection.execute(
        "SELECT system_identifier, d.oid FROM pg_catalog.pg_control_system(), "
        "pg_catalog.pg_database d WHERE d.datname = current_database()"
    ).fetchone()
