"""The register's layers as other programs see them: GDAL, QGIS, and published validators."""

import csv
import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely

from disposals.disclosure.asked import Asked
from disposals.disclosure.fields import Audience
from disposals.disclosure.layers import LayerName
from disposals.errors import BadFact
from disposals.exports.maps import COLUMNS, Format, Written, export
from disposals.register import Register
from sites.boundaries import current

ON = date(2021, 9, 30)
NAMES = {
    Format.GEOJSON: "a.geojson", Format.GPKG: "a.gpkg", Format.SHAPEFILE: "a.shp.zip",
    Format.FLATGEOBUF: "a.fgb", Format.KML: "a.kml", Format.CSV: "a.csv",
}  # fmt: skip
DOCUMENTED = Path(__file__).parents[3] / "docs" / "layers.md"
HINT = "@mapbox/geojsonhint@3.2.0"  # 3.3.0 asks for a repository over SSH
SYSTEM_PYTHON = Path("/usr/bin/python3")  # Debian keeps its bindings of GDAL and QGIS here


def made(
    register: Register,
    folder: Path,
    form: Format,
    *names: LayerName,
    audience: Audience = Audience.OFFICER,
    crs: int | None = None,
) -> tuple[Path, Written]:
    path = folder / NAMES[form]
    return path, export(register, path, form, Asked(audience, ON), names=names, crs=crs)


def said(*line: str) -> str:
    return subprocess.run(line, capture_output=True, text=True, check=True).stdout


def has(module: str) -> bool:
    if not SYSTEM_PYTHON.exists():
        return False
    line = [str(SYSTEM_PYTHON), "-c", f"import {module}"]
    return subprocess.run(line, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("form", [Format.GPKG, Format.SHAPEFILE])
def test_every_layer_is_there_with_its_fields_and_counts(
    kent: Register, tmp_path: Path, form: Format
) -> None:
    path, written = made(kent, tmp_path, form)
    assert {str(name) for name, _ in pyogrio.list_layers(path)} == set(written.features)
    for name, count in written.features.items():
        info = pyogrio.read_info(path, layer=name)
        columns = COLUMNS[LayerName(name.removesuffix("_lines"))]
        assert info["features"] == count
        assert list(info["fields"]) == [
            each.short if form is Format.SHAPEFILE else each.name for each in columns
        ]
    assert written.features["parts"] == 2
    assert written.features["constraints_lines"] == 2


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="gdal-bin is not installed")
@pytest.mark.parametrize("form", [Format.GPKG, Format.SHAPEFILE, Format.FLATGEOBUF])
def test_ogrinfo_sees_the_extent_of_the_site_and_its_area(
    kent: Register, tmp_path: Path, form: Format
) -> None:
    path, _ = made(kent, tmp_path, form, LayerName.SITES)
    told = said("ogrinfo", "-so", str(path), "sites")
    table = said(
        "ogr2ogr", "-f", "CSV", "/vsistdout/", str(path), "sites", "-lco", "GEOMETRY=AS_WKT"
    )
    with kent.read() as session:
        held = current(session, "steele-avenue")
    assert held is not None
    west, south, east, north = held.bounds
    assert f"Extent: ({west:.6f}, {south:.6f}) - ({east:.6f}, {north:.6f})" in told
    assert "Feature Count: 10" in told
    rows = {row["reference"]: row["WKT"] for row in csv.DictReader(table.splitlines())}
    assert len(rows) == 10
    assert shapely.from_wkt(rows["steele-avenue"]).area == pytest.approx(held.area, abs=0.001)
    assert rows["wayfarers"] == ""


@pytest.mark.skipif(not has("qgis.core"), reason="python3-qgis is not installed")
@pytest.mark.parametrize("form", [f for f in NAMES if f is not Format.CSV])
def test_qgis_opens_every_layer(kent: Register, tmp_path: Path, form: Format) -> None:
    path, written = made(kent, tmp_path, form)
    script = Path(__file__).parents[2] / "data" / "qgis_layers.py"
    line = [str(SYSTEM_PYTHON), str(script), str(path)]
    told = json.loads(
        subprocess.run(line, capture_output=True, check=True, env={"QT_QPA_PLATFORM": "offscreen"})
        .stdout.splitlines()[-1]
    )  # fmt: skip
    assert sum(each["features"] for each in told) == sum(written.features.values())
    assert {each["valid"] for each in told} == {True}
    assert {each["crs"] for each in told} == {f"EPSG:{written.crs}"}


