"""The statement names each value that is withheld and why, and shows none of them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said

Line = Callable[..., Said]
ONE = "steele-avenue/part-1"
OWN = ("classify", "steele-avenue", "option-2", "--exempt", "--paragraph", "3")
pytestmark = pytest.mark.usefixtures("kent")


def test_bids_are_named_with_paragraph_and_reason_and_never_counted(disposals: Line) -> None:
    said = disposals("disclose", ONE, "--audience", "public", "--json")
    assert said.status == 0
    (bids,) = [each for each in said.json["withheld"] if each["kind"] == "bid"]
    assert bids["paragraphs"] == [3]
    assert "financial or business affairs" in bids["because"]
    assert {"bidder", "price_pence", "standing"} <= set(bids["fields"])
    assert "1275000" not in said.out
    assert "Bidder" not in said.out
    assert "bid-" not in said.out
    assert "entries" not in said.json


def test_a_member_sees_the_bids_and_still_no_names_of_officers(disposals: Line) -> None:
    told = disposals("disclose", ONE, "--audience", "member", "--json").json
    assert len(told["open"]["bid"]) == 6
    assert {each["kind"] for each in told["withheld"]} >= {"disposal", "history_entry"}
    assert "recorded_by" not in json.dumps(told["open"])


def test_an_officer_sees_how_each_entry_stands(disposals: Line) -> None:
    entry = bid(disposals)
    reason = "Bids are compared until contracts are exchanged."
    disposals(
        "classify", ONE, entry, "--exempt", "--paragraph", "3", "--because", reason,
        "--release-at", "exchange", "--review-on", "2022-03-01",
    )  # fmt: skip
    said = disposals("disclose", ONE, "--audience", "officer")
    assert said.status == 0
    line = next(line for line in said.out.splitlines() if f"{entry} " in line)
    assert [word for word in ("exempt", "3", "exchange", "1 March 2022") if word not in line] == []


def test_the_reason_and_the_release_that_were_declared_are_stated(disposals: Line) -> None:
    disposals(
        "classify", ONE, bid(disposals), "--exempt", "--paragraph", "3", "--because",
        "Bids are compared.", "--release-on", "2022-06-01",
    )  # fmt: skip
    told = disposals("disclose", ONE, "--json").json["withheld"]
    assert ("Bids are compared.", "on 1 June 2022") in [(e["because"], e["until"]) for e in told]
    before, after = (
        disposals("disclose", ONE, "--json", "--as-of", day).json
        for day in ("2022-05-31", "2022-06-01")
    )
    assert "bid" not in before["open"]
    assert len(after["open"]["bid"]) == 1


def test_an_exemption_for_what_the_council_would_build_itself_is_warned_of(
    disposals: Line,
) -> None:
    """Option 4.1.2: KCC delivers the medical centre, and could permit it itself."""
    before = disposals("disclose", "steele-avenue")
    assert "paragraph 9" not in before.err
    said = disposals(*OWN, "--because", "It tells of the council's own business case.")
    assert said.status == 0
    assert "option-2 can't be exempt" in said.err
    assert "General Regulations 1992 reg 3" in said.err
    again = disposals("disclose", "steele-avenue")
    assert "paragraph 9 takes every exemption away" in again.err
    assert "medical centre (Part 1) and either hold" not in again.out


def test_no_other_option_is_warned_of(disposals: Line) -> None:
    line = [word.replace("option-2", "option-1") for word in OWN]
    assert "paragraph 9" not in disposals(*line, "--because", "Why").err


def test_a_document_that_may_tell_of_it_is_warned_of(disposals: Line, tmp_path: Path) -> None:
    paper = tmp_path / "appendix.txt"
    paper.write_text("Business case")
    disposals("document", "add", "steele-avenue", str(paper), "--title", "B", "--kind", "appendix")
    said = disposals("disclose", "steele-avenue")
    assert "document-1 may not be exempt as far as it tells of development" in said.err
    assert "option-2" in said.err


def bid(disposals: Line) -> str:
    """The name of a bid that stands on Part 1."""
    entry: str = disposals("bid", "list", ONE, "--json").json[0]["entry"]
    return entry
