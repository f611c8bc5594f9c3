"""A file opened by SQLite under its own name, whatever that is, and never made by being opened."""

import os
import sqlite3
from os.path import realpath
from pathlib import Path
from typing import Any
from urllib.parse import quote


def opened(path: Path, *, mode: str = "rw", **how: Any) -> sqlite3.Connection:
    """A connection to a file; `:memory:`, `file:x` and `a?b` are names like any other.

    Args:
        mode: `ro` to read alone, `rwc` to make the file where there is none.
    """
    at = Path(realpath(path)).as_posix()
    root = "file://" if at.startswith("/") else "file:///"  # a share of Windows begins with //
    uri = f"{root}{quote(os.fsencode(at), safe='/:')}?mode={mode}"
    made: sqlite3.Connection = sqlite3.connect(uri, uri=True, **how)
    return made
