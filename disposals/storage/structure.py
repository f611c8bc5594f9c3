"""What a register is built of, compared by name with what this version builds it of."""

import re
from typing import NamedTuple

from sqlalchemy import Connection, text

from disposals.records import evidence_kinds
from sites.record import Record

# Of each table its columns and indexes by name, and in PostgreSQL its constraints.
_TOLD = {
    "sqlite": """
SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'
UNION ALL SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'
""",
    "postgresql": """
SELECT c.relname, a.attname FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')
UNION ALL SELECT c.relname, k.conname FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid WHERE n.nspname = current_schema()
UNION ALL SELECT tablename, indexname FROM pg_catalog.pg_indexes
WHERE schemaname = current_schema()
""",
}
# SQLite knows its constraints in the words alone that a table was made with.
_WRITTEN = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
_CONSTRAINT = re.compile(r'\bCONSTRAINT "?(\w+)"?')


class Lost(NamedTuple):
    """What is not there.

    Attributes:
        kept: tables and columns, without which the register can't be read.
        seen_to: constraints and indexes, which refuse what is wrong and find what is asked for.
    """

    kept: list[str]
    seen_to: list[str]


def lost(connection: Connection) -> Lost:
    """What a register of this version has and this one has not."""
    there = _there(connection)
    evidence_kinds()
    kept, seen_to = list[str](), list[str]()
    for table in Record.metadata.sorted_tables:
        found = there.get(table.name)
        if found is None:
            kept.append(f"the table {table.name}")
            continue
        columns = table.columns.keys()
        kept += [f"{table.name}.{name}" for name in columns if name not in found]
        named = [each.name for each in table.constraints] + [each.name for each in table.indexes]
        seen_to += sorted({str(name) for name in named} - found)
    return Lost(kept, seen_to)


def constraints() -> dict[str, set[str]]:
    """Of each table of this version, what refuses rows, by name.

    That is constraints, indexes that are unique, and columns that are never empty.
    """
    evidence_kinds()
    return {
        table.name: {
            *(str(each.name) for each in table.constraints),
            *(str(each.name) for each in table.indexes if each.unique),
            *(column.name for column in table.columns if not column.nullable),
        }
        for table in Record.metadata.sorted_tables
    }


def _there(connection: Connection) -> dict[str, set[str]]:
    """The names of all that each table has."""
    there: dict[str, set[str]] = {}
    for table, name in connection.execute(text(_TOLD[connection.dialect.name])):
        there.setdefault(table, set()).add(name)
    if connection.dialect.name == "sqlite":
        for table, written in connection.execute(text(_WRITTEN)):
            there[table].update(_CONSTRAINT.findall(written))
    return there
