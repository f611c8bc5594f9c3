"""A file that was made to do harm is refused within set limits, or what it holds stays text."""

import io
import json
import os
import stat
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas
import openpyxl
import pytest
from shapely import Polygon, box

from sites.errors import UnreadableFile
from sites.reading import read_boundary, read_rows
from sites.reading.limits import MOST_VERTICES

FIELD = box(558_300, 174_700, 558_400, 174_800)
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>&b;</name></Document></kml>'
)
ELSEWHERE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>&e;</name></Document></kml>'
)
VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)


def refused(path: Path) -> str:
    """What the refusal says; it comes soon, and nothing else is raised."""
    began = time.monotonic()
    try:
        (row,) = read_rows(path).rows
        said = row.refused
    except UnreadableFile as error:
        said = str(error)
        assert said.startswith(str(path))
    assert said
    assert time.monotonic() - began < 30
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


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.kmz", "bomb.xlsx"])
def test_an_archive_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path, name: str) -> None:
    bomb = zipped(tmp_path / name, ("a.geojson", b"0" * 60_000_000))
    assert bomb.stat().st_size < 100_000
    assert "which no map layer does" in refused(bomb)
    assert list(tmp_path.iterdir()) == [bomb]


def test_an_archive_that_lies_about_its_size_is_stopped_while_it_swells(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bomb.zip", ("a.geojson", b"0" * 5_000_000))
    raw = bytearray(bomb.read_bytes())
    small = (100).to_bytes(4, "little")
    central = raw.rindex(b"PK\x01\x02")
    raw[central + 24 : central + 28] = small
    raw[22:26] = small
    bomb.write_bytes(raw)
    said = refused(bomb)
    assert "larger than the archive says" in said or "can't be unpacked" in said


@pytest.mark.parametrize(
    "member", ["../../etc/cron.d/x.geojson", "/etc/x.geojson", "C:\\x.geojson", "a\\..\\..\\x.shp"]
)
def test_a_member_outside_the_folder_is_refused(tmp_path: Path, member: str) -> None:
    archive = zipped(tmp_path / "out.zip", (member, b"{}"))
    assert "outside its folder" in refused(archive)


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("a.geojson")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "holds a link" in refused(path)


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.geojson", "{}")
    assert "holds another" in refused(zipped(tmp_path / "o.zip", ("i.zip", inner.getvalue())))


def test_an_archive_of_nothing_or_of_several_layers_is_refused(tmp_path: Path) -> None:
    assert "it holds none" in refused(zipped(tmp_path / "none.zip", ("readme.txt", b"hello")))
    two = zipped(tmp_path / "two.zip", ("a.geojson", b"{}"), ("b.geojson", b"{}"))
    assert "a.geojson, b.geojson" in refused(two)


def test_a_ring_of_a_million_vertices_is_refused_by_its_feature(tmp_path: Path) -> None:
    path = tmp_path / "coast.geojson"
    count = 1_000_000
    ring = ",".join(f"[0.28,{51.4 + n / count / 10:.7f}]" for n in range(count))
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
        f'{{"type":"Polygon","coordinates":[[{ring},[0.28,51.4]]]}}}}]}}'
    )
    assert f"vertices, over {MOST_VERTICES:,}" in refused(path)


def test_json_nested_to_no_end_is_refused_before_a_parser_meets_it(tmp_path: Path) -> None:
    path = tmp_path / "deep.geojson"
    path.write_text('{"type":"Polygon","coordinates":' + "[" * 200_000 + "]" * 200_000 + "}")
    assert "nested deeper than 32 brackets" in refused(path)


def test_collections_in_collections_are_refused(tmp_path: Path) -> None:
    shape: dict[str, object] = {"type": "Point", "coordinates": [0.28, 51.45]}
    for _ in range(100):
        shape = {"type": "GeometryCollection", "geometries": [shape]}
    path = tmp_path / "deep.geojson"
    path.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": shape}))
    assert "nested deeper" in refused(path)


def test_wkt_nested_to_no_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.wkt"
    path.write_text("GEOMETRYCOLLECTION (" * 50_000 + ")" * 50_000)
    assert "nested deeper than any shape" in refused(path)


