"""The notice of a key decision: the eight particulars of SI 2012/2089 reg 9(1)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from disposals.policy import wording
from disposals.register import Register
from tests.conftest import Said
from tests.papers import PAPER_KINDS, under_headings, words_in

Line = Callable[..., Said]
SITE, NUMBER = "steele-avenue", "21/00100"
WRITTEN = {
    "decision-maker": "Councillor for the division of Example",
    "day-or-period": "Between 9 and 30 November 2021.",
    "address-for-copies": "Democratic Services, Sessions House, Maidstone.",
    "how-to-ask": "Write to Democratic Services and name the decision.",
}
pytestmark = pytest.mark.usefixtures("kent")


@pytest.fixture
def written(kent: Register, disposals: Line) -> Register:
    """Everything that officers write into the notice."""
    for section, text in WRITTEN.items():
        said = disposals(
            "paper", "write", SITE, "--paper", "notice", "--section", section, "--text", text,
            "--open",
        )  # fmt: skip
        assert said.status == 0, said.err
    return kent


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("suffix", PAPER_KINDS)
def test_a_final_notice_has_the_eight_particulars(
    disposals: Line, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"notice.{suffix}"
    said = disposals("paper", "notice", NUMBER, "-o", str(out), "--final")
    assert said.status == 0, said.err
    told = words_in(out)
    assert "A key decision is to be made on behalf of Kent County Council." in told
    assert "Disposal of land South of Steele Avenue, Greenhithe" in told
    for text in WRITTEN.values():
        assert text in told
    assert "Deputy Leader and Cabinet Member for Finance" in told
    assert "Report to the Policy and Resources Cabinet Committee" in told
    assert "Other documents relevant to the matter may be submitted" in told
    assert "[Missing" not in told


def test_a_draft_marks_what_is_missing_and_is_not_final(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "notice.docx"
    said = disposals("paper", "notice", NUMBER, "-o", str(out), "--final")
    assert said.status == 1
    assert "--paper notice --section decision-maker" in said.err
    assert not out.exists()
    assert disposals("paper", "notice", NUMBER, "-o", str(out)).status == 0
    assert "[Missing: day or period]" in words_in(out)


def test_where_copies_may_be_had_is_the_councils_own_setting_until_officers_write_it(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "notice.docx"
    assert disposals("paper", "notice", NUMBER, "-o", str(out)).status == 0
    told = under_headings(out)
    assert told["Where copies may be had"].endswith(
        "Democratic Services, Kent County Council, Sessions House, County Hall, Maidstone."
    )
    assert told["Other documents"].endswith("name the number of the decision.")
    said = disposals(
        "paper", "write", SITE, "--paper", "notice", "--section", "address-for-copies",
        "--text", "Gun Wharf, Chatham.", "--open",
    )  # fmt: skip
    assert said.status == 0, said.err
    assert disposals("paper", "notice", NUMBER, "-o", str(out)).status == 0
    assert under_headings(out)["Where copies may be had"].endswith("Gun Wharf, Chatham.")


def test_a_council_without_words_of_its_own_has_englands() -> None:
    usual = wording("surrey", "notice")
    assert usual["address-for-copies"] == "The proper officer, Surrey, at its principal office."


@pytest.mark.usefixtures("written")
def test_it_says_before_which_day_the_decision_will_not_be_made(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "notice.docx"
    line = ("paper", "notice", NUMBER, "-o", str(out), "--as-of")
    assert disposals(*line, "2021-10-20").status == 0
    when = under_headings(out)["When the decision is to be made"]
    # 28 clear days after 20 October; the committee of 9 November meets before.
    assert "With notice published on 20 October 2021" in when
    assert "will not be made before 18 November 2021." in when
    assert disposals("decision", "notify", NUMBER, "--on", "2021-10-08").status == 0
    assert disposals(*line, "2021-10-20").status == 0
    when = under_headings(out)["When the decision is to be made"]
    assert "Notice was published on 8 October 2021" in when
    assert "will not be made before 9 November 2021." in when


def test_that_some_of_it_is_exempt_is_said_and_under_what(disposals: Line, tmp_path: Path) -> None:
    said = disposals(
        "paper", "write", SITE, "--paper", "exempt-appendix", "--section", "risk",
        "--text", "Counsel advises against it.", "--paragraphs", "3, 5",
    )  # fmt: skip
    assert said.status == 0, said.err
    out = tmp_path / "notice.docx"
    assert disposals("paper", "notice", NUMBER, "-o", str(out)).status == 0
    documents = under_headings(out)["Documents submitted to the decision maker"]
    assert "exempt under paragraphs 3 and 5 of Part 1 of Schedule 12A" in documents
    assert "Counsel" not in words_in(out)


def test_no_notice_is_given_of_a_decision_that_is_not_key(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "notice.docx"
    said = disposals(
        "decision", "add", SITE, "--number", "21/00200", "--title", "T", "--taker", "W",
        "--not-key", "--open",
    )  # fmt: skip
    assert said.status == 0, said.err
    said = disposals("paper", "notice", "21/00200", "-o", str(out))
    assert said.status == 1
    assert "21/00200 is not recorded as a key decision" in said.err
    assert "reg 9" in said.err
    assert not out.exists()


def test_a_decision_that_is_not_declared_open_is_not_told(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "notice.html"
    said = disposals(
        "decision", "add", SITE, "--number", "21/00201", "--title", "Secret", "--taker", "W",
        "--key",
    )  # fmt: skip
    assert said.status == 0, said.err
    assert disposals("paper", "notice", "21/00201", "-o", str(out)).status == 0
    assert "Secret" not in words_in(out)
    assert "[Missing: the decision, which is recorded but not declared open]" in words_in(out)
