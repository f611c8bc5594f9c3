"""Rows of a file as land that may enter a register: placed, judged, doubted aloud."""

import csv
import math
from collections import Counter
from pathlib import Path

import pytest
import shapely
from shapely import MultiPoint, MultiPolygon, Point, box

from sites.columns import mapped
from sites.intake import Candidate, candidates, far_from_the_rest
from sites.reading import Row, read_rows

DATA = Path(__file__).parents[1] / "data"
TRAFFORD = "asset-registers/trafford.csv"
DARTFORD_2018, DARTFORD_2019 = "brownfield/dartford-2018.csv", "brownfield/dartford-2019.csv"
MAIDSTONE = "brownfield/maidstone-2019.csv"
COLUMNS = mapped(("ref", "name", "address"), preset=None, told={})
FIELD = box(558_300, 174_700, 558_400, 174_800)


def taken(shape: shapely.Geometry | None = None, *, fix: bool = False, **fields: str) -> Candidate:
    """One row as a candidate."""
    row = Row(2, {"ref": "yard", "name": "The yard", "address": None} | fields, shape, "EPSG:27700")
    (one,) = candidates([row], COLUMNS, fix=fix, near=None)
    return one


def test_an_area_becomes_a_boundary_and_a_point_a_position() -> None:
    assert taken(FIELD).shape == MultiPolygon([FIELD])
    assert taken(FIELD).position is None
    assert taken(Point(558_300.004, 174_700)).position == (558_300.0, 174_700.0)
    assert taken(MultiPoint([(558_300, 174_700)])).position == (558_300.0, 174_700.0)
    assert (taken().shape, taken().position) == (None, None)


def test_a_line_is_no_site() -> None:
    line = shapely.LineString([(558_300, 174_700), (558_400, 174_700)])
    assert "It is a LineString: a site is an area" in taken(line).refused


def test_a_row_without_a_name_borrows_one_and_says_so() -> None:
    assert taken(name="").facts["name"] == "yard"
    assert taken(name="").notes == ("it has no name; its key stands for it",)
    addressed = taken(name="", address="1 Mill Lane")
    assert addressed.facts["name"] == "1 Mill Lane"
    assert addressed.notes == ("it has no name; its address stands for it",)


@pytest.mark.parametrize("name", ["", "  ", "—"])
def test_a_row_by_which_nothing_is_known_again_is_refused_not_numbered(name: str) -> None:
    nothing = taken(FIELD, ref="", name=name)
    assert (nothing.ref, nothing.row) == ("", 2)
    assert "no reference, no name and no address" in nothing.refused


def test_the_digest_changes_with_anything_that_was_read_and_with_nothing_else() -> None:
    assert taken(FIELD).digest == taken(FIELD).digest
    assert len({
        taken(FIELD).digest, taken().digest, taken(FIELD, name="Another").digest,
        taken(box(558_300, 174_700, 558_400, 174_801)).digest,
    }) == 4  # fmt: skip


@pytest.mark.parametrize(("away_m", "is_told"), [(3_000, False), (60_000, True)])
def test_a_place_far_from_all_others_is_told_with_its_distance(
    away_m: int, *, is_told: bool
) -> None:
    rows = [
        Row(no, {"ref": f"s{no}", "name": "x"}, Point(558_000 + 20 * no, 174_000), "EPSG:27700")
        for no in range(2, 60)
    ]
    rows.append(
        Row(60, {"ref": "far", "name": "x"}, Point(558_000, 174_000 + away_m), "EPSG:27700")
    )
    found = list(far_from_the_rest(candidates(rows, COLUMNS, fix=False, near=None)))
    assert bool(found[-1].notes) is is_told
    assert not any(each.notes for each in found[:-1])


def test_of_a_few_places_nothing_is_said_of_the_usual_distance() -> None:
    rows = [
        Row(2, {"ref": "a", "name": "x"}, Point(558_000, 174_000), "EPSG:27700"),
        Row(3, {"ref": "b", "name": "x"}, Point(258_000, 674_000), "EPSG:27700"),
    ]
    found = far_from_the_rest(candidates(rows, COLUMNS, fix=False, near=None))
    assert not any(each.notes for each in found)


def published(name: str, *, fix: bool = False, near: MultiPolygon | None = None) -> list[Candidate]:
    """Every row of a published register, as a candidate."""
    table = read_rows(DATA / name)
    columns = mapped(table.columns)
    return list(far_from_the_rest(candidates(table.rows, columns, fix=fix, near=near)))


def by_key(found: list[Candidate]) -> dict[str, Candidate]:
    """Candidates by what identifies their rows."""
    return {each.key: each for each in found}


@pytest.mark.parametrize(
    ("name", "lines", "placed"),
    [(TRAFFORD, 608, 372), (DARTFORD_2018, 28, 28), (DARTFORD_2019, 33, 33), (MAIDSTONE, 158, 158)],
)
def test_no_row_of_a_published_register_is_left_out(name: str, lines: int, placed: int) -> None:
    found = published(name)
    assert len(found) == lines
    assert sum(each.position is not None for each in found) == placed
    assert len({each.ref for each in found}) == lines
    assert len({each.digest for each in found}) == lines
    assert all(each.ref and each.facts["name"] for each in found)


