"""`disposals site split` and `merge`: parts that make up their site, and keep their numbers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely import MultiPolygon, box
from shapely.geometry import mapping

from disposals.register import Register
from disposals.storage.address import Place
from tests.conftest import Said
from tests.places import as_it_is

Line = Callable[..., Said]
Refused = tuple[int, str]
FIELD = box(558_300, 174_700, 558_400, 174_800)
# Bensted House is cut in two by Lower Road; so is this one.
TWO_PIECES = MultiPolygon(
    [box(558_300, 174_700, 558_400, 174_740), box(558_300, 174_750, 558_400, 174_800)]
)
ACROSS = "LINESTRING (558290 174760, 558410 174760)"
UPWARDS = "LINESTRING (558350 174690, 558350 174810)"

pytestmark = pytest.mark.usefixtures("register")


def a_layer(path: Path, *shapes: tuple[dict[str, Any], Any]) -> Path:
    """A GeoJSON on the National Grid, as older GIS write it."""
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
                "features": [
                    {"type": "Feature", "properties": fields, "geometry": mapping(shape)}
                    for fields, shape in shapes
                ],
            }
        ),
        encoding="utf-8",
    )
    return path


def the_yard(disposals: Line, folder: Path, shape: Any = FIELD, *extra: str) -> None:
    """A site with a surveyed boundary."""
    disposals("site", "add", "yard", "--name", "The yard")
    file = a_layer(folder / "yard.geojson", ({}, shape))
    said = disposals(
        "site", "draw", "yard", str(file), "--source", "Survey 7", "--origin", "survey",
        "--because", "Surveyed", "--accuracy-m", "0.1", *extra,
    )  # fmt: skip
    assert said.status == 0, said.err


def split(disposals: Line, *line: str, ref: str = "yard") -> dict[int, float]:
    """The parts in force after a split, with their areas."""
    said = disposals("site", "split", ref, *line, "--json")
    assert said.status == 0, said.err
    return {part["no"]: round(part["area_m2"], 2) for part in said.json["parts"]}


def refused(disposals: Line, *line: str) -> str:
    """The sentence that a refusal says."""
    said = disposals("site", *line)
    assert said.status == 1
    return " ".join(said.err.split())


def land(disposals: Line, ref: str) -> Any:
    """The boundary of a site or part, as the map layer has it."""
    said = disposals("export", "csv", "yard", "--audience", "officer", "-o", "-")
    for line in said.out.splitlines():
        if f",{ref}," in line:
            return shapely.from_wkt(line.split('"')[-2])
    raise AssertionError(ref)


def test_a_line_makes_two_parts_that_sum_to_the_site(disposals: Line, tmp_path: Path) -> None:
    the_yard(disposals, tmp_path)
    assert split(disposals, "--line", ACROSS) == {1: 4_000, 2: 6_000}


def test_several_lines_make_several_parts(disposals: Line, tmp_path: Path) -> None:
    the_yard(disposals, tmp_path)
    made = split(disposals, "--line", ACROSS, "--line", UPWARDS)
    assert sorted(made.values()) == [2_000, 2_000, 3_000, 3_000]


def test_a_line_may_come_from_a_file(disposals: Line, tmp_path: Path) -> None:
    the_yard(disposals, tmp_path)
    file = a_layer(tmp_path / "cut.geojson", ({}, shapely.from_wkt(ACROSS)))
    assert split(disposals, "--line", str(file)) == {1: 4_000, 2: 6_000}


@pytest.mark.parametrize("bearing", ["0", "37.5", "90", "181", "359"])
def test_an_area_is_cut_off_to_the_square_metre(
    disposals: Line, tmp_path: Path, bearing: str
) -> None:
    the_yard(disposals, tmp_path)
    made = split(disposals, "--area", "0.25ha", "--bearing", bearing)
    assert made[1] == pytest.approx(2_500, abs=1)
    assert sum(made.values()) == pytest.approx(10_000, abs=0.01)


def test_parts_of_a_file_are_taken_by_their_numbers(disposals: Line, tmp_path: Path) -> None:
    the_yard(disposals, tmp_path)
    left, right = box(558_300, 174_700, 558_330, 174_800), box(558_330, 174_700, 558_400, 174_800)
    file = a_layer(tmp_path / "parts.geojson", ({"part": 1}, left), ({"part": 2}, right))
    named = ("--part", "1:Surgery:medical centre", "--part", "2:Homes:homes")
    assert split(disposals, "--parts", str(file), *named) == {1: 3_000, 2: 7_000}


@pytest.mark.parametrize(
    ("west", "says"),
    [
        (558_329.8, "Parts 1 and 2 overlap by 20.00 m² at easting 558329.90, northing 174750.00"),
        (558_330.2, "The parts leave a gap of 20.00 m² at easting 558330.10, northing 174750.00"),
    ],
)
def test_a_gap_or_an_overlap_is_refused_with_its_place_and_its_size(
    disposals: Line, tmp_path: Path, place: Place, west: float, says: str
) -> None:
    the_yard(disposals, tmp_path)
    left, right = box(558_300, 174_700, 558_330, 174_800), box(west, 174_700, 558_400, 174_800)
    file = a_layer(tmp_path / "parts.geojson", ({"part": 1}, left), ({"part": 2}, right))
    before = as_it_is(place)
    assert says in refused(disposals, "split", "yard", "--parts", str(file))
    assert as_it_is(place) == before


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("LINESTRING (558200 174600, 558250 174990)", "The line does not cross the land"),
        ("LINESTRING (558290 174750, 558350 174750)", "ends inside the land, at easting 558350.00"),
        ("LINESTRING (558300 174690, 558300 174810)", "only touches the land"),
        ("LINESTRING (558300.1 174690, 558300.1 174810)", "sliver"),
    ],
)
def test_a_line_that_parts_nothing_is_refused_with_its_place(
    disposals: Line, tmp_path: Path, line: str, says: str
) -> None:
    the_yard(disposals, tmp_path)
    assert says in refused(disposals, "split", "yard", "--line", line)


def test_a_dry_run_shows_the_parts_and_makes_none(
    disposals: Line, tmp_path: Path, place: Place
) -> None:
    the_yard(disposals, tmp_path)
    before = as_it_is(place)
    said = disposals("site", "split", "yard", "--line", ACROSS, "--dry-run")
    assert "would be split: 2 parts" in said.out
    assert "6,000.00 m²" in said.out
    assert as_it_is(place) == before


def test_a_part_split_again_and_merged_leaves_numbers_to_their_land(
    disposals: Line, tmp_path: Path
) -> None:
    the_yard(disposals, tmp_path)
    assert split(disposals, "--line", ACROSS) == {1: 4_000, 2: 6_000}
    again = split(
        disposals, "--line", "LINESTRING (558380 174690, 558380 174810)", ref="yard/part-2"
    )
    assert again == {1: 4_000, 2: 4_800, 3: 1_200}
    said = disposals("site", "merge", "yard", "--parts", "1,3", "--because", "One buyer", "--json")
    assert {part["no"]: part["area_m2"] for part in said.json["parts"]} == {1: 5_200, 2: 4_800}
    whole = disposals("site", "merge", "yard", "--parts", "1,2", "--because", "Sold whole")
    assert "The site is whole again." in whole.out
    assert land(disposals, "yard").equals(FIELD)
    # Number 3 was given to other land, so the new one is 4.
    anew = split(disposals, "--line", "LINESTRING (558340 174690, 558340 174810)")
    assert 3 not in anew


def test_the_history_of_every_part_that_ever_was_stays(disposals: Line, tmp_path: Path) -> None:
    the_yard(disposals, tmp_path)
    split(disposals, "--line", ACROSS)
    disposals("site", "merge", "yard", "--parts", "1,2", "--because", "Sold whole")
    for no in (1, 2):
        assert len(disposals("site", "history", f"yard/part-{no}", "--json").json) == 1


def sources(disposals: Line, part: str) -> list[tuple[str, str]]:
    """The source of every revision of a part's boundary, and why it was drawn."""
    told = disposals("site", "history", f"yard/{part}", "--json").json
    return [(each["source"], each["because"]) for each in told]


