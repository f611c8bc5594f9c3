"""How Alembic runs the migrations: on the connection and in the transaction of its caller.

The format in the register is the only word on how it is built. Alembic's own table is made from it
for the run and is gone after it, so that the two can't disagree.
"""

from collections.abc import Collection
from typing import Any

from alembic import context
from sqlalchemy import text

connection = context.config.attributes["connection"]


def note(ctx: Any, step: Any, heads: Collection[Any], run_args: Any) -> None:  # noqa: ARG001
    """Write the format that has just been reached into the register."""
    reached = max(map(int, heads), default=0)
    connection.execute(text("UPDATE register SET format = :reached"), {"reached": reached})


context.configure(connection, on_version_apply=note)
with context.begin_transaction():
    context.run_migrations()
