"""Rows of a file as land that may enter a register: placed, judged, doubted aloud."""

import pytest
import shapely
from shapely import MultiPoint, MultiPolygon, Point, box

from sites.columns import mapped
from sites.intake import Candidate, candidates, far_from_the_rest
from sites.reading import Row

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
    assert taken(name="").notes == ("it has no name; its key stands for it",) or taken(
        name=""
    ).notes == ("it has no name, no address and no key; its row number stands for it",)
    addressed = taken(name="", address="1 Mill Lane")
    assert addressed.facts["name"] == "1 Mill Lane"
    assert addressed.notes == ("it has no name; its address stands for it",)


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
