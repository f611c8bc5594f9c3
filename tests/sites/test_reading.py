"""Boundaries come from files that say what they are; every doubt is refused by name."""

from pathlib import Path

import geopandas
import pytest
import shapely
from shapely import LineString, Polygon, box

from sites.errors import UnreadableFile
from sites.geometry import on_grid
from sites.projection import to_wgs84
from sites.reading import read_boundary, read_parts

SQUARE = box(558200, 174500, 558300, 174600)
HALVES = [box(558200, 174500, 558240, 174600), box(558240, 174500, 558300, 174600)]


def save(path: Path, shapes: list[object], crs: int | None = 27700, **columns: object) -> Path:
    geopandas.GeoDataFrame(columns, geometry=shapes, crs=crs).to_file(path)
    return path


@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson", "fgb"])
def test_a_boundary_in_the_national_grid_is_read_as_it_is(tmp_path: Path, ending: str) -> None:
    assert read_boundary(save(tmp_path / f"site.{ending}", [SQUARE])).equals(on_grid(SQUARE))


def test_a_boundary_in_degrees_comes_back_to_the_centimetre(tmp_path: Path) -> None:
    path = save(tmp_path / "site.geojson", [to_wgs84(SQUARE)], crs=4326)
    assert read_boundary(path).hausdorff_distance(on_grid(SQUARE)) < 0.02


def test_parts_are_read_by_their_number(tmp_path: Path) -> None:
    parts = read_parts(save(tmp_path / "parts.gpkg", list(HALVES), part=[2, 1]))
    assert parts[2].equals(on_grid(HALVES[0]))
    assert parts[1].equals(on_grid(HALVES[1]))


@pytest.mark.filterwarnings("ignore:'crs' was not provided")  # GeoPandas, as the file is made
@pytest.mark.parametrize(
    ("shapes", "crs", "said"),
    [
        (HALVES, 27700, "it holds 2 features"),
        ([SQUARE], 3857, r"says Web Mercator .* can only be the National Grid"),
        ([SQUARE], 29902, "Ireland has a grid of its own"),
    ],
)
def test_what_is_not_one_area_in_a_known_system_is_refused(
    tmp_path: Path, shapes: list[object], crs: int | None, said: str
) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_boundary(save(tmp_path / "site.shp", shapes, crs=crs))


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (LineString([(558200, 174500), (558300, 174600)]), "is a LineString, not an area"),
        (
            Polygon([(558200, 174500), (558210, 174510), (558210, 174500), (558200, 174510)]),
            r"its edges cross at easting 558205\.00, northing 174505\.00",
        ),
        (box(0.27, 51.44, 0.28, 51.45), "can only be longitude and latitude"),
        (box(2.27, 48.44, 2.28, 48.45), "lies outside Great Britain"),
        (None, "has no shape"),
    ],
    ids=["a line", "a bow tie", "degrees that pass for metres", "Paris", "nothing"],
)
def test_what_is_no_valid_area_in_britain_is_refused_by_feature(
    tmp_path: Path, shape: object, said: str
) -> None:
    with pytest.raises(UnreadableFile, match=f"feature 1.* {said}"):
        read_boundary(save(tmp_path / "site.gpkg", [shape]))


def test_heights_are_left_out(tmp_path: Path) -> None:
    flat = to_wgs84(SQUARE)
    with_heights = Polygon([(x, y, 12.5) for x, y in flat.exterior.coords])
    path = tmp_path / "site.geojson"
    path.write_text(shapely.to_geojson(with_heights))
    boundary = read_boundary(path)
    assert not boundary.has_z
    assert boundary.hausdorff_distance(on_grid(SQUARE)) < 0.02


def test_a_ring_that_is_left_open_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.geojson"
    path.write_text(
        '{"type": "Polygon", "coordinates": [[[0.27, 51.44], [0.28, 51.44], [0.28, 51.45]]]}'
    )
    with pytest.raises(UnreadableFile, match="a ring is left open"):
        read_boundary(path)


def test_a_file_without_features_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(UnreadableFile, match="it holds no shapes"):
        read_boundary(path)


def test_of_several_layers_none_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "site.gpkg"
    for layer in ("before", "after"):
        geopandas.GeoDataFrame(geometry=[SQUARE], crs=27700).to_file(path, layer=layer)
    with pytest.raises(UnreadableFile, match=r"several layers \(before, after\)"):
        read_boundary(path)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/site.geojson",
        "zip+https://example.org/site.zip",
        "s3://bucket/site.gpkg",
        "/vsicurl/https://example.org/site.geojson",
    ],
)
def test_nothing_is_fetched_from_elsewhere(elsewhere: str) -> None:
    with pytest.raises(UnreadableFile, match="only a file on this computer is read"):
        read_boundary(Path(elsewhere))


def test_a_file_that_only_points_to_other_data_is_refused(tmp_path: Path) -> None:
    target = save(tmp_path / "site.gpkg", [SQUARE])
    pointer = tmp_path / "site.json"
    pointer.write_text(
        '<OGRVRTDataSource><OGRVRTLayer name="site">'
        f"<SrcDataSource>{target}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    with pytest.raises(UnreadableFile, match="it only points to data elsewhere"):
        read_boundary(pointer)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([1, 1], "part 1 is there twice"),
        (["one", "two"], "“one” is no part number"),
        ([1, 0], "feature 2: “0” is no part number"),
        ([1, 1.5], "feature 2: “1.5” is no part number"),
        ([1, None], "feature 2: “” is no part number"),
        ([True, False], "“True” is no part number"),
    ],
)
def test_part_numbers_that_are_none_are_refused(
    tmp_path: Path, numbers: list[object], said: str
) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read_parts(save(tmp_path / "parts.gpkg", list(HALVES), part=numbers))


def test_a_missing_field_a_missing_file_and_a_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no field “part”"):
        read_parts(save(tmp_path / "parts.gpkg", list(HALVES)))
    with pytest.raises(UnreadableFile, match="no such file"):
        read_boundary(tmp_path / "nothing.gpkg")
    (tmp_path / "site.geojson").write_text("not a map")
    with pytest.raises(UnreadableFile, match="is not the map layer that its name says"):
        read_boundary(tmp_path / "site.geojson")
