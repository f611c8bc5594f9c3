"""The option appraisal: exempt as a whole, or for the public what is open of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said
from tests.papers import PAPER_KINDS, words_in

Line = Callable[..., Said]
ON = ("--on", "2021-09-30")


@pytest.fixture
def appraised(disposals: Line, mill_lane: str) -> str:
    """Two open options, one with exempt figures that are known by their sums."""
    keep = ("--no", "1", "--title", "Keep the land", "--do-nothing", "--reasons-against", "No use")
    sell = ("--no", "2", "--title", "Sell it", "--recommended", "--reasons-for", "Homes are needed")
    for option in (keep, sell):
        assert disposals("option", "add", mill_lane, *option, "--open", *ON).status == 0
    for no, flow, year, pounds in (
        ("1", "cost", "0", "20000"), ("2", "cost", "0", "15000"), ("2", "receipt", "2", "500000"),
    ):  # fmt: skip
        line = ("--option-no", no, "--flow", flow, "--what", flow, "--amount", pounds)
        why = ("--paragraphs", "3", "--exempt-because", "It weakens our bargaining")
        said = disposals("option", "figure", mill_lane, *line, "--year", year, *why, *ON)
        assert said.status == 0, said.err
    return mill_lane


@pytest.mark.parametrize("suffix", PAPER_KINDS)
def test_officers_see_the_sums_and_how_they_come_about(
    disposals: Line, appraised: str, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"options.{suffix}"
    said = disposals("paper", "options", appraised, "-o", str(out))
    assert said.status == 0, said.err
    told = words_in(out)
    assert "By virtue of paragraph(s) 3 of Part 1" in told
    assert "It weakens our bargaining" in told
    assert "£451,755" in told  # 500,000 ÷ 1.035², less 15,000
    assert "£471,755" in told  # more than keeping
    assert "0.9335" in told
    assert "[Missing: weighted criteria]" in told


@pytest.mark.parametrize("suffix", PAPER_KINDS)
def test_the_public_sees_the_options_and_why_but_no_sum(
    disposals: Line, appraised: str, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"options.{suffix}"
    said = disposals("paper", "options", appraised, "--audience", "public", "-o", str(out))
    assert said.status == 0, said.err
    told = words_in(out)
    assert "UNRESTRICTED" in told
    assert "Homes are needed" in told
    assert "exempt from publication under paragraph(s) 3 of Part 1 of Schedule 12A" in told
    assert "£" not in told
    assert "bargaining" not in told


def test_a_final_appraisal_is_refused_while_anything_is_missing(
    disposals: Line, appraised: str, tmp_path: Path
) -> None:
    out = tmp_path / "options.pdf"
    said = disposals("paper", "options", appraised, "-o", str(out), "--final")
    assert said.status == 1
    assert f"weighted criteria: disposals option criterion {appraised}" in said.err
    assert not out.exists()
