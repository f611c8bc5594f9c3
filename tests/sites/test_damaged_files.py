"""A file that is cut short, is none, or is no land is refused, or gives what it holds."""

import os
from pathlib import Path

import geopandas
import pytest
from shapely import Polygon

from sites.errors import UnreadableFile
from sites.reading import read_boundary, read_rows
from tests.files_of_land import MAKERS, refused

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


def test_a_coordinate_system_that_can_not_be_read_is_named_as_what_is_wrong() -> None:
    """A .prj in which one byte is no text."""
    path = Path(__file__).parents[1] / "data" / "corpus" / "sites" / "d0374e2f147b.shp.zip"
    assert "its coordinate system can't be read" in refused(path)
