"""Workbooks as spreadsheets read them: real numbers, a heading that stays, widths that fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

_WIDEST, _NARROWEST = 60, 8
_POUNDS = "£#,##0;[Red]-£#,##0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: what each column is called, and the rows. A Decimal is a sum of pounds."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def pounds(pence: int | None) -> Decimal | None:
    """Pounds of pence, exact."""
    return None if pence is None else Decimal(pence) / 100


def workbook(sheets: Iterable[Sheet], *, on: date) -> bytes:
    """A workbook of some sheets.

    Args:
        on: the day the file says it was made.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    for first in book.worksheets:
        book.remove(first)
    made = datetime.combine(on, time())
    book.properties.created = book.properties.modified = made
    book.properties.creator = "Disposals"
    for told in sheets:
        sheet = book.create_sheet(told.name)
        sheet.append([name.replace("_", " ") for name in told.columns])
        for row in told.rows:
            sheet.append([_cell(value) for value in row])
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = sheet.dimensions
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for number, name in enumerate(told.columns, start=1):
            values = [row[number - 1] for row in told.rows]
            widest = max(len(str(value)) for value in (name, *values) if value is not None)
            letter = get_column_letter(number)
            sheet.column_dimensions[letter].width = min(_WIDEST, max(_NARROWEST, widest + 4))
            if any(isinstance(value, Decimal) for value in values):
                for cell in sheet[letter][1:]:
                    cell.number_format = _POUNDS
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(value: Any) -> Any:
    """A text that begins as a formula does stays a text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        plain = str(value)
        return f"'{plain}" if plain[:1] in {"=", "+", "-", "@"} else plain
    return value
