"""Layers out to a GIS, edited there and brought back: told, reasoned, never over newer land."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import pyogrio
import pytest
import shapely
from shapely import box

from disposals.register import Register
from disposals.storage.address import Place
from tests.conftest import Said
from tests.places import as_it_is

Line = Callable[..., Said]
Edit = Callable[[geopandas.GeoDataFrame], None]
SYSTEM_PYTHON = "/usr/bin/python3"
EDITOR = Path(__file__).parents[2] / "data" / "qgis_edit.py"

pytestmark = pytest.mark.usefixtures("kent")


@pytest.fixture
def exported(disposals: Line, tmp_path: Path) -> Path:
    """The GeoPackage that a GIS officer takes into QGIS."""
    out = tmp_path / "estate.gpkg"
    assert disposals("export", "gpkg", "--audience", "officer", "-o", str(out)).status == 0
    return out


def edited(file: Path, layer: str, edit: Edit) -> Path:
    """The same file with one of its layers changed, as a GIS saves it."""
    changed = file.with_name("edited.gpkg")
    for name, _ in pyogrio.list_layers(file):
        frame = geopandas.read_file(file, layer=name)
        if name == layer:
            edit(frame)
        frame.to_file(changed, layer=name)
    return changed


def shifted_corner(ref: str, metres: float) -> Edit:
    """An edit that widens a shape to the west."""

    def edit(frame: geopandas.GeoDataFrame) -> None:
        row = frame.index[frame["reference"] == ref][0]
        shape = frame.geometry[row]
        west, south, _, north = shape.bounds
        strip = box(west - metres, south + 40, west + 5, north - 40)
        frame.loc[row, frame.geometry.name] = shapely.MultiPolygon([shape.union(strip)])

    return edit


def renamed(frame: geopandas.GeoDataFrame) -> None:
    """An edit of a name."""
    frame.loc[frame["reference"] == "wayfarers", "name"] = "Wayfarers, Sandwich (former home)"


def outcome(told: Any, ref: str) -> Any:
    """What became of one site."""
    return next(each for each in told["outcomes"] if each["ref"] == ref)


def test_an_export_that_nobody_edited_changes_nothing(
    disposals: Line, exported: Path, place: Place
) -> None:
    before = as_it_is(place)
    told = disposals("site", "import", str(exported), "--update", "--json").json
    assert {each["fate"] for each in told["outcomes"]} == {"unchanged"}
    assert as_it_is(place) == before


def test_a_name_that_was_edited_comes_back_with_the_reason(disposals: Line, exported: Path) -> None:
    back = edited(exported, "sites", renamed)
    told = disposals(
        "site", "import", str(back), "--update", "--because", "Checked on the ground", "--json"
    ).json
    assert outcome(told, "wayfarers")["fate"] == "updated"
    assert disposals("site", "show", "wayfarers", "--json").json["name"] == (
        "Wayfarers, Sandwich (former home)"
    )


def test_a_boundary_that_was_edited_is_told_in_square_metres_and_asks_for_a_reason(
    disposals: Line, exported: Path, place: Place
) -> None:
    back = edited(exported, "sites", shifted_corner("steele-avenue", 4))
    before = as_it_is(place)
    said = disposals("site", "import", str(back), "--update", "--json")
    found = outcome(said.json, "steele-avenue")
    assert found["fate"] == "refused"
    assert "m² gained, 0.00 m² lost" in found["why"][0]
    assert "say why: add `--because" in found["why"][0]
    assert as_it_is(place) == before


def test_land_between_two_parts_is_not_given_to_either_by_guess(
    disposals: Line, exported: Path
) -> None:
    back = edited(exported, "sites", shifted_corner("steele-avenue", 4))
    told = disposals(
        "site", "import", str(back), "--update", "--because", "Surveyed", "--json"
    ).json
    found = outcome(told, "steele-avenue")
    assert found["fate"] == "refused"
    assert (
        "adjoin parts 1 and 2, and which of them gains the land is not certain" in (found["why"][0])
    )


def test_parts_that_no_longer_make_up_their_site_do_not_come_back(
    disposals: Line, exported: Path
) -> None:
    def shrunk(frame: geopandas.GeoDataFrame) -> None:
        row = frame.index[frame["reference"] == "steele-avenue/part-1"][0]
        shape = frame.geometry[row]
        west, south, east, north = shape.bounds
        smaller = shape.intersection(box(west, south, east, north - 10))
        frame.loc[row, frame.geometry.name] = shapely.MultiPolygon([smaller])

    back = edited(exported, "parts", shrunk)
    told = disposals("site", "import", str(back), "--update", "--because", "x", "--json").json
    assert "The parts leave a gap of" in outcome(told, "steele-avenue")["why"][0]


def test_what_was_exported_before_the_register_moved_on_is_refused(
    disposals: Line, exported: Path, tmp_path: Path
) -> None:
    field = tmp_path / "field.wkt"
    field.write_text(
        "SRID=27700;POLYGON ((558500 174500, 558600 174500, 558600 174600, 558500 174500))"
    )
    disposals("site", "draw", "kiln-court", str(field), "--source", "Survey", "--because", "Drawn")
    back = edited(exported, "sites", renamed)
    told = disposals("site", "import", str(back), "--update", "--because", "x", "--json").json
    found = outcome(told, "kiln-court")
    assert found["fate"] == "refused"
    assert "kiln-court has changed since this layer was exported" in found["why"][0]
    assert "export the layer anew" in found["why"][0]
    assert outcome(told, "wayfarers")["fate"] == "updated"


def test_a_dry_run_shows_the_difference_and_writes_nothing(
    disposals: Line, exported: Path, place: Place
) -> None:
    back = edited(exported, "sites", renamed)
    before = as_it_is(place)
    said = disposals("site", "import", str(back), "--update", "--dry-run")
    assert "Wayfarers, Sandwich (former home)" in " ".join(said.out.split())
    assert "Nothing was written." in said.out
    assert as_it_is(place) == before


def test_a_file_that_is_no_export_is_told_apart(disposals: Line, tmp_path: Path) -> None:
    file = tmp_path / "roads.csv"
    file.write_text("name,Easting,Northing\nA road,558300,174750\n", encoding="utf-8")
    said = disposals("site", "import", str(file), "--update")
    assert said.status == 1
    assert "it has no field edition and reference" in said.err


def has_qgis() -> bool:
    """Whether the system's Python has the bindings of QGIS."""
    done = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import qgis.core"], capture_output=True, check=False
    )
    return done.returncode == 0


@pytest.mark.skipif(
    shutil.which(SYSTEM_PYTHON) is None or not has_qgis(), reason="python3-qgis is not installed"
)
def test_a_boundary_edited_in_qgis_itself_comes_back(
    disposals: Line, kent: Register, exported: Path
) -> None:
    done = subprocess.run(
        [SYSTEM_PYTHON, str(EDITOR), str(exported), "sites", "steele-avenue", "name",
         "South of Steele Avenue"],
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(exported.parent)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {"changed": 1}
    told = disposals(
        "site", "import", str(exported), "--update", "--because", "As the sign says", "--json"
    ).json
    found = outcome(told, "steele-avenue")
    assert found["fate"] == "updated"
    assert found["why"] == [
        "name: “Land south of Steele Avenue, Greenhithe” → “South of Steele Avenue”"
    ]
    assert kent.authority == "kent"
