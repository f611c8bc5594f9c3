"""A file that was made to do harm is refused within set limits, and nothing is fetched for it."""

import io
import json
import stat
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from sites.errors import UnreadableFile
from sites.reading import read_boundary, read_rows
from sites.reading.limits import MOST_VERTICES
from tests.files_of_land import a_workbook, refused, zipped

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