def test_each_part_says_what_it_was_cut_from(disposals: Line, tmp_path: Path) -> None:
    the_yard(disposals, tmp_path)
    split(disposals, "--line", ACROSS)
    third = "LINESTRING (558340 174690, 558340 174810)"
    split(disposals, "--line", third, ref="yard/part-2")
    sold = "The site is sold in parts."
    whole, part_2 = "cut from the boundary of yard", "cut from the boundary of yard/part-2"
    # The second cut ends on the edge of part 1, which takes up its vertex.
    shared = "Vertices that its neighbours share were added; no land was gained or lost."
    assert sources(disposals, "part-1") == [(whole, sold), (whole, shared)]
    assert sources(disposals, "part-2") == [(whole, sold), (part_2, sold)]
    assert sources(disposals, "part-3") == [(part_2, sold)]
    published = disposals("export", "geojson", "yard", "-o", "-").json["features"]
    told = {each["properties"]["reference"]: each["properties"] for each in published}
    assert told["yard/part-1"]["boundary_source"] == whole
    disposals("site", "merge", "yard", "--parts", "3,2", "--because", "One buyer")
    assert sources(disposals, "part-1")[-1] == (whole, shared)
    assert sources(disposals, "part-2")[-1] == ("parts 2 and 3 of yard as they were", "One buyer")


