"""A sheet is recorded in one transaction: what breaks off in the middle leaves nothing behind."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from disposals.casework import sheet
from disposals.disclosure.fields import Audience
from disposals.disclosure.programme import Asked, milestones
from disposals.disclosure.seen import versions
from disposals.disclosure.sheet import rows
from disposals.exports.sheet import write_sheet
from disposals.register import Register
from disposals.vocabulary import SheetColumn
from tests.conftest import stamp

REF = "steele-avenue"


def told(register: Register) -> list[Any]:
    on = stamp().on
    return [
        versions(register, REF),
        milestones(register, Asked(ref=REF), audience=Audience.OFFICER, on=on),
    ]


def test_a_break_in_the_middle_leaves_nothing_half_done(
    kent: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "programme.xlsx"
    write_sheet(path, rows(kent, REF))
    book = openpyxl.load_workbook(path)
    cells = book["Programme"]
    column = {name: no for no, name in enumerate(SheetColumn, start=1)}
    for row in (3, 4):
        cells.cell(row, column[SheetColumn.FORECAST]).value = "2024"
        cells.cell(row, column[SheetColumn.BECAUSE]).value = "The scheme is put off"
    book.save(path)
    before, record = told(kent), sheet._record
    recorded: list[Any] = []

    def breaks_off(*facts: Any) -> None:
        if recorded:
            raise KeyboardInterrupt
        recorded.append(facts)
        record(*facts)

    monkeypatch.setattr(sheet, "_record", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        sheet.take(kent, path, stamp(), apply=True)
    assert recorded
    assert told(kent) == before

    monkeypatch.undo()
    assert len(sheet.take(kent, path, stamp(), apply=True).changes) == 2
    assert told(kent) != before
