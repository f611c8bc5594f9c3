"""Layers in every format, read back by other programs: same features, fields, areas, bytes."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyogrio
import pytest
import shapely
from shapely import MultiPolygon, Point, box

from sites.errors import CannotWrite, NotInBritain
from sites.geometry import on_grid, to_wkb
from sites.projection import from_wgs84
from sites.writing import Batch, Field, Layer, neutralised, write_geojson_batches, write_table
from sites.writing.gdal import FLATGEOBUF, KML, write_gpkg, write_shapefile, write_single
from sites.writing.points import write_points

HOLED = on_grid(box(558200, 174500, 558300, 174600).difference(box(558240, 174540, 558260, 174560)))
FIELDS = [
    Field("reference", str, "reference"),
    Field("name", str, "name"),
    Field("area_hectares", float, "area_ha"),
    Field("revision", int, "revision"),
    Field("is_indicative", bool, "indicative"),
    Field("earliest_on", date, "earliest"),
]
ROWS: list[tuple[Any, Any]] = [
    (HOLED, ("mill-lane", "Ŵŷe <b>& “Mill”</b> Lane £", 0.96, 2, True, date(2021, 9, 30))),
    (None, ("nowhere", None, None, None, None, None)),
]


def layer(rows: list[tuple[Any, Any]] = ROWS, name: str = "sites") -> Layer:
    def batches() -> Iterator[Batch]:
        for shape, values in rows:  # a batch for each, so that several are tried
            columns = {field.name: [value] for field, value in zip(FIELDS, values, strict=True)}
            yield Batch([values[0]], [None if shape is None else to_wkb(shape)], columns)

    return Layer(name, FIELDS, batches)


def written(path: Path, form: str, *, crs: int = 27700, of: Layer | None = None) -> Path:
    of = of or layer()
    if form == "gpkg":
        write_gpkg(path, [of], crs=crs)
    elif form == "shapefile":
        write_shapefile(path, [of], crs=crs)
    elif form == "csv":
        write_points(path, of, crs=crs)
    elif form == "geojson":
        write_geojson_batches(path, of.batches(), crs=crs)
    else:
        write_single(path, of, KML if form == "kml" else FLATGEOBUF, crs=crs)
    return path


NAMES = {"gpkg": "a.gpkg", "shapefile": "a.shp.zip", "flatgeobuf": "a.fgb", "kml": "a.kml",
         "geojson": "a.geojson", "csv": "a.csv"}  # fmt: skip


@pytest.mark.parametrize("form", ["gpkg", "shapefile", "flatgeobuf"])
def test_read_back_it_has_the_same_fields_values_and_area(tmp_path: Path, form: str) -> None:
    path = written(tmp_path / NAMES[form], form)
    meta, _, shapes, values = pyogrio.raw.read(path)
    short = form == "shapefile"
    assert list(meta["fields"]) == [field.short if short else field.name for field in FIELDS]
    assert meta["crs"] == "EPSG:27700"
    found = dict(zip(meta["fields"], values, strict=True))
    assert found["name"][0] == ROWS[0][1][1]
    assert found["area_ha" if short else "area_hectares"][0] == 0.96
    assert found["revision"][0] == 2
    assert bool(found["indicative" if short else "is_indicative"][0]) is True
    assert str(found["earliest" if short else "earliest_on"][0])[:10] == "2021-09-30"
    assert shapely.from_wkb(shapes[0]).area == HOLED.area == 9600
    assert shapes[1] is None


def test_kml_is_in_degrees_and_its_names_are_escaped(tmp_path: Path) -> None:
    path = written(tmp_path / "a.kml", "kml")
    meta, _, shapes, values = pyogrio.raw.read(path)
    assert meta["crs"] == "EPSG:4326"
    assert values[list(meta["fields"]).index("Name")][0] == ROWS[0][1][1]
    assert "<b>" not in path.read_text("utf-8")
    assert shapely.hausdorff_distance(from_wgs84(shapely.from_wkb(shapes[0])), HOLED) < 0.02


@pytest.mark.parametrize("form", ["gpkg", "shapefile", "flatgeobuf"])
def test_in_degrees_no_vertex_moves_by_two_centimetres(tmp_path: Path, form: str) -> None:
    path = written(tmp_path / NAMES[form], form, crs=4326)
    meta, _, shapes, _ = pyogrio.raw.read(path)
    assert meta["crs"] == "EPSG:4326"
    assert shapely.hausdorff_distance(from_wgs84(shapely.from_wkb(shapes[0])), HOLED) < 0.02


@pytest.mark.parametrize("form", NAMES)
def test_the_same_features_give_the_same_bytes(tmp_path: Path, form: str) -> None:
    first = written(tmp_path / NAMES[form], form, crs=4326).read_bytes()
    assert written(tmp_path / NAMES[form], form, crs=4326).read_bytes() == first
    (tmp_path / "other").mkdir()
    assert written(tmp_path / "other" / f"b{NAMES[form]}", form, crs=4326).read_bytes() == first


@pytest.mark.parametrize("form", NAMES)
def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path, form: str) -> None:
    path = tmp_path / NAMES[form]
    path.write_text("old")

    def failing() -> Iterator[Batch]:
        yield from layer().batches()
        raise KeyError("half-way")

    with pytest.raises(KeyError, match="half-way"):
        written(path, form, of=Layer("sites", FIELDS, failing))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("form", NAMES)
def test_a_shape_outside_britain_is_refused_by_its_feature(tmp_path: Path, form: str) -> None:
    abroad = MultiPolygon([box(-500, 0, -400, 100)])
    with pytest.raises(NotInBritain, match=r"mill-lane: .* easting -400\.00"):
        written(tmp_path / NAMES[form], form, crs=4326, of=layer([(abroad, ROWS[0][1])]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", NAMES)
def test_a_missing_folder_is_refused_in_words(tmp_path: Path, form: str) -> None:
    with pytest.raises(CannotWrite, match="no such file or directory"):
        written(tmp_path / "missing" / NAMES[form], form)


@pytest.mark.parametrize("form", NAMES)
def test_a_full_disk_is_refused_in_words(form: str) -> None:
    with pytest.raises(CannotWrite, match="no space left on device"):
        written(Path("/dev/full"), form)


@pytest.mark.parametrize("form", ["gpkg", "shapefile"])
def test_points_stand_in_a_layer_of_their_own(tmp_path: Path, form: str) -> None:
    path = tmp_path / NAMES[form]
    point = (Point(558200, 174500), ("well", "Well", None, None, None, None))
    made = (write_gpkg if form == "gpkg" else write_shapefile)(path, [layer([*ROWS, point])])
    assert made.features == {"sites": 2, "sites_points": 1}
    told = {str(name): kind for name, kind in pyogrio.list_layers(path)}
    assert set(told) == {"sites", "sites_points"}
    _, _, shapes, _ = pyogrio.raw.read(path, layer="sites_points")
    assert shapely.get_coordinates(shapely.from_wkb(shapes)).tolist() == [[558200, 174500]]


def test_a_shape_of_several_kinds_is_refused_where_kinds_are_kept_apart(tmp_path: Path) -> None:
    mixed = shapely.GeometryCollection([Point(558200, 174500), HOLED.geoms[0]])
    with pytest.raises(CannotWrite, match="mill-lane is drawn with points, lines and areas"):
        write_gpkg(tmp_path / "a.gpkg", [layer([(mixed, ROWS[0][1])])])
    assert list(tmp_path.iterdir()) == []


def test_a_long_text_is_cut_for_a_shapefile_and_named(tmp_path: Path) -> None:
    long = "Ŵ" * 200  # 400 bytes
    path = tmp_path / "a.shp.zip"
    made = write_shapefile(path, [layer([(HOLED, ("mill-lane", long, None, None, None, None))])])
    assert made.shortened == [("sites", "mill-lane", "name")]
    meta, _, _, values = pyogrio.raw.read(path)
    assert values[list(meta["fields"]).index("name")][0] == "Ŵ" * 125 + "…"


def test_a_shapefile_says_that_it_is_in_utf8(tmp_path: Path) -> None:
    with ZipFile(written(tmp_path / "a.shp.zip", "shapefile")) as archive:
        assert archive.read("sites.cpg") == b"UTF-8"


def test_a_table_has_a_point_on_the_land_and_its_shape(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "csv")
    with path.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    point = Point(float(first["easting"]), float(first["northing"]))
    assert HOLED.contains(point)
    assert shapely.from_wkt(first["wkt"]).equals(HOLED)
    assert first["is_indicative"] == "yes"
    assert second["wkt"] == second["easting"] == ""


@pytest.mark.parametrize("text", ["=cmd()", "+44 1622", "-A1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_shown_instead(tmp_path: Path, text: str) -> None:
    write_table(tmp_path / "a.csv", ["name"], [[text]])
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["name"], [f"'{text}"]]


@pytest.mark.parametrize("text", ["-2.35", "+1", "A-1", "1=2", ""])
def test_a_number_or_a_plain_text_stays_as_it_is(text: str) -> None:
    assert neutralised(text) == text


def test_a_table_that_fails_half_way_is_not_written(tmp_path: Path) -> None:
    def failing() -> Iterator[list[str]]:
        yield ["a"]
        raise KeyError

    with pytest.raises(KeyError):
        write_table(tmp_path / "a.csv", ["name"], failing())
    assert list(tmp_path.iterdir()) == []
