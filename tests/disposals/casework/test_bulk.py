"""Evidence from a file: every kind of file says the same, and one wrong row stops them all."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from disposals.casework.bulk import rows_in
from disposals.casework.forms import form
from disposals.casework.recording import Told
from disposals.errors import BadFact, NoSuchCase
from sites.errors import UnreadableFile

TODAY = date(2021, 9, 30)
ROWS: list[dict[str, Any]] = [
    {"disposal": "mill-lane", "bidder": "Ash Homes", "price": "£1,250,000", "units": "40"},
    {"disposal": "old-depot", "bidder": "Beech Living", "price": "900000.50", "units": None},
]


def as_csv(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def as_xlsx(path: Path, rows: list[dict[str, Any]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    book.save(path)


def as_json(path: Path, rows: list[dict[str, Any]]) -> None:
    told = [{name: value for name, value in row.items() if value is not None} for row in rows]
    path.write_text(json.dumps({"bid": told}), encoding="utf-8")


def as_toml(path: Path, rows: list[dict[str, Any]]) -> None:
    lines = []
    for row in rows:
        lines.append("[[bid]]")
        lines += [f'"{name}" = "{value}"' for name, value in row.items() if value is not None]
    path.write_text("\n".join(lines), encoding="utf-8")


KINDS: dict[str, Callable[[Path, list[dict[str, Any]]], None]] = {
    "csv": as_csv, "xlsx": as_xlsx, "json": as_json, "toml": as_toml,
}  # fmt: skip


def read(path: Path, kind: str = "bid", **asked: Any) -> list[Told]:
    return rows_in(
        path, form(kind), TODAY, fixed={}, ref=None, refuse_unknown=refuse_unknown, **asked
    )


def refuse_unknown(ref: str) -> None:
    """There is but one case of Steele Avenue."""
    if ref.startswith("steele-avenue") and ref != "steele-avenue":
        raise NoSuchCase(ref, "steele-avenue")


@pytest.mark.parametrize("suffix", KINDS)
def test_every_kind_of_file_says_the_same(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bids.{suffix}"
    KINDS[suffix](path, ROWS)
    first, second = read(path)
    assert (first.ref, second.ref) == ("mill-lane", "old-depot")
    assert first.facts["price_pence"] == 125_000_000
    assert first.facts["units"] == 40
    assert second.facts["price_pence"] == 90_000_050
    assert "units" not in second.facts
    assert first.facts["received_on"] == TODAY


@pytest.mark.parametrize("suffix", KINDS)
@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("price", "-5", "“-5” is not an amount of money"),
        ("price", "about a million", "is not an amount of money"),
        ("affordable percent", "lots", "is not a percentage"),
        ("units", "12.5", "“12.5” is not a whole number"),
        ("longstop on", "31/06/2022", "31/06/2022"),
        ("subject to planning", "perhaps", "neither yes nor no"),
        ("bidder", None, "bidder is missing"),
        ("colour", "blue", "There is no “colour” here"),
        ("disposal", None, "it names no disposal"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row_and_its_column(
    tmp_path: Path, suffix: str, column: str, value: str | None, said: str
) -> None:
    rows: list[dict[str, Any]] = [{**row, column: row.get(column)} for row in ROWS]
    rows[1][column] = value
    path = tmp_path / f"bids.{suffix}"
    KINDS[suffix](path, rows)
    with pytest.raises(BadFact) as refused:
        read(path)
    place = "row 3:" if suffix in {"csv", "xlsx"} else "entry 2:"
    assert str(refused.value).startswith(f"Nothing was recorded, for 1 row of {path.name}")
    assert place in str(refused.value)
    assert said in str(refused.value)


def test_two_wrong_rows_are_both_named(tmp_path: Path) -> None:
    path = tmp_path / "bids.csv"
    as_csv(path, [{**row, "units": "many"} for row in ROWS])
    with pytest.raises(BadFact, match=r"for 2 rows(.|\n)*row 2: (.|\n)*row 3: "):
        read(path)


def test_all_that_is_wrong_is_named_at_once_and_a_column_once_for_all_rows(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bids.csv"
    row = {"disposal": "steele-avenue", "bidder": "Bidder A", "price": "£5", "received": "11:40"}
    wrong = {**row, "disposal": "steele-avenue/part-9", "bidder": None, "price": "lots"}
    as_csv(path, [row, wrong, wrong])
    with pytest.raises(BadFact) as refused:
        read(path)
    first, column, second, third = str(refused.value).splitlines()
    assert first == "Nothing was recorded, for 3 rows of bids.csv can't be right."
    assert column.startswith(
        "row 2 and 2 more: There is no “received” here. Did you mean received-on or received-at? "
        "There are bidder, "
    )
    assert str(refused.value).count("There are bidder") == 1
    assert second == (
        "row 3: There is no disposal “steele-avenue/part-9” in this register. Did you mean "
        "steele-avenue? price: “lots” is not an amount of money. Write 1250000 or £1,250,000.50. "
        "bidder is missing: Who offers."
    )
    assert third == second.replace("row 3", "row 4")


def test_what_json_leaves_empty_is_not_told_and_a_list_is_no_value(tmp_path: Path) -> None:
    path = tmp_path / "bids.json"
    row = {"disposal": "mill-lane", "bidder": "Ash Homes", "price": None}
    path.write_text(json.dumps([row]), encoding="utf-8")
    (told,) = read(path)
    assert "price_pence" not in told.facts
    path.write_text(json.dumps([{**row, "bidder": None}]), encoding="utf-8")
    with pytest.raises(BadFact, match="bidder is missing"):
        read(path)
    path.write_text(json.dumps([{**row, "bidder": ["Ash", "Beech"]}]), encoding="utf-8")
    with pytest.raises(BadFact, match="bidder: one value is asked for, and a list"):
        read(path)


def test_a_formula_where_a_number_belongs_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bids.xlsx"
    as_xlsx(path, [ROWS[0], {**ROWS[1], "price": "=1000000-1"}])
    with pytest.raises(BadFact, match=r"row 3: .*formula"):
        read(path)


def test_the_day_and_openness_of_a_row_are_its_own(tmp_path: Path) -> None:
    path = tmp_path / "bids.csv"
    as_csv(path, [{**ROWS[0], "on": "28/09/2021", "open": "yes", "note": "as sent"}])
    (row,) = read(path)
    assert row.facts["received_on"] == date(2021, 9, 28)
    assert row.facts["disclosure"] == "open"
    assert "note" not in row.facts


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bids.csv", b"disposal,bidder,price\n", "it holds no table"),
        ("bids.toml", b"bid = 3", "must hold a list of entries"),
        ("bids.toml", b"[[bid]\n", "not what its name says"),
        ("bids.json", b'"bids"', "must hold a list of entries"),
        ("bids.json", b"[1, 2]", "must hold a list of entries"),
        ("bids.json", b"\xff\xfe\x00", "not what its name says"),
        ("bids.json", b"[" * 100_000, "not what its name says"),
        ("bids.doc", b"x", "it must be TOML, JSON, CSV or XLSX"),
        ("bids.xlsx", b"PK not a workbook", "bids.xlsx"),
    ],
)
def test_a_file_that_holds_no_entries_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises((BadFact, UnreadableFile)) as refused:
        read(path)
    assert said in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="can't be read"):
        read(tmp_path / "bids.toml")
