"""Registers wherever they lie: all that is in one, and a hand that nothing in it stops."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from disposals.history.raw import Raw, raw_of
from disposals.records import vouched_for
from disposals.register import open_register, writing
from disposals.storage.address import Place

Rows = Mapping[str, list[Any]]


def as_it_is(place: Place) -> bytes | Rows:
    """All that lies there: the bytes of a file, or the rows of every table as they are stored."""
    return place.read_bytes() if isinstance(place, Path) else as_stored(place)


def as_stored(place: Place) -> Rows:
    """The rows of every table as they are stored."""
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


@contextmanager
def past_the_guards(place: Place) -> Iterator[Raw]:
    """The register in a database tool, its guards taken away and its references unchecked."""
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as hand, hand:
            unguarded(hand)
            yield hand
        return
    with writing(place) as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield raw_of(connection)


def unguarded(hand: sqlite3.Connection) -> None:
    """Take away all that guards a register in a file."""
    hand.execute("PRAGMA foreign_keys = OFF")
    hand.execute("PRAGMA ignore_check_constraints = ON")
    guards = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    for (name,) in hand.execute(guards).fetchall():
        hand.execute(f"DROP TRIGGER {name}")
