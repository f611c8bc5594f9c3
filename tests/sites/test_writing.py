"""GeoJSON as RFC 7946 asks, written whole or not at all."""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Polygon, box
from shapely.geometry import shape

from sites.errors import CannotWrite, NotInBritain
from sites.geometry import on_grid
from sites.projection import from_wgs84, to_wgs84
from sites.writing import Feature, write_geojson

SCHEMA = Path(__file__).parents[1] / "data" / "geojson-schema" / "FeatureCollection.json"
HOLED = on_grid(box(558200, 174500, 558300, 174600).difference(box(558240, 174540, 558260, 174560)))
FEATURES = [Feature("mill-lane", HOLED, {"name": "Mill Lane"}), Feature("nowhere", None, {})]


@pytest.fixture
def written(tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "sites.geojson"
    assert write_geojson(path, FEATURES) == 2
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def test_it_passes_the_published_schema(written: dict[str, Any]) -> None:
    jsonschema.validate(written, json.loads(SCHEMA.read_text("utf-8")))


def test_outer_rings_run_counter_clockwise_and_holes_clockwise(written: dict[str, Any]) -> None:
    [[outer, hole]] = written["features"][0]["geometry"]["coordinates"]
    assert shapely.LinearRing(outer).is_ccw
    assert not shapely.LinearRing(hole).is_ccw


def test_positions_are_longitude_and_latitude_with_seven_decimals(written: dict[str, Any]) -> None:
    [[outer, _]] = written["features"][0]["geometry"]["coordinates"]
    for longitude, latitude in outer:
        assert 0.27 < longitude < 0.28
        assert 51.44 < latitude < 51.46
        assert longitude == round(longitude, 7)
    assert "crs" not in written


def test_read_back_no_vertex_has_moved_by_two_centimetres(written: dict[str, Any]) -> None:
    back = from_wgs84(shape(written["features"][0]["geometry"]))
    assert shapely.hausdorff_distance(back, HOLED) < 0.02


def test_land_without_a_position_has_none(written: dict[str, Any]) -> None:
    assert written["features"][1]["geometry"] is None


def test_the_same_features_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_geojson(tmp_path / name, FEATURES)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_features_are_taken_one_at_a_time(tmp_path: Path) -> None:
    alive: list[int] = []

    def stream() -> Iterator[Feature]:
        for n in range(50):
            alive.append(n)
            yield Feature(str(n), MultiPolygon([box(558200, 174500, 558201, 174501)]), {})

    assert write_geojson(tmp_path / "many.geojson", stream()) == 50
    assert len(alive) == 50


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "sites.geojson"
    path.write_text("old")

    def failing() -> Iterator[Feature]:
        yield FEATURES[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_geojson(path, failing())
    assert [file.name for file in tmp_path.iterdir()] == ["sites.geojson"]
    assert path.read_text() == "old"


def test_a_full_disk_a_missing_folder_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="no space left on device"):
        write_geojson(Path("/dev/full"), FEATURES)
    with pytest.raises(CannotWrite, match="no such file or directory"):
        write_geojson(tmp_path / "missing" / "sites.geojson", FEATURES)
    with pytest.raises(CannotWrite, match="is a directory"):
        write_geojson(tmp_path, FEATURES)


def test_a_shape_that_touches_itself_along_an_edge_is_valid_in_degrees_too(tmp_path: Path) -> None:
    # The tip of the hole lies on an edge of the shell: rounded by itself, it crosses that edge.
    hole = [(558247.31, 174500), (558273.66, 174530), (558233.12, 174535)]
    touching = on_grid(Polygon(box(558200, 174500, 558300, 174600).exterior, [hole]))
    assert not shapely.transform(to_wgs84(touching), lambda xy: np.round(xy, 7)).is_valid
    path = tmp_path / "sites.geojson"
    write_geojson(path, [Feature("mill-lane", touching, {})])
    there = shape(json.loads(path.read_text("utf-8"))["features"][0]["geometry"])
    assert there.is_valid
    assert shapely.hausdorff_distance(on_grid(from_wgs84(there)), touching) < 0.02


def test_vertices_that_seven_decimals_do_not_tell_apart_become_one(tmp_path: Path) -> None:
    corners = [(558200, 174500), (558300, 174500), (558300, 174500.01), (558250, 174600)]
    rings = [Polygon([(x, y + 0.01 * up) for x, y in corners]) for up in range(4)]
    path = tmp_path / "sites.geojson"
    write_geojson(path, [Feature(str(no), on_grid(ring), {}) for no, ring in enumerate(rings)])
    written = json.loads(path.read_text("utf-8"))["features"]
    for [[ring]] in (feature["geometry"]["coordinates"] for feature in written):
        assert all(here != there for here, there in pairwise(ring))


def test_a_shape_outside_britain_is_refused_by_its_feature(tmp_path: Path) -> None:
    abroad = MultiPolygon([box(-500, 0, -400, 100)])
    with pytest.raises(NotInBritain, match=r"mill-lane: .* easting -400\.00"):
        write_geojson(tmp_path / "sites.geojson", [Feature("mill-lane", abroad, {})])
    assert list(tmp_path.iterdir()) == []


def test_a_value_that_json_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_geojson(tmp_path / "sites.geojson", [Feature("a", None, {"area": float("nan")})])


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    link = tmp_path / "latest.geojson"
    link.symlink_to(tmp_path / "sites.geojson")
    write_geojson(link, FEATURES)
    assert link.is_symlink()
    assert (tmp_path / "sites.geojson").read_bytes() == link.read_bytes()


def test_standard_output_is_written_as_it_is_even_where_it_is_a_file(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("before\n")
    code = (
        "from pathlib import Path; from sites.writing import write_geojson;"
        "write_geojson(Path('/dev/stdout'), [])"
    )
    with log.open("a") as out:
        subprocess.run([sys.executable, "-c", code], stdout=out, check=True)
    assert log.read_text().startswith('before\n{"type": "FeatureCollection"')
    assert list(tmp_path.iterdir()) == [log]
