"""Sandling Road, Maidstone, by direct sale: reason and valuation stand in for a market.

Kent County Council's half of the former Royal Mail Sorting Office and its freehold of Cantium House
went to Maidstone Borough Council (minutes of 22 September 2021, 31; decision 21/00083). Price,
valuation and the days after that are illustrative. `docs/maidstone.md` tells it for officers.
"""

from pathlib import Path

import pytest

from tests.journeys.conftest import QUESTIONS, Officer

REF, BUYER = "sandling-road", "Maidstone Borough Council"
SORTING_OFFICE, CANTIUM_HOUSE = "royal-mail-sorting-office", "cantium-house"


def justify(officer: Officer) -> None:
    """Options 2 and 3 beside the one preferred, and why nobody else is asked."""
    officer.does(
        f"option edit {REF} option-4 --because 'Minute 31.2(a)' --on 2021-09-30"
        " --set reasons-for='KCC focuses on its own estate'"
    )
    for no, title in (("2", "KCC acquires the other 50%"), ("3", "Both deliver a scheme")):
        officer.does(
            f"option add {REF} --no {no} --title '{title}' --on 2021-09-30"
            " --reasons-against 'Less need for office space'"
        )
    officer.does(
        f"option direct-sale {REF} --buyer '{BUYER}' --advised-by 'An independent valuer'"
        " --because 'It owns the other half of the Sorting Office' --on 2021-09-30"
    )


def agree_terms(officer: Officer, price: int = 3_950_000) -> None:
    """An independent valuation, and terms with a collaboration agreement, agreed by each side."""
    officer.does(
        f"valuation add {REF} --valuer 'An independent valuer' --value 3900000 --on 2021-10-01"
    )
    officer.does(
        f"terms add {REF} --buyer '{BUYER}' --price {price} --deposit 395000 --on 2021-10-11"
        " --collaboration-agreement 'A new agreement protects the interests of both councils'"
    )
    for side in ("buyer", "seller"):
        officer.does(f"terms agree {REF} --version 1 --side {side} --on 2021-10-14")


def decide(officer: Officer) -> None:
    """The committee endorsed it on 22 September; the Deputy Leader takes it."""
    officer.does(
        f"decision add {REF} --number 21/00083 --title 'Disposal of KCC’s interest' --key --open"
        " --taker 'Deputy Leader and Cabinet Member for Finance, Corporate and Traded Services'"
        " --proposed-by 'Director of Infrastructure' --considered-on 2021-09-22"
        f" --buyer '{BUYER}' --price 3950000 --on 2021-10-15"
    )
    for kind in ("equality", "'data protection'"):
        officer.does(f"decision screen {REF} --kind {kind} --outcome 'No impacts' --on 2021-10-15")
    officer.does("decision notify 21/00083 --on 2021-08-20")
    officer.does("decision take 21/00083 --interests 'None declared' --on 2021-10-18")
    officer.does("decision publish 21/00083 --on 2021-10-19")


def answer_for(officer: Officer, *sites: str) -> None:
    """Every question of law, and the title, site by site."""
    for site in sites:
        for question in QUESTIONS:
            officer.does(
                f"land answer {REF} --site {site} --question {question} --answer no"
                " --basis 'Deeds and searches' --on 2021-11-01"
            )
        officer.does(
            f"land title {REF} --site {site} --reported-by 'Head of Law' --finding Clean"
            " --on 2021-11-02"
        )


def consult(officer: Officer) -> None:
    """The local member, on a day that can be named."""
    officer.does(
        f"consultation add {REF} --consultee 'Local member' --capacity 'local member'"
        " --said Content --on 2021-11-03"
    )


def exchange(officer: Officer) -> None:
    """All gates are met; the contract is unconditional, the deposit paid."""
    moved = officer.does(f"advance {REF} --on 2021-11-05 --json").json["moved"][0]
    assert {gate["status"] for gate in moved["gates"]} == {"met", "not applicable"}
    officer.does(
        f"completion contract {REF} --buyer '{BUYER}' --price 3950000 --not-conditional"
        " --on 2021-11-05"
    )
    officer.does(f"completion receipt {REF} --amount 395000 --kind deposit --on 2021-11-05")


def test_the_councils_share_and_freehold_are_sold_to_the_borough(
    officer: Officer, tmp_path: Path
) -> None:
    justify(officer)
    agree_terms(officer)
    decide(officer)
    answer_for(officer, SORTING_OFFICE, CANTIUM_HOUSE)
    consult(officer)
    exchange(officer)
    paper = tmp_path / "agreement.txt"
    paper.write_text("Collaboration agreement (illustrative)\n")
    officer.does(f"document add {REF} '{paper}' --title 'Collaboration agreement' --kind agreement")
    officer.does(f"completion deed {REF} --form TR1 --on 2022-03-25")
    officer.does(f"completion receipt {REF} --amount 3555000 --kind balance --on 2022-03-25")
    officer.does(f"advance {REF} --on 2022-03-25")

    shown = officer.does(f"show {REF} --as-of 2022-03-25 --json").json
    assert shown["stage"] == "completed"
    held = {site["ref"]: site["share_percent"] for site in shown["sites"]}
    assert held == {SORTING_OFFICE: 50, CANTIUM_HOUSE: 100}
    for site in held:
        page = officer.does(f"site show {site} --as-of 2022-03-25").out
        assert "left the council on 25 March 2022" in page


def test_each_of_its_two_sites_must_be_answered_for(officer: Officer) -> None:
    justify(officer)
    agree_terms(officer)
    decide(officer)
    consult(officer)
    answer_for(officer, SORTING_OFFICE)
    refused = officer.is_refused(f"advance {REF} --on 2021-11-05 --dry-run")
    assert f"Nobody has answered for {CANTIUM_HOUSE}" in refused
    assert f"for {SORTING_OFFICE}" not in refused


def test_without_its_reason_there_is_no_sale_to_one_buyer(officer: Officer) -> None:
    agree_terms(officer)
    refused = officer.is_refused(f"advance {REF} --on 2021-11-05 --dry-run")
    assert "No reason for a sale without marketing is recorded." in refused
    officer.does(
        f"option direct-sale {REF} --buyer 'A developer' --because 'It asked' --on 2021-10-15"
    )
    refused = officer.is_refused(f"advance {REF} --on 2021-11-05 --dry-run")
    assert f"The reason is for a sale to A developer, but terms are with {BUYER}." in refused


@pytest.mark.parametrize(
    ("price", "said"),
    [
        (3_899_999, "The price is £1 below value and no well-being reason is recorded."),
        (3_900_000, None),
    ],
)
def test_a_price_below_the_valuation_wants_reasons_of_its_own(
    officer: Officer, price: int, said: str | None
) -> None:
    justify(officer)
    agree_terms(officer, price)
    refused = officer.is_refused(f"advance {REF} --on 2021-11-05 --dry-run")
    assert ("below value" in refused) is (said is not None)
    assert said is None or said in refused


def test_a_price_under_the_decided_one_goes_back_to_the_decision(officer: Officer) -> None:
    justify(officer)
    agree_terms(officer, 3_940_000)
    decide(officer)
    refused = officer.is_refused(f"advance {REF} --on 2021-11-05 --dry-run")
    assert "The price of £3,940,000 is £10,000 below the £3,950,000 decided." in refused
