"""Who may do what: officers in the register's schema, readers in that of what is published.

Both are roles that nobody logs in as; whoever looks after the server grants them to people. What is
published belongs to the owner of the register, who alone writes there: what an officer could put
there would be public without having been judged open.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from psycopg import Connection, sql

from disposals.errors import CannotWriteRegister
from disposals.storage.address import Address
from disposals.storage.findings import Finding, ill, well
from disposals.storage.postgres import public
from disposals.storage.postgres.rights import (
    Right,
    beyond,
    both_roles,
    found,
    lacking,
    open_schema,
    rights,
)
from disposals.storage.postgres.schemas import owner_of
from disposals.words import listed, some


def require_rights(connection: "Connection[tuple[Any, ...]]", place: Address) -> None:
    """Refuse whoever could not make the roles or give them their rights, before anything is made.

    Raises:
        CannotWriteRegister: says who can.
    """
    missing = _missing(connection, place.schema)
    may = connection.execute(
        "SELECT rolsuper OR rolcreaterole FROM pg_catalog.pg_roles WHERE rolname = current_user"
    ).fetchone()
    if missing and may != (True,):
        raise CannotWriteRegister(
            f"{place} needs the {'roles' if missing[1:] else 'role'} {listed(missing)}, and you "
            "may make none on this server. Let whoever looks after it give you CREATEROLE or say "
            f"`{'; '.join(f'CREATE ROLE {name}' for name in missing)}`, then repeat. Nothing was "
            "made."
        )
    for name, more in _mightier(connection, place.schema):
        raise CannotWriteRegister(
            f"There is a role {name} already, and it {_may(more)}, which whoever is given it can "
            f"make use of. If it is there for nothing but {place}, say {_mended(name, more)} and "
            "repeat; else name another schema with `schema=`. Nothing was changed."
        )
    for schema in (place.schema, open_schema(place.schema)):
        owner = owner_of(connection, schema)
        if owner is not None and not acts_for(connection, owner):
            raise CannotWriteRegister(
                f"The schema {schema} belongs to {owner}, so that only {owner} or the server's "
                f"superuser can set the rights of {place}. Nothing was changed."
            )


def are_let_in(connection: "Connection[tuple[Any, ...]]", schema: str) -> bool:
    """Whether this user, to whom the schema belongs, has let officers into it.

    That there are roles of their names does not tell: they are of the whole server.
    """
    owners = {owner_of(connection, each) for each in (schema, open_schema(schema))}
    return Right(both_roles(schema)[0], "USAGE", schema) in found(connection, schema) and all(
        owner is not None and acts_for(connection, owner) for owner in owners
    )


def _missing(connection: "Connection[tuple[Any, ...]]", schema: str) -> list[str]:
    asked = "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = ANY(%s)"
    there = {name for (name,) in connection.execute(asked, (list(both_roles(schema)),))}
    return [name for name in both_roles(schema) if name not in there]


# What a role may do of itself, by the column that says so: as told, and as it is taken away.
_OF_ITSELF = {
    "rolcanlogin": ("may log in", "NOLOGIN"),
    "rolsuper": ("is a superuser", "NOSUPERUSER"),
    "rolcreaterole": ("may make roles", "NOCREATEROLE"),
    "rolcreatedb": ("may make databases", "NOCREATEDB"),
    "rolbypassrls": ("may pass row security by", "NOBYPASSRLS"),
    "rolreplication": ("may copy the whole server", "NOREPLICATION"),
}


def _mightier(
    connection: "Connection[tuple[Any, ...]]", schema: str
) -> Iterator[tuple[str, list[str]]]:
    """The roles that may do something of themselves, which ours never may; with each, what."""
    asked = connection.execute(
        sql.SQL(
            "SELECT rolname, {} FROM pg_catalog.pg_roles WHERE rolname = ANY(%s) ORDER BY 1"
        ).format(sql.SQL(", ").join(map(sql.Identifier, _OF_ITSELF))),
        (list(both_roles(schema)),),
    )
    for name, *may in asked.fetchall():
        more = [column for column, does in zip(_OF_ITSELF, may, strict=True) if does]
        if more:
            yield name, more


def _may(more: list[str]) -> str:
    return listed(_OF_ITSELF[column][0] for column in more)


def _mended(name: str, more: list[str]) -> str:
    return f"`ALTER ROLE {name} {' '.join(_OF_ITSELF[column][1] for column in more)}`"


def acts_for(connection: "Connection[tuple[Any, ...]]", owner: str) -> bool:
    """Whether this user has all the rights of a role."""
    asked = connection.execute("SELECT pg_catalog.pg_has_role(%s, 'USAGE')", (owner,))
    return asked.fetchone() == (True,)


def used_elsewhere(connection: "Connection[tuple[Any, ...]]", schema: str) -> list[str]:
    """The server's other databases in which a role of these names may do something already."""
    asked = connection.execute(
        "SELECT DISTINCT d.datname FROM pg_catalog.pg_shdepend s "
        "JOIN pg_catalog.pg_database d ON d.oid = s.dbid "
        "JOIN pg_catalog.pg_roles r ON r.oid = s.refobjid "
        "WHERE s.refclassid = 'pg_catalog.pg_authid'::regclass AND r.rolname = ANY(%s) "
        "AND d.datname <> current_database() ORDER BY 1",
        (list(both_roles(schema)),),
    )
    return [name for (name,) in asked]


