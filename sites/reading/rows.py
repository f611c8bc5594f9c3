"""A file as rows: what was read, from where, and every guess that was made on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One feature of a map layer, or one line of a spreadsheet.

    Attributes:
        no: the number that a person sees: the line of the spreadsheet, or features from 1.
        fields: texts by column, None for an empty cell.
        shape: as it stands in the file, in the file's own system; None without a position.
        stated: what the row or its file says of that system.
        doubts: clauses on this row alone.
        refused: why the row can't be used at all, else "".
    """

    no: int
    fields: Mapping[str, str | None]
    shape: Any = None
    stated: str | None = None
    doubts: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds.

    Attributes:
        notes: every guess about the file as a whole, as sentences.
    """

    columns: tuple[str, ...]
    rows: Sequence[Row]
    notes: tuple[str, ...] = field(default=())
