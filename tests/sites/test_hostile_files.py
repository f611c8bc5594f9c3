"""A file that was made to do harm is refused within set limits, or what it holds stays text."""

import io
import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import geopandas
import openpyxl
import pytest
from shapely import Point, Polygon, box

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
    said = f"feature 1: its shape has 1,000,001 vertices, over {MOST_VERTICES:,}"
    with pytest.raises(UnreadableFile, match=said):
        read_boundary(path)


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


@pytest.mark.parametrize("name", ["a.kml", "a.gml", "a.json", "a.shp", "a.of-no-kind"])
@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_xml_with_entities_is_known_by_its_content_however_it_is_written(
    tmp_path: Path, name: str, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(f"\n{ENTITIES}".replace("1.0", '1.0" encoding="UTF-16').encode(code))
    assert "defines XML entities" in refused(path)
    path.write_bytes(ENTITIES.removeprefix('<?xml version="1.0"?>').encode(code))
    assert "defines XML entities" in refused(path)


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_entities_in_a_sheet_are_found_and_the_workbook_is_named(tmp_path: Path, code: str) -> None:
    sound = a_workbook(tmp_path / "sound.xlsx", ["ref", "name"], ["yard", "The yard"])
    harmful = tmp_path / "harmful.xlsx"
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(harmful, "w") as new:
        for member in old.namelist():
            text = old.read(member)
            if member == "xl/worksheets/sheet1.xml":
                declared = f'<?xml version="1.0" encoding="{code}"?><!DOCTYPE x [<!ENTITY a "ha">]>'
                text = (declared + text.decode().replace("The yard", "&a;")).encode(code)
            new.writestr(member, text)
    said = refused(harmful)
    assert "“xl/worksheets/sheet1.xml” in it: it defines XML entities" in said


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


class Asked(BaseHTTPRequestHandler):
    """A server that notes what it is asked for and has nothing."""

    def do_GET(self) -> None:
        """Note the request."""
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def net() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this computer, and what it was asked for."""
    with HTTPServer(("127.0.0.1", 0), Asked) as server:
        server.asked = []  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", server.asked  # type: ignore[attr-defined]
        server.shutdown()


def geojson(crs: str = "", at_geometry: str = "") -> str:
    """A GeoJSON of one point, with members of one's own."""
    return (
        f'{{"type":"FeatureCollection",{crs}"features":[{{"type":"Feature","properties":{{"a":1}},'
        f'"geometry":{{{at_geometry}"type":"Point","coordinates":[0.28,51.45]}}}}]}}'
    )


LINK = '"crs":{"type":"link","properties":{"href":"NET/crs","type":"proj4"}},'
LINKS = {
    "link.geojson": geojson(LINK),
    "url.geojson": geojson('"crs":{"type":"url","properties":{"url":"NET/crs"}},'),
    "loud.geojson": geojson(LINK.replace('crs"', 'CRS"').replace('"link"', '"LINK"')),
    "escaped.geojson": geojson(
        LINK.replace('"crs"', '"\\u0063rs"').replace('"link"', '"l\\u0069nk"')
    ),
    "in a geometry.geojson": geojson(at_geometry=LINK),
    "late.geojson": geojson(
        '"note":"' + "".join(map(str, range(250_000)))[:1_048_500] + '",' + LINK
    ),
    "called a package.gpkg": geojson(LINK),
    "called a shapefile.shp": geojson(LINK),
    "called nothing": "\ufeff \n" + geojson(LINK),
    "a call": f"loadGeoJSON({geojson(LINK)})",
    "another call": f"jsonp({geojson(LINK)})",
    "a topology.json": '{"type":"Topology","objects":{},"arcs":[],' + LINK.rstrip(",") + "}",
}


@pytest.mark.parametrize("name", LINKS)
def test_a_coordinate_system_that_is_a_link_is_refused_and_not_looked_up(
    tmp_path: Path, net: tuple[str, list[str]], name: str
) -> None:
    address, asked = net
    path = tmp_path / name
    path.write_text(LINKS[name].replace("NET", address), encoding="utf-8")
    assert "only points to a coordinate system elsewhere" in refused(path)
    archive = zipped(tmp_path / "in.zip", (f"{path.stem}.geojson", path.read_bytes()))
    assert "only points to a coordinate system elsewhere" in refused(archive)
    assert asked == []


@pytest.mark.parametrize(
    "text",
    [
        geojson(LINK).replace('"crs"', "'crs'"),
        geojson('/* " */' + LINK),
        geojson('// "\n' + LINK),
    ],
    ids=["other quotes", "a comment", "a comment of one line"],
)
def test_what_only_javascript_has_is_refused_before_it_hides_a_link(
    tmp_path: Path, net: tuple[str, list[str]], text: str
) -> None:
    address, asked = net
    path = tmp_path / "a.geojson"
    path.write_text(text.replace("NET", address))
    assert "it is no JSON" in refused(path)
    assert asked == []


def test_a_link_that_is_a_field_and_no_coordinate_system_is_text(
    tmp_path: Path, net: tuple[str, list[str]]
) -> None:
    address, asked = net
    path = tmp_path / "a.geojson"
    path.write_text(geojson().replace('"a":1', f'"type":"link","url":"{address}/it\'s // fine"'))
    (row,) = read_rows(path).rows
    assert row.fields == {"type": "link", "url": f"{address}/it's // fine"}
    assert asked == []


GML = (
    '<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" '
    'xmlns:gml="http://www.opengis.net/gml" SCHEMA><gml:featureMember><ogr:a><ogr:geometryProperty>'
    '<gml:Point srsName="SYSTEM"><gml:coordinates>558300,174700</gml:coordinates></gml:Point>'
    "</ogr:geometryProperty><ogr:name>Yard</ogr:name></ogr:a></gml:featureMember>"
    "</ogr:FeatureCollection>"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("schema.gml", GML.replace(
            "SCHEMA", 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            'xsi:schemaLocation="http://ogr.maptools.org/ NET/a.xsd"',
        ).replace("SYSTEM", "EPSG:27700")),
        ("system.gml", GML.replace("SCHEMA", "").replace("SYSTEM", "NET/crs")),
        ("style.kml", ('<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Yard'
         "</name><styleUrl>NET/s.kml#a</styleUrl><Point><coordinates>0.28,51.45</coordinates>"
         "</Point></Placemark></Document></kml>")),
        ("name.geojson", geojson('"crs":{"type":"name","properties":{"name":"NET/crs"}},')),
        ("more.geojson", geojson('"links":[{"rel":"next","href":"NET/more"}],')),
    ],
)  # fmt: skip
def test_what_a_sound_file_points_to_is_not_followed(
    tmp_path: Path, net: tuple[str, list[str]], name: str, text: str
) -> None:
    address, asked = net
    path = tmp_path / name
    path.write_text(text.replace("NET", address))
    assert len(read_rows(path).rows) == 1
    assert asked == []


