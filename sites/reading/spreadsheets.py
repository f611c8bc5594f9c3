"""Spreadsheets as rows: CSV and XLSX, with a position from their coordinate columns."""

import csv
import io
import math
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import shapely
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from shapely.errors import ShapelyError

from sites.columns import Coordinates, coordinates_of
from sites.errors import UnreadableFile
from sites.reading.limits import DAMAGED, MOST_ROWS, check_workbook, is_too_deep, refuse_strange
from sites.reading.rows import Row, Table

# What openpyxl raises where a part of a workbook is not what it should be; a slip in XML, by either
# of the parsers that it may use, is a SyntaxError.
_MALFORMED = (
    InvalidFileException, SyntaxError, AttributeError, IndexError, KeyError, TypeError, ValueError,
)  # fmt: skip
_LONGEST_CELL = 200_000
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
# A comma only parts thousands: read away elsewhere it would make another number of 51,45.
_NUMBER = re.compile(
    r"[+-]?((\d{1,3}(,\d{3})+|\d+)(\.\d*)?|\.\d+)(e[+-]?\d{1,4})?|[+-]?(nan|inf(inity)?)",
    re.ASCII | re.IGNORECASE,
)
_LOOKED_AT = 20  # lines in which the header is sought
_Line = tuple[int, list[str], tuple[str, ...]]  # its number, its cells, doubts


def read_spreadsheet(path: Path, sheet: str | None = None) -> Table:
    """Every line below the header, with its texts and its position.

    Args:
        sheet: which one, in a workbook with several.

    Raises:
        UnreadableFile: it can't be read, has no header, or several sheets and none is named.
    """
    refuse_strange(path)
    notes: list[str] = []
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        lines = list(_workbook(path, sheet, notes))
    else:
        lines = list(_text_lines(path, notes))
    if len(lines) > MOST_ROWS:
        raise UnreadableFile(path, f"it holds {len(lines):,} lines, over {MOST_ROWS:,}.")
    filled = [line for line in lines if any(cell.strip() for cell in line[1])]
    start = _header(path, filled, notes)
    columns = _named(filled[start][1], filled[start + 1 :], notes)
    where = coordinates_of([name for name in columns if name])
    if where is not None:
        notes.append(str(where))
    named = [name for name in columns if name]
    rows = [_row(line, columns, where) for line in filled[start + 1 :]]
    if len(lines) > len(filled):
        notes.append(f"{len(lines) - len(filled)} blank lines are left out")
    return Table(tuple(named), rows, tuple(notes))


def _text_lines(path: Path, notes: list[str]) -> Iterator[_Line]:
    read = path.read_bytes()
    try:
        text = read.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = read.decode("cp1252", errors="replace")
        notes.append("it is no UTF-8; read as Windows-1252")
    delimiter = _delimiter(text)
    if delimiter != ",":
        notes.append(f"its cells are parted by {_DELIMITERS[delimiter]}")
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for no, cells in enumerate(reader, start=1):
            yield no, cells, ()
    except csv.Error as error:
        raise UnreadableFile(path, f"it can't be read as CSV ({error}).") from None
    finally:
        csv.field_size_limit(limit)


def _delimiter(text: str) -> str:
    """The mark that most of the first lines hold equally often."""
    head = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    counts = {mark: sum(line.count(mark) for line in head) for mark in _DELIMITERS}
    return max(counts, key=lambda mark: counts[mark]) if any(counts.values()) else ","


