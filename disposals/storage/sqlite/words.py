"""What SQLite says, as an officer can act on it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from disposals.errors import (
    BadFact,
    CannotWriteRegister,
    NotARegister,
    RegisterError,
    RegisterInUse,
    RegisterMoved,
    StageWithoutHistory,
)
from disposals.storage import CLOSED, MOVED_ON

_IN_WORDS: tuple[tuple[str, type[RegisterError], str], ...] = (
    ("locked", RegisterInUse,
     "{path} is in use by someone else. Nothing was recorded; try again in a moment."),
    ("readonly", CannotWriteRegister,
     "{path} is read-only, so nothing was recorded. Make the file and its folder writable."),
    ("full", CannotWriteRegister,
     "The disk that holds {path} is full, so nothing was recorded. Free some space, then repeat."),
    ("disk I/O", CannotWriteRegister,
     ("{path} could not be read or written (disk error). What was under way is recorded wholly or "
      "not at all: look before you repeat it.")),
    ("unable to open", CannotWriteRegister,
     "{path} could not be opened. Look at its folder and permissions."),
    ("not a database", NotARegister, "{path} is damaged or is not a register."),
    ("Could not decode", NotARegister,
     "{path} is damaged: a text in it can't be read. Restore it from a backup."),
    ("malformed", NotARegister, "{path} is damaged. Restore it from a backup."),
    ("no such table", NotARegister, "{path} is not a register of this software, or is damaged."),
    ("no such column", NotARegister, "{path} is not a register of this software, or is damaged."),
    ("unexplained:", StageWithoutHistory,
     "A stage is changed by a move, never assigned. Nothing was recorded."),
    ("kept:", StageWithoutHistory,
     "History and evidence are never altered or removed; record a correction instead."),
    ("constraint failed", CannotWriteRegister,
     ("Something in {path} keeps out what was to be recorded, so nothing was: {said}. Tell whoever "
      "looks after the register.")),
)  # fmt: skip


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says into what an officer can act on; the unforeseen passes as it is."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        said = _said_first(error)
        if not isinstance(getattr(error, "orig", error), sqlite3.DatabaseError):
            raise  # another database's, whose words may have some of SQLite's in them
        if said.startswith(CLOSED):
            raise RegisterMoved(MOVED_ON.format(said=said.removeprefix(CLOSED))) from error
        for fragment, kind, sentence in _IN_WORDS:
            if fragment in said:
                raise kind(sentence.format(path=os.fspath(path), said=said)) from error
        raise
    except OverflowError as error:
        raise BadFact(
            "A number is larger than a register can keep, so nothing was recorded. Was a digit too "
            "many typed?"
        ) from error


def _said_first(error: BaseException) -> str:
    """What SQLite said when it went wrong.

    A failing disk makes it undo the whole transaction, and then undoing a part of it fails as well.
    """
    said = str(error.orig if isinstance(error, DatabaseError) else error)
    before = error.__context__
    return _said_first(before) if before and "no such savepoint" in said else said
