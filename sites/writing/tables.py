"""Tables out: CSV in UTF-8 that no spreadsheet takes for a program."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any, cast

from sites.whole import whole_file

_ACTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a CSV with a header; says how many rows it holds.

    UTF-8 without a byte order mark, CR LF, quotes where they are needed (RFC 4180). A cell that a
    spreadsheet would run as a formula gets an apostrophe before it. None is an empty cell.

    Raises:
        CannotWrite: full disk, missing folder, no permission; what was there before stays.
    """
    written = 0
    with whole_file(path) as file:
        text = TextIOWrapper(cast("Any", file), encoding="utf-8", newline="")
        table = csv.writer(text)
        table.writerow(columns)
        for row in rows:
            table.writerow([_cell(value) for value in row])
            written += 1
        text.detach()
    return written


def neutralised(text: str) -> str:
    """A text that a spreadsheet shows as it stands: `=cmd()` becomes `'=cmd()`, numbers stay."""
    if text.startswith(_ACTS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return neutralised(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
