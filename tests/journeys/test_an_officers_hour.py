"""An officer's hour: forty bids over six campaigns from one workbook, and what is done with them.

Every step is a command. The workbook has a sheet for each kind of evidence; a row names its case.
All names and figures are illustrative.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from disposals.casework import forms
from disposals.register import is_there
from disposals.storage.address import Place
from tests.conftest import Said
from tests.journeys.conftest import QUESTIONS, Officer

LOTS = ("north-lodge", "old-depot", "mill-field", "school-house", "quarry-cottage", "toll-bar")
DECLARED, APPRAISED, MARKETED, CLOSED = "2021-04-06", "2021-04-27", "2021-05-04", "2021-06-18"
JUDGED, DECIDED = "2021-07-05", "2021-07-20"
# Bidders of each campaign: their price in thousands of pounds and what it depends on.
BIDS = {lot: 7 if number < 4 else 6 for number, lot in enumerate(LOTS)}
Sheet = list[dict[str, Any]]


def price(lot: int, bidder: int) -> int:
    """Pounds; the first bidder of each campaign offers the most."""
    return 900_000 - 40_000 * bidder - 10_000 * lot


def bids() -> Sheet:
    """Forty bids; the highest of the first campaign pays most of its price late."""
    rows: Sheet = [
        {
            "disposal": lot, "bidder": f"{lot} bidder {number + 1}", "price": price(no, number),
            "on": f"2021-06-{10 + number:02d}", "subject to planning": "yes" if number else "no",
            "payments": None, "note": "illustrative",
        }
        for no, lot in enumerate(LOTS)
        for number in range(BIDS[lot])
    ]  # fmt: skip
    rows[0]["payments"] = "10% now; 90% after 36 months"
    return rows


def workbook(path: Path, **sheets: Sheet) -> Path:
    """A workbook with a sheet for each kind of evidence."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    book.save(path)
    return path


def on_every_lot(**facts: Any) -> Sheet:
    """The same facts on each of the six."""
    return [{"disposal": lot, **facts} for lot in LOTS]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """All that was on paper before this hour."""
    questions = ["crichel-down", *(q for q in QUESTIONS if q != "crichel-down")]
    return workbook(
        tmp_path / "hour.xlsx",
        surplus=on_every_lot(**{"declared by": "Highways", "because": "No use for it"}),
        circulated=on_every_lot(**{
            "circulated to": "All services", "reply by": "2021-04-26", "reply": "No other use",
            "claimed": "no",
        }),
        members=on_every_lot(consultee="Local member", capacity="local member", said="Content"),
        options=[
            row
            for lot in LOTS
            for row in (
                {"disposal": lot, "no": "1", "title": "Keep it", "do-nothing": "yes",
                 "recommended": "no", "reasons for": None, "reasons against": "It stands empty"},
                {"disposal": lot, "no": "2", "title": "Sell it", "do-nothing": "no",
                 "recommended": "yes", "reasons for": "No use for it", "reasons against": None},
            )
        ],
        land=[
            {"disposal": lot, "question": question, "answer": "no", "basis": "Searches"}
            for lot in LOTS
            for question in questions
        ],
        campaigns=on_every_lot(**{
            "method": "open market", "agent": "The agents", "closes on": CLOSED,
            "late rule": "refuse",
        }),
        bids=bids(),
        likelihoods=[
            {"disposal": row["disposal"], "bidder": row["bidder"], "condition": "planning",
             "percent": 80, "because": "Outline consent is in place"}
            for row in bids()
            if row["subject to planning"] == "yes"
        ],
        valuations=on_every_lot(valuer="A valuer", value=800_000),
    )  # fmt: skip


@pytest.fixture
def officer(place: Place, disposals: Callable[..., Said]) -> Officer:
    """An officer at work on a register of six lots, all newly opened."""
    officer = Officer(disposals)
    assert disposals("init", "--authority", "kent").status == 0
    assert is_there(place)
    for lot in LOTS:
        officer.does(f"site add {lot} --name '{lot}' --on {DECLARED}")
        officer.does(f"open {lot} --name '{lot}' --site {lot} --on {DECLARED}")
    return officer


@pytest.fixture
def judged(officer: Officer, book: Path) -> Officer:
    """The hour up to the bid shortlist: everything from the workbook, sheet by sheet."""

    def takes(command: str, sheet: str, on: str) -> str:
        return officer.does(f"{command} --from {book} --sheet {sheet} --on {on}").out

    takes("surplus add", "surplus", DECLARED)
    takes("surplus circulate", "circulated", DECLARED)
    takes("consultation add", "members", DECLARED)
    for lot in LOTS:
        officer.does(f"advance {lot} --on {APPRAISED}")
    takes("option add", "options", APPRAISED)
    takes("land answer", "land", APPRAISED)
    takes("campaign add", "campaigns", MARKETED)
    for lot in LOTS:
        officer.does(f"advance {lot} --on {MARKETED}")
    assert "40 rows of hour.xlsx recorded on 6 disposals." in takes("bid add", "bids", CLOSED)
    for lot in LOTS:
        officer.does(f"advance {lot} --on 2021-06-21")
    takes("bid likelihood", "likelihoods", JUDGED)
    takes("valuation add", "valuations", JUDGED)
    return officer


def evaluated(officer: Officer, lot: str, on: str = JUDGED) -> dict[str, Any]:
    """The bids of a lot on one footing."""
    told: dict[str, Any] = officer.does(f"bid evaluate {lot} --as-of {on} --json").json
    return told


