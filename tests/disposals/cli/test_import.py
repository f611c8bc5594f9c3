"""`disposals site import`: published registers taken in, every row accounted for."""

import csv
import json
import math
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from shapely import Point

from disposals.storage.address import Place
from sites.projection import from_wgs84
from tests.conftest import Said
from tests.places import as_it_is

Line = Callable[..., Said]
DATA = Path(__file__).parents[2] / "data"
TRAFFORD = DATA / "asset-registers" / "trafford.csv"
DARTFORD_2018 = DATA / "brownfield" / "dartford-2018.csv"
DARTFORD_2019 = DATA / "brownfield" / "dartford-2019.csv"
MAIDSTONE = DATA / "brownfield" / "maidstone-2019.csv"

pytestmark = pytest.mark.usefixtures("register")


def fates(told: Mapping[str, Any]) -> dict[str, int]:
    """How many rows met which fate."""
    return dict(Counter(each["fate"] for each in told["outcomes"]))


def sites(disposals: Line) -> dict[str, dict[str, Any]]:
    """The sites of the register by reference."""
    return {line["reference"]: line for line in disposals("site", "list", "--json").json}


def position(disposals: Line, ref: str) -> tuple[float, float]:
    """Where a site known as a point lies."""
    page = disposals("site", "show", ref, "--json").json
    return page["easting"], page["northing"]