@pytest.mark.parametrize("text", [ENTITIES, ELSEWHERE], ids=["that swell", "that fetch"])
@pytest.mark.parametrize("name", ["a.kml", "a.gml"])
def test_xml_with_entities_is_refused_unread(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    assert "defines XML entities" in refused(path)


@pytest.mark.parametrize("name", ["a.kmz", "a.xlsx"])
def test_xml_with_entities_is_found_in_archives_too(tmp_path: Path, name: str) -> None:
    member = "doc.kml" if name.endswith("kmz") else "xl/workbook.xml"
    with pytest.raises(UnreadableFile, match="defines XML entities"):
        read_rows(zipped(tmp_path / name, (member, ENTITIES.encode())))


@pytest.mark.parametrize("name", ["a.vrt", "a.xml", "a.json"])
def test_a_file_that_points_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(VRT)
    assert "only points to data elsewhere" in refused(path)


@pytest.mark.parametrize(
    "name",
    [
        "/vsicurl/https://example.org/a.geojson", "/vsizip/a.zip/b.shp", "https://example.org/a.kml",
        "ftp://example.org/a.csv", "file:///etc/passwd", "s3://bucket/a.gpkg",
    ],
)  # fmt: skip
def test_nothing_is_fetched(name: str) -> None:
    with pytest.raises(UnreadableFile, match="only a file on this computer"):
        read_rows(Path(name) if "://" not in name else Path(name.replace("://", ":/")))


KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Yard</name><Polygon>'
    "<outerBoundaryIs><LinearRing><coordinates>0.280,51.450 0.281,51.450 0.281,51.451 0.280,51.450"
    "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"
)


def a_kml(path: Path) -> Path:
    """A sound KML of one area."""
    path.write_text(KML)
    return path


MAKERS: dict[str, Callable[[Path], Path]] = {
    **dict.fromkeys(("geojson", "gpkg", "fgb", "gml"), a_layer),
    "kml": a_kml,
    "zip": lambda path: zipped(
        path, ("a.geojson", a_layer(path.with_name("in.geojson")).read_bytes())
    ),
    "xlsx": lambda path: a_workbook(path, ["ref", "name"], ["yard", "The yard"]),
}


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_file_that_was_cut_short_is_refused_or_gives_what_it_holds(
    tmp_path: Path, suffix: str, kept: float
) -> None:
    path = MAKERS[suffix](tmp_path / f"whole.{suffix}")
    whole = path.read_bytes()
    cut = tmp_path / f"cut.{suffix}"
    cut.write_bytes(whole[: int(len(whole) * kept)])
    try:
        table = read_rows(cut)
    except UnreadableFile as error:
        assert "Traceback" not in str(error)  # noqa: PT017 (either is right)
    else:
        assert len(table.rows) <= 1


@pytest.mark.parametrize("name", ["a.geojson", "a.csv", "a.xlsx", "a.gpkg", "a.zip", "a.wkt"])
def test_an_empty_file_and_a_folder_and_a_pipe_are_no_files(tmp_path: Path, name: str) -> None:
    empty = tmp_path / name
    empty.touch()
    assert "it is empty" in refused(empty)
    folder = tmp_path / "folder" / name
    folder.mkdir(parents=True)
    assert "it is no file" in refused(folder)
    pipe = tmp_path / "pipe" / name
    pipe.parent.mkdir()
    os.mkfifo(pipe)
    assert "it is no file" in refused(pipe)


@pytest.mark.parametrize("name", ["a.csv", "a.geojson", "a.wkt", "a.xlsx", "a.gpkg", "a.kml"])
def test_bytes_of_no_meaning_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x00\x01\xff\xfe" * 500)
    with pytest.raises(UnreadableFile):
        read_rows(path)


HARMFUL = "<script>alert(1)</script>../../etc/passwd\x07 =cmd()|' /C calc'!A0"


def test_texts_with_markup_paths_and_formulas_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'ref,name\nyard,"{HARMFUL}"\n', encoding="utf-8")
    assert read_rows(path).rows[0].fields["name"] == HARMFUL


def test_a_formula_in_a_workbook_is_not_believed(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "a.xlsx", ["ref", "name"], ["yard", "=HYPERLINK(1,2)"])
    row = read_rows(path).rows[0]
    assert row.fields["name"] is None
    assert row.doubts == ("cell B2 holds a formula, whose value is not taken; paste it as a value",)


def test_a_cell_without_an_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("ref,name\nyard,{}\n".format("x" * 500_000))
    assert "can't be read as CSV" in refused(path)


def test_a_shape_of_a_boundary_file_is_judged_before_it_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "thin.gpkg"
    sliver = Polygon([(558_300, 174_700), (558_400, 174_700), (558_300, 174_700.001)])
    geopandas.GeoDataFrame(geometry=[sliver], crs=27700).to_file(path)
    with pytest.raises(UnreadableFile, match="feature 1"):
        read_boundary(path)
