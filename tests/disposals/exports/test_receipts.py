"""The forecast of receipts as files: what a spreadsheet and a board find in them."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdf
import pytest

from disposals.exports.receipts import _short, _step
from tests.conftest import Said

Line = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("kent")
INK = "#12304f"


@pytest.fixture
def board(disposals: Line, tmp_path: Path) -> Callable[..., Path]:
    """The forecast in a file of some kind."""

    def write(suffix: str, *rest: str) -> Path:
        out = tmp_path / f"board.{suffix}"
        said = disposals("receipts", "-o", str(out), *rest)
        assert said.status == 0, said.err
        return out

    return write


def test_a_workbook_holds_numbers_under_a_heading_that_stays(board: Callable[..., Path]) -> None:
    book = openpyxl.load_workbook(board("xlsx"))
    assert book.sheetnames == ["Forecast", "Cases", "Changes", "Basis"]
    forecast = book["Forecast"]
    assert forecast.freeze_panes == "B2"
    rows = list(forecast.iter_rows(values_only=True))
    assert rows[0][:4] == ("period", "cases", "unadjusted", "risk adjusted")
    row = next(each for each in rows if each[0] == "2022/23")
    assert row[1:4] == (1, 1_275_000, 765_000)
    cases = {row[0]: row for row in book["Cases"].iter_rows(values_only=True)}
    assert cases["steele-avenue/part-1"][3:5] == ("preferred bid", 1_275_000)
    assert cases["steele-avenue/part-1"][7] == 60
    formats = {
        cell.value: cell.number_format
        for cell in book["Cases"][2 + list(cases).index("steele-avenue/part-1") - 1]
    }
    assert formats[60] == "General"
    assert "£" in formats[1_275_000]
    basis = [row[:3] for row in book["Basis"].iter_rows(values_only=True)]
    assert ("Likely by stage", "bid shortlist", 60) in basis
    assert ("Seed", 1972, None) in basis


def test_no_cell_of_a_workbook_becomes_a_formula(
    disposals: Line, board: Callable[..., Path]
) -> None:
    disposals("hold", "steele-avenue/part-1", "--because", "=HYPERLINK(1)")
    book = openpyxl.load_workbook(board("xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "'=HYPERLINK(1)" for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_paper_has_every_figure_the_weights_and_what_changed(
    board: Callable[..., Path],
) -> None:
    reader = pypdf.PdfReader(board("pdf"))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert text.startswith("For officers: not for publication Kent County Council")
    for figure in ("£1,275,000", "£765,000", "bid shortlist 60 %", "steele-avenue/part-1: new"):
        assert figure in text
    assert "Received" in text
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]


def heights(svg: Path) -> list[float]:
    """The heights of the sums drawn, each outlined in the same ink."""
    found = []
    for path in ET.fromstring(svg.read_text(encoding="utf-8")).iter():  # noqa: S314 (our own file)
        if path.tag.endswith("}path") and path.get("stroke") == INK and path.get("fill") != "none":
            down = [float(y) for y in re.findall(r"[ML] ?[-\d.]+[ ,]([-\d.]+)", path.get("d", ""))]
            down += [float(y) for y in re.findall(r"[Vv] ?([-\d.]+)", path.get("d", ""))]
            found.append(max(down) - min(down))
    return found


def test_a_sum_is_as_high_as_it_is_large(disposals: Line, board: Callable[..., Path]) -> None:
    one = heights(board("svg"))
    done = disposals("valuation", "add", "wayfarers", "--valuer", "V", "--value", "637500")
    assert done.status == 0, done.err
    said = disposals("milestone", "add", "wayfarers", "--name", "Sale completes",
                     "--when", "Aug 2023", "--mark", "completion")  # fmt: skip
    assert said.status == 0, said.err
    two = heights(board("svg"))
    assert len(one) == 1
    assert len(two) == 2
    assert two[1] / two[0] == pytest.approx(0.5, abs=1e-3)


def test_a_picture_for_the_public_draws_nothing_of_a_single_case(
    board: Callable[..., Path],
) -> None:
    assert heights(board("svg", "--audience", "public")) == []


@pytest.mark.parametrize(
    ("top", "step"), [(0, 1_00), (1_275_000_00, 500_000_00), (12_00, 2_00), (13_00, 5_00)]
)
def test_a_scale_has_round_steps_and_holds_the_highest(top: int, step: int) -> None:
    assert _step(top) == step
    assert step * 6 >= top


def test_a_sum_beside_the_axis_is_short() -> None:
    assert [_short(pounds * 100) for pounds in (0, 500, 200_000, 1_500_000, 2_000_000_000)] == [
        "£0", "£500", "£200k", "£1.5m", "£2bn",
    ]  # fmt: skip


def test_the_paper_for_the_board_is_a4(board: Callable[..., Path]) -> None:
    [page] = pypdf.PdfReader(board("pdf")).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 210]
    assert "Page 1 of 1" in page.extract_text()
