"""Files of land as councils hand them in, in every format that is read."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas
import openpyxl
from shapely import box

from sites.errors import UnreadableFile
from sites.reading import read_rows

FIELD = box(558_300, 174_700, 558_400, 174_800)
KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Yard</name><Polygon>'
    "<outerBoundaryIs><LinearRing><coordinates>0.280,51.450 0.281,51.450 0.281,51.451 0.280,51.450"
    "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"
)


def refused(path: Path) -> str:
    """What the refusal says, of the file or of its only row; nothing else is raised."""
    try:
        (row,) = read_rows(path).rows
        said = row.refused
    except UnreadableFile as error:
        said = str(error)
        assert said.startswith(str(path))
    assert said
    return said


def zipped(path: Path, *members: tuple[str, bytes]) -> Path:
    """An archive with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def a_layer(path: Path, **fields: str) -> Path:
    """A sound file of one field, in the format that its name says."""
    frame = geopandas.GeoDataFrame(
        {key: [value] for key, value in (fields or {"name": "The yard"}).items()},
        geometry=[FIELD], crs=27700,
    )  # fmt: skip
    if path.suffix == ".geojson":
        frame = frame.to_crs(4326)
    frame.to_file(path)
    return path


def a_workbook(path: Path, *rows: list[object]) -> Path:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def a_kml(path: Path) -> Path:
    """A sound KML of one area."""
    path.write_text(KML)
    return path


def a_shapefile(path: Path) -> Path:
    """A sound Shapefile, zipped with all that belongs to it."""
    layer = a_layer(path.with_name("layer.shp"))
    members = sorted(layer.parent.glob("layer.*"))
    return zipped(path, *((each.name, each.read_bytes()) for each in members))


MAKERS: dict[str, Callable[[Path], Path]] = {
    **dict.fromkeys(("geojson", "gpkg", "fgb", "gml"), a_layer),
    "kml": a_kml,
    "zip": lambda path: zipped(
        path, ("a.geojson", a_layer(path.with_name("in.geojson")).read_bytes())
    ),
    "shp.zip": a_shapefile,
    "kmz": lambda path: zipped(path, ("doc.kml", KML.encode())),
    "xlsx": lambda path: a_workbook(path, ["ref", "name"], ["yard", "The yard"]),
}
