"""The way from each format of the register to the next and back, as Alembic runs it.

`versions/format_N.py` holds what format N gained. One that is released is never edited: a register
somewhere stands on it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

if TYPE_CHECKING:
    from disposals.migrations.building import Gained

_ALEMBICS_OWN = "alembic_version"


def bring(connection: Connection, before: int, to: int) -> None:
    """Bring a register from one format to another, up or down, in the caller's transaction.

    Nothing may guard the register meanwhile: some steps change what is written once.

    Args:
        before: the format it has; 0 where there is nothing yet.
    """
    config = _config()
    config.attributes["connection"] = connection
    command.stamp(config, str(before) if before else "base")
    move = command.upgrade if to > before else command.downgrade
    move(config, str(to) if to else "base")
    connection.execute(text(f"DROP TABLE {_ALEMBICS_OWN}"))


def gained(after: int, up_to: int) -> Iterator["Gained"]:
    """What each format gained, from the one after a format up to another."""
    script = ScriptDirectory.from_config(_config())
    for found in range(after + 1, up_to + 1):
        yield script.get_revision(str(found)).module.GAINED


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