def a_file(folder: Path, text: str, name: str = "sites.csv") -> Path:
    """A file as someone would send it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_row_of_traffords_608_assets_is_accounted_for(disposals: Line) -> None:
    told = disposals("site", "import", str(TRAFFORD), "--json").json
    assert len(told["outcomes"]) == 608
    assert fates(told) == {"created": 607, "refused": 1}
    assert (
        "372 rows with a position and 235 rows with neither boundary nor position"
        in (told["notes"])
    )
    located = Counter(line["located_by"] for line in sites(disposals).values())
    assert located == {"point": 372, "nothing": 235}


def test_the_swapped_coordinate_and_the_far_assets_are_named(disposals: Line) -> None:
    told = disposals("site", "import", str(TRAFFORD), "--json").json
    by_key = {each["key"]: each for each in told["outcomes"]}
    swapped = by_key["TMBC0396/P0000036"]
    assert swapped["fate"] == "refused"
    assert "latitude and longitude swapped" in swapped["why"][0]
    assert "easting 375804, northing 395697" in swapped["why"][0]
    far = {key: each["notes"] for key, each in by_key.items() if each["notes"]}
    assert set(far) == {"TMBC0125", "TMBC0126"}
    assert "lies 26 km from the middle of the other positions" in far["TMBC0126"][0]


def test_the_certain_reading_of_a_swapped_coordinate_is_taken_when_asked_for(
    disposals: Line,
) -> None:
    told = disposals("site", "import", str(TRAFFORD), "--fix", "--json").json
    assert fates(told) == {"created": 608}
    fixed = next(each for each in told["outcomes"] if each["key"] == "TMBC0396/P0000036")
    assert any("swapped" in note for note in fixed["notes"])
    assert position(disposals, "tmbc0396-p0000036") == pytest.approx((375_804, 395_697), abs=1)


@pytest.mark.parametrize("file", [TRAFFORD, DARTFORD_2018, DARTFORD_2019, MAIDSTONE])
def test_the_same_file_twice_changes_nothing_the_second_time(disposals: Line, file: Path) -> None:
    first = disposals("site", "import", str(file), "--json").json
    before = sites(disposals)
    again = disposals("site", "import", str(file), "--json").json
    assert set(fates(again)) <= {"unchanged", "refused"}
    assert fates(again)["unchanged"] == fates(first)["created"]
    assert sites(disposals) == before


def test_dartfords_two_registers_agree_on_the_sites_that_did_not_move(disposals: Line) -> None:
    disposals("site", "import", str(DARTFORD_2018))
    metres = {ref: position(disposals, ref) for ref in sites(disposals)}
    told = disposals("site", "import", str(DARTFORD_2019), "--dry-run", "--json").json
    moved = {each["ref"] for each in told["outcomes"] if any("moved" in why for why in each["why"])}
    kept = set(metres) - moved
    # The fourteenth, no. 5, has a latitude of five decimals that puts it 1.01 m to the south.
    assert len(kept) == 13
    assert [w for e in told["outcomes"] if e["ref"] == "dartford-5" for w in e["why"]][1] == (
        "moved 1.01 m, to easting 557472.01, northing 174820.99"
    )
    disposals("site", "import", str(DARTFORD_2019), "--preset", "brownfield")
    with DARTFORD_2019.open(encoding="utf-8-sig", newline="") as file:
        degrees = {f"dartford-{row['SiteReference']}": row for row in csv.DictReader(file)}
    for ref in kept:
        row = degrees[ref]
        there = from_wgs84(Point(float(row["GeoX"]), float(row["GeoY"])))
        assert math.dist((there.x, there.y), metres[ref]) < 0.10


def test_maidstones_register_comes_in_with_its_title_and_its_odd_label_named(
    disposals: Line,
) -> None:
    told = disposals("site", "import", str(MAIDSTONE), "--json").json
    assert fates(told) == {"created": 158}
    assert "line 1 is a title, “MBC Brownfield Land Register (2019) : Part 1”" in told["notes"]
    labelled = [
        each for each in told["outcomes"] if any("“Cartesian” names no" in n for n in each["notes"])
    ]
    assert len(labelled) == 158
    said = disposals("site", "import", str(MAIDSTONE), "--dry-run").out
    assert "158 rows: “Cartesian” names no system of coordinates" in said


def test_a_dry_run_tells_every_row_and_writes_none(disposals: Line, place: Place) -> None:
    before = as_it_is(place)
    said = disposals("site", "import", str(DARTFORD_2018), "--dry-run")
    assert said.status == 0
    assert said.out.count("created") == 28 + 1
    assert "Nothing was written." in said.out
    assert as_it_is(place) == before


def test_the_report_has_a_line_for_every_row(disposals: Line, tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    disposals("site", "import", str(TRAFFORD), "--report", str(report))
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 608
    assert Counter(row["Fate"] for row in rows) == {"created": 607, "refused": 1}
    assert rows[0]["Key"] == "TMBC0001/T0000003"


def test_all_or_none_writes_nothing_where_a_row_is_refused(disposals: Line, place: Place) -> None:
    before = as_it_is(place)
    said = disposals("site", "import", str(TRAFFORD), "--all-or-none")
    assert said.status == 1
    assert "Nothing was written." in said.out
    assert as_it_is(place) == before


def test_a_column_may_be_named_for_a_field(disposals: Line, tmp_path: Path) -> None:
    file = a_file(tmp_path, "Code,What,Easting,Northing\nA 1,The yard,558300,174750\n")
    told = disposals(
        "site", "import", str(file), "--map", "ref=Code", "--map", "name=What", "--json"
    ).json
    assert told["outcomes"][0]["ref"] == "a-1"
    assert sites(disposals)["a-1"]["name"] == "The yard"


def test_a_formula_in_a_cell_stays_text_in_the_register_and_is_disarmed_in_what_is_written(
    disposals: Line, tmp_path: Path
) -> None:
    file = a_file(tmp_path, "ref,name,Easting,Northing\na,=cmd()|' /C calc'!A0,558300,174750\n")
    disposals("site", "import", str(file))
    assert sites(disposals)["a"]["name"] == "=cmd()|' /C calc'!A0"
    out = tmp_path / "out.csv"
    disposals("export", "csv", "-o", str(out))
    assert ",'=cmd()" in out.read_text("utf-8")


def test_two_rows_of_one_reference_are_not_laid_on_each_other(
    disposals: Line, tmp_path: Path
) -> None:
    file = a_file(tmp_path, "ref,name\nyard,The yard\nyard,Another yard\n")
    told = disposals("site", "import", str(file), "--json").json
    assert [each["fate"] for each in told["outcomes"]] == ["created", "refused"]
    assert "row 2 has the reference yard already" in told["outcomes"][1]["why"][0]


SQUARE = [[558_300, 174_700], [558_400, 174_700], [558_400, 174_800], [558_300, 174_800]]


def an_area(ring: list[list[int]], **fields: str) -> str:
    """A GeoJSON of one area on the National Grid, as older GIS write it."""
    return json.dumps(
        {
            "type": "FeatureCollection",
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
            "features": [
                {
                    "type": "Feature", "properties": fields,
                    "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
                }
            ],
        }
    )  # fmt: skip


def test_a_boundary_that_is_drawn_anew_asks_for_a_reason(disposals: Line, tmp_path: Path) -> None:
    file = a_file(tmp_path, an_area(SQUARE, ref="yard", name="The yard"), "a.geojson")
    disposals("site", "import", str(file))
    assert disposals("site", "show", "yard", "--json").json["boundary"]["area_m2"] == 10_000
    wider = [*SQUARE[:2], [558_410, 174_800], SQUARE[3]]
    later = a_file(tmp_path, an_area(wider, ref="yard", name="The yard"), "b.geojson")
    said = disposals("site", "import", str(later))
    assert said.status == 1
    assert "boundary: 500.00 m² gained, 0.00 m² lost" in " ".join(said.out.split())
    assert disposals("site", "show", "yard", "--json").json["boundary"]["area_m2"] == 10_000
    told = disposals("site", "import", str(later), "--because", "Surveyed anew", "--json").json
    assert fates(told) == {"updated": 1}
    assert disposals("site", "show", "yard", "--json").json["boundary"]["area_m2"] == 10_500
    assert [r["because"] for r in disposals("site", "history", "yard", "--json").json][-1] == (
        "Surveyed anew"
    )


def test_a_bow_tie_is_refused_with_its_place_and_mended_only_when_little_is_lost(
    disposals: Line, tmp_path: Path
) -> None:
    tie = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]
    file = a_file(tmp_path, an_area(tie, ref="yard", name="The yard"), "a.geojson")
    for extra in ((), ("--fix",)):
        said = disposals("site", "import", str(file), *extra, "--json")
        assert said.status == 1
        why = said.json["outcomes"][0]["why"][0]
        assert ("more than 1%" if extra else "easting 558350.00, northing 174750.00") in why


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        ("nowhere.csv", 1, "nowhere.csv"),
        ("https://example.org/a.geojson", 1, "example.org"),
        ("/vsicurl/https://example.org/a.geojson", 1, "vsicurl"),
        (f"{DARTFORD_2018} --preset brown", 1, "brown"),
        (f"{DARTFORD_2018} --map name=SiteNam", 1, "SiteName"),
        (f"{DARTFORD_2018} --map name", 2, "FIELD=COLUMN"),
        (f"{DARTFORD_2018} --update --preset brownfield", 2, "leave out --preset"),
        (f"{DARTFORD_2018} --update", 1, "has no field"),
        (f"{DARTFORD_2018} --layer roads", 1, "layer"),
    ],
)
def test_what_can_not_be_read_is_refused_and_the_register_is_as_it_was(
    disposals: Line, place: Place, line: str, status: int, says: str
) -> None:
    before = as_it_is(place)
    said = disposals("site", "import", *line.split())
    assert said.status == status
    assert says in " ".join((said.err + said.out).replace("│", " ").split())
    assert "Traceback" not in said.err
    assert as_it_is(place) == before


def test_positions_outside_the_area_of_the_council_are_named(
    disposals: Line, tmp_path: Path
) -> None:
    area = a_file(tmp_path, an_area(SQUARE, name="The borough"), "area.geojson")
    disposals("site", "area", str(area), "--name", "The borough", "--source", "its order")
    file = a_file(tmp_path, "ref,name,Easting,Northing\nfar,Far away,530000,180000\n")
    told = disposals("site", "import", str(file), "--json").json
    assert any("outside the council" in note for note in told["outcomes"][0]["notes"])
    checked = disposals("site", "check", "--json").json
    assert [p["kind"] for p in checked["problems"]] == ["outside"]


def test_a_small_fault_is_mended_when_asked_and_told_in_square_metres(
    disposals: Line, tmp_path: Path
) -> None:
    loop = [[558_400, 174_760], [558_402, 174_750], [558_402, 174_755], [558_398, 174_757]]
    looped = [*SQUARE[:2], *loop, *SQUARE[2:]]
    file = a_file(tmp_path, an_area(looped, ref="yard", name="The yard"), "a.geojson")
    said = disposals("site", "import", str(file), "--json")
    assert said.status == 1
    assert (
        "its edges cross at easting 558400.00, northing 174756.00"
        in (said.json["outcomes"][0]["why"][0])
    )
    told = disposals("site", "import", str(file), "--fix", "--json").json["outcomes"][0]
    assert told["fate"] == "created"
    assert any("m² gained" in note for note in told["notes"])
    assert disposals("site", "show", "yard", "--json").json["boundary"]["area_m2"] == pytest.approx(
        10_000, abs=60
    )


def test_land_that_overlaps_a_site_of_the_register_is_named(
    disposals: Line, tmp_path: Path
) -> None:
    yard = a_file(tmp_path, an_area(SQUARE, ref="yard", name="The yard"), "a.geojson")
    disposals("site", "import", str(yard))
    shifted = [[x + 50, y] for x, y in SQUARE]
    barn = a_file(tmp_path, an_area(shifted, ref="barn", name="The barn"), "b.geojson")
    told = disposals("site", "import", str(barn), "--json").json["outcomes"][0]
    assert "it overlaps yard" in told["notes"]
    again = disposals("site", "import", str(yard), "--json").json["outcomes"][0]
    assert (again["fate"], "it overlaps barn" in again["notes"]) == ("unchanged", True)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("assets.docx", "it is neither a map layer (GeoJSON, GeoPackage"),
        ("assets.gpkg", "it is damaged, or is not the map layer that its name says."),
    ],
)
def test_a_file_that_is_no_map_is_refused_without_the_words_of_gdal(
    disposals: Line, tmp_path: Path, name: str, says: str
) -> None:
    refused = disposals("site", "import", str(a_file(tmp_path, "Assets", name)))
    assert refused.status == 1
    assert says in refused.err
    assert "driver" not in refused.err


def test_a_word_document_is_told_from_an_archive_of_layers(disposals: Line, tmp_path: Path) -> None:
    word = tmp_path / "assets.docx"
    with zipfile.ZipFile(word, "w") as packed:
        packed.writestr("word/document.xml", "<document/>")
    refused = disposals("site", "import", str(word))
    assert refused.status == 1
    assert "it is neither a map layer" in refused.err


def test_rows_without_a_known_name_say_how_to_map_one(disposals: Line, tmp_path: Path) -> None:
    file = a_file(tmp_path, "UPRN,Asset name,Easting,Northing\n10001,Old yard,558300,174700\n")
    refused = disposals("site", "import", str(file), "--json")
    assert refused.status == 1
    [outcome] = refused.json["outcomes"]
    assert outcome["why"][0].endswith("say which column holds its name: `--map name='Asset name'`")
    taken = disposals("site", "import", str(file), "--map", "name=Asset name", "--json")
    assert fates(taken.json) == {"created": 1}


def test_what_rows_are_known_by_is_their_uprn_too(disposals: Line, tmp_path: Path) -> None:
    file = a_file(tmp_path, "UPRN,Asset name\n10001,Old yard\n")
    maps = ("--map", "ref=UPRN", "--map", "name=Asset name")
    taken = disposals("site", "import", str(file), *maps, "--json")
    assert "uprn is taken from UPRN, too" in taken.json["notes"]
    assert disposals("site", "show", "10001", "--json").json["uprn"] == "10001"
