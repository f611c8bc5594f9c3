"""The deposit, the price, and what is owed beside it, are in the bank to the penny."""

from datetime import date

import pytest

from disposals.records.base import Evidence
from disposals.vocabulary import LineKind, Standing
from tests.builders import (
    a_bid,
    a_case,
    a_contract,
    a_receipt,
    a_statement_line,
    answer,
    some_terms,
)
from workflows.gates import Verdict, by


def test_deposit_and_balance_together_make_the_price() -> None:
    deposit, balance = a_receipt(90_000, date(2021, 8, 2)), a_receipt(810_000, date(2021, 9, 30))
    short = answer("completion.receipt", a_case(a_contract(900_000), deposit))
    whole = answer("completion.receipt", a_case(a_contract(900_000), deposit, balance))
    assert short.verdict is Verdict.UNMET
    assert short.reason == "£90,000 of £900,000 is received."
    assert whole.verdict is Verdict.MET
    assert whole.reason == "£900,000 is received."


def test_money_from_before_the_contract_or_still_to_come_does_not_count() -> None:
    before, ahead = a_receipt(900_000, date(2021, 8, 1)), a_receipt(900_000, date(2021, 10, 1))
    told = answer("completion.receipt", a_case(a_contract(900_000), before, ahead))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "£0 of £900,000 is received."


@pytest.mark.parametrize("kind", ["deposit", "reservation fee", "lock-out fee", "option fee"])
@pytest.mark.parametrize("gate", ["completion.receipt", "completion.adds-up", "completion.deposit"])
def test_a_deposit_or_a_fee_may_come_before_the_contract(gate: str, kind: str) -> None:
    early = a_receipt(900_000, date(2021, 8, 1), kind=kind)
    contract = a_contract(900_000, deposit_pence=9_000_000)
    assert answer(gate, a_case(contract, early)).verdict is Verdict.MET


LOST = date(2021, 7, 20)


@pytest.mark.parametrize(
    "lost",
    [
        some_terms(800_000, buyer="Beech Living", lapsed_on=LOST),
        a_bid("Beech Living", 800_000, Standing.FELL_THROUGH, recorded_on=LOST),
    ],
    ids=["terms", "bid"],
)
@pytest.mark.parametrize(
    ("received", "verdict"), [(LOST, Verdict.UNMET), (date(2021, 7, 21), Verdict.MET)]
)
def test_what_a_lost_buyer_paid_counts_for_no_other(
    lost: Evidence, received: date, verdict: Verdict
) -> None:
    deposit = a_receipt(90_000, received, kind="deposit")
    contract = a_contract(900_000, deposit_pence=9_000_000)
    assert answer("completion.deposit", a_case(contract, deposit, lost)).verdict is verdict


def test_a_bid_that_falls_through_after_the_exchange_takes_no_deposit_along() -> None:
    deposit = a_receipt(90_000, LOST, kind="deposit")
    fell = a_bid("Beech Living", 800_000, Standing.FELL_THROUGH, recorded_on=date(2021, 8, 3))
    case = a_case(a_contract(900_000, deposit_pence=9_000_000), deposit, fell)
    assert answer("completion.deposit", case).verdict is Verdict.MET


def test_a_contract_without_a_deposit_waits_for_none() -> None:
    told = answer("completion.deposit", a_case(a_contract()))
    assert told.verdict is Verdict.NOT_APPLICABLE
    assert told.reason == "The contract asks for no deposit."


def test_the_deposit_is_in_when_all_of_it_has_come_since_exchange() -> None:
    contract = a_contract(900_000, deposit_pence=9_000_000)
    some, before = a_receipt(50_000), a_receipt(90_000, date(2021, 8, 1))
    overage = a_receipt(90_000, kind="overage")
    short = answer("completion.deposit", a_case(contract, some, before, overage))
    assert short.verdict is Verdict.UNMET
    assert short.reason == "£50,000 of the deposit of £90,000 is received."
    paid = answer("completion.deposit", a_case(contract, some, a_receipt(40_000)))
    assert paid.verdict is Verdict.MET
    assert paid.reason == "The deposit of £90,000 is received."


FEES = a_statement_line("the council's legal fees", 4_000)
RENT = a_statement_line("rent paid ahead", -1_500, LineKind.APPORTIONMENT)


@pytest.mark.parametrize(
    ("pounds", "verdict", "remedy"),
    [
        (903_999, Verdict.UNMET, by("completion receipt")),
        (904_000, Verdict.MET, None),
        (
            904_001,
            Verdict.UNMET,
            by("completion edit", entry="receipt-2", name="amount", words="POUNDS"),
        ),
    ],
)
def test_receipts_come_to_the_price_and_what_the_buyer_owes_beside_it(
    pounds: int, verdict: Verdict, remedy: object
) -> None:
    case = a_case(a_contract(900_000), FEES, RENT, a_receipt(pounds, id=2))
    told = answer("completion.adds-up", case)
    assert told.verdict is verdict
    assert told.remedy == remedy
    if verdict is Verdict.UNMET:
        assert f"£{pounds:,} is received and £904,000 is due" in told.reason
    else:
        assert told.reason == ("£904,000 is received; net of what the council bears, £902,500.")


@pytest.mark.parametrize("gate", ["completion.receipt", "completion.adds-up"])
def test_overage_makes_up_for_no_part_of_the_price(gate: str) -> None:
    price, overage = a_receipt(800_000), a_receipt(100_000, kind="overage")
    told = answer(gate, a_case(a_contract(900_000), price, overage))
    assert told.verdict is Verdict.UNMET
    assert "£800,000" in told.reason
    paid = answer(gate, a_case(a_contract(800_000), price, overage))
    assert paid.verdict is Verdict.MET
