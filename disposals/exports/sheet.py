"""The programme as one XLSX, in which officers write forecasts and bring them back."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from disposals.disclosure.sheet import Row
from disposals.vocabulary import SHEET_TITLE, SheetColumn
from sites.writing import whole_file

_WIDTHS = {
    SheetColumn.DISPOSAL: 26, SheetColumn.VERSION: 9, SheetColumn.NO: 6, SheetColumn.MILESTONE: 60,
    SheetColumn.OWNER: 22, SheetColumn.BASELINE: 18, SheetColumn.FORECAST: 18,
    SheetColumn.ACTUAL: 14, SheetColumn.BECAUSE: 50,
}  # fmt: skip
_WRITTEN_IN = (SheetColumn.FORECAST, SheetColumn.ACTUAL, SheetColumn.BECAUSE)
_DATES = (SheetColumn.BASELINE, SheetColumn.FORECAST, SheetColumn.ACTUAL)
_HEAD, _OPEN = PatternFill("solid", fgColor="1F3A4D"), PatternFill("solid", fgColor="FFF7DB")
_HOW = """\
Exempt: for officers alone.
Write in the yellow columns only. Rows may be sorted, filtered or left out.
forecast: a date as you would write it, such as 15 July 2022, Jul 2022, Nov/Dec 2022, Q2 2023 or \
by the end of 2027. A changed forecast wants its reason under “because”.
actual: the day on which the milestone was met, such as 15 July 2022; never a day to come.
The baseline is never altered. The version says how each case stood when this was written: a row \
that differs from a case that has changed since is refused.
Look at the difference with `disposals milestone take FILE`; record it with --apply. If any row is \
refused, nothing is recorded.
"""


def write_sheet(path: Path, rows: Iterable[Row]) -> int:
    """Write the programme, whole or not at all; says how many milestones it holds.

    Dates are texts, so that no spreadsheet makes 1 July of “Jul 2022”.

    Raises:
        CannotWrite: the file can't be written; what was there before stays.
    """
    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = SHEET_TITLE
    number = 0
    _head(sheet)
    for number, row in enumerate(rows, start=1):
        for index, column in enumerate(SheetColumn, start=1):
            _write(cast("Cell", sheet.cell(number + 1, index)), column, row[column])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(SheetColumn))}{number + 1}"
    how = book.create_sheet("How to")
    how.column_dimensions["A"].width = 110
    for no, sentence in enumerate(_HOW.splitlines(), start=1):
        how.cell(no, 1, sentence).alignment = Alignment(wrap_text=True, vertical="top")
    made = BytesIO()
    book.save(made)
    with whole_file(path) as file:
        file.write(made.getvalue())
    return number


def _head(sheet: Worksheet) -> None:
    for index, column in enumerate(SheetColumn, start=1):
        cell = sheet.cell(1, index, column.value)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = _HEAD
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS[column]
    sheet.freeze_panes = "A2"


def _write(cell: Cell, column: SheetColumn, value: str | int) -> None:
    if isinstance(value, str):
        cell.value = "".join(c for c in value if c.isprintable() or c == "\n") or None
        if cell.value is not None:
            cell.data_type = "s"  # a name that begins with = is no formula
    else:
        cell.value = value
    if column in _DATES:
        cell.number_format = "@"
    if column in _WRITTEN_IN:
        cell.fill = _OPEN
    cell.alignment = Alignment(wrap_text=True, vertical="top")
