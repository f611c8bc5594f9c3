"""What one format gained over the one before, told once for both ways.

A column is told as `name kind`, of the kinds in `_KINDS`; `?` after the kind says that it may be
empty, `-> table.column` what it refers to, `= value` what rows that are there already are given.
These lists are never edited once released, whatever becomes of the records.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
    text,
)

_KINDS: Mapping[str, Any] = {
    "text": String(),
    "hash": String(64),
    "whole": Integer(),
    "number": Float(),
    "yes-no": Boolean(),
    "day": Date(),
    "moment": DateTime(timezone=True),
    "bytes": LargeBinary(),
}
_TOLD = re.compile(
    r"(?P<name>\w+) (?P<kind>[a-z-]+)(?P<empty>\?)?"
    r"(?: -> (?P<to>\w+\.\w+))?(?: = (?P<given>\w+|''))?"
)
_GIVEN: Mapping[str, str] = {"no": "FALSE", "yes": "TRUE", "0": "0", "''": "''"}
_EVIDENCE = (
    "id whole, disposal_ref text -> disposal.ref, recorded_on day, recorded_at moment, "
    "recorded_by text, replaces whole?, disclosure text, paragraphs text?, exempt_because text?, "
    "source text?, is_illustrative yes-no, "
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that a format brought.

    Attributes:
        columns: as told above.
        key: the column of its key.
        unique: columns that are unique together.
        checks: name of a rule to the rule in SQL.
        is_deferred: whether what it refers to may be written after it.
    """

    columns: str
    key: str = "id"
    unique: tuple[tuple[str, ...], ...] = ()
    checks: Mapping[str, str] = field(default_factory=dict)
    is_deferred: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """An index on a table: columns, or an expression in parentheses."""

    on: str
    columns: tuple[str, ...]
    name: str = ""
    is_unique: bool = False


@dataclass(frozen=True, slots=True)
class Gained:
    """What a format gained over the one before.

    Attributes:
        tables: in an order in which each refers to earlier ones only.
        evidence: tables of evidence about a case, by what they hold beside what all of them do.
        columns: of tables that were there before.
    """

    tables: Mapping[str, Table] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    indexes: Sequence[Index] = ()

    def make(self) -> None:
        """Bring all of it into the register, which then has this format."""
        for name, columns in self.columns.items():
            for column, _ in _told(columns):
                op.add_column(name, column)
        for name, table in self._all_tables():
            op.create_table(name, *_pieces(name, table))
        for index in self._all_indexes():
            parts = [text(part) if "(" in part else part for part in index.columns]
            op.create_index(_name(index), index.on, parts, unique=index.is_unique)

    def drop(self) -> None:
        """Take all of it out again, and what is in it."""
        for index in self._all_indexes():
            op.drop_index(_name(index), table_name=index.on)
        for name, _ in reversed(list(self._all_tables())):
            op.drop_table(name)
        for name, columns in self.columns.items():
            for column, _ in _told(columns):
                op.drop_column(name, column.name)

    def held(self, connection: Connection) -> Iterator[tuple[str, int]]:
        """How many rows hold something that only this format can keep, table by table."""
        for name, _ in self._all_tables():
            yield name, _count(connection, name)
        for name, columns in self.columns.items():
            filled = " OR ".join(
                f'"{column.name}" <> {column.info["given"]}'
                if column.info["given"]
                else f'"{column.name}" IS NOT NULL'
                for column, _ in _told(columns)
            )
            yield name, _count(connection, name, filled)

    def _all_tables(self) -> Iterator[tuple[str, Table]]:
        yield from self.tables.items()
        for name, columns in self.evidence.items():
            yield name, Table(_EVIDENCE + columns, unique=(("replaces",),))

    def _all_indexes(self) -> Iterator[Index]:
        yield from (Index(name, ("disposal_ref",)) for name in self.evidence)
        yield from self.indexes


def _count(connection: Connection, table: str, where: str = "TRUE") -> int:
    found = connection.exec_driver_sql(f'SELECT count(*) FROM "{table}" WHERE {where}')  # noqa: S608
    return int(found.scalar_one())


def _told(columns: str) -> Iterator[tuple[Column[Any], str | None]]:
    """Each column of a list, and what it refers to."""
    for one in columns.split(","):
        told = _TOLD.fullmatch(one.strip())
        if told is None:
            message = f"no column is told by “{one.strip()}”"
            raise ValueError(message)
        given = told["given"] and _GIVEN.get(told["given"], f"'{told['given']}'")
        column: Column[Any] = Column(
            told["name"], _KINDS[told["kind"]], nullable=bool(told["empty"]),
            server_default=text(given) if given else None, info={"given": given},
        )  # fmt: skip
        yield column, told["to"]


def _pieces(name: str, table: Table) -> Iterator[Any]:
    deferrable, initially = (True, "DEFERRED") if table.is_deferred else (None, None)
    for column, to in _told(table.columns):
        yield column
        if to is not None:
            yield ForeignKeyConstraint(
                [column.name], [to], name=f"fk_{name}_{column.name}",
                deferrable=deferrable, initially=initially,
            )  # fmt: skip
    yield PrimaryKeyConstraint(table.key, name=f"pk_{name}")
    for columns in table.unique:
        yield UniqueConstraint(*columns, name=f"uq_{name}_{'_'.join(columns)}")
    for rule, condition in table.checks.items():
        yield CheckConstraint(condition, name=f"ck_{name}_{rule}")


def _name(index: Index) -> str:
    kind = "uq" if index.is_unique else "ix"
    return index.name or f"{kind}_{index.on}_{'_'.join(index.columns)}"
