"""What SQLAlchemy is told about a register in PostgreSQL: pence are 64 bits, text sorts by bytes.

So both databases keep the same numbers and put the same rows in the same order: in SQLite an empty
field comes before all others. Loaded through
the address `postgresql+register://`, which only this package uses.
"""

from typing import Any

from sqlalchemy import BigInteger, Integer, UnaryExpression, nulls_first, nulls_last
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg
from sqlalchemy.sql import operators

URL = "postgresql+register://"


class _WholeNumber(BigInteger):
    render_bind_cast = True


class _Types(PGTypeCompiler):
    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:  # noqa: ARG002, N802
        return "BIGINT"

    def visit_VARCHAR(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        # Only a column has a text of its own to sort; a value follows what it is compared with.
        is_column = kw.get("type_expression") is not None
        return super().visit_VARCHAR(type_, **kw) + (' COLLATE "C"' if is_column else "")


class _Statements(PGCompiler_psycopg):
    def order_by_clause(self, select: Any, **kw: Any) -> str:
        order = [self.process(_empty_first(each), **kw) for each in select._order_by_clauses]  # noqa: SLF001
        return f" ORDER BY {', '.join(order)}" if order else ""


def _empty_first(term: Any) -> Any:
    """A term of an order as SQLite takes it; what can't be empty is left for an index to serve."""
    falls = isinstance(term, UnaryExpression) and term.modifier is operators.desc_op
    column = term.element if isinstance(term, UnaryExpression) else term
    if not getattr(column, "nullable", True):
        return term
    return nulls_last(term) if falls else nulls_first(term)


class RegisterDialect(PGDialect_psycopg):
    """PostgreSQL through psycopg, with the types of a register."""

    supports_statement_cache = True
    statement_compiler = _Statements
    type_compiler_cls = _Types
    type_compiler = _Types
    colspecs = {**PGDialect_psycopg.colspecs, Integer: _WholeNumber}  # noqa: RUF012

    def _get_default_schema_name(self, connection: Any) -> Any:
        """Asked for before a transaction settles where names are looked for."""
        return connection.exec_driver_sql("SELECT pg_catalog.current_schema()").scalar()


registry.register("postgresql.register", __name__, "RegisterDialect")