def test_what_is_cut_from_an_indicative_part_is_indicative(disposals: Line, tmp_path: Path) -> None:
    """A new survey of the site alone does not make a part surer that it leaves as it is."""
    the_yard(disposals, tmp_path, FIELD, "--indicative")
    split(disposals, "--line", ACROSS)
    survey = a_layer(tmp_path / "new.geojson", ({}, box(558_300, 174_690, 558_400, 174_800)))
    drawn = disposals(
        "site", "draw", "yard", str(survey), "--source", "Survey 8", "--because", "Surveyed"
    )
    assert drawn.status == 0, drawn.err
    split(disposals, "--line", UPWARDS, ref="yard/part-1")
    cut = disposals("site", "history", "yard/part-3", "--json").json
    assert [each["is_indicative"] for each in cut] == [True]


def test_the_same_boundary_drawn_again_changes_nothing(disposals: Line, tmp_path: Path) -> None:
    the_yard(disposals, tmp_path)
    disposals("open", "yard", "--name", "The yard", "--site", "yard")
    again = (
        "site", "draw", "yard", str(tmp_path / "yard.geojson"), "--source", "Survey 7",
        "--because", "Surveyed",
    )  # fmt: skip
    before = disposals("history", "yard").out
    assert disposals(*again).out == "yard has this very boundary already; nothing was changed.\n"
    assert disposals(*again, "--json").json["recorded"] is None
    assert len(disposals("site", "history", "yard", "--json").json) == 1
    assert disposals("history", "yard").out == before


def test_parts_are_no_surer_than_the_site_they_are_cut_from(
    disposals: Line, tmp_path: Path
) -> None:
    the_yard(disposals, tmp_path, FIELD, "--indicative", "--licence", "© Crown copyright")
    split(disposals, "--line", ACROSS)
    part = disposals("site", "history", "yard/part-1", "--json").json[0]
    assert (part["is_indicative"], part["accuracy_m"]) == (True, 0.1)
    assert part["licence"] == "© Crown copyright"
    site = disposals("site", "history", "yard", "--json").json[-1]
    assert (site["origin"], site["source"]) == ("survey", "Survey 7")
    assert "no land was gained or lost" in site["because"]


def test_a_site_in_two_pieces_is_split_into_its_pieces_or_across_them(
    disposals: Line, tmp_path: Path
) -> None:
    the_yard(disposals, tmp_path, TWO_PIECES)
    made = split(disposals, "--line", UPWARDS, "--allow-multipart")
    assert made == {1: 4_500, 2: 4_500}


def test_a_part_in_two_pieces_is_refused_unless_it_is_meant(
    disposals: Line, tmp_path: Path
) -> None:
    the_yard(disposals, tmp_path, TWO_PIECES)
    left = TWO_PIECES & box(558_300, 174_700, 558_350, 174_800)
    right = TWO_PIECES & box(558_350, 174_700, 558_400, 174_800)
    file = a_layer(tmp_path / "parts.geojson", ({"part": 1}, left), ({"part": 2}, right))
    says = refused(disposals, "split", "yard", "--parts", str(file))
    assert "Part 1 would lie in 2 pieces (2,000.00 m² and 2,500.00 m²)" in says
    assert "--allow-multipart" in says
    assert split(disposals, "--parts", str(file), "--allow-multipart") == {1: 4_500, 2: 4_500}


def test_names_for_other_parts_than_the_cut_gives_are_refused_with_the_pieces(
    disposals: Line, tmp_path: Path
) -> None:
    the_yard(disposals, tmp_path)
    says = refused(disposals, "split", "yard", "--line", ACROSS, "--part", "1:A:homes")
    assert "The cut gives 2 parts: part 1, 4,000.00 m² at easting" in says


def test_a_new_boundary_cuts_the_parts_again(disposals: Line, tmp_path: Path) -> None:
    the_yard(disposals, tmp_path)
    split(disposals, "--line", ACROSS)
    narrower = a_layer(tmp_path / "n.geojson", ({}, box(558_300, 174_700, 558_390, 174_800)))
    said = disposals(
        "site", "draw", "yard", str(narrower), "--source", "Dedication", "--because", "Road widened"
    )
    assert said.status == 0, said.err
    parts = disposals("site", "show", "yard", "--json").json["parts"]
    assert [part["boundary"]["area_m2"] for part in parts] == [3_600, 5_400]


