"""The rows of a register's schema, copied to another and compared with it."""

from typing import Any

from psycopg import Connection as Plain
from psycopg import sql
from sqlalchemy import Connection, inspect

from disposals.errors import CannotWriteRegister


def fill(connection: Connection, source: str) -> None:
    """Copy every row of a schema into the tables of the one in the search path."""
    there = inspect(connection)
    connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
    for table in there.get_sorted_table_and_fkc_names():
        if table[0] is not None:
            names = ", ".join(f'"{each["name"]}"' for each in there.get_columns(table[0]))
            connection.exec_driver_sql(
                f'INSERT INTO "{table[0]}" ({names}) SELECT {names} FROM "{source}"."{table[0]}"'  # noqa: S608
            )


def refuse_another(connection: "Plain[tuple[Any, ...]]", schema: str, copy: str) -> None:
    """Refuse to go on where a copy says something else than the register.

    Raises:
        CannotWriteRegister: it does.
    """
    tables, there = _tables(connection, schema), _tables(connection, copy)
    if there != tables or any(
        _differs(connection, sql.Identifier(schema, table), sql.Identifier(copy, table), names)
        for table, names in tables.items()
    ):
        raise CannotWriteRegister(
            f"The register as it is would be kept in the schema {copy}, and another one is there. "
            "Rename that schema, then repeat; nothing was changed."
        )


def _tables(connection: "Plain[tuple[Any, ...]]", schema: str) -> dict[str, list[str]]:
    """The tables of a schema, with the names of their columns."""
    asked = connection.execute(
        "SELECT table_name, array_agg(column_name::text ORDER BY column_name::text) "
        "FROM information_schema.columns JOIN information_schema.tables "
        "USING (table_schema, table_name) "
        "WHERE table_schema = %s AND table_type = 'BASE TABLE' GROUP BY table_name",
        (schema,),
    )
    return dict(asked.fetchall())


def _differs(
    connection: "Plain[tuple[Any, ...]]",
    one: sql.Identifier,
    other: sql.Identifier,
    columns: list[str],
) -> bool:
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    one_s, other_s = (sql.SQL("SELECT {} FROM {}").format(named, each) for each in (one, other))
    asked = sql.SQL("SELECT EXISTS ({0} EXCEPT ALL {1}) OR EXISTS ({1} EXCEPT ALL {0})")
    found = connection.execute(asked.format(one_s, other_s)).fetchone()
    return bool(found and found[0])
