"""What SQLAlchemy is told about a register in PostgreSQL: pence are 64 bits, text sorts by bytes.

So both databases keep the same numbers and put the same texts in the same order. Loaded through
the address `postgresql+register://`, which only this package uses.
"""

from typing import Any

from sqlalchemy import BigInteger, Integer
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

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


class RegisterDialect(PGDialect_psycopg):
    """PostgreSQL through psycopg, with the types of a register."""

    supports_statement_cache = True
    type_compiler_cls = _Types
    type_compiler = _Types
    colspecs = {**PGDialect_psycopg.colspecs, Integer: _WholeNumber}  # noqa: RUF012


registry.register("postgresql.register", __name__, "RegisterDialect")
