"""Days of law stand among the milestones, and no command moves them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Said

Line = Callable[..., Said]
REF = "bensted-house"
pytestmark = pytest.mark.usefixtures("kent")


@pytest.fixture
def noticed(disposals: Line) -> Line:
    """Notice of the sale of Kiln Court, an asset of community value, was received on 4 October."""
    said = disposals(
        "land", "moratorium", REF, "--site", "kiln-court", "--received-on", "2021-10-04",
        "--bid-requested", "yes", "--on", "2021-10-04",
    )  # fmt: skip
    assert said.status == 0, said.err
    return disposals


def fixed(disposals: Line, *rest: str) -> dict[str, Any]:
    lines = disposals("milestones", REF, "--json", *rest).json
    return {line["name"]: line for line in lines if line["kind"] == "fixed by rule"}


def test_the_moratorium_stands_among_the_milestones_with_its_rule(noticed: Line) -> None:
    told = fixed(noticed, "--as-of", "2021-10-05")
    assert [(name, line["when"]) for name, line in told.items()] == [
        ("The interim moratorium of kiln-court ends", "14 November 2021"),
        ("The full moratorium of kiln-court ends", "3 April 2022"),
        ("The protected period of kiln-court ends", "3 April 2023"),
    ]
    full = told["The full moratorium of kiln-court ends"]
    assert full["no"] is None
    assert full["why"] == ("6 months from 4 October 2021; Localism Act 2011 s.95(6).")
    assert "fixed" in noticed("milestones", REF, "--as-of", "2021-10-05").out


def test_what_has_run_out_is_told_while_something_is_to_be_done(noticed: Line) -> None:
    assert list(fixed(noticed, "--as-of", "2023-04-04")) == [
        "The protected period of kiln-court ends"
    ]
    (late,) = fixed(noticed, "--overdue", "--as-of", "2023-04-04").values()
    assert late["colour"] == "red"
    assert late["why"].startswith("Past since 3 April 2023. Notify the listing authority again")
    items = noticed("agenda", "--as-of", "2023-04-04", "--json").json
    assert [item["reference"] for item in items if item["matter"] == "ran out"] == [REF]
    assert fixed(noticed, "--due", "30d", "--as-of", "2022-03-10").keys() == {
        "The full moratorium of kiln-court ends"
    }


def test_nobody_moves_a_day_that_a_rule_fixes(noticed: Line) -> None:
    forecast = ("milestone", "forecast", REF, "full moratorium", "--when", "Jan 2022")
    refused = noticed(*forecast, "--because", "The buyer is in a hurry", "--on", "2021-11-01")
    assert refused.status == 1
    assert "The full moratorium of kiln-court ends on 3 April 2022, and nobody can move that: " in (
        refused.err
    )
    assert "Localism Act 2011 s.95(6)" in refused.err
    asked = noticed("milestones", REF, "--if", "protected-period=2024", "--as-of", "2021-11-01")
    assert asked.status == 1
    assert "nobody can move that" in asked.err
    unknown = noticed("milestone", "forecast", REF, "call-in", "--when", "2022", "--because", "x")
    assert unknown.status == 1
    assert "Fixed days are interim moratorium of kiln-court" in unknown.err


def test_an_exchange_before_the_law_allows_it_is_questioned(noticed: Line) -> None:
    add = ("milestone", "add", REF, "--name", "Exchange", "--mark", "exchange")
    assert noticed(*add, "--when", "Feb 2022", "--on", "2021-11-01").status == 0
    said = noticed("milestones", REF, "--as-of", "2021-11-02").out
    assert "? Milestone 1 stands at Feb 2022, before contracts may be exchanged: The full " in said
    later = noticed("milestones", REF, "--if", "1=Apr 2022", "--as-of", "2021-11-02", "--json")
    assert later.json["questions"] == []


def test_the_public_is_told_of_no_clock(noticed: Line) -> None:
    assert "moratorium" not in noticed("milestones", REF, "--audience", "public").out