@pytest.mark.skipif(not has("osgeo_utils.samples.validate_gpkg"), reason="python3-gdal is missing")
@pytest.mark.parametrize("crs", [27700, 4326])
def test_the_geopackage_passes_gdals_validator(kent: Register, tmp_path: Path, crs: int) -> None:
    path, _ = made(kent, tmp_path, Format.GPKG, crs=crs)
    line = [str(SYSTEM_PYTHON), "-m", "osgeo_utils.samples.validate_gpkg", "--extra", str(path)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def geojsonhint(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Mapbox's validator, from npm's own cache where that has it."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    folder = str(tmp_path_factory.mktemp("npm"))
    line = [npm, "install", "--prefer-offline", "--no-audit", "--no-fund", "--prefix", folder, HINT]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm could not install {HINT}: {done.stderr.strip()[-200:]}")
    return f"{folder}/node_modules/.bin/geojsonhint"


@pytest.mark.parametrize("name", LayerName)
def test_the_geojson_passes_geojsonhint(
    kent: Register, tmp_path: Path, geojsonhint: str, name: LayerName
) -> None:
    path, _ = made(kent, tmp_path, Format.GEOJSON, name)
    done = subprocess.run([geojsonhint, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("form", NAMES)
def test_an_unchanged_register_gives_the_same_bytes(
    kent: Register, tmp_path: Path, form: Format
) -> None:
    first = made(kent, tmp_path, form)[0].read_bytes()
    assert made(kent, tmp_path, form)[0].read_bytes() == first


@pytest.mark.parametrize("form", NAMES)
def test_for_the_public_there_is_no_price_and_no_bidder(
    kent: Register, tmp_path: Path, form: Format
) -> None:
    def holds_the_bid(audience: Audience) -> bool:
        path, _ = made(kent, tmp_path, form, LayerName.PARTS, audience=audience)
        bodies = [path.read_bytes()]
        if form is Format.SHAPEFILE:
            shutil.unpack_archive(path, tmp_path / audience, "zip")
            bodies = [each.read_bytes() for each in (tmp_path / audience).iterdir()]
        return any(b"Bidder B" in body for body in bodies)

    assert not holds_the_bid(Audience.PUBLIC)
    assert holds_the_bid(Audience.OFFICER)


def test_on_the_grid_geojson_says_so_and_keeps_the_centimetre(
    kent: Register, tmp_path: Path
) -> None:
    path, written = made(kent, tmp_path, Format.GEOJSON, LayerName.SITES, crs=27700)
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    assert told["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::27700"
    [drawn] = [each for each in told["features"] if each["geometry"]]
    with kent.read() as session:
        assert shapely.geometry.shape(drawn["geometry"]).equals(current(session, "steele-avenue"))
    assert "RFC 7946" in written.notes[0]


def test_kml_on_the_grid_and_layers_that_do_not_go_together_are_refused(
    kent: Register, tmp_path: Path
) -> None:
    with pytest.raises(BadFact, match="KML is always in longitude and latitude"):
        made(kent, tmp_path, Format.KML, crs=27700)
    with pytest.raises(BadFact, match="parts and milestones have different fields"):
        made(kent, tmp_path, Format.FLATGEOBUF, LayerName.PARTS, LayerName.MILESTONES)
    with pytest.raises(BadFact, match="Nothing of the layer constraints is open"):
        made(kent, tmp_path, Format.GPKG, LayerName.CONSTRAINTS, audience=Audience.PUBLIC)
    assert not list(tmp_path.glob("a.*"))


def test_what_is_left_out_for_the_public_is_named(kent: Register, tmp_path: Path) -> None:
    _, written = made(kent, tmp_path, Format.GPKG, audience=Audience.PUBLIC)
    assert written.notes == ["Nothing of constraints is open, so it was left out."]
    assert "constraints" not in written.features


@pytest.mark.parametrize("name", LayerName)
def test_names_for_a_shapefile_are_short_distinct_and_documented(name: LayerName) -> None:
    short = [each.short for each in COLUMNS[name]]
    assert len(set(short)) == len(short)
    for each in COLUMNS[name]:
        assert each.short.isidentifier()
        assert len(each.short) <= 10
        assert f"| `{each.name}` | `{each.short}` |" in DOCUMENTED.read_text("utf-8")
