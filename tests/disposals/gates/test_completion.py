"""A sale completes when its conditions are satisfied, the deed is dated and the price is in."""

from datetime import date

import pytest

from disposals.records.completion import Condition, Deed
from disposals.vocabulary import DeedForm
from sites.record import Record
from tests.builders import REF, a_case, a_condition, a_contract, a_deed, a_receipt, answer
from workflows.gates import Verdict, by


@pytest.mark.parametrize("gate", ["completion.conditions-satisfied", "completion.receipt"])
@pytest.mark.parametrize("contracts", [[], [a_contract(lapsed_on=date(2021, 9, 1))]], ids=len)
def test_without_a_contract_that_stands_nobody_knows_what_is_owed(
    gate: str, contracts: list[Record]
) -> None:
    told = answer(gate, a_case(*contracts))
    assert told.verdict is Verdict.UNKNOWN
    assert told.reason == "The contract that was exchanged is not recorded."
    assert told.remedy == by("completion contract")


def test_an_unconditional_contract_has_no_conditions_to_satisfy() -> None:
    told = answer("completion.conditions-satisfied", a_case(a_contract()))
    assert told.verdict is Verdict.NOT_APPLICABLE
    assert told.reason == "The contract is unconditional."


@pytest.mark.parametrize(
    "conditions", [[], [a_condition("planning consent", lapsed_on=date(2021, 9, 1))]], ids=len
)
def test_a_conditional_contract_without_its_conditions_is_not_understood(
    conditions: list[Condition],
) -> None:
    case = a_case(a_contract(is_conditional=True), *conditions)
    told = answer("completion.conditions-satisfied", case)
    assert told.verdict is Verdict.UNKNOWN
    assert "none of its conditions is recorded" in told.reason
    assert told.remedy == by("completion condition")


def test_every_condition_must_be_satisfied_by_the_day() -> None:
    conditions = (
        a_condition("planning consent", satisfied_on=date(2021, 9, 30)),
        a_condition("funder's approval"),
        a_condition("stopping up", satisfied_on=date(2021, 10, 1)),
    )
    case = a_case(a_contract(is_conditional=True), *conditions, on=date(2021, 9, 30))
    told = answer("completion.conditions-satisfied", case)
    assert told.verdict is Verdict.UNMET
    assert told.reason == "Not satisfied: funder's approval and stopping up."
    assert told.remedy == by("completion satisfy", title="funder's approval")


def test_conditions_that_are_satisfied_hold_up_nothing() -> None:
    condition = a_condition("planning consent", satisfied_on=date(2021, 9, 30))
    told = answer(
        "completion.conditions-satisfied", a_case(a_contract(is_conditional=True), condition)
    )
    assert told.verdict is Verdict.MET
    assert told.reason == "planning consent: satisfied."


@pytest.mark.parametrize("deeds", [[], [a_deed(DeedForm.TR1, dated_on=date(2021, 10, 1))]], ids=len)
def test_land_does_not_pass_before_the_deed_is_dated(deeds: list[Deed]) -> None:
    told = answer("completion.deed", a_case(a_contract(), *deeds))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "No dated deed is recorded."


def test_a_whole_title_passes_by_tr1() -> None:
    told = answer("completion.deed", a_case(a_contract(), a_deed(DeedForm.TR1)))
    assert told.verdict is Verdict.MET
    assert told.reason == "TR1 dated 30 September 2021."


def test_a_part_passes_by_tp1_and_not_by_tr1() -> None:
    part = f"{REF}/part-1"
    contract = a_contract(disposal_ref=part)
    wrong = answer(
        "completion.deed",
        a_case(
            contract,
            a_deed(DeedForm.TR1, disposal_ref=part),
            ref=part,
            part_of=REF,
        ),
    )
    right = answer(
        "completion.deed",
        a_case(
            contract,
            a_deed(DeedForm.TP1, disposal_ref=part),
            ref=part,
            part_of=REF,
        ),
    )
    assert wrong.verdict is Verdict.UNMET
    assert "a part is transferred by TP1" in wrong.reason
    assert right.verdict is Verdict.MET


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


def test_a_deed_older_than_the_contract_is_of_another_sale() -> None:
    early = a_deed(DeedForm.TR1, dated_on=date(2021, 8, 1))
    told = answer("completion.deed", a_case(a_contract(), early))
    assert told.verdict is Verdict.UNMET
    assert "is older than the contract" in told.reason
