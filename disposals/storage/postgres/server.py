"""What a register asks of a PostgreSQL server: its version, and PostGIS."""

from collections.abc import Iterator
from typing import Any

from psycopg import Connection

from disposals.errors import CannotWriteRegister
from disposals.storage.address import Address
from disposals.storage.findings import Finding, ill, well
from disposals.words import listed

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
    standby = connection.execute("SELECT pg_is_in_recovery()").fetchone()
    yield well("It is a standby: it can be read." if standby == (True,) else "It takes writes.")
    left = connection.execute(
        "SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname ~ %s",
        (f"^{place.schema}_[0-9a-f]{{8}}_making$",),
    ).fetchall()
    for (name,) in left:
        yield ill(
            f"{name} is left of a making that was cut short, or that is under way. If none is, "
            f"`DROP SCHEMA {name} CASCADE` removes it.",
        )


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
