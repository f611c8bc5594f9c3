"""How long a layer of 100,000 sites takes beside ogr2ogr and GeoPandas, and how much memory.

Every round runs all of them in turn, as whole processes; the ratio round by round is what counts,
because the machine's speed drifts. Run it with `make bench`.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from sqlalchemy import insert

from disposals.register import Register, create_register
from sites.records import Boundary, Site
from tests.conftest import AT

ROUNDS = 3
CORNERS = 40
EXPORT = """
import re, sys, time
from datetime import date
from pathlib import Path
from disposals.disclosure.asked import Asked
from disposals.disclosure.fields import Audience
from disposals.disclosure.layers import LayerName
from disposals.exports.maps import Format, export
from disposals.register import open_register
loaded = time.perf_counter()
register, out, form = sys.argv[1:]
asked = Asked(Audience.PUBLIC, date(2021, 9, 30))
export(open_register(Path(register)), Path(out), Format(form), asked, names=[LayerName.SITES])
took = time.perf_counter() - loaded
# What getrusage calls the peak may be the parent's.
print(took, int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
GEOPANDAS = """
import sys, geopandas
frame = geopandas.read_file(sys.argv[1], layer="sites")
frame.to_crs(4326).to_file(sys.argv[2], driver="GeoJSON")
"""


def polygons(count: int) -> NDArray[Any]:
    """Star-shaped sites of 40 corners on the centimetre grid, side by side."""
    across = 400
    at = np.arange(count)
    east, north = 520_000 + at % across * 150.0, 140_000 + at // across * 150.0
    angles = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    radii = 50 + 10 * np.random.default_rng(1).random((count, CORNERS))
    xy = np.stack(
        [east[:, None] + radii * np.cos(angles), north[:, None] + radii * np.sin(angles)], axis=2
    )
    rings = shapely.linearrings(np.round(np.concatenate([xy, xy[:, :1]], axis=1), 2))
    shapes: NDArray[Any] = shapely.multipolygons(shapely.polygons(rings), indices=at)
    assert shapely.is_valid(shapes).all()
    return shapes


def register_of(path: Path, count: int) -> Path:
    shapes = polygons(count)
    rows = zip(shapely.to_wkb(shapes, byte_order=1), shapely.bounds(shapes),
               shapely.area(shapes), strict=True)  # fmt: skip
    who = {"recorded_by": "Officer", "recorded_at": AT}
    sites = [
        {"ref": f"site-{no:06}", "name": f"Land {no}", "district": "Dartford", **who}
        for no in range(count)
    ]
    boundaries = [
        {
            "site_ref": site["ref"], "revision": 1, "shape": shape, "min_x": bounds[0],
            "min_y": bounds[1], "max_x": bounds[2], "max_y": bounds[3], "area_m2": area,
            "origin": "survey", "source": "Survey", "licence": "OGL", "is_indicative": False,
            "because": "Measured", **who,
        }
        for site, (shape, bounds, area) in zip(sites, rows, strict=True)
    ]  # fmt: skip

    def fill(register: Register) -> None:
        with register.write() as session:
            session.connection().execute(insert(Site), sites)
            session.connection().execute(insert(Boundary), boundaries)

    create_register(path, authority="kent", at=AT, fill=fill)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Registers of 10,000 and 100,000 sites, and a GeoPackage of the latter for the peers."""
    folder = tmp_path_factory.mktemp("layers")
    for count in (10_000, 100_000):
        register_of(folder / f"{count}.sqlite", count)
    ours(folder, "gpkg")
    shutil.move(folder / "ours.gpkg", folder / "in.gpkg")
    yield folder
    shutil.rmtree(folder)


def ours(folder: Path, form: str, count: int = 100_000) -> tuple[float, float, int]:
    """Seconds for the whole process, seconds of the export in it, its peak memory in MB."""
    out = folder / f"ours.{form}"
    line = [sys.executable, "-c", EXPORT, str(folder / f"{count}.sqlite"), str(out), form]
    began = time.perf_counter()
    done = subprocess.run(line, check=True, capture_output=True, text=True)
    export, memory = done.stdout.split()
    return time.perf_counter() - began, float(export), int(memory)


def seconds(*line: str) -> float:
    began = time.perf_counter()
    subprocess.run(line, check=True, capture_output=True)
    return time.perf_counter() - began


def ratios(name: str, pairs: list[tuple[float, float]], sought: str) -> str:
    each = sorted(one / other for one, other in pairs)
    return f"\n{name}: {median(each):.2f} (from {each[0]:.2f} to {each[-1]:.2f}; sought: {sought})"


@pytest.mark.skipif(shutil.which("ogr2ogr") is None, reason="gdal-bin is not installed")
def test_geojson_beside_ogr2ogr_and_geopandas(folder: Path) -> None:
    whole, inner, gdal, pandas = [], [], [], []
    source = str(folder / "in.gpkg")
    for _ in range(ROUNDS):
        process, export, _ = ours(folder, "geojson")
        whole.append(process)
        inner.append(export)
        out = folder / "gdal.geojson"
        gdal.append(
            seconds("ogr2ogr", "-f", "GeoJSON", "-t_srs", "EPSG:4326", "-lco", "RFC7946=YES",
                    str(out), source, "sites")
        )  # fmt: skip
        pandas.append(seconds(sys.executable, "-c", GEOPANDAS, source, str(folder / "p.geojson")))
        for file in (out, folder / "p.geojson"):
            file.unlink()
    print(
        f"\nGeoJSON of 100,000 sites: process {median(whole):.2f} s, of it export "
        f"{median(inner):.2f} s; ogr2ogr {median(gdal):.2f} s; GeoPandas {median(pandas):.2f} s"
        + ratios("ogr2ogr / process", list(zip(gdal, whole, strict=True)), "at least 2")
        + ratios("GeoPandas / process", list(zip(pandas, whole, strict=True)), "at least 2.5")
    )


@pytest.mark.skipif(shutil.which("ogr2ogr") is None, reason="gdal-bin is not installed")
def test_geopackage_beside_ogr2ogr(folder: Path) -> None:
    whole, inner, gdal = [], [], []
    for _ in range(ROUNDS):
        process, export, _ = ours(folder, "gpkg")
        whole.append(process)
        inner.append(export)
        out = folder / "gdal.gpkg"
        gdal.append(seconds("ogr2ogr", str(out), str(folder / "in.gpkg"), "sites"))
        out.unlink()
    print(
        f"\nGeoPackage of 100,000 sites: process {median(whole):.2f} s, of it export "
        f"{median(inner):.2f} s; ogr2ogr {median(gdal):.2f} s"
        + ratios("export / ogr2ogr", list(zip(inner, gdal, strict=True)), "at most 1.3")
        + ratios("process / ogr2ogr", list(zip(whole, gdal, strict=True)), "told beside it")
    )


@pytest.mark.parametrize("form", ["geojson", "gpkg", "flatgeobuf", "csv"])
def test_memory_from_ten_thousand_sites_to_a_hundred_thousand(folder: Path, form: str) -> None:
    few, many = (ours(folder, form, count)[2] for count in (10_000, 100_000))
    print(f"\n{form}: {few} MB for 10,000 sites, {many} MB for 100,000; sought: the same")
