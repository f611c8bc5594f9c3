"""What is in a register, wherever it lies: to see that what was refused left it as it was."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from disposals.history.raw import raw_of
from disposals.records import vouched_for
from disposals.register import open_register
from disposals.storage.address import Place


def as_it_is(place: Place) -> bytes | Mapping[str, list[Any]]:
    """All that lies there: the bytes of a file, or the rows of every table as they are stored."""
    if isinstance(place, Path):
        return place.read_bytes()
    register = open_register(place)
    try:
        with register.read() as session:
            raw = raw_of(session.connection())
            return {
                table: raw.execute(f"SELECT * FROM {table} ORDER BY {key}").fetchall()  # noqa: S608
                for table, key in {**vouched_for(), "ledger_entry": "no"}.items()
            }
    finally:
        register.close()
