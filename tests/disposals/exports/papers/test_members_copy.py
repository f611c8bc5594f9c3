"""Copies for any member of what is exempt: what s.100F(2A) opens to them, and no more."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said
from tests.papers import PAPER_KINDS, words_in

Line = Callable[..., Said]
SITE, ONE = "steele-avenue", "steele-avenue/part-1"
pytestmark = pytest.mark.usefixtures("kent")


@pytest.fixture
def copied(disposals: Line, tmp_path: Path) -> Callable[..., str]:
    """The words of the appendix for an audience."""

    def made(audience: str = "member", suffix: str = "docx") -> str:
        exempt = tmp_path / f"exempt.{suffix}"
        said = disposals(
            "paper", "report", SITE, "-o", str(tmp_path / "r.docx"),
            "--exempt-appendix", str(exempt), "--appendix-for", audience,
        )  # fmt: skip
        assert said.status == 0, said.err
        return words_in(exempt)

    return made


@pytest.mark.parametrize("suffix", PAPER_KINDS)
def test_members_see_what_is_exempt_under_paragraph_3(
    copied: Callable[..., str], suffix: str
) -> None:
    told = copied(suffix=suffix)
    assert "This copy is for members of the council." in told
    assert "£1,275,000" in told
    assert "s.100F(2A) is left out here" not in told
    assert "This copy is for members" not in copied("officer", suffix)


def test_a_bid_under_another_paragraph_is_left_out_and_said_to_be(
    disposals: Line, copied: Callable[..., str]
) -> None:
    bids = disposals("bid", "list", ONE, "--json").json
    entry = next(each["entry"] for each in bids if each["price_pence"] == 127_500_000)
    said = disposals(
        "classify", ONE, entry, "--exempt", "--paragraph", "5", "--because", "Advice stands in it."
    )
    assert said.status == 0, said.err
    told = copied()
    assert "£1,275,000" not in told
    assert "£1,215,000" in told
    assert "may slip" not in told  # which compares it
    assert "What members may not see under s.100F(2A) is left out here." in told
    assert "£1,275,000" in copied("officer")


def test_a_section_under_another_paragraph_is_left_out_and_not_missing(
    disposals: Line, copied: Callable[..., str]
) -> None:
    said = disposals(
        "paper", "write", SITE, "--paper", "exempt-appendix", "--section", "risk",
        "--text", "Counsel advises against it.", "--paragraphs", "5", "--on", "2021-09-30",
    )  # fmt: skip
    assert said.status == 0, said.err
    told = copied()
    assert "Counsel" not in told
    assert "Risk: written, and left out of this copy." in told
    assert "Counsel advises against it." in copied("officer")


def test_there_is_no_appendix_for_the_public(disposals: Line, tmp_path: Path) -> None:
    said = disposals(
        "paper", "report", SITE, "-o", str(tmp_path / "r.html"),
        "--exempt-appendix", str(tmp_path / "a.html"), "--appendix-for", "public",
    )  # fmt: skip
    assert said.status == 1
    assert "not for the public" in said.err
    assert not list(tmp_path.glob("*.html"))


@pytest.fixture
def evaluated(disposals: Line, tmp_path: Path) -> Callable[..., str]:
    """The words of the bid evaluation for an audience."""

    def made(audience: str = "member", suffix: str = "docx") -> str:
        out = tmp_path / f"evaluation.{suffix}"
        said = disposals("paper", "evaluation", ONE, "--audience", audience, "-o", str(out))
        assert said.status == 0, said.err
        return words_in(out)

    return made


@pytest.mark.parametrize("suffix", PAPER_KINDS)
def test_members_see_the_evaluation_without_what_officers_alone_may_know(
    evaluated: Callable[..., str], suffix: str
) -> None:
    told, whole = evaluated(suffix=suffix), evaluated("officer", suffix)
    assert "This copy is for members of the council." in told
    assert "£1,275,000" in told
    assert "How the tests of value stand is for officers" in told
    assert "Why it is exempt" not in told
    assert "The preferred bid of £1,275,000 is the highest of 6." in whole
    assert "The preferred bid of" not in told


def test_of_an_evaluation_members_see_a_bid_whole_or_not_at_all(
    disposals: Line, evaluated: Callable[..., str]
) -> None:
    bids = disposals("bid", "list", ONE, "--json").json
    best = next(each for each in bids if each["price_pence"] == 127_500_000)
    said = disposals(
        "classify", ONE, best["entry"], "--field", "price_pence", "--exempt", "--paragraph", "5",
        "--because", "Advice stands in it.",
    )  # fmt: skip
    assert said.status == 0, said.err
    told = evaluated()
    assert "£1,275,000" not in told
    assert best["bidder"] not in told
    assert "£1,215,000" in told
    assert "What members may not see under s.100F(2A) is left out here." in told


def test_a_value_that_hangs_on_a_likelihood_that_is_kept_back_is_not_told(
    disposals: Line, evaluated: Callable[..., str]
) -> None:
    bids = disposals("bid", "list", ONE, "--json").json
    bidder = bids[0]["bidder"]
    said = disposals(
        "bid", "edit", ONE, bids[0]["entry"], "--set", "subject-to-planning=yes",
        "--because", "As the letter says.", "--on", "2021-09-30",
    )  # fmt: skip
    assert said.status == 0, said.err
    said = disposals(
        "bid", "likelihood", ONE, "--bidder", bidder, "--condition", "planning", "--percent", "73",
        "--because", "Outline consent stands.", "--on", "2021-09-30",
    )  # fmt: skip
    assert said.status == 0, said.err
    assert "planning: 73 %" in evaluated()
    rows = disposals("disclose", ONE, "--audience", "officer", "--json").json["entries"]
    entry = next(each["entry"] for each in rows if each["entry"].startswith("likelihood-"))
    said = disposals(
        "classify", ONE, entry, "--exempt", "--paragraph", "5", "--because", "Advice stands in it."
    )
    assert said.status == 0, said.err
    told = evaluated()
    assert "73 %" not in told
    assert "Outline consent stands." not in told