def test_a_kml_that_is_only_a_link_holds_nothing_and_is_not_followed(
    tmp_path: Path, net: tuple[str, list[str]]
) -> None:
    address, asked = net
    path = tmp_path / "a.kml"
    path.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link><href>'
        f"{address}/a.kml</href></Link></NetworkLink></Document></kml>"
    )
    assert "it holds no" in refused(path)
    assert asked == []


KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Yard</name><Polygon>'
    "<outerBoundaryIs><LinearRing><coordinates>0.280,51.450 0.281,51.450 0.281,51.451 0.280,51.450"
    "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"
)


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


# A tail that is lost may be an index that nobody needs; of these, every byte is needed.
WHOLE_OR_NOT_AT_ALL = {"geojson", "kml", "zip", "shp.zip", "kmz", "xlsx"}


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_file_that_was_cut_short_is_refused_or_gives_what_it_holds(
    tmp_path: Path, suffix: str, kept: float
) -> None:
    path = MAKERS[suffix](tmp_path / f"whole.{suffix}")
    whole = path.read_bytes()
    cut = tmp_path / f"cut.{suffix}"
    cut.write_bytes(whole[: int(len(whole) * kept)])
    sound = {row.fields.get("name", row.fields.get("Name")) for row in read_rows(path).rows}
    try:
        table = read_rows(cut)
    except UnreadableFile as error:
        said = str(error)
    else:
        said = ""
        assert {row.fields.get("name", row.fields.get("Name")) for row in table.rows} <= sound
    assert said == "" or said.startswith(f"{cut}: ")
    assert "Traceback" not in said
    if suffix in WHOLE_OR_NOT_AT_ALL:
        assert said


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


