"""What the schemas of a database hold, and in which of them a register may be made."""

import re
from typing import Any

from psycopg import Connection

from disposals.errors import BadFact
from disposals.storage.address import Address
from disposals.storage.postgres.rights import OPEN, open_schema

_ALWAYS_THERE = ["register", "disposal", "history_entry"]  # in every format
# What this program makes beside a register, by the end of its name.
_BESIDE = re.compile(rf"_({OPEN}|moving|making|format_\d+)$")


def owner_of(connection: "Connection[tuple[Any, ...]]", schema: str) -> str | None:
    """Whom a schema belongs to; None where there is none."""
    asked = connection.execute(
        "SELECT r.rolname FROM pg_catalog.pg_namespace n "
        "JOIN pg_catalog.pg_roles r ON r.oid = n.nspowner WHERE n.nspname = %s",
        (schema,),
    ).fetchone()
    return None if asked is None else str(asked[0])


def holds_anything(connection: "Connection[tuple[Any, ...]]", schema: str) -> bool:
    """Whether anything lies in a schema: a table, or a function or type of someone else's."""
    asked = connection.execute(
        "SELECT 1 FROM pg_catalog.pg_depend d "
        "JOIN pg_catalog.pg_namespace n ON n.oid = d.refobjid "
        "WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.deptype = 'n' "
        "AND n.nspname = %s LIMIT 1",
        (schema,),
    )
    return asked.fetchone() is not None


def holds_register(connection: "Connection[tuple[Any, ...]]", schema: str) -> bool:
    """Whether a schema holds a register, of whatever format."""
    found = connection.execute(
        "SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
        "ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = ANY(%s)",
        (schema, _ALWAYS_THERE),
    ).fetchone()
    return found == (len(_ALWAYS_THERE),)


def refuse_name(connection: "Connection[tuple[Any, ...]]", place: Address) -> None:
    """Refuse a register whose name is of use for another one's schemas, or would come to be.

    Raises:
        BadFact: says which; nothing was made.
    """
    schema = place.schema
    published, of = open_schema(schema), schema.removesuffix(f"_{OPEN}")
    if holds_register(connection, published):
        raise BadFact(
            f"What is published from {place} would lie in the schema {published}, and that holds "
            f"a register of its own, whose officers would lose their rights. Let one of the two "
            f"have another name: `ALTER SCHEMA {published} RENAME TO …` or `schema=` here, then "
            "`disposals db create` on it. Nothing was changed."
        )
    if of != schema and holds_register(connection, of):
        raise BadFact(
            f"The schema {schema} is for what is published from the register in {of}, so no other "
            "register can be in use there. Name another schema with `schema=`; one that is there "
            f"already is renamed with `ALTER SCHEMA {schema} RENAME TO …`. Nothing was changed."
        )
    beside = _BESIDE.search(schema)
    if beside and not holds_anything(connection, schema):
        raise BadFact(
            f"No register is made in a schema whose name ends in {beside[0]}, as {schema} does: "
            "this software makes such schemas beside a register. Name another one with `schema=`. "
            "Nothing was made."
        )
