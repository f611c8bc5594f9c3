"""What a field holds stays text, a number is one or is refused, and a bad row is refused alone."""

from pathlib import Path

import pytest
from shapely import Point

from sites.errors import UnreadableFile
from sites.reading import read_rows
from tests.files_of_land import a_kml, a_layer, a_workbook, refused

HARMFUL = "<script>alert(1)</script>../../etc/passwd\x07 =cmd()|' /C calc'!A0"


def test_texts_with_markup_paths_and_formulas_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'ref,name\nyard,"{HARMFUL}"\n', encoding="utf-8")
    assert read_rows(path).rows[0].fields["name"] == HARMFUL


def test_a_formula_in_a_workbook_is_not_believed(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", ["ref", "name"], ["yard", "=HYPERLINK(1,2)"])
    row = read_rows(path).rows[0]
    assert row.fields["name"] is None
    assert row.doubts == ("cell B2 holds a formula, whose value is not taken; paste it as a value",)


@pytest.mark.parametrize("name", ["The\x00 yard", "<b>&amp;</b>", "../../x", "a\u202eb", "=1+1"])
def test_a_name_comes_as_it_is_through_a_table(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"ref,name\nyard,{name}\n", encoding="utf-8", newline="")
    assert read_rows(path).rows[0].fields["name"] == name


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "fgb", "gml"])
@pytest.mark.parametrize(
    "name", ["<b>&amp;</b>", "../../x", "a\u202eb", "=cmd()", "'; DROP TABLE x"]
)
def test_a_name_comes_as_it_is_through_a_map_layer(tmp_path: Path, suffix: str, name: str) -> None:
    path = a_layer(tmp_path / f"a.{suffix}", name=name)
    assert read_rows(path).rows[0].fields["name"] == name


@pytest.mark.parametrize(
    ("wkt", "says"),
    [
        (
            "GEOMETRYCOLLECTION(" * 9_000 + "POINT(1 2)" + ")" * 9_000,
            "nested deeper than any shape",
        ),
        ("CURVEPOLYGON (CIRCULARSTRING (0 0, 1 1, 2 0, 1 -1, 0 0))", "is no WKT"),
        ("POLYGON ((0 0, 1 1", "is no WKT"),
        ("=POINT(1 2)", "is no WKT"),
    ],
    ids=["deep", "curved", "cut short", "a formula"],
)
def test_wkt_that_can_not_be_read_refuses_its_row_alone(
    tmp_path: Path, wkt: str, says: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'ref,wkt\nyard,"{wkt}"\nmill,POINT (558300 174700)\n')
    bad, good = read_rows(path).rows
    assert says in bad.refused
    assert (good.refused, good.shape) == ("", Point(558_300, 174_700))


def test_wkt_of_curves_is_refused_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.wkt"
    path.write_text("POINT (1 2)\nCURVEPOLYGON (CIRCULARSTRING (0 0, 1 1, 2 0, 1 -1, 0 0))\n")
    with pytest.raises(UnreadableFile, match="line 2 is no WKT"):
        read_rows(path)


@pytest.mark.parametrize(
    "number",
    ["51,45", "558300,5", "1_000", "0x10", "٣٤", "5583OO", "=1+1", "1e", ".", "--1", ",100"],
)
def test_what_is_no_number_is_not_made_one(tmp_path: Path, number: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'ref,easting,northing\nyard,"{number}",174700\n', encoding="utf-8")
    assert refused(path) == f"easting holds “{number}”, which is no number"


@pytest.mark.parametrize(
    "number", ["558300", "558,300", "558,300.0", "+558300.", "5.583e5", " 558300 "]
)
def test_a_number_may_be_written_in_these_ways(tmp_path: Path, number: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'ref,easting,northing\nyard,"{number}",174700\n')
    assert read_rows(path).rows[0].shape == Point(558_300, 174_700)


def test_times_that_a_kml_does_not_give_are_empty(tmp_path: Path) -> None:
    (row,) = read_rows(a_kml(tmp_path / "a.kml")).rows
    assert row.fields["Name"] == "Yard"
    assert "NaT" not in row.fields.values()
