"""The forecast of receipts as the head of property asks for it, on the published example."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Said

Line = Callable[..., Said]
ONE, TWO, WHOLE = "steele-avenue/part-1", "steele-avenue/part-2", "steele-avenue"
POUNDS_OF_THE_BID = 1_275_000_00
pytestmark = pytest.mark.usefixtures("kent")


def years(disposals: Line, *rest: str) -> dict[str, Any]:
    said = disposals("receipts", "--json", *rest)
    assert said.status == 0, said.err
    return {row["period"]: row for row in said.json["rows"]}


def one(disposals: Line, ref: str, *rest: str) -> Any:
    told = disposals("receipts", "--json", *rest).json
    return next(line for line in told["lines"] if line["reference"] == ref)


def done(said: Said) -> None:
    assert said.status == 0, said.err


def test_the_land_sale_of_july_2022_is_a_receipt_of_2022_23(disposals: Line) -> None:
    row = years(disposals)["2022/23"]
    assert (row["cases"], row["unadjusted"], row["risk_adjusted"]) == (
        1, POUNDS_OF_THE_BID, POUNDS_OF_THE_BID * 60 // 100,
    )  # fmt: skip
    assert (row["secured"], row["received"], row["worst"]) == (0, 0, 0)
    assert row["best"] == POUNDS_OF_THE_BID
    line = one(disposals, ONE)
    assert (line["basis"], line["when"], line["pays"]) == (
        "preferred bid", "Jul 2022", [["2022/23 Q2", POUNDS_OF_THE_BID]],
    )  # fmt: skip
    assert one(disposals, WHOLE)["silent"] == "counted by its parts"
    assert one(disposals, TWO)["silent"] == "no sum is known"


def test_a_year_is_shown_by_quarter_with_its_cases(disposals: Line) -> None:
    quarters = years(disposals, "--fy", "2022/23")
    assert list(quarters) == [*(f"2022/23 Q{n}" for n in range(1, 5)), "2022/23"]
    assert quarters["2022/23 Q2"]["unadjusted"] == quarters["2022/23"]["unadjusted"]
    said = disposals("receipts", "--fy", "2022/23")
    assert "steele-avenue/part-1" in said.out
    assert "bid shortlist 60 %" in said.out
    assert disposals("receipts", "--fy", "2022/24").status == 2
    assert "“2022/24” is no financial year" in disposals("receipts", "--fy", "2022/24").err


def test_the_footer_gives_the_councils_table_and_the_rules(disposals: Line) -> None:
    out = disposals("receipts").out
    assert "Likely by stage: surplus declaration 20 %" in out
    assert "no national standard" in out
    assert "£10,000 or less in all is no capital receipt (SI 2003/3146 reg 10)" in out
    assert "seed 1972" in out


def test_a_forecast_for_march_is_warned_of(disposals: Line) -> None:
    done(disposals("milestone", "forecast", ONE, "8", "--when", "Mar 2023", "--because", "Slow"))
    said = disposals("receipts")
    assert "WARN: £1,275,000 of the £1,275,000 for 2022/23 is forecast for February or March" in (
        said.out
    )


def test_the_forecast_is_held_against_the_target_of_the_year(disposals: Line) -> None:
    done(disposals("target", "add", "2022/23", "--amount", "2000000", "--because", "Programme"))
    done(disposals("target", "add", "2022/23", "--amount", "£1,500,000", "--because", "Amended",
                   "--on", "2021-10-05"))  # fmt: skip
    row = years(disposals)["2022/23"]
    assert row["target"] == 1_500_000_00
    assert row["over_target"] == row["likely"] - 1_500_000_00
    before = years(disposals, "--as-of", "2021-10-01")["2022/23"]
    assert before["target"] == 2_000_000_00
    listed = disposals("target", "list", "--json").json
    assert [each["because"] for each in listed] == ["Programme", "Amended"]
    refused = disposals("target", "add", "2022/23", "--amount", "5")
    assert refused.status == 1
    assert "a reason is asked for" in refused.err


def test_holding_costs_are_counted_until_completion(disposals: Line) -> None:
    done(disposals("holding-cost", "add", ONE, "--what", "security", "--monthly", "£400",
                   "--from-on", "2021-07-01"))  # fmt: skip
    row = years(disposals)
    # From 30 September 2021 until 31 July 2022: a day of September, nine months, thirty days.
    assert row["2021/22"]["holding"] == round(400_00 / 30 + 6 * 400_00)
    assert row["2022/23"]["holding"] == round(3 * 400_00 + 400_00 * 30 / 31)
    line = one(disposals, ONE)
    assert line["holding_a_month"] == 400_00
    assert line["held_to_date"] == round(2 * 400_00 + 400_00 * 29 / 30)


def test_what_changed_since_last_month_is_told_with_its_cause(disposals: Line) -> None:
    assert (
        "Nothing changed since 1 October 2021" in disposals("receipts", "--as-of", "2021-11-01").out
    )
    done(disposals("milestone", "forecast", ONE, "8", "--when", "May 2023", "--because", "Consent",
                   "--on", "2021-11-15"))  # fmt: skip
    told = disposals("receipts", "--as-of", "2021-12-01", "--json").json
    assert told["since"] == "2021-11-01"
    (change,) = told["changes"]
    assert change["because"] == ["slipped by 10 months, from 2022/23 to 2023/24"]
    assert change["unadjusted"] == {"2022/23": -POUNDS_OF_THE_BID, "2023/24": POUNDS_OF_THE_BID}
    assert told["changed"]["2023/24"] == [POUNDS_OF_THE_BID, POUNDS_OF_THE_BID * 60 // 100]
    assert disposals("receipts", "--as-of", "2022-01-01", "--json").json["changes"] == []


def test_a_corrected_price_and_a_case_put_on_hold_are_told(disposals: Line) -> None:
    bids = disposals("bid", "list", ONE, "--json").json
    entry = next(each["entry"] for each in bids if each.get("standing") == "preferred")
    done(disposals("bid", "edit", ONE, entry, "--set", "price=1200000", "--because", "Misread",
                   "--on", "2021-11-15"))  # fmt: skip
    done(disposals("hold", ONE, "--because", "Objections", "--on", "2021-11-16"))
    told = disposals("receipts", "--as-of", "2021-12-01", "--json").json
    (change,) = told["changes"]
    assert change["because"] == [
        "£1,275,000 by preferred bid is now £1,200,000 by preferred bid", "put on hold: Objections",
    ]  # fmt: skip
    assert one(disposals, ONE, "--as-of", "2021-12-01")["on_hold"] == "Objections"
    before = one(disposals, ONE, "--as-of", "2021-11-15")
    assert (before["amount"], before["on_hold"]) == (1_200_000_00, None)
    assert one(disposals, ONE, "--as-of", "2021-11-14")["amount"] == POUNDS_OF_THE_BID


def test_a_withdrawn_case_counts_nothing_and_its_loss_is_told(disposals: Line) -> None:
    done(disposals("withdraw", ONE, "--because", "Kept", "--on", "2021-11-15"))
    told = disposals("receipts", "--as-of", "2021-12-01", "--json").json
    assert [change["because"] for change in told["changes"]] == [["withdrawn"]]
    assert all(row["unadjusted"] == 0 for row in told["rows"])
    was = disposals("receipts", "--as-of", "2021-11-14", "--json").json
    assert sum(row["unadjusted"] for row in was["rows"]) == POUNDS_OF_THE_BID


def test_a_condition_that_failed_upstream_voids_the_receipt_and_an_open_one_weighs_on_it(
    disposals: Line,
) -> None:
    done(disposals("milestone", "add", ONE, "--name", "Road closed", "--when", "Jun 2022",
                   "--only-if", "Stopping-up order"))  # fmt: skip
    number = max(each["no"] for each in disposals("milestones", WHOLE, "--json").json)
    done(disposals("milestone", "link", ONE, "8", "--after", str(number)))
    line = one(disposals, ONE)
    assert line["made_of"] == [["bid shortlist", 60], ["Stopping-up order", 75]]
    condition = ("milestone", "condition", ONE, "--title", "Stopping-up order", "--because", "x")
    done(disposals(*condition, "--outcome", "failed"))
    assert one(disposals, ONE)["silent"] == "what its completion hangs on failed"
    done(disposals(*condition, "--outcome", "met"))
    assert one(disposals, ONE)["made_of"] == [["bid shortlist", 60]]


def test_an_overdue_completion_counts_from_today_and_is_told(disposals: Line) -> None:
    told = disposals("receipts", "--as-of", "2023-04-05", "--json").json
    assert {row["period"]: row["unadjusted"] for row in told["rows"]}["2023/24"] == (
        POUNDS_OF_THE_BID
    )
    assert told["changes"][0]["because"] == ["overdue since Jul 2022"]
    assert "1 completion is overdue" in told["notes"][0]


def test_the_same_seed_says_the_same_and_draws_may_be_chosen(disposals: Line) -> None:
    line = ("receipts", "--json", "--draws", "500", "--seed", "7")
    first, again = disposals(*line).json, disposals(*line).json
    assert first == again
    assert (first["draws"], first["seed"]) == (500, 7)
    assert disposals("receipts", "--draws", "5").status == 2


def test_the_public_sees_no_sum_of_a_single_case(disposals: Line) -> None:
    rows = disposals("receipts", "--audience", "public", "--json").json["rows"]
    row = next(each for each in rows if each["period"] == "2022/23")
    assert (row["total"], row["to_come"], row["cases"]) == (None, None, None)
    assert row["received"] == 0
    assert "not published" in disposals("receipts", "--audience", "public").out


def test_a_file_takes_its_form_from_its_name(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "board.csv"
    done(disposals("receipts", "-o", str(out)))
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "as_at,period,measure,pounds"
    assert "2021-09-30,2022/23,unadjusted,1275000.00" in lines
    assert disposals("receipts", "-o", str(tmp_path / "board.doc")).status == 2
    assert disposals("receipts", "--format", "table", "-o", str(out)).status == 2
    printed = disposals("receipts", "--format", "csv")
    assert "2021-09-30,2022/23,unadjusted,1275000.00" in printed.out


@pytest.mark.parametrize(
    "wrong",
    [("--seed", "-1"), ("--format", "doc"), ("--fy", "next"), ("--as-of", "soon")],
    ids=" ".join,
)
def test_wrong_usage_is_refused(disposals: Line, wrong: tuple[str, str]) -> None:
    assert disposals("receipts", *wrong).status == 2
