"""Records by the value of one column: many by the ORM, a few by plain SQL.

An act asks for a dozen kinds of evidence, of most of which there are one or two rows. The ORM takes
three times as long over such a question; from a dozen rows on it is the quicker.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import BindParameter, bindparam
from sqlalchemy.dialects.sqlite.pysqlite import dialect
from sqlalchemy.orm import Mapper, class_mapper, make_transient_to_detached
from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from disposals.history.raw import raw_in
from disposals.looking_back import looks_back
from sites.record import Record

R = TypeVar("R", bound=Record)
_FEW = 10


class _Question(NamedTuple):
    """How records of a kind are asked for and made.

    Attributes:
        sql: the statement, with ? for each value.
        names: of the columns, in their order.
        read: what makes of a stored value what the record has, by the columns that need it.
        key: the place of the primary key among the columns.
        mapper: what the ORM knows of the kind.
    """

    sql: str
    names: tuple[str, ...]
    read: tuple[tuple[str, Callable[[Any], Any]], ...]
    key: int
    mapper: Mapper[Any]


def loaded(
    session: Session, kind: type[R], column: str, values: Sequence[Any], *, order: str
) -> list[R]:
    """The records in whose column there is one of some values.

    Args:
        order: the column by whose values they come.
    """
    if not values:
        return []
    if len(values) <= _FEW and not looks_back(session):  # which leaves out what was recorded later
        if session.autoflush:
            session.flush()
        asked = _question(kind, column, len(values), order)
        rows = raw_in(session).execute(asked.sql, values).fetchall()
        if len(rows) <= _FEW:
            return [_kept(session, asked, row) for row in rows]
    query = _asked_of_the_orm(kind, column, order)
    return list(session.exec(query, params={"values": values}))


@cache
def _asked_of_the_orm(kind: Any, column: str, order: str) -> SelectOfScalar[Any]:
    values: BindParameter[Any] = bindparam("values", expanding=True)
    return select(kind).where(getattr(kind, column).in_(values)).order_by(getattr(kind, order))


@cache
def _question(kind: Any, column: str, values: int, order: str) -> _Question:
    # Plain rows are told as SQLite stores them, whichever database they lie in.
    as_stored, columns = dialect(), kind.__table__.columns
    names = tuple(each.name for each in columns)
    found = ((each.name, each.type.dialect_impl(as_stored)) for each in columns)
    read = tuple(
        (name, made)
        for name, stored in found
        if (made := stored.result_processor(as_stored, None)) is not None
    )
    asked, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * values)
    mapper: Mapper[Any] = class_mapper(kind)
    return _Question(
        f'SELECT {asked} FROM "{kind.__tablename__}" WHERE "{column}" IN ({marks}) '  # noqa: S608
        f'ORDER BY "{order}"',
        names,
        read,
        names.index(mapper.primary_key[0].name),
        mapper,
    )


def _kept(session: Session, asked: _Question, row: Sequence[Any]) -> Any:
    """The record of a row: the one that the session has already, or a new one."""
    known = session.identity_map.get(asked.mapper.identity_key_from_primary_key((row[asked.key],)))
    if known is not None:
        return known
    told = dict(zip(asked.names, row, strict=True))
    for name, made in asked.read:
        told[name] = made(told[name])
    record = asked.mapper.class_manager.new_instance()
    record.__dict__.update(told)
    make_transient_to_detached(record)
    session.add(record)
    return record
