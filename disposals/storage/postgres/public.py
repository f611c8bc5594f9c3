"""What lies in the schema of what is published, and what has no business there."""

from collections.abc import Iterator
from typing import Any

from psycopg import Connection

from disposals.storage.findings import Finding, ill
from disposals.storage.postgres.rights import both_roles, found, open_schema
from disposals.words import some

PUBLISHED = ("sites", "sites_points", "parts", "milestones", "about")


def strays(connection: "Connection[tuple[Any, ...]]", schema: str) -> list[str]:
    """All in the schema that `disposals db publish` puts out under no name of its own."""
    asked = connection.execute(
        "SELECT pg_catalog.pg_describe_object(d.classid, d.objid, 0) FROM pg_catalog.pg_depend d "
        "LEFT JOIN pg_catalog.pg_class c "
        "ON d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = d.objid "
        "WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass "
        "AND d.refobjid = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = %s) "
        "AND (c.relkind = 'r' AND c.relname = ANY(%s)) IS NOT TRUE ORDER BY 1",
        (open_schema(schema), list(PUBLISHED)),
    )
    return [what for (what,) in asked]


def findings(connection: "Connection[tuple[Any, ...]]", schema: str) -> Iterator[Finding]:
    """What is there, or may be done there, though nobody published it."""
    put = strays(connection, schema)
    if put:
        yield ill(
            f"What may be read as published was not put there by `disposals db publish`: "
            f"{some(put)}. Look at what it shows and who could read it, and drop it."
        )
    public = open_schema(schema)
    others = connection.execute(
        "SELECT c.relname, r.rolname FROM pg_catalog.pg_class c "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "JOIN pg_catalog.pg_roles r ON r.oid = c.relowner "
        "WHERE n.nspname = %s AND c.relname = ANY(%s) AND c.relowner <> n.nspowner ORDER BY 1",
        (public, list(PUBLISHED)),
    ).fetchall()
    for name, owner in others:
        yield ill(
            f"{public}.{name} belongs to {owner}, who could change what is published. "
            "`disposals db publish` puts it out anew."
        )
    given = sorted(
        str(each)
        for each in found(connection, schema)
        if each.on.startswith(f"{public}.")
        and not (each.role in both_roles(schema) and each.may == "SELECT")
    )
    if given:
        yield ill(
            f"Someone gave more in {public} than publishing does: {some(given)}. "
            "`disposals db publish` puts all out anew without it."
        )
