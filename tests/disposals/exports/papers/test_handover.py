"""The handover sheet: what the next officer must know of a case, on few pages."""

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from disposals.register import Register
from tests.conftest import Said
from tests.papers import PAPER_KINDS, under_headings, words_in

Line = Callable[..., Said]
SITE = "steele-avenue"
pytestmark = pytest.mark.usefixtures("kent")


@pytest.mark.parametrize("suffix", PAPER_KINDS)
def test_it_says_where_each_part_stands_and_what_stops_it(
    disposals: Line, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"sheet.{suffix}"
    said = disposals("paper", "handover", SITE, "-o", str(out))
    assert said.status == 0, said.err
    told = words_in(out)
    assert "FOR OFFICERS ONLY – NOT FOR PUBLICATION" in told
    assert "steele-avenue/part-1, to heads of terms: nothing stops it." in told
    assert "steele-avenue/part-2, to marketing: 3 gates not met." in told
    assert "No agent is appointed: no marketing campaign is running." in told
    assert "Stone Parish Council" in told


def test_a_site_in_two_parts_takes_no_more_than_three_pages(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "sheet.pdf"
    assert disposals("paper", "handover", SITE, "-o", str(out)).status == 0
    assert len(pypdf.PdfReader(out).pages) <= 3


def test_a_day_that_passed_is_overdue_and_on_the_agenda(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "sheet.docx"
    line = ("paper", "handover", SITE, "-o", str(out), "--as-of", "2022-03-15")
    assert disposals(*line).status == 0
    told = under_headings(out)
    assert "Feb 2022 overdue part-1 Developer finalises designs" in " ".join(
        told["5. Milestones overdue and ahead"].split()
    )
    assert "Overdue 28 February 2022 part-1" in told["3. On the agenda"]


def test_the_review_of_an_exempt_entry_and_the_act_itself_are_handed_over(
    disposals: Line, tmp_path: Path, kent: Register
) -> None:
    assert kent is not None
    said = disposals(
        "classify", f"{SITE}/part-1", "bid-11", "--exempt", "--paragraph", "3",
        "--because", "Bidders would learn each other's offers.", "--review-on", "2021-12-01",
    )  # fmt: skip
    assert said.status == 0, said.err
    out = tmp_path / "sheet.docx"
    assert disposals("paper", "handover", SITE, "-o", str(out)).status == 0
    told = under_headings(out)
    withheld = told["8. Declared exempt, and when to weigh it again"]
    assert "steele-avenue/part-1 bid-11 3 1 December 2021" in withheld
    assert "Disposals Surveyor" in told["9. What was done last"]


def test_an_unknown_case_is_refused(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    said = disposals("paper", "handover", "nowhere", "-o", str(out))
    assert said.status == 1
    assert "There is no disposal “nowhere”" in said.err
    assert not out.exists()
