"""What lies in the schema of what is published, and what has no business there."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from psycopg import Connection

from disposals.storage.findings import Finding, ill
from disposals.storage.postgres.rights import both_roles, found, open_schema
from disposals.words import some

_OF_LAND = (
    "id bigint, kind text, reference text, name text, site text, part bigint, purpose text, "
    "disposal text, stage text, district text, tenure text, located_by text, "
    "area_hectares double precision, area_acres double precision, boundary_from text, "
    "boundary_source text, is_indicative boolean, licence text, revision bigint, edition text"
)
_OF_MILESTONES = (
    "id bigint, reference text, no bigint, name text, owner text, when text, earliest_on date, "
    "latest_on date, kind text, is_reading boolean, met boolean, is_overdue boolean, source text"
)
_AREA, _POINT = "geometry geometry(MultiPolygon,27700)", "geometry geometry(Point,27700)"
# Every table that is published, each column with its type as the server tells it.
PUBLISHED: Mapping[str, frozenset[str]] = {
    table: frozenset(columns.split(", "))
    for table, columns in {
        "sites": f"{_OF_LAND}, {_AREA}", "sites_points": f"{_OF_LAND}, {_POINT}",
        "parts": f"{_OF_LAND}, {_AREA}", "milestones": f"{_OF_MILESTONES}, {_AREA}",
        "about": "as_at date, published_at timestamp with time zone, seal text",
    }.items()
}  # fmt: skip
_WHERE_POSTGIS_LIES = re.compile(r'("[^"]*"|\w+)\.(?=geometry\()')


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


def columns(connection: "Connection[tuple[Any, ...]]", schema: str) -> Mapping[str, set[str]]:
    """The columns of what is published, by table, each with its type."""
    asked = connection.execute(
        "SELECT c.relname, a.attname || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod) "
        "FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = %s AND c.relname = ANY(%s) AND a.attnum > 0 AND NOT a.attisdropped",
        (open_schema(schema), list(PUBLISHED)),
    )
    found: dict[str, set[str]] = {}
    for table, column in asked:
        found.setdefault(table, set()).add(_WHERE_POSTGIS_LIES.sub("", column))
    return found


def findings(connection: "Connection[tuple[Any, ...]]", schema: str) -> Iterator[Finding]:
    """What is there, or may be done there, though nobody published it."""
    put = strays(connection, schema)
    if put:
        yield ill(
            f"What may be read as published was not put there by `disposals db publish`: "
            f"{some(put)}. Look at what it shows and who could read it, and drop it."
        )
    yield from _of_columns(connection, schema)
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


def _of_columns(connection: "Connection[tuple[Any, ...]]", schema: str) -> Iterator[Finding]:
    """Columns that were added to what is published, are of another type, or are gone."""
    more, fewer = list[str](), list[str]()
    for table, there in sorted(columns(connection, schema).items()):
        on = f"{open_schema(schema)}.{table}"
        more += [f"{on}.{column}" for column in sorted(there - PUBLISHED[table])]
        fewer += [f"{on}.{column}" for column in sorted(PUBLISHED[table] - there)]
    if more:
        yield ill(
            f"Columns may be read as published that `disposals db publish` does not make: "
            f"{some(more)}. Look at what they show and who could read them; `disposals db publish` "
            "puts all out anew without them."
        )
    if fewer:
        yield ill(
            f"Of what is published, columns are missing: {some(fewer)}. `disposals db publish` "
            "puts all out anew with them."
        )