def test_forty_bids_are_compared_on_one_footing(judged: Officer) -> None:
    compared = {lot: evaluated(judged, lot) for lot in LOTS}
    assert sum(len(told["offers"]) for told in compared.values()) == 40
    # The highest price of the first campaign is not the highest consideration: it comes late.
    first = compared["north-lodge"]
    assert first["offers"][0]["bidder"] == "north-lodge bidder 2"
    assert any(
        "north-lodge bidder 1 offers the highest price, £900,000; north-lodge bidder 2 the "
        "highest consideration" in note
        for note in first["notes"]
    )
    for lot in LOTS[1:]:
        offers = compared[lot]["offers"]
        assert [offer["place"] for offer in offers] == list(range(1, BIDS[lot] + 1))
        assert offers[0]["bidder"] == f"{lot} bidder 1"
        assert offers[1]["risk_adjusted"] == round(offers[1]["present_value"] * 80 / 100)


def sell(officer: Officer, no: int, lot: str) -> None:
    """Shortlist, prefer, agree terms and decide, with the next bid as what may follow."""
    best, second = (offer["bidder"] for offer in evaluated(officer, lot)["offers"][:2])
    pounds = price(no, int(best.rpartition(" ")[2]) - 1)
    number = f"21/0020{no}"
    shortlisted = f"--bidder '{best}' --bidder '{second}' --because 'The two highest'"
    proposed = (
        f"--taker Director --not-key --proposed-by Surveyor --buyer '{best}' --price {pounds} "
        "--fallback 'next bid if below' --floor-price 700000"
    )
    for line in (
        f"bid shortlist {lot} {shortlisted} --declined-because 'Lower' --on {JUDGED}",
        f"bid prefer {lot} --bidder '{best}' --because 'Highest consideration' --on {JUDGED}",
        f"bid reserve {lot} --bidder '{second}' --because 'Next highest' --on {JUDGED}",
        f"advance {lot} --on {JUDGED}",
        f"terms add {lot} --buyer '{best}' --price {pounds} --on {JUDGED}",
        f"terms agree {lot} --version 1 --on {JUDGED}",
        f"decision add {lot} --number {number} --title 'Sell it' {proposed} --on {JUDGED}",
        f"decision take {number} --interests 'None declared' --on {DECIDED}",
        f"decision publish {number} --on {DECIDED}",
    ):
        officer.does(line)


def test_a_buyer_falls_through_and_the_next_one_takes_the_place(judged: Officer) -> None:
    for no, lot in enumerate(LOTS):
        sell(judged, no, lot)
    listed = judged.does("list --json").json
    assert {case["stage"] for case in listed} == {"heads_of_terms"}

    lot, lost, following = "old-depot", "old-depot bidder 1", "old-depot bidder 2"
    said = judged.does(
        f"back {lot} --to bid_shortlist --because 'The buyer could not fund it' --on 2021-09-01"
    )
    assert following in said.out
    fallback = judged.does(f"bid fallback {lot} --as-of 2021-09-01 --json").json
    assert fallback["next_bidder"] == following
    refused = judged.is_refused(
        f"bid reinstate {lot} --bidder '{lot} bidder 4' --because 'A friend' --on 2021-09-01"
    )
    assert following in refused
    judged.does(
        f"bid reinstate {lot} --bidder '{following}' --because 'Next in line' --on 2021-09-01"
    )
    judged.does(f"advance {lot} --on 2021-09-02")
    standing = {
        bid["bidder"]: bid["standing"]
        for bid in judged.does(f"show {lot} --json").json["evidence"]["bid"]
    }
    assert standing[lost] == "fell through"
    assert standing[following] == "preferred"
    assert len(standing) == 7
    acts = [entry["act"] for entry in judged.does(f"history {lot} --json").json]
    assert acts[-3:] == ["back", "next bidder taken", "advance"]


def test_a_reduced_offer_brings_the_terms_back_before_the_sides(judged: Officer) -> None:
    sell(judged, 2, "mill-field")
    buyer = "mill-field bidder 1"
    judged.does(
        f"terms add mill-field --buyer '{buyer}' --price 750000 --on 2021-08-02 --source "
        "'Letter of 30 July 2021'"
    )
    changes = judged.does("terms changes mill-field --from 1 --json").json["changes"]
    assert [(each["was"], each["is"]) for each in changes] == [("£880,000", "£750,000")]
    judged.does("terms agree mill-field --version 2 --on 2021-08-03")
    refused = judged.is_refused("advance mill-field --on 2021-08-04")
    assert "The price of £750,000 is £130,000 below the £880,000 decided." in refused
    assert "terms.within-decision" in refused


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("price", "=900000-1", "formula"),
        ("price", -5, "price"),
        ("disposal", "old-depto", "Did you mean old-depot"),
        ("on", "2031-06-10", "10 June 2031"),
        ("on", "2021-06-30", "closed on 18 June 2021"),
        ("bidder", None, "bidder"),
        ("units", 12.5, "units"),
    ],
)
def test_one_wrong_cell_stops_all_forty(
    judged: Officer, tmp_path: Path, column: str, value: object, said: str
) -> None:
    before = judged.does("bid list old-depot --json").json
    wrong: Sheet = [
        {**row, "bidder": f"{row['bidder']} again", "units": None, "on": "2021-06-11"}
        for row in bids()
    ]
    wrong[7][column] = value
    path = workbook(tmp_path / "wrong.xlsx", bids=wrong)
    refused = judged.is_refused(f"bid add --from {path} --on {CLOSED}")
    assert "row 9:" in refused
    assert said in refused
    assert judged.does("bid list old-depot --json").json == before


def test_every_column_of_the_workbook_is_one_that_the_form_asks() -> None:
    for name in bids()[0]:
        if name not in {"disposal", "on", "note"}:
            assert forms.form("bid").entry(name).asks
