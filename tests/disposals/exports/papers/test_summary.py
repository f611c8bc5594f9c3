"""The public summary: one page, in plain words, of nothing but what is open."""

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from tests.conftest import Said
from tests.papers import PAPER_KINDS, words_in

Line = Callable[..., Said]
SITE = "steele-avenue"
pytestmark = pytest.mark.usefixtures("kent")


def written(disposals: Line, section: str, text: str) -> None:
    line = ("paper", "write", SITE, "--paper", "summary", "--section", section, "--text", text)
    said = disposals(*line, "--open", "--on", "2021-09-30")
    assert said.status == 0, said.err


@pytest.mark.parametrize("suffix", PAPER_KINDS)
def test_it_says_where_how_far_and_what_comes_next(
    disposals: Line, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"summary.{suffix}"
    said = disposals("paper", "summary", SITE, "-o", str(out))
    assert said.status == 0, said.err
    told = words_in(out)
    assert "about 0.522 ha (1.29 acres)" in told
    assert "Part 1: Bid shortlist. Offers are compared" in told
    assert "Nov/Dec 2021 Decision making governance" in told
    assert "some of what the council has recorded about this sale is exempt" in told
    assert "[Missing: contact]" in told
    assert "Bidder" not in told


def test_it_is_one_page_of_a4_however_much_there_is_to_say(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "summary.pdf"
    for about in ("The council sells this land.", "The council sells this land. " * 20):
        written(disposals, "about", about)
        said = disposals("paper", "summary", SITE, "-o", str(out))
        assert said.status == 0, said.err
        (page,) = pypdf.PdfReader(out).pages
        assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]


def test_what_does_not_fit_on_a_page_is_refused(disposals: Line, tmp_path: Path) -> None:
    written(disposals, "about", "The council sells this land. " * 300)
    out = tmp_path / "summary.docx"
    said = disposals("paper", "summary", SITE, "-o", str(out))
    assert said.status == 1
    assert "does not fit on one page" in said.err
    assert not out.exists()


def test_it_is_final_when_its_sections_are_written(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "summary.html"
    line = ("paper", "summary", SITE, "-o", str(out), "--final")
    said = disposals(*line)
    assert said.status == 1
    assert "2 things are missing" in said.err
    written(disposals, "about", "The council sells this land.")
    written(disposals, "contact", "The estates team.")
    assert disposals(*line).status == 0
    assert "[Missing" not in words_in(out)


def test_a_decision_is_to_be_taken_until_it_is_taken(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "summary.html"
    line = ("paper", "summary", SITE, "-o", str(out), "--as-of", "2021-11-20")
    disposals(*line)
    assert "number 21/00100, to be taken by the Deputy Leader" in words_in(out)
    disposals("decision", "notify", "21/00100", "--on", "2021-10-08")
    taken = ("decision", "take", "21/00100", "--interests", "None declared", "--on", "2021-11-15")
    assert disposals(*taken).status == 0
    disposals(*line)
    assert "number 21/00100, taken by the Deputy Leader" in words_in(out)


def test_a_decision_that_was_withdrawn_is_said_to_be(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "summary.html"
    withdrawn = ("decision", "withdraw", "21/00100", "--because", "Rethought", "--on", "2021-10-01")
    assert disposals(*withdrawn).status == 0
    disposals("paper", "summary", SITE, "-o", str(out), "--as-of", "2021-10-02")
    assert "number 21/00100, withdrawn" in words_in(out)


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (("take", "--interests", "None declared"), "taken_on"),
        (("withdraw", "--because", "Rethought"), "withdrawn_on"),
    ],
    ids=["taken", "withdrawn"],
)
def test_what_became_of_a_decision_is_not_said_where_its_day_is_kept_back(
    disposals: Line, tmp_path: Path, act: tuple[str, ...], field: str
) -> None:
    out = tmp_path / "summary.html"
    disposals("decision", "notify", "21/00100", "--on", "2021-10-08")
    verb, *rest = act
    said = disposals("decision", verb, "21/00100", *rest, "--on", "2021-11-15")
    assert said.status == 0, said.err
    listed = disposals("decision", "list", "--json").json
    (entry,) = next(each["entries"] for each in listed if each["number"] == "21/00100")
    said = disposals(
        "classify", SITE, entry, "--exempt", "--field", field, "--paragraph", "3",
        "--because", "It would tell when the buyer is bound.", "--on", "2021-11-16",
    )  # fmt: skip
    assert said.status == 0, said.err
    disposals("paper", "summary", SITE, "-o", str(out), "--as-of", "2021-11-20")
    told = words_in(out)
    assert "number 21/00100" in told
    for said_of_it in ("number 21/00100,", "taken by", "withdrawn"):
        assert said_of_it not in told


def test_a_step_that_is_recorded_and_exempt_is_opened(disposals: Line, tmp_path: Path) -> None:
    ref, line = "bensted-house", ("paper", "summary", "bensted-house", "--json")
    said = disposals("milestone", "add", ref, "--name", "Exchange", "--when", "Mar 2022")
    assert said.status == 0, said.err
    told = disposals(*line, "-o", str(tmp_path / "summary.html")).json["missing"]
    (command,) = [each["command"] for each in told if each["what"] == "what happens next"]
    assert command.startswith(f"disposals classify {ref} milestone-")
