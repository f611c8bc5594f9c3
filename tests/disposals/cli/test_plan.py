"""`disposals plan` and `disposals site diff -o`: what is drawn, for whom, and what is refused."""

import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from disposals.register import Register
from tests.conftest import Said
from tests.places import as_it_is

Line = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("kent")


def words(pdf: Path, page: int = 0) -> str:
    """What is printed on a page."""
    reader = pypdf.PdfReader(io.BytesIO(pdf.read_bytes()))
    return " ".join(reader.pages[page].extract_text().split())


def test_the_site_plan_says_what_a_solicitor_looks_for(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    said = disposals("plan", "steele-avenue", "-o", str(out))
    assert "Site plan at 1:1250, A4 portrait" in said.err
    text = words(out)
    for expected in (
        "Land south of Steele Avenue, Greenhithe",
        "1:1250 when printed at full size on A4",
        "Indicative boundary: neither surveyed nor registered",
        "Edged red: Land south of Steele Avenue, Greenhithe: approx. 0.522 ha (1.29 acres)",
        "Part 1, medical centre: approx. 0.250 ha (0.62 acres)",
        "Part 2, residential",
        "3 of the boundary, from 2018",
        "grid north",
        "558 300 E",
        "Contains OS data © Crown copyright",
        "30 September 2021",
    ):
        assert expected in text


def test_the_public_sees_no_constraint_and_is_told_so(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    said = disposals("plan", "steele-avenue", "-o", str(out))
    assert "Constraints and occupations are not open" in said.err
    assert "Tunnel" not in words(out)
    disposals("plan", "steele-avenue", "-o", str(out), "--audience", "officer")
    assert "Tunnel: Unused underground tram tunnel" in words(out)
    assert "For officers: not for publication" in words(out)
    assert "hand car wash" not in words(out)  # a use that is over


def test_a_part_is_edged_red_and_what_the_council_keeps_blue(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "plan.pdf"
    disposals("plan", "steele-avenue/part-1", "-o", str(out))
    assert "Edged red: Part 1, medical centre" in words(out)
    assert "Edged blue: Part 2, residential" in words(out)
    assert "Greenhithe: Part 1" in words(out)


def test_both_plans_are_two_pages(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    told = disposals("plan", "steele-avenue", "--show", "both", "-o", str(out), "--json").json
    assert [each["kind"] for each in told["plans"]] == ["Location plan", "Site plan"]
    assert "Location plan" in words(out, 0)
    assert "Site plan" in words(out, 1)


def test_the_land_is_drawn_as_it_stood_on_a_day(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    disposals("plan", "steele-avenue", "--as-of", "2016-01-01", "-o", str(out))
    assert "approx. 0.632 ha (1.56 acres)" in words(out)
    assert "Part 1" not in words(out)


@pytest.mark.parametrize(("suffix", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_a_plan_may_be_a_picture(
    disposals: Line, tmp_path: Path, suffix: str, begins: bytes
) -> None:
    out = tmp_path / f"plan.{suffix}"
    disposals("plan", "steele-avenue", "-o", str(out))
    assert out.read_bytes().startswith(begins)


def test_a_base_map_comes_from_any_map_file(disposals: Line, tmp_path: Path) -> None:
    roads = tmp_path / "roads.geojson"
    roads.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, '
        '"geometry": {"type": "LineString", "coordinates": [[0.2790, 51.4495], [0.2800, 51.4515]]}'
        "}]}",
        encoding="utf-8",
    )
    out = tmp_path / "plan.pdf"
    told = disposals(
        "plan", "steele-avenue", "--show", "location", "--base", str(roads), "--base-notice",
        "Roads © their surveyor", "-o", str(out), "--json",
    ).json  # fmt: skip
    assert told["notes"] == [
        "Constraints and occupations are not open, so none is drawn; --audience officer draws them."
    ]
    assert "Base map" in words(out)
    assert "Roads © their surveyor" in words(out)


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        ("plan nowhere -o {}/a.pdf", 1, "There is no disposal “nowhere”"),
        ("plan steele-avenue -o {}/a.doc", 1, "it ends in .pdf, .svg or .png"),
        ("plan steele-avenue --scale 100 -o {}/a.pdf", 1, "1:1250 fits."),
        ("plan steele-avenue --scale 500 -o {}/a.pdf", 1, "1:500 on larger paper: `--paper A3`."),
        ("plan steele-avenue --scale 0 -o {}/a.pdf", 2, "0 is less than 50"),
        ("plan steele-avenue --show both -o {}/a.png", 1, "holds one plan and not 2"),
        ("plan steele-avenue/part-9 -o {}/a.pdf", 1, "no part 9 in force"),
        ("plan kiln-court -o {}/a.pdf", 1, "has no boundary as at 30 September 2021"),
        ("plan steele-avenue --as-of 1960-01-01 -o {}/a.pdf", 1, "as at 1 January 1960"),
        ("plan steele-avenue --base {}/none.gpkg -o {}/a.pdf", 1, "none.gpkg"),
        ("plan steele-avenue -o {}/no/such/a.pdf", 1, "No half of it is left"),
        ("site diff steele-avenue --from 1 --to 2 -o {}/a.doc", 1, "it ends in .pdf"),
    ],
)
def test_what_can_not_be_drawn_is_refused_and_leaves_nothing(
    disposals: Line, tmp_path: Path, line: str, status: int, says: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    said = disposals(*line.format(folder, folder).split())
    assert (said.status, said.out) == (status, "")
    assert says in " ".join(said.err.replace("│", " ").split())
    assert list(folder.iterdir()) == []


def test_a_change_of_boundary_is_drawn_with_what_was_lost(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "change.pdf"
    said = disposals("site", "diff", "steele-avenue", "--from", "1", "--to", "2", "-o", str(out))
    assert "lost 1,097.94 m²" in said.out
    assert "Lost: 1,098 m²" in words(out)
    assert "1 to 2 of the boundary" in words(out)


def test_drawing_changes_nothing_in_the_register(
    disposals: Line, kent: Register, tmp_path: Path
) -> None:
    kent.close()
    before = as_it_is(kent.place)
    disposals("plan", "steele-avenue", "-o", str(tmp_path / "a.pdf"))
    assert as_it_is(kent.place) == before