def _workbook(path: Path, sheet: str | None, notes: list[str]) -> Iterator[_Line]:
    check_workbook(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that openpyxl leaves out
            book = openpyxl.load_workbook(path, read_only=True, data_only=False)
            chosen = _sheet(path, book, sheet, notes)
            for no, cells in enumerate(book[chosen].iter_rows(), start=1):
                yield _line(no, cells)
            book.close()
    except (*DAMAGED, *_MALFORMED) as error:
        raise UnreadableFile(path, f"it can't be read as a workbook ({error}).") from None


def _sheet(path: Path, book: Any, sheet: str | None, notes: list[str]) -> str:
    names = [each.title for each in book.worksheets]
    if sheet is not None:
        if sheet not in names:
            raise UnreadableFile(path, f"it has no sheet “{sheet}”; there are: {', '.join(names)}.")
        return sheet
    held = [each.title for each in book.worksheets if (each.max_row or 0) > 1]
    if len(held) > 1:
        raise UnreadableFile(
            path, f"it holds several sheets ({', '.join(held)}); say which: --sheet."
        )
    if not held:
        raise UnreadableFile(path, "none of its sheets holds a table.")
    if len(names) > 1:
        notes.append(f"read from the sheet “{held[0]}”; the others are empty")
    return str(held[0])


def _line(no: int, cells: Sequence[Any]) -> _Line:
    texts, doubts = [], []
    for index, cell in enumerate(cells, start=1):
        if cell.data_type == "f":
            doubts.append(
                f"cell {get_column_letter(index)}{no} holds a formula, whose value is not taken; "
                "paste it as a value"
            )
            texts.append("")
        else:
            texts.append(_text(cell.value))
    return no, texts, tuple(doubts)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        is_day = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if is_day else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _header(path: Path, lines: Sequence[_Line], notes: list[str]) -> int:
    """Which line names the columns: the first that is nearly as full as the fullest."""
    head = [sum(bool(cell.strip()) for cell in cells) for _, cells, _ in lines[:_LOOKED_AT]]
    start = next((i for i, count in enumerate(head) if count > 1 and count * 2 >= max(head)), None)
    if start is None or len(lines) <= start + 1:
        raise UnreadableFile(path, "it holds no table: a line that names columns, and rows below.")
    for no, cells, _ in lines[:start]:
        said = " ".join(cell.strip() for cell in cells if cell.strip())
        notes.append(f"line {no} is a title, “{said}”")
    return start


def _named(header: Sequence[str], lines: Sequence[_Line], notes: list[str]) -> list[str]:
    """A name for every column; blank for one that is empty throughout."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    width = max(len(header), *(len(cells) for _, cells, _ in lines))
    for index in range(width):
        name = " ".join(header[index].split()) if index < len(header) else ""
        if not name:
            if any(len(cells) > index and cells[index].strip() for _, cells, _ in lines):
                name = f"column {get_column_letter(index + 1)}"
                notes.append(f"{name} has no name")
        else:
            seen[name] += 1
            if seen[name] > 1:
                notes.append(f"two columns are called “{name}”")
                name = f"{name} ({seen[name]})"
        names.append(name)
    return names


def _row(line: _Line, columns: Sequence[str], where: Coordinates | None) -> Row:
    no, cells, doubts = line
    fields = {
        name: (cells[index].strip() or None) if index < len(cells) else None
        for index, name in enumerate(columns)
        if name
    }
    if where is None:
        return Row(no, fields, doubts=doubts)
    stated = (fields.get(where.system) if where.system else None) or where.stated
    try:
        shape = _shape(fields, where)
    except ValueError as error:
        return Row(no, fields, None, stated, doubts, refused=str(error))
    return Row(no, fields, shape, stated, doubts)


def _shape(fields: dict[str, str | None], where: Coordinates) -> Any:
    if where.wkt is not None:
        text = fields[where.wkt]
        if text is not None and is_too_deep(text):
            raise ValueError(f"{where.wkt} is nested deeper than any shape")
        try:
            return None if text is None else shapely.from_wkt(text)
        except (ShapelyError, NotImplementedError) as error:
            raise ValueError(f"{where.wkt} is no WKT ({error})") from None
    pair = [fields[where.x], fields[where.y]]
    if pair == [None, None]:
        return None
    at = []
    for name, text in zip((where.x, where.y), pair, strict=True):
        if text is None:
            raise ValueError(f"{name} is blank, while the other coordinate is not")
        if not _NUMBER.fullmatch(text):
            raise ValueError(f"{name} holds “{text[:80]}”, which is no number")
        at.append(float(text.replace(",", "")))
    if not all(map(math.isfinite, at)):
        raise ValueError(f"{where.x}, {where.y} holds “{pair[0]}, {pair[1]}”, which is no place")
    return shapely.Point(*at)
