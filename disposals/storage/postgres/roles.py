"""Who may do what: officers in the register's schema, readers in that of what is published.

Both are roles that nobody logs in as; whoever looks after the server grants them to people. The
readers' role sees the schema `…_open` and nothing else of the register.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from psycopg import Connection, sql

from disposals.storage.findings import Finding, ill, well

_ROLES = ("officer", "open")


def role(schema: str, kind: str) -> str:
    """The role of officers or of readers of what is open."""
    return f"{schema}_{kind}"


def make_roles(connection: "Connection[tuple[Any, ...]]", schema: str) -> list[str]:
    """Make the roles that are not there, and let each do what it may; says which were made."""
    made = []
    for kind in _ROLES:
        name = role(schema, kind)
        asked = connection.execute("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s", (name,))
        if asked.fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))
            made.append(name)
    names = {
        "own": sql.Identifier(schema), "open": sql.Identifier(open_schema(schema)),
        "officers": sql.Identifier(role(schema, "officer")),
        "readers": sql.Identifier(role(schema, "open")),
    }  # fmt: skip
    for statement in _GRANTS:
        connection.execute(sql.SQL(statement).format(**names))
    return made


def open_schema(schema: str) -> str:
    """The schema of what is published from a register."""
    return f"{schema}_open"


# An officer removes nothing of the register; what is published is made anew each time.
_GRANTS = (
    "GRANT USAGE ON SCHEMA {own} TO {officers}",
    "GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA {own} TO {officers}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {own} TO {officers}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {own} GRANT SELECT, INSERT, UPDATE ON TABLES TO {officers}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {own} GRANT USAGE, SELECT ON SEQUENCES TO {officers}",
    "CREATE SCHEMA IF NOT EXISTS {open}",
    "GRANT USAGE, CREATE ON SCHEMA {open} TO {officers}",
    "GRANT USAGE ON SCHEMA {open} TO {readers}",
)


def findings(connection: "Connection[tuple[Any, ...]]", schema: str) -> Iterator[Finding]:
    """Whether the roles are there, and the readers' sees what is open and nothing else."""
    for kind in _ROLES:
        name = role(schema, kind)
        asked = connection.execute("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s", (name,))
        if asked.fetchone() is None:
            yield ill(f"There is no role {name}; `disposals db create` makes it.")
            return
    yield from _of_readers(connection, role(schema, "open"), open_schema(schema))


def _of_readers(
    connection: "Connection[tuple[Any, ...]]", name: str, may_see: str
) -> Iterable[Finding]:
    seen = connection.execute(
        "SELECT n.nspname || '.' || c.relname FROM pg_catalog.pg_class c "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname <> %(may_see)s "
        "AND n.nspname NOT IN ('pg_catalog', 'information_schema') "
        "AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.objid = c.oid "
        "AND d.deptype = 'e') AND has_schema_privilege(%(name)s, n.oid, 'USAGE') "
        "AND (has_table_privilege(%(name)s, c.oid, 'SELECT') "
        "OR has_any_column_privilege(%(name)s, c.oid, 'SELECT')) ORDER BY 1",
        {"name": name, "may_see": may_see},
    ).fetchall()
    if seen:
        told = ", ".join(table for (table,) in seen[:5])
        yield ill(f"{name} may read what is not published: {told}. Revoke that.")
    else:
        yield well(f"{name} may read what is published in {may_see}, and nothing else.")
