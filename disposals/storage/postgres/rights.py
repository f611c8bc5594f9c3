"""What officers and readers may do in a register, as it is to be and as it is found."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from psycopg import Connection, sql

from disposals.history.digests import PERSONAL
from disposals.kept import columns_of_this_version, guarded
from disposals.records import FORMAT, evidence_kinds
from disposals.storage.postgres.on_the_map import ON_THE_MAP

OPEN = "open"  # the kind of role that reads what is published, and the end of its schema's name
_EVERYBODY = "PUBLIC"
_NOBODY_CHANGES = "register"  # what the register says of itself


class Right(NamedTuple):
    """Something that a role may do.

    Attributes:
        role: its name, or PUBLIC.
        may: as PostgreSQL calls it, such as SELECT.
        on: a schema, or what lies in it after a point.
        column: where it is one column alone.
    """

    role: str
    may: str
    on: str
    column: str = ""

    def __str__(self) -> str:
        """As a sentence has it."""
        return f"{self.role} {self.may} on {self.on}{self.column and f' ({self.column})'}"

    @property
    def grant(self) -> sql.Composed:
        """The statement that gives it."""
        return sql.SQL("GRANT {} TO {}").format(self._itself, self._to)

    @property
    def revoke(self) -> sql.Composed:
        """The statement that takes it away, and from whoever was given it further."""
        return sql.SQL("REVOKE {} FROM {} CASCADE").format(self._itself, self._to)

    @property
    def _itself(self) -> sql.Composed:
        schema, *table = self.on.split(".", 1)
        column = sql.SQL("({})").format(sql.Identifier(self.column)) if self.column else sql.SQL("")
        return sql.SQL("{}{} ON {} {}").format(
            sql.SQL(self.may), column, sql.SQL("TABLE" if table else "SCHEMA"),
            sql.Identifier(schema, *table),
        )  # fmt: skip

    @property
    def _to(self) -> sql.Composable:
        return sql.SQL("PUBLIC") if self.role == _EVERYBODY else sql.Identifier(self.role)


def role(schema: str, kind: str) -> str:
    """The role of officers or of readers of what is open."""
    return f"{schema}_{kind}"


def open_schema(schema: str) -> str:
    """The schema of what is published from a register."""
    return f"{schema}_{OPEN}"


def both_roles(schema: str) -> tuple[str, str]:
    """The roles of officers and of readers."""
    return role(schema, "officer"), role(schema, OPEN)


def rights(schema: str) -> Iterator[Right]:
    """What officers and readers are given; nobody is given to remove anything.

    A row that is written once is changed in nothing but who recorded it, whose name may be erased.
    """
    officers, readers = both_roles(schema)
    for each in (officers, readers):
        yield Right(each, "USAGE", open_schema(schema))
    yield Right(officers, "USAGE", schema)
    yield Right(officers, "SELECT", f"{schema}.{ON_THE_MAP}")
    columns = columns_of_this_version()
    once = guarded(evidence_kinds(), columns, FORMAT)
    for table, named in columns.items():
        on = f"{schema}.{table}"
        yield Right(officers, "SELECT", on)
        if table == _NOBODY_CHANGES:
            continue
        yield Right(officers, "INSERT", on)
        if table not in once:
            yield Right(officers, "UPDATE", on)
        else:
            may_go = {"name", "salt"} if table == "person" else PERSONAL
            yield from (Right(officers, "UPDATE", on, each) for each in named if each in may_go)


def beyond(connection: "Connection[tuple[Any, ...]]", schema: str) -> set[Right]:
    """What is found that is not to be, but for what is published, which is put out anew."""
    public = f"{open_schema(schema)}."
    there = found(connection, schema)
    return {each for each in there if not each.on.startswith(public)} - {*rights(schema)}


def lacking(connection: "Connection[tuple[Any, ...]]", schema: str) -> set[Right]:
    """What is to be and is not found; whoever may change a table may change each column of it."""
    there = found(connection, schema)
    return {each for each in rights(schema) if not {each, each._replace(column="")} & there}


def found(connection: "Connection[tuple[Any, ...]]", schema: str) -> set[Right]:
    """What officers, readers and everybody may do in a register's two schemas.

    In that of what is published, what others may do as well; in the other, who else may create. Of
    counters the right to count is left out, which goes with that to record.
    """
    asked = connection.execute(_ASKED, {"own": schema, "open": open_schema(schema),
                                        "roles": list(both_roles(schema))})  # fmt: skip
    return {Right(*each) for each in asked}


# The kind of a thing from its row, and not from pg_sequences, which opens each counter there is.
_ASKED = """
SELECT coalesce(r.rolname, 'PUBLIC'), a.privilege_type, o.on, o.column FROM (
    SELECT n.nspname AS schema, n.nspname::text AS on, '' AS column, n.nspowner AS owner,
        n.nspacl AS acl, '' AS kind
    FROM pg_catalog.pg_namespace n
    UNION ALL
    SELECT n.nspname, n.nspname || '.' || c.relname, '', c.relowner, c.relacl, c.relkind
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    UNION ALL
    SELECT n.nspname, n.nspname || '.' || c.relname, t.attname, c.relowner, t.attacl, c.relkind
    FROM pg_catalog.pg_attribute t JOIN pg_catalog.pg_class c ON c.oid = t.attrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE t.attacl IS NOT NULL AND NOT t.attisdropped
) o CROSS JOIN LATERAL pg_catalog.aclexplode(o.acl) a
LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
WHERE o.schema IN (%(own)s, %(open)s) AND a.grantee <> o.owner
    AND (o.schema = %(open)s OR a.privilege_type = 'CREATE' OR a.grantee = 0
        OR r.rolname = ANY(%(roles)s))
    AND NOT (o.kind = 'S' AND a.privilege_type IN ('USAGE', 'SELECT')
        AND coalesce(r.rolname, '') = %(own)s || '_officer')
"""
