"""What a register asks of a PostgreSQL server: its version, and PostGIS."""

from collections.abc import Iterator
from typing import Any

from psycopg import Connection, sql

from disposals.errors import CannotWriteRegister
from disposals.storage.address import Address
from disposals.storage.findings import Finding, ill, well
from disposals.storage.postgres.on_the_map import INDEX, ON_THE_MAP
from disposals.words import listed, some

FOR_THE_MAP = (ON_THE_MAP, INDEX)
_ENCODING = "UTF8"
_ROLE = "session_replication_role"
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
            "`CREATE EXTENSION postgis`, once it is installed on the server (Debian: "
            "postgresql-15-postgis-3); where a new register is to be made, `disposals db create` "
            "does so. Nothing was made."
        )
    schema, told = found
    if tuple(map(int, told.split(".")[:2])) < _OLDEST_POSTGIS:
        raise CannotWriteRegister(
            f"The database of {place} has PostGIS {told}; a register asks for "
            f"{'.'.join(map(str, _OLDEST_POSTGIS))} or newer. Nothing was made."
        )
    return schema


def require_utf8(connection: "Connection[tuple[Any, ...]]", place: Address) -> None:
    """Refuse a database that can't keep every character.

    Raises:
        CannotWriteRegister: says what it is in, and how another one is made.
    """
    encoding = _other_encoding(connection)
    if encoding is not None:
        raise CannotWriteRegister(
            f"The database of {place} is in {encoding}, which does not have every character that "
            f"officers write; a register asks for {_ENCODING}. Make another one with `createdb "
            f"--encoding={_ENCODING} --template=template0`, and name that. Nothing was made."
        )


def _other_encoding(connection: "Connection[tuple[Any, ...]]") -> str | None:
    encoding = connection.info.parameter_status("server_encoding")
    return None if encoding == _ENCODING else encoding


def findings(connection: "Connection[tuple[Any, ...]]", place: Address) -> Iterator[Finding]:
    """Whether a server is new enough, and what it has acknowledged is on its disk.

    Raises:
        CannotWriteRegister: it or its PostGIS is too old.
    """
    require_postgis(connection, place)
    version = connection.info.parameter_status("server_version")
    found = postgis(connection)
    encoding = _other_encoding(connection)
    if encoding is not None:
        yield ill(
            f"The database is in {encoding}, which does not have every character that officers "
            "write. Make another one with `createdb "
            f"--encoding={_ENCODING} --template=template0`, and carry the register there with "
            "`disposals db move`."
        )
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
    yield from _unguarded(connection)
    yield from _open_to_everybody(connection)
    yield from _unlogged(connection, place.schema)
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


def _unguarded(connection: "Connection[tuple[Any, ...]]") -> Iterator[Finding]:
    """Where a setting puts all guards out of force: for a role, the database or the server."""
    set_ = connection.execute(
        "SELECT r.rolname, d.datname FROM pg_catalog.pg_db_role_setting s "
        "LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase "
        "LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole "
        "WHERE (s.setdatabase = 0 OR d.datname = current_database()) AND EXISTS (SELECT 1 FROM "
        "unnest(s.setconfig) c WHERE c LIKE %s AND c <> %s) ORDER BY 1, 2",
        (f"{_ROLE}=%", f"{_ROLE}=origin"),
    ).fetchall()
    resets = [
        f"`ALTER ROLE {role}{f' IN DATABASE {name}' if name else ''} RESET {_ROLE}`"
        if role
        else f"`ALTER DATABASE {name} RESET {_ROLE}`"
        for role, name in set_
    ]
    if not resets:
        here = connection.execute(
            "SELECT reset_val FROM pg_catalog.pg_settings WHERE name = %s", (_ROLE,)
        ).fetchone()
        if here != ("origin",):
            resets = [f"Taking {_ROLE} out of postgresql.conf, PGOPTIONS or the address"]
    if resets:
        yield ill(
            f"{_ROLE} is not origin, under which nothing keeps history and evidence unaltered. "
            f"{listed(resets)} ends that; look at what was recorded since."
        )


def _open_to_everybody(connection: "Connection[tuple[Any, ...]]") -> Iterator[Finding]:
    """Schemas that people's own tools search by themselves, and in which everyone may create."""
    found = connection.execute(
        "SELECT DISTINCT n.nspname FROM pg_catalog.pg_namespace n CROSS JOIN LATERAL "
        "aclexplode(n.nspacl) a WHERE a.grantee = 0 AND a.privilege_type = 'CREATE' "
        "AND (n.nspname = 'public' OR n.oid IN "
        "(SELECT extnamespace FROM pg_catalog.pg_extension WHERE extname = 'postgis')) ORDER BY 1"
    ).fetchall()
    for (name,) in found:
        yield ill(
            f"Everyone may create in the schema {name}, as in databases made by PostgreSQL 14 and "
            "older: a reader's function there may be called with the rights of whoever works on "
            f"the register in psql or QGIS. `REVOKE CREATE ON SCHEMA {name} FROM PUBLIC` ends that."
        )


def _unlogged(connection: "Connection[tuple[Any, ...]]", schema: str) -> Iterator[Finding]:
    """The tables that the server empties when it was not shut down in order."""
    found = connection.execute(
        "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
        "ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relkind = 'r' "
        "AND c.relpersistence <> 'p' ORDER BY 1",
        (schema,),
    ).fetchall()
    if found:
        names = [f"{schema}.{name}" for (name,) in found]
        mended = some([f"ALTER TABLE {name} SET LOGGED" for name in names])
        yield ill(
            f"When the server falls down it empties {some(names)}, which someone made UNLOGGED. "
            f"`{mended}` ends that."
        )


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
        "SELECT n.nspname, e.extversion FROM pg_catalog.pg_extension e "
        "JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis'"
    ).fetchone()
    return None if found is None else (sql.Identifier(found[0]).as_string(), str(found[1]))


def database(connection: "Connection[tuple[Any, ...]]") -> tuple[Any, ...] | None:
    """What tells a database from all others, on whatever server each lies."""
    return connection.execute(
        "SELECT system_identifier, d.oid FROM pg_catalog.pg_control_system(), "
        "pg_catalog.pg_database d WHERE d.datname = current_database()"
    ).fetchone()