def test_235_assets_of_trafford_have_no_position_and_are_taken_all_the_same() -> None:
    found = published(TRAFFORD)
    nowhere = [each for each in found if each.fields["GeoX"] is None]
    assert len(nowhere) == 235
    assert {(each.position, each.shape, each.refused) for each in nowhere} == {(None, None, "")}


def test_the_swapped_asset_of_trafford_is_refused_with_the_place_that_is_meant() -> None:
    (refused,) = [each for each in published(TRAFFORD) if each.refused]
    assert (refused.key, refused.facts["name"]) == ("TMBC0396/P0000036", "Davyhulme Youth Centre")
    assert "53.457484, -2.365856" in refused.refused
    assert "latitude and longitude swapped" in refused.refused
    assert "easting 375804, northing 395697" in refused.refused


def test_the_swapped_asset_is_taken_when_mending_and_nothing_else_is_touched() -> None:
    plain, mended = by_key(published(TRAFFORD)), by_key(published(TRAFFORD, fix=True))
    changed = {key for key in plain if plain[key] != mended[key]}
    assert changed == {"TMBC0396/P0000036"}
    taken_now = mended["TMBC0396/P0000036"]
    assert taken_now.refused == ""
    assert taken_now.position == pytest.approx((375_804, 395_697), abs=1)
    assert "swapped, the only reading in Great Britain" in taken_now.notes[0]


def test_the_two_assets_outside_trafford_are_named_with_their_distance_and_no_others() -> None:
    far = {each.key: each for each in published(TRAFFORD, fix=True) if "km from" in str(each.notes)}
    assert {key: each.facts["name"] for key, each in far.items()} == {
        "TMBC0125": "Sonova House", "TMBC0126": "The Fort",
    }  # fmt: skip
    assert "it lies 18 km from the middle" in far["TMBC0125"].notes[0]
    assert "it lies 26 km from the middle" in far["TMBC0126"].notes[0]


def test_where_the_area_of_the_council_is_known_what_lies_outside_it_is_named_by_it() -> None:
    about = MultiPolygon([box(369_000, 385_000, 385_000, 401_000)])  # round Trafford
    told = [
        e.key for e in published(TRAFFORD, near=about) if "outside the council's" in str(e.notes)
    ]
    assert told == ["TMBC0125", "TMBC0126"]


def test_the_sites_of_dartford_that_did_not_move_agree_in_metres_and_in_degrees() -> None:
    """Twenty-eight sites are in both registers, in OSGB36 and a year later in WGS 84.

    Thirteen agree within 10 cm. Of the fourteenth that was meant to stay, no. 5, the later register
    gives the latitude to five decimals, which puts it 1.01 m to the south; the next has 2.87 m.
    """
    before, after = by_key(published(DARTFORD_2018)), by_key(published(DARTFORD_2019))
    away = sorted(
        math.dist(one.position, other.position)
        for key in before.keys() & after.keys()
        if (one := before[key]).position and (other := after[key]).position
    )
    assert len(away) == 28
    assert sum(distance < 0.10 for distance in away) == 13
    assert away[13] == pytest.approx(1.01, abs=0.01)
    assert away[14] > 2


def test_degrees_without_a_label_are_read_and_every_row_says_so() -> None:
    notes = Counter(note for each in published(DARTFORD_2019) for note in each.notes)
    assert notes == {"no system is known for it; read as longitude and latitude (WGS 84)": 33}
    assert not any(each.notes for each in published(DARTFORD_2018))


def test_maidstones_cartesian_metres_are_read_as_they_stand_and_every_row_says_so() -> None:
    found = published(MAIDSTONE)
    for each in found:
        assert each.notes[-2:] == (
            "“Cartesian” names no system of coordinates",
            "no system is known for it; read as the National Grid (EPSG:27700)",
        )
        assert each.position == (
            float(each.fields["Easting"] or 0),
            float(each.fields["Northing"] or 0),
        )
    nameless = [each for each in found if each.fields["Site Name"] is None]
    assert len(nameless) == 50
    assert all("it has no name" in each.notes[0] for each in nameless)


def test_rows_are_numbered_as_a_person_sees_them_in_the_file() -> None:
    first = published(MAIDSTONE)[0]  # below a title and the header
    assert (first.row, first.facts["name"]) == (3, "Springfield")
    assert published(TRAFFORD)[0].row == 2


@pytest.mark.parametrize("name", [TRAFFORD, DARTFORD_2018, DARTFORD_2019, MAIDSTONE])
def test_the_order_of_the_rows_changes_nothing_of_any(name: str, tmp_path: Path) -> None:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    start = next(no for no, line in enumerate(lines) if sum(map(bool, line)) > 5) + 1
    turned = tmp_path / "turned.csv"
    with turned.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*lines[:start], *reversed(lines[start:])])
    there, here = (
        {e.key: (e.ref, e.digest, e.position, e.refused) for e in found}
        for found in (published(name), published(str(turned)))
    )
    assert there == here
