"""A file opened by SQLite under its own name, whatever that is, and never made by being opened."""

import sqlite3
from pathlib import Path
from typing import Any


def opened(path: Path, *, mode: str = "rw", **how: Any) -> sqlite3.Connection:
    """A connection to a file; `:memory:`, `file:x` and `a?b` are names like any other.

    Args:
        mode: `ro` to read alone, `rwc` to make the file where there is none.
    """
    made: sqlite3.Connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, **how
    )
    return made
