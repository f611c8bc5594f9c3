"""Rows of one database made the same in another, a batch at a time, in the order of their keys."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from disposals.kept import kept
from disposals.records import evidence_kinds
from sites.record import Record

Told = Callable[[str, int, int], None]  # a table, how many of its rows are over, of how many
_AT_A_TIME = 2_000
_AT = "key_of_the_row"  # names no column


def tables() -> list[Table]:
    """Every table of a register, each after those that its rows refer to."""
    evidence_kinds()
    return list(Record.metadata.sorted_tables)


def carry(
    source: Engine | Connection,
    target: Engine | Connection,
    table: Table,
    told: Told,
    *,
    again: bool = False,
) -> None:
    """Make the rows of a table at the target the same as at the source.

    An engine is used for one transaction a batch, so that nobody waits long.

    Args:
        again: look also at rows that are written once and are there already.
    """
    after = None
    if not again and table.name in kept(evidence_kinds()):
        with _begun(target) as there:
            after = there.execute(select(func.max(_key(table)))).scalar()
    done = 0
    while True:
        with _begun(source) as here:
            count = here.execute(select(func.count()).select_from(table)).scalar_one()
            wanted = here.execute(_from(table, after).limit(_AT_A_TIME)).all()
        up_to = wanted[-1][0] if len(wanted) == _AT_A_TIME else None
        with _begun(target) as there:
            _make_same(there, table, wanted, there.execute(_from(table, after, up_to)).all())
        done += len(wanted)
        told(table.name, done, count)
        if up_to is None:
            return
        after = up_to


def _make_same(
    connection: Connection, table: Table, wanted: Sequence[Row[Any]], there: Sequence[Row[Any]]
) -> None:
    by_key = {row[0]: row for row in there}
    new = [row for row in wanted if row[0] not in by_key]
    changed = [row for row in wanted if by_key.get(row[0], row) != row]
    gone = by_key.keys() - {row[0] for row in wanted}
    at = _key(table) == bindparam(_AT)
    if gone:
        connection.execute(delete(table).where(at), [{_AT: key} for key in gone])
    if changed:
        connection.execute(update(table).where(at), [dict(row._mapping) for row in changed])  # noqa: SLF001 (SQLAlchemy's public name)
    if new:
        names = [column.name for column in table.columns]
        connection.execute(insert(table), [dict(zip(names, row[1:], strict=True)) for row in new])


def _from(table: Table, after: Any, up_to: Any = None) -> Select[Any]:
    """The rows of a table in the order of their keys, the key once more before each."""
    key = _key(table)
    asked = select(key.label(_AT), *table.columns).order_by(key)
    if after is not None:
        asked = asked.where(key > after)
    return asked if up_to is None else asked.where(key <= up_to)


def _key(table: Table) -> Column[Any]:
    (key,) = table.primary_key.columns
    return key


def _begun(where: Engine | Connection) -> AbstractContextManager[Connection]:
    return nullcontext(where) if isinstance(where, Connection) else where.begin()
