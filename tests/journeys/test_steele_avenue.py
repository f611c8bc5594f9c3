"""Steele Avenue, Part 1: from the lead bidder of September 2021 to completion, by the command line.

What the papers do not give (amounts, the days after November 2021) is illustrative.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Said

ONE = "steele-avenue/part-1"


def test_part_1_is_sold_by_the_command_line(
    kent_file: Path, path: Path, disposals: Callable[..., Said]
) -> None:
    shutil.copy(kent_file, path)

    def do(line: str, *words: str) -> Said:
        said = disposals(*line.split(), *words)
        assert said.status == 0, said.err + said.out
        return said

    do("advance steele-avenue")

    # Democratic services: notice, the committee of 9 November, the decision, its call-in.
    do("decision notify 21/00100 --on 2021-10-08")
    do("decision take 21/00100 --on 2021-11-15 --interests", "None declared")
    do("decision publish 21/00100 --on 2021-11-16")

    # The local member is spoken to on a day that can be named.
    do(
        f"consultation add {ONE} --on 2021-11-01 --consultee",
        "Local member, Dartford East", "--capacity", "local member", "--said", "Content.",
    )  # fmt: skip

    # Legal services answer for the land; the valuer values it.
    for question in (
        "crichel-down", "other-purpose", "open-space", "community-value", "school", "housing",
        "allotment", "highway", "trust",
    ):  # fmt: skip
        do(
            f"land answer {ONE} --question {question} --answer no --on 2021-12-01 --basis",
            "Deed of 1973 and searches",
        )
    do(
        f"land title {ONE} --on 2021-12-06 --reported-by", "Head of Law",
        "--finding", "Thames Water easement; tram tunnel surveyed",
    )  # fmt: skip
    do(f"land possession {ONE} --on 2021-12-31 --occupation",
       "free 30-space car park at the north end")  # fmt: skip
    do(f"valuation add {ONE} --valuer", "An independent valuer",
       "--value", "£1,250,000", "--on", "2021-12-10")  # fmt: skip
    do(f"bid reserve {ONE} --on 2021-12-10 --bidder", "Bidder A", "--because", "Next highest")

    # Terms are drafted and agreed; contracts are exchanged.
    do(f"terms add {ONE} --price 1275000 --on 2022-01-10 --buyer", "Bidder B")
    do(f"terms agree {ONE} --version 1 --on 2022-01-20")
    exchanged = do(f"advance {ONE} --on 2022-02-01 --json").json
    assert exchanged["moved"][0]["to"] == "completion"
    assert {gate["status"] for gate in exchanged["moved"][0]["gates"]} == {"met", "not applicable"}

    # The conditions of the contract, the deed, the money.
    do(f"completion contract {ONE} --price 1275000 --conditional --on 2022-02-01 --buyer",
       "Bidder B")  # fmt: skip
    for condition in ("Planning consent", "District Valuer's approval"):
        do(f"completion condition {ONE} --on 2022-02-01 --title", condition, "--owner", "Developer")
        refused = disposals("advance", ONE, "--on", "2022-07-02")
        assert refused.status == 1
        assert f"Not satisfied: {condition}." in refused.out, refused.out
        do(f"completion satisfy {ONE} --on 2022-07-01 --title", condition)
    do(f"completion deed {ONE} --form TP1 --on 2022-07-15")
    do(f"completion receipt {ONE} --amount 1275000 --on 2022-07-15")
    do(f"milestone meet {ONE} 8 --on 2022-07-15")
    completed = do(f"advance {ONE} --on 2022-07-15")
    assert f"{ONE} moved from completion to completed." in completed.out

    shown = do(f"show {ONE} --as-of 2022-07-15 --json").json
    assert shown["stage"] == "completed"
    sale = next(line for line in shown["milestones"] if line["no"] == 8)
    assert (sale["met"], sale["baseline"]) == (True, "Jul 2022")
    stages = [
        entry["to_stage"] for entry in do(f"history {ONE} --json").json
        if entry["act"] == "advance"
    ]  # fmt: skip
    assert stages == ["heads_of_terms", "completion", "completed"]
    refused = disposals("advance", ONE, "--on", "2022-07-16")
    assert refused.status == 1
    assert "is completed; nothing follows" in refused.err
