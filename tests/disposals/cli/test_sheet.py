"""The programme out to a spreadsheet and back in: a difference first, all of it or nothing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Said

Line = Callable[..., Said]
WHOLE, ONE = "steele-avenue", "steele-avenue/part-1"
pytestmark = pytest.mark.usefixtures("kent")


class Sheet:
    """A sheet in an officer's hands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.cells = self.book["Programme"]
        self.columns = {str(cell.value): index for index, cell in enumerate(self.cells[1], 1)}

    def row_of(self, no: int, ref: str = ONE) -> int:
        """The row that is about a milestone."""
        return next(
            index
            for index, row in enumerate(self.cells.iter_rows(min_row=2), 2)
            if (row[0].value, row[2].value) == (ref, no)
        )

    def write(self, no: int, ref: str = ONE, /, **cells: Any) -> int:
        """Fill in cells of a milestone's row; says which row that is."""
        row = self.row_of(no, ref)
        for column, value in cells.items():
            self.cells.cell(row, self.columns[column]).value = value
        self.book.save(self.path)
        return row


@pytest.fixture
def sheet(disposals: Line, tmp_path: Path) -> Sheet:
    path = tmp_path / "programme.xlsx"
    said = disposals("milestone", "sheet", WHOLE, "-o", str(path))
    assert (said.status, said.err.splitlines()[-1]) == (
        0, f"10 milestones written to {path}, for officers.",
    )  # fmt: skip
    return Sheet(path)


def taken(disposals: Line, sheet: Sheet, *rest: str) -> Said:
    return disposals("milestone", "take", str(sheet.path), "--on", "2022-03-01", *rest)


def versions(disposals: Line) -> list[int]:
    return [disposals("show", ref, "--json").json["version"] for ref in (WHOLE, ONE)]


def refused(disposals: Line, sheet: Sheet) -> str:
    before = versions(disposals)
    for rest in ((), ("--apply",)):
        said = taken(disposals, sheet, *rest)
        assert said.status == 1, said.out
        assert "Nothing was recorded" in said.err
    assert versions(disposals) == before
    return said.err


def test_a_sheet_that_nobody_edited_changes_nothing(disposals: Line, sheet: Sheet) -> None:
    before = versions(disposals)
    assert taken(disposals, sheet, "--apply").out == "Nothing to change: 10 rows unchanged.\n"
    assert versions(disposals) == before


def test_the_difference_is_shown_first_and_recorded_when_asked(
    disposals: Line, sheet: Sheet
) -> None:
    row = sheet.write(9, forecast="Nov 2022", because="The contractor starts later")
    sheet.write(2, actual="15 February 2022")
    said = taken(disposals, sheet)
    assert (
        f"row {row}: {ONE} 9. Developer starts work on site: forecast Aug 2022 → Nov 2022, "
        "for: The contractor starts later" in said.out
    )
    assert "2 changes, 8 rows unchanged. Nothing was recorded." in said.out
    assert versions(disposals)[1] == sheet.cells.cell(row, 2).value

    assert "2 changes recorded, 8 rows unchanged." in taken(disposals, sheet, "--apply").out
    lines = {
        line["no"]: line
        for line in disposals("milestones", ONE, "--as-of", "2022-03-01", "--json").json
    }
    assert (lines[9]["when"], lines[9]["baseline"]) == ("Nov 2022", "Aug 2022")
    assert lines[9]["because"] == "The contractor starts later"
    assert (lines[2]["met"], lines[2]["when"]) == (True, "15 February 2022")
    told = disposals("history", ONE, "--json").json[-2:]
    assert [(entry["act"], entry["because"]) for entry in told] == [
        ("milestone met", None),
        ("milestone forecast", "The contractor starts later"),
    ]


def test_a_date_typed_into_another_program_and_the_same_date_in_other_words(
    disposals: Line, sheet: Sheet
) -> None:
    sheet.write(9, forecast=datetime(2022, 11, 14), because="Agreed")  # noqa: DTZ001 (a cell)
    sheet.write(10, forecast="September 2023")
    changes = taken(disposals, sheet, "--json").json["changes"]
    assert [change["after"]["as_written"] for change in changes] == ["2022-11-14"]


def test_what_is_pushed_by_a_change_is_told_and_left_where_it_is(
    disposals: Line, sheet: Sheet
) -> None:
    sheet.write(5, forecast="Oct 2022", because="Objections")
    said = taken(disposals, sheet)
    assert "! 8. KCC completes land sale to developer" in said.out
    assert "comes after milestone 5 and wants Oct 2022" in said.out