def test_a_new_boundary_that_a_part_does_not_survive_says_which(
    disposals: Line, tmp_path: Path
) -> None:
    the_yard(disposals, tmp_path)
    split(disposals, "--line", ACROSS)
    lower = a_layer(tmp_path / "n.geojson", ({}, box(558_300, 174_700, 558_400, 174_760)))
    says = refused(
        disposals, "draw", "yard", str(lower), "--source", "Dedication", "--because", "Sold"
    )
    assert "Nothing would be left of part 1" in says


def test_land_that_is_being_sold_is_not_split_without_a_reason(
    disposals: Line, kent: Register
) -> None:
    line = ("split", "steele-avenue/part-2", "--line", "LINESTRING (558280 174740, 558360 174740)")
    says = refused(disposals, *line)
    assert "split land that is being sold (steele-avenue/part-1)" in says
    assert "--because" in says
    said = disposals("site", *line, "--because", "Two buyers", "--json")
    assert [part["no"] for part in said.json["parts"]] == [1, 2, 3]
    kept = disposals("history", "steele-avenue/part-2", "--json").json
    assert kept[-1]["because"] == "Two buyers"
    assert kent.authority == "kent"


def test_a_part_with_a_disposal_going_on_is_not_merged_away(
    disposals: Line, kent: Register
) -> None:
    says = refused(disposals, "merge", "steele-avenue", "--parts", "1,2", "--because", "One buyer")
    assert "is being sold as steele-avenue/part-1, so it can't end" in says
    assert "disposals withdraw steele-avenue/part-1" in says
    assert kent.authority == "kent"


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        ("split yard --area 5", 2, "is no area"),
        ("split yard --area 2ha", 1, "10,000"),
        ("split yard --area 0.1ha --bearing 400", 2, "400 is more than 360"),
        ("split yard --line nowhere.wkt", 1, "nowhere.wkt"),
        ("split yard --area 0.1ha --parts a.geojson", 2, "by one of them"),
        ("split yard --part one", 2, "N:NAME:PURPOSE"),
        ("split yard", 1, "two parts or more"),
        ("split yard/part-4 --area 0.1ha", 1, "no part 4 in force"),
        ("split barn --area 0.1ha", 1, "There is no site “barn”"),
        ("merge yard --parts 1,2 --because x", 1, "has no part 1: it has none"),
        ("merge yard --parts one --because x", 2, "no list of numbers"),
    ],
)
def test_wrong_lines_are_refused_in_a_sentence_and_nothing_changes(
    disposals: Line, tmp_path: Path, place: Place, line: str, status: int, says: str
) -> None:
    the_yard(disposals, tmp_path)
    before = as_it_is(place)
    said = disposals("site", *line.split())
    assert (said.status, said.out) == (status, "")
    assert says in " ".join(said.err.replace("│", " ").split())
    assert as_it_is(place) == before


def test_a_part_that_keeps_its_number_keeps_its_name_and_purpose(
    disposals: Line, kent: Register
) -> None:
    said = disposals(
        "site", "split", "steele-avenue/part-2", "--line",
        "LINESTRING (558280 174720, 558360 174720)", "--because", "Two buyers", "--json",
    )  # fmt: skip
    told = {part["no"]: (part["name"], part["purpose"]) for part in said.json["parts"]}
    assert told[2] == ("Part 2", "residential")
    assert told[3] == ("Part 3", "not decided")
    assert kent.authority == "kent"


def test_a_number_in_a_file_is_not_given_to_other_land(disposals: Line, tmp_path: Path) -> None:
    the_yard(disposals, tmp_path)
    split(disposals, "--line", UPWARDS)
    disposals("site", "merge", "yard", "--parts", "1,2", "--because", "Sold whole")
    left, right = box(558_300, 174_700, 558_350, 174_800), box(558_350, 174_700, 558_400, 174_800)
    swapped = a_layer(tmp_path / "parts.geojson", ({"part": 2}, left), ({"part": 1}, right))
    says = refused(disposals, "split", "yard", "--parts", str(swapped))
    assert "a number is never given to other land. The next one that is free is 3." in says
    same = a_layer(tmp_path / "same.geojson", ({"part": 1}, left), ({"part": 2}, right))
    assert split(disposals, "--parts", str(same)) == {1: 5_000, 2: 5_000}
