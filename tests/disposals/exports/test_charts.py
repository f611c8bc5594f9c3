"""Bids and options as pictures: bars as long as their sums, on one scale, and words for all."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from tests.conftest import Said

Line = Callable[..., Said]
ONE, WHOLE = "steele-avenue/part-1", "steele-avenue"
pytestmark = pytest.mark.usefixtures("kent")


def bars(svg: Path) -> dict[str, list[float]]:
    """The widths of the bars in a picture, in its own units, by their tint."""
    found: dict[str, list[float]] = {}
    for path in ET.fromstring(svg.read_text(encoding="utf-8")).iter():  # noqa: S314 (our own file)
        fill = path.get("fill", "none")
        if path.tag.endswith("}path") and path.get("stroke") and fill != "none":
            across = [float(x) for x in re.findall(r"[ML] ?([-\d.]+)[ ,]", path.get("d", ""))]
            across += [float(x) for x in re.findall(r"[Hh] ?([-\d.]+)", path.get("d", ""))]
            found.setdefault(fill, []).append(max(across) - min(across))
    return found


def in_pdf(path: Path) -> str:
    return " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(path).pages).split())


def test_bars_are_as_long_as_the_prices_of_the_bids(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "bids.svg"
    said = disposals("bid", "evaluate", ONE, "--json", "--chart", str(out))
    assert said.status == 0, said.err
    prices = [offer["price"] for offer in said.json["offers"]]
    drawn = bars(out)
    assert len(prices) == 6
    assert all(len(widths) == 6 for widths in drawn.values())
    (first, *_) = drawn.values()
    assert [width / first[0] for width in first] == pytest.approx(
        [price / prices[0] for price in prices], abs=1e-4
    )


def test_the_paper_names_every_bid_and_sum_and_says_whose_it_is(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "bids.pdf"
    disposals("bid", "evaluate", ONE, "--chart", str(out))
    text = in_pdf(out)
    [page] = pypdf.PdfReader(out).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
    assert text.startswith("For officers: not for publication")
    assert "At 3.5 % a year. All bars are on one scale." in text
    for bidder in "ABCDEF":
        assert f"Bidder {bidder}" in text
    assert "Price £1,275,000" in text
    assert b"pdfuaid:part" in pypdf.PdfReader(out).trailer["/Root"]["/Metadata"].get_data()  # type: ignore[index]


def test_costs_lie_left_of_nothing_and_receipts_right_of_it(
    disposals: Line, tmp_path: Path
) -> None:
    for option, flow, pounds in (("4.1.3", "receipt", "1000000"), ("4.1.3", "cost", "250000")):
        said = disposals(
            "option", "figure", WHOLE, "--option-no", option, "--flow", flow, "--amount", pounds,
            "--what", flow,
        )  # fmt: skip
        assert said.status == 0, said.err
    out = tmp_path / "options.svg"
    assert disposals("option", "appraise", WHOLE, "--chart", str(out)).status == 0
    costs, receipts, left = (widths[0] for widths in bars(out).values())
    assert receipts / costs == pytest.approx(4, abs=1e-3)
    assert left / costs == pytest.approx(3, abs=1e-3)
    paper = tmp_path / "options.pdf"
    disposals("option", "appraise", WHOLE, "--chart", str(paper))
    text = in_pdf(paper)
    assert "Costs -£250,000" in text
    assert "Not drawn, for no sum is known: 4.1.1 and 4.1.2." in text


def test_a_cost_of_an_option_that_is_not_there_is_refused(disposals: Line) -> None:
    said = disposals(
        "option", "figure", WHOLE, "--option-no", "9", "--flow", "cost", "--amount", "1",
        "--what", "Fence",
    )  # fmt: skip
    assert said.status == 1
    assert "No option “9” is recorded. Recorded: 4.1.1, 4.1.2 and 4.1.3." in said.err


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        (("option", "appraise", WHOLE), "options.png", "no sum is known yet"),
        (("bid", "evaluate", "steele-avenue/part-2"), "bids.png", "no sum is known yet"),
        (("bid", "evaluate", ONE), "bids.xlsx", "it ends in .pdf, .svg or .png"),
    ],
)
def test_what_can_not_be_drawn_is_refused_and_no_file_is_left(
    disposals: Line, tmp_path: Path, line: tuple[str, ...], name: str, said: str
) -> None:
    refused = disposals(*line, "--chart", str(tmp_path / name))
    assert refused.status == 1
    assert said in refused.err
    assert not (tmp_path / name).exists()