def make_roles(connection: "Connection[tuple[Any, ...]]", schema: str) -> list[str]:
    """Make the roles that are not there, and let each do what it may; says which were made.

    Whatever else they were given is taken away. It is to be done in one transaction.
    """
    made = _missing(connection, schema)
    for name in made:
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))
    officers, readers = both_roles(schema)
    owner, published = owner_of(connection, schema), open_schema(schema)
    names = {
        "own": sql.Identifier(schema), "open": sql.Identifier(published),
        "officers": sql.Identifier(officers), "readers": sql.Identifier(readers),
        "owner": sql.Identifier(owner or ""),
    }  # fmt: skip
    if owner_of(connection, published) not in {None, owner}:
        connection.execute(sql.SQL("ALTER SCHEMA {open} OWNER TO {owner}").format(**names))
    for statement in _ANEW:
        connection.execute(sql.SQL(statement).format(**names))
    for right in sorted(beyond(connection, schema)):
        connection.execute(right.revoke)
    for right in rights(schema):
        connection.execute(right.grant)
    return made


_FROM_NOW = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA {own}"
_ANEW = (
    "CREATE SCHEMA IF NOT EXISTS {open} AUTHORIZATION {owner}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {own} TO {officers}",
    # For the tables of a later format, until the rights are set anew.
    f"{_FROM_NOW} REVOKE ALL ON TABLES FROM {{officers}}",
    f"{_FROM_NOW} GRANT SELECT, INSERT ON TABLES TO {{officers}}",
    f"{_FROM_NOW} GRANT USAGE, SELECT ON SEQUENCES TO {{officers}}",
)


def findings(connection: "Connection[tuple[Any, ...]]", schema: str) -> Iterator[Finding]:
    """Whether the roles are there, may do what they are to do, and nothing else."""
    missing = _missing(connection, schema)
    if missing:
        yield ill(f"There is no role {listed(missing)}; `disposals db create` makes it.")
        return
    amiss = [*_of_rights(connection, schema), *public.findings(connection, schema)]
    readers = both_roles(schema)[1]
    seen = [
        *_of_readers(connection, readers, open_schema(schema)),
        *_in_anothers_name(connection, readers, schema),
    ]
    yield from (*amiss, *seen)
    if not amiss and not seen:
        yield well(
            f"{both_roles(schema)[1]} may read what is published in {open_schema(schema)}, and "
            "nothing else; officers may read and write the register, and nothing else."
        )


def _of_rights(connection: "Connection[tuple[Any, ...]]", schema: str) -> Iterator[Finding]:
    for name, of_itself in _mightier(connection, schema):
        yield ill(
            f"{name} {_may(of_itself)}, which whoever is given it can make use of. "
            f"{_mended(name, of_itself)} ends that."
        )
    more = sorted(map(str, beyond(connection, schema)))
    fewer = sorted(map(str, lacking(connection, schema)))
    if more:
        yield ill(
            f"Someone gave rights beyond what is needed: {some(more)}. `disposals db create` "
            "takes them away."
        )
    if fewer:
        yield ill(f"Rights are missing: {some(fewer)}. `disposals db create` gives them.")
    inherited = connection.execute(
        "SELECT m.rolname || ' ' || r.rolname FROM pg_catalog.pg_auth_members a "
        "JOIN pg_catalog.pg_roles m ON m.oid = a.member "
        "JOIN pg_catalog.pg_roles r ON r.oid = a.roleid WHERE m.rolname = ANY(%s) ORDER BY 1",
        (list(both_roles(schema)),),
    ).fetchall()
    for (each,) in inherited:
        member, granted = each.split(" ", 1)
        yield ill(
            f"{member} may do all that {granted} may. `REVOKE {granted} FROM {member}` ends that."
        )


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
        told = some([table for (table,) in seen])
        yield ill(f"{name} may read what is not published: {told}. Revoke that.")


def _in_anothers_name(
    connection: "Connection[tuple[Any, ...]]", name: str, schema: str
) -> Iterable[Finding]:
    """Functions that readers may call, whose owner may enter the register, and which name it."""
    may_call = connection.execute(
        "SELECT pg_describe_object('pg_proc'::regclass, p.oid, 0) FROM pg_proc p "
        "WHERE p.prosecdef AND has_function_privilege(%(name)s, p.oid, 'EXECUTE') "
        "AND has_schema_privilege(%(name)s, p.pronamespace, 'USAGE') "
        "AND has_schema_privilege(p.proowner, %(schema)s, 'USAGE') "
        "AND CASE WHEN p.prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid) END ~ %(named)s "
        "ORDER BY 1",
        {"name": name, "schema": schema, "named": rf"\m{schema}\M"},
    ).fetchall()
    if may_call:
        told = some([function for (function,) in may_call])
        yield ill(
            f"{name} may call what acts with the rights of its owner and names {schema}: {told}. "
            "Look at what it shows; revoke EXECUTE on it from PUBLIC, or drop it."
        )