@pytest.mark.parametrize("name", ["The\x00 yard", "<b>&amp;</b>", "../../x", "a\u202eb", "=1+1"])
def test_a_name_comes_as_it_is_through_a_table(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"ref,name\nyard,{name}\n", encoding="utf-8", newline="")
    assert read_rows(path).rows[0].fields["name"] == name


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "fgb", "gml"])
@pytest.mark.parametrize(
    "name", ["<b>&amp;</b>", "../../x", "a\u202eb", "=cmd()", "'; DROP TABLE x"]
)
def test_a_name_comes_as_it_is_through_a_map_layer(tmp_path: Path, suffix: str, name: str) -> None:
    path = a_layer(tmp_path / f"a.{suffix}", name=name)
    assert read_rows(path).rows[0].fields["name"] == name


@pytest.mark.parametrize(
    ("wkt", "says"),
    [
        (
            "GEOMETRYCOLLECTION(" * 9_000 + "POINT(1 2)" + ")" * 9_000,
            "nested deeper than any shape",
        ),
        ("CURVEPOLYGON (CIRCULARSTRING (0 0, 1 1, 2 0, 1 -1, 0 0))", "is no WKT"),
        ("POLYGON ((0 0, 1 1", "is no WKT"),
        ("=POINT(1 2)", "is no WKT"),
    ],
    ids=["deep", "curved", "cut short", "a formula"],
)
def test_wkt_that_can_not_be_read_refuses_its_row_alone(
    tmp_path: Path, wkt: str, says: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'ref,wkt\nyard,"{wkt}"\nmill,POINT (558300 174700)\n')
    bad, good = read_rows(path).rows
    assert says in bad.refused
    assert (good.refused, good.shape) == ("", Point(558_300, 174_700))


def test_wkt_of_curves_is_refused_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.wkt"
    path.write_text("POINT (1 2)\nCURVEPOLYGON (CIRCULARSTRING (0 0, 1 1, 2 0, 1 -1, 0 0))\n")
    with pytest.raises(UnreadableFile, match="line 2 is no WKT"):
        read_rows(path)


@pytest.mark.parametrize(
    "number",
    ["51,45", "558300,5", "1_000", "0x10", "٣٤", "5583OO", "=1+1", "1e", ".", "--1", ",100"],
)
def test_what_is_no_number_is_not_made_one(tmp_path: Path, number: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'ref,easting,northing\nyard,"{number}",174700\n', encoding="utf-8")
    assert refused(path) == f"easting holds “{number}”, which is no number"


@pytest.mark.parametrize(
    "number", ["558300", "558,300", "558,300.0", "+558300.", "5.583e5", " 558300 "]
)
def test_a_number_may_be_written_in_these_ways(tmp_path: Path, number: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'ref,easting,northing\nyard,"{number}",174700\n')
    assert read_rows(path).rows[0].shape == Point(558_300, 174_700)


def test_times_that_a_kml_does_not_give_are_empty(tmp_path: Path) -> None:
    (row,) = read_rows(a_kml(tmp_path / "a.kml")).rows
    assert row.fields["Name"] == "Yard"
    assert "NaT" not in row.fields.values()


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
