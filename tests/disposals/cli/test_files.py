"""Files that commands write: named alike, and never called what they are not."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said

Line = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("kent")

WRITES = [
    (("milestone", "sheet"), "s.csv", ".xlsx"),
    (("audit", "bundle", "steele-avenue"), "case.txt", ".zip"),
    (("foi", "bundle", "FOI-1"), "b.pdf", ".zip"),
    (("gantt",), "g.html", ".pdf, .svg or .png"),
    (("plan", "steele-avenue"), "p.txt", ".pdf, .svg or .png"),
    (("paper", "report", "steele-avenue"), "r.odt", ".pdf, .docx or .html"),
    (("programme",), "w.xlsx", ".pdf, .docx, .html or .ics"),
]


@pytest.mark.parametrize(("command", "name", "wanted"), WRITES)
def test_a_file_is_not_called_what_it_is_not(
    disposals: Line, tmp_path: Path, command: tuple[str, ...], name: str, wanted: str
) -> None:
    for each in (str(tmp_path / name), "-"):
        refused = disposals(*command, "-o", each)
        assert refused.status == 1
        assert f"it ends in {wanted}." in refused.err
        assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ("geojson", ".geojson or .json"), ("gpkg", ".gpkg"), ("shapefile", ".zip"),
        ("flatgeobuf", ".fgb"), ("kml", ".kml"), ("csv", ".csv"), ("brownfield", ".csv"),
        ("transparency-code", ".csv"), ("calendar", ".ics"),
    ],
)  # fmt: skip
def test_an_export_is_not_called_what_it_is_not(
    disposals: Line, tmp_path: Path, form: str, wanted: str
) -> None:
    out = tmp_path / "estate.tab"
    refused = disposals("export", form, "-o", str(out))
    assert refused.status == 1
    assert f"it ends in {wanted}." in refused.err
    assert not out.exists()
    assert disposals("export", form, "-o", "/dev/null").status == 0


def test_text_goes_to_the_screen_where_it_is_asked_to(disposals: Line) -> None:
    for command in (("export", "calendar"), ("export", "geojson"), ("receipts", "--format", "csv")):
        assert disposals(*command, "-o", "-").status == 0, command


@pytest.mark.parametrize("name", ["estate.gpkg", "link.gpkg"])
def test_no_output_takes_the_place_of_a_register(
    kent_file: Path, tmp_path: Path, disposals: Callable[..., Said], name: str
) -> None:
    register = tmp_path / "estate.gpkg"
    shutil.copy(kent_file, register)
    if name != register.name:
        (tmp_path / name).symlink_to(register)
    before = register.read_bytes()
    said = disposals("--register", str(register), "export", "gpkg", "-o", str(tmp_path / name))
    assert (said.status, "a database of another kind is there" in said.err) == (1, True), said.err
    assert register.read_bytes() == before


def test_a_layer_takes_the_place_of_the_one_before(
    kent_file: Path, tmp_path: Path, disposals: Callable[..., Said]
) -> None:
    out = tmp_path / "estate.gpkg"
    for _ in range(2):
        said = disposals("--register", str(kent_file), "export", "gpkg", "-o", str(out))
        assert said.status == 0, said.err


@pytest.mark.parametrize(
    "line", ["gantt -o loop.pdf", "backup loop.backup", "db move loop.sqlite", "list"]
)
def test_a_link_that_leads_to_itself_ends_in_no_traceback(
    kent_file: Path, tmp_path: Path, disposals: Callable[..., Said],
    monkeypatch: pytest.MonkeyPatch, line: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    for suffix in ("pdf", "backup", "sqlite"):
        Path(f"loop.{suffix}").symlink_to(f"loop.{suffix}")
    place = "loop.sqlite" if line == "list" else str(kent_file)
    said = disposals("--register", place, *line.split())
    assert said.status in {0, 1}
    assert said.out or said.err


def test_a_command_without_a_standard_input_asks_for_nothing(
    kent_file: Path, tmp_path: Path
) -> None:
    register = tmp_path / "register.sqlite"
    shutil.copy(kent_file, register)
    line = f"{sys.executable} -m disposals --register {register} bid add steele-avenue/part-1 <&-"
    said = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert "Missing option '--bidder'" in said.stderr