WRONG: list[tuple[int, dict[str, Any], str]] = [
    (9, {"forecast": "=TODAY()"}, "holds a formula, whose value is not taken"),
    (9, {"disposal": "steel-avenue"}, "column “disposal”: there is no disposal “steel-avenue”"),
    (9, {"no": 19}, f"column “no”: {ONE} has no milestone “19”"),
    (9, {"no": "9" * 5000}, "column “no”: "),
    (9, {"version": "9" * 5000, "actual": "1 March 2022"}, "is no version"),
    (9, {"no": 8}, "column “no”: row 8 is about this one already"),
    (9, {"milestone": "Topping out"}, "column “milestone”: it is “Developer starts work on site”"),
    (9, {"owner": "Me"}, "column “owner”: it is “”, and a sheet does not change that"),
    (9, {"baseline": "Nov 2022"}, "the baseline “Aug 2022” is never altered"),
    (9, {"baseline": "soon"}, "the baseline “Aug 2022” is never altered"),
    (9, {"forecast": None}, "column “forecast”: it is blank; it was “Aug 2022”"),
    (9, {"forecast": "31 June 2022"}, "column “forecast”: “31 June 2022” is not a date as it"),
    (9, {"forecast": "Nov 2022"}, "column “because”: “Nov 2022” is another forecast than “Aug"),
    (9, {"because": "No reason"}, "column “because”: it gives a reason, but no date"),
    (9, {"actual": "2 March 2022"}, "column “actual”: 2 March 2022 lies after 1 March 2022"),
    (9, {"actual": "Feb 2022"}, "column “actual”: “Feb 2022” is no single day"),
    (9, {"actual": "2022-02-30"}, "February 2022 has 28 days"),
    (9, {"version": None, "actual": "1 March 2022"}, "column “version”: “” is no version"),
    (9, {"forecast": "May 2022", "because": "Hope"}, "comes after milestone 8, which allows"),
    (2, {"forecast": "Mar 2022", "because": "x", "actual": "1 March 2022"}, "forecast no more"),
]


@pytest.mark.parametrize(("no", "cells", "said"), WRONG, ids=[str(each[1])[:40] for each in WRONG])
def test_a_row_that_can_t_be_right_is_refused_with_row_and_column_and_stops_all(
    disposals: Line, sheet: Sheet, no: int, cells: dict[str, Any], said: str
) -> None:
    sheet.write(3, forecast="May 2022", because="This one would be right")
    row = sheet.write(no, **cells)
    told = refused(disposals, sheet)
    assert said in told
    assert f"row {row}: " in told


def test_every_wrong_row_is_named_at_once(disposals: Line, sheet: Sheet) -> None:
    first, second = sheet.write(2, baseline="2023"), sheet.write(9, forecast="soon")
    told = refused(disposals, sheet)
    assert "2 rows are refused" in told
    assert f"row {first}: column “baseline”" in told
    assert f"row {second}: column “forecast”: “soon” is not a date" in told


def test_a_case_that_someone_changed_meanwhile_is_refused_by_name_and_the_rest_is_not_blamed(
    disposals: Line, sheet: Sheet
) -> None:
    row = sheet.write(9, forecast="Nov 2022", because="The contractor starts later")
    sheet.write(1, WHOLE, actual="30 November 2021")
    disposals(
        "hold", ONE, "--because", "Postponed", "--by", "Head of Property", "--on", "2022-02-01"
    )
    told = refused(disposals, sheet)
    assert "1 row is refused" in told
    assert f"row {row}: {ONE} has changed since you looked at it" in told
    assert "Head of Property recorded “hold”" in told


def test_what_someone_else_met_meanwhile_is_not_taken_for_an_edit(
    disposals: Line, sheet: Sheet
) -> None:
    disposals("milestone", "meet", ONE, "2", "--on", "2022-02-15")
    told = refused(disposals, sheet)
    assert f"row {sheet.row_of(2)}: {ONE} has changed since you looked at it" in told
    assert "1 row is refused" in told


def test_a_milestone_that_evidence_meets_is_not_ticked(disposals: Line, tmp_path: Path) -> None:
    add = ("milestone", "add", ONE, "--name", "Terms", "--when", "2022", "--met-by")
    assert disposals(*add, "terms.agreed").status == 0
    path = tmp_path / "p.xlsx"
    disposals("milestone", "sheet", ONE, "-o", str(path))
    sheet = Sheet(path)
    sheet.write(11, actual="1 February 2022")
    assert "met by the evidence: terms.agreed. Nobody ticks it" in refused(disposals, sheet)


def test_what_is_no_sheet_of_the_programme_is_refused(disposals: Line, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    assert (
        "it has no sheet “Programme”"
        in disposals("milestone", "take", str(tmp_path / "other.xlsx")).err
    )
    cells = book.active
    assert cells is not None
    cells.title = "Programme"
    cells.append(["disposal", "no"])
    cells.append(["x", 1])
    book.save(tmp_path / "other.xlsx")
    said = disposals("milestone", "take", str(tmp_path / "other.xlsx"))
    assert (said.status, "it has no column “version”" in said.err) == (1, True)
    assert disposals("milestone", "take", str(tmp_path / "none.xlsx")).status == 1
