"""`disposals export`: what it writes, says and refuses."""

import csv
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from disposals.cli.export import _FORMATS, OnTheMap
from disposals.disclosure.layers import LayerName
from disposals.exports.maps import Format
from disposals.register import Register
from disposals.storage.address import Place
from tests.conftest import Said

Line = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("kent")


def test_there_is_a_command_for_every_format_and_a_choice_of_every_layer() -> None:
    assert set(_FORMATS) == {form.value for form in Format}
    assert {each.value for each in OnTheMap} == {each.value for each in LayerName}


@pytest.mark.parametrize("form", _FORMATS)
def test_every_format_is_written_and_told(disposals: Line, tmp_path: Path, form: str) -> None:
    name, *_ = _FORMATS[form]
    out = tmp_path / name
    told = disposals("export", form, "-o", str(out), "--json").json
    assert out.stat().st_size > 0
    assert told["audience"] == "public"
    assert told["features"] == sum(told["layers"].values()) >= 12
    assert told["crs"] == ("EPSG:4326" if form in {"geojson", "kml"} else "EPSG:27700")


def test_layers_are_chosen_one_by_one(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "a.gpkg"
    told = disposals(
        "export", "gpkg", "steele-avenue", "--layer", "parts", "--layer", "milestones",
        "-o", str(out), "--json",
    ).json  # fmt: skip
    assert list(told["layers"]) == ["parts", "milestones"]
    assert told["layers"]["parts"] == 2


def test_the_day_and_the_stage_are_heeded(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    disposals("export", "csv", "steele-avenue", "--as-of", "2017-06-01", "-o", str(out))
    with out.open(encoding="utf-8", newline="") as file:
        then = {row["reference"]: row for row in csv.DictReader(file)}
    assert then["steele-avenue"]["boundary_from"] == "1973"
    told = disposals("export", "csv", "--stage", "options_appraisal", "-o", str(out), "--json").json
    assert told["features"] == 1


def test_what_is_left_out_is_said(disposals: Line, tmp_path: Path) -> None:
    said = disposals("export", "gpkg", "-o", str(tmp_path / "a.gpkg"))
    assert "Nothing of constraints is open, so it was left out." in said.err
    assert "for the public (sites 10, parts 2 and milestones 13)" in said.err


def test_a_long_name_is_cut_for_a_shapefile_and_said(
    disposals: Line, kent: Register, path: Path, tmp_path: Path
) -> None:
    kent.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE site SET name = ? WHERE ref = 'wayfarers'", ("W" * 300,))
    connection.close()
    said = disposals("export", "shapefile", "-o", str(tmp_path / "a.shp.zip"))
    assert "sites: name of wayfarers was cut to 254 bytes" in said.err


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        ("gpkg nowhere", 1, "There is no disposal “nowhere”"),
        ("gpkg --stage sold", 1, "There is no stage “sold”"),
        ("gpkg --layer constraints", 1, "Nothing of the layer constraints is open"),
        ("kml --crs 27700", 1, "KML is always in longitude and latitude"),
        ("kml --layer sites --layer milestones", 1, "have different fields"),
        ("gpkg --crs 3857", 2, "3857 is not one of"),
        ("gpkg --layer buildings", 2, "buildings is not one of"),
        ("brownfield nowhere", 1, "There is no disposal “nowhere”"),
    ],
)
def test_what_can_not_be_written_is_refused_and_leaves_nothing(
    disposals: Line, tmp_path: Path, line: str, status: int, says: str
) -> None:
    form, *_ = line.split()
    suffix = "csv" if form == "brownfield" else form
    said = disposals("export", *line.split(), "-o", str(tmp_path / "out" / f"a.{suffix}"))
    assert (said.status, said.out) == (status, "")
    assert says in " ".join(said.err.split())
    assert not (tmp_path / "out").exists()


def test_geojson_on_the_grid_comes_with_a_warning(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "a.geojson"
    said = disposals("export", "geojson", "--crs", "27700", "-o", str(out))
    assert "GeoJSON is WGS 84 by its standard (RFC 7946)" in said.err
    assert "crs" in json.loads(out.read_text("utf-8"))


@pytest.mark.parametrize(
    ("form", "begins"), [("geojson", b'{"type"'), ("gpkg", b"SQLite"), ("csv", b"kind,")]
)
def test_to_the_screen_it_stands_between_what_others_write(
    kent_place: Place, tmp_path: Path, form: str, begins: bytes
) -> None:
    line = f"{sys.executable} -m disposals --register '{kent_place}' export {form} -o -"
    log = tmp_path / "log"
    log.touch()
    there = set(tmp_path.iterdir())
    with log.open("wb") as out:
        subprocess.run(
            ["sh", "-c", f"echo before; {line}; echo after"], stdout=out, cwd=tmp_path,
            stderr=subprocess.DEVNULL, check=True,
        )  # fmt: skip
    written = log.read_bytes()
    assert written.startswith(b"before\n" + begins)
    assert written.endswith(b"after\n")
    assert set(tmp_path.iterdir()) == there


@pytest.mark.parametrize(("register", "columns"), [("transparency-code", 20), ("brownfield", 22)])
def test_a_published_register_has_its_columns(
    disposals: Line, tmp_path: Path, register: str, columns: int
) -> None:
    out = tmp_path / "a.csv"
    told = disposals("export", register, "steele-avenue", "-o", str(out), "--json").json
    assert (told["sites"], told["audience"]) == (1, "public")
    with out.open(encoding="utf-8", newline="") as file:
        header, row = csv.reader(file)
    assert len(header) == len(row) == columns


def test_the_brownfield_columns_of_2017_are_there_for_who_asks(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "a.csv"
    disposals(
        "export", "brownfield", "steele-avenue", "--standard", "brownfield-2017", "-o", str(out)
    )
    with out.open(encoding="utf-8", newline="") as file:
        assert len(next(csv.reader(file))) == 28
