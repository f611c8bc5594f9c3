"""The bid evaluation: bids on one footing, sealed bids silent, what is missing marked."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said
from tests.papers import PAPER_KINDS, words_in

Line = Callable[..., Said]
PART = "steele-avenue/part-1"


@pytest.mark.usefixtures("kent")
@pytest.mark.parametrize("suffix", PAPER_KINDS)
def test_the_bids_stand_with_why_each_is_taken_further_and_the_marking(
    disposals: Line, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"evaluation.{suffix}"
    said = disposals("paper", "evaluation", PART, "-o", str(out))
    assert said.status == 0, said.err
    told = words_in(out)
    assert "EXEMPT – NOT FOR PUBLICATION" in told
    assert "By virtue of paragraph(s) 3 of Part 1 of Schedule 12A" in told
    assert "Illustrative: the published papers do not give these figures." in told
    assert "The preferred bid of £1,275,000 is the highest of 6." in told
    assert "Lead bidder after the initial bid appraisal" in told
    assert "[Missing: a valuation]" in told


def test_a_sealed_bid_shows_its_bidder_and_nothing_else(
    disposals: Line, tmp_path: Path, mill_lane: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = ("campaign", "add", mill_lane, "--method", "formal tender", "--agent", "Agents LLP")
    assert disposals(*begun, "--on", "2021-02-01").status == 0
    openers = ("--opener", "Head of Property", "--opener", "Monitoring Officer")
    monkeypatch.setattr(sys, "stdin", io.StringIO("correct horse battery\nstaple of the council\n"))
    assert disposals("campaign", "seal", mill_lane, *openers, "--on", "2021-02-02").status == 0
    bid = ("bid", "add", mill_lane, "--bidder", "Ash Homes", "--price", "1234567")
    said = disposals(*bid, "--conditions", "Subject to a canary", "--on", "2021-02-15")
    assert said.status == 0, said.err
    out = tmp_path / "evaluation.html"
    said = disposals("paper", "evaluation", mill_lane, "-o", str(out))
    assert said.status == 0, said.err
    told = words_in(out)
    assert "Ash Homes sealed until the opening" in told
    assert "[Missing: what is in the sealed bids of Ash Homes]" in told
    for secret in ("1,234,567", "1234567", "canary"):
        assert secret not in out.read_text("utf-8")


@pytest.mark.usefixtures("kent")
def test_a_final_evaluation_is_refused_while_anything_is_missing(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "evaluation.pdf"
    said = disposals("paper", "evaluation", PART, "-o", str(out), "--final")
    assert said.status == 1
    assert f"a valuation: disposals valuation add {PART}" in said.err
    assert not out.exists()


@pytest.fixture
def three_bids(disposals: Line, mill_lane: str) -> str:
    """Three bids, of which nothing but bidder and price is known."""
    for bidder, pounds in (("Ash Homes", "900000"), ("Beech", "800000"), ("Cedar", "700000")):
        bid = ("bid", "add", mill_lane, "--bidder", bidder, "--price", pounds)
        assert disposals(*bid, "--on", "2021-02-15").status == 0
    return mill_lane


def test_of_what_bids_depend_on_no_more_is_said_than_is_recorded(
    disposals: Line, tmp_path: Path, three_bids: str
) -> None:
    out = tmp_path / "evaluation.html"
    assert disposals("paper", "evaluation", three_bids, "-o", str(out)).status == 0
    told = words_in(out)
    assert "No bid is recorded as depending on planning, funding or a board's approval." in told


def test_a_bidder_who_is_declined_has_a_reason_of_their_own(
    disposals: Line, tmp_path: Path, three_bids: str
) -> None:
    taken = ("bid", "shortlist", three_bids, "--because", "Highest", "--on", "2021-02-20")
    said = disposals(*taken, "--bidder", "Ash Homes")
    assert said.status == 1
    assert "declines Beech and Cedar, and why is not said" in said.err
    assert {bid["standing"] for bid in disposals("bid", "list", three_bids, "--json").json} == {
        "received"
    }
    assert disposals(*taken, "--bidder", "Ash Homes", "--bidder", "Beech",
                     "--declined-because", "No proof of funds").status == 0  # fmt: skip
    said = disposals(*taken, "--bidder", "Ash Homes", "--declined-because", "Lower")
    assert said.status == 0, said.err
    out = tmp_path / "evaluation.html"
    assert disposals("paper", "evaluation", three_bids, "-o", str(out)).status == 0
    assert "Ash Homes shortlisted Highest" in words_in(out)
    assert "Beech declined Lower" in words_in(out)


def test_what_spoke_for_a_bidder_who_was_shortlisted_is_no_reason_to_decline_them_later(
    disposals: Line, three_bids: str
) -> None:
    line = ("bid", "shortlist", three_bids, "--on", "2021-02-20")
    both = ("--bidder", "Ash Homes", "--bidder", "Beech", "--because", "Both pay in cash")
    assert disposals(*line, *both, "--declined-because", "Lower").status == 0
    said = disposals(*line, "--bidder", "Ash Homes", "--because", "Highest")
    assert said.status == 1
    assert "the shortlist declines Beech, and why is not said" in said.err
    bids = disposals("bid", "list", three_bids, "--json").json
    assert {bid["bidder"]: bid["standing"] for bid in bids}["Beech"] == "shortlisted"


def test_a_bidder_who_was_declined_before_keeps_the_reason(
    disposals: Line, three_bids: str
) -> None:
    taken = ("bid", "shortlist", three_bids, "--bidder", "Ash Homes", "--because", "Highest")
    for more in (("--declined-because", "Lower"), ()):
        said = disposals(*taken, *more, "--on", "2021-02-20")
        assert said.status == 0, said.err
    bids = disposals("bid", "list", three_bids, "--json").json
    assert {bid["bidder"]: bid["standing_because"] for bid in bids} == {
        "Ash Homes": "Highest", "Beech": "Lower", "Cedar": "Lower",
    }  # fmt: skip
