"""A sale completes when its conditions are satisfied and the deed is dated, as it was agreed."""

from datetime import date

import pytest

from disposals.records.completion import Condition, Deed
from disposals.vocabulary import DeedForm
from sites.record import Record
from tests.builders import (
    REF,
    a_case,
    a_condition,
    a_contract,
    a_deed,
    answer,
    some_terms,
)
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


def test_a_deed_older_than_the_contract_is_of_another_sale() -> None:
    early = a_deed(DeedForm.TR1, dated_on=date(2021, 8, 1))
    told = answer("completion.deed", a_case(a_contract(), early))
    assert told.verdict is Verdict.UNMET
    assert "is older than the contract" in told.reason


NO_CONTRACT = [[], [a_contract(lapsed_on=date(2021, 9, 1), deposit_pence=9_000_000)]]


@pytest.mark.parametrize(
    "gate", ["completion.deposit", "completion.adds-up", "completion.within-terms"]
)
@pytest.mark.parametrize("contracts", NO_CONTRACT, ids=len)
def test_without_a_contract_nobody_knows_what_the_money_is_for(
    gate: str, contracts: list[Record]
) -> None:
    told = answer(gate, a_case(*contracts))
    assert told.verdict is Verdict.UNKNOWN
    assert told.remedy == by("completion contract")


def test_a_condition_given_up_by_whom_it_protects_holds_up_nothing() -> None:
    satisfied = a_condition("planning consent", satisfied_on=date(2021, 9, 1))
    waived = a_condition("funder's approval", waived_on=date(2021, 9, 30))
    case = a_case(a_contract(is_conditional=True), satisfied, waived)
    told = answer("completion.conditions-satisfied", case)
    assert told.verdict is Verdict.MET
    assert told.reason == "planning consent: satisfied. funder's approval: waived."


def test_a_condition_that_is_to_be_given_up_tomorrow_still_stands() -> None:
    waived = a_condition("funder's approval", waived_on=date(2021, 10, 1))
    told = answer(
        "completion.conditions-satisfied", a_case(a_contract(is_conditional=True), waived)
    )
    assert told.verdict is Verdict.UNMET


@pytest.mark.parametrize(
    ("longstop", "passed"), [(date(2021, 9, 29), True), (date(2021, 9, 30), False), (None, False)]
)
def test_a_condition_past_its_longstop_says_so(longstop: date | None, *, passed: bool) -> None:
    waiting = a_condition("planning consent", longstop_on=longstop)
    case = a_case(a_contract(is_conditional=True), waiting, on=date(2021, 9, 30))
    told = answer("completion.conditions-satisfied", case)
    assert told.verdict is Verdict.UNMET
    assert ("The longstop of 29 September 2021 has passed." in told.reason) is passed


def test_the_longstop_of_the_contract_is_that_of_conditions_without_one() -> None:
    contract = a_contract(is_conditional=True, longstop_on=date(2021, 9, 1))
    own = a_condition("stopping up", longstop_on=date(2021, 12, 1))
    without = a_condition("planning consent")
    later = answer("completion.conditions-satisfied", a_case(contract, own))
    passed = answer("completion.conditions-satisfied", a_case(contract, without))
    assert "has passed" not in later.reason
    assert passed.reason == (
        "Not satisfied: planning consent. The longstop of 1 September 2021 has passed."
    )


@pytest.mark.parametrize(
    "deeds", [[], [a_deed(DeedForm.TP1, boundary_revision=2, lapsed_on=date(2021, 9, 30))]], ids=len
)
def test_without_a_deed_there_is_no_plan(deeds: list[Deed]) -> None:
    told = answer("completion.plan", a_case(*deeds))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "No dated deed is recorded."


@pytest.mark.parametrize("form", [DeedForm.TR1, DeedForm.LEASE])
def test_a_whole_title_needs_no_plan(form: DeedForm) -> None:
    told = answer("completion.plan", a_case(a_deed(form)))
    assert told.verdict is Verdict.NOT_APPLICABLE
    assert told.reason == f"A {form} passes land by its title."


def test_a_transfer_of_part_names_the_boundary_that_its_plan_shows() -> None:
    without = answer("completion.plan", a_case(a_deed(DeedForm.TP1, id=6)))
    assert without.verdict is Verdict.UNMET
    assert without.reason == "The TP1 names no revision of the boundary."
    assert without.remedy == by("completion edit", entry="deed-6", name="boundary-revision")
    told = answer("completion.plan", a_case(a_deed(DeedForm.TP1, boundary_revision=2)))
    assert told.verdict is Verdict.MET
    assert told.reason == "The plan shows revision 2 of the boundary."


def test_a_contract_beside_which_no_terms_stand_departs_from_none() -> None:
    lapsed = some_terms(800_000, lapsed_on=date(2021, 9, 1))
    for case in (a_case(a_contract()), a_case(a_contract(), lapsed)):
        assert answer("completion.within-terms", case).verdict is Verdict.NOT_APPLICABLE


def test_a_contract_as_the_latest_terms_have_it_is_what_was_agreed() -> None:
    first, second = some_terms(950_000), some_terms(900_000, terms_version=2, area_m2=5_000)
    told = answer("completion.within-terms", a_case(a_contract(900_000), second, first))
    assert told.verdict is Verdict.MET
    assert told.reason == "As version 2 of the heads of terms."


@pytest.mark.parametrize(
    "terms",
    [some_terms(900_001), some_terms(899_999), some_terms(900_000, buyer="Beech Living")],
    ids=["dearer", "cheaper", "another buyer"],
)
def test_terms_renegotiated_after_exchange_send_the_case_back_through_every_limit(
    terms: Record,
) -> None:
    told = answer("completion.within-terms", a_case(a_contract(900_000), terms))
    assert told.verdict is Verdict.UNMET
    assert told.reason.endswith("Take the case back, so that every limit is tested again.")


@pytest.mark.parametrize(
    ("area", "verdict"), [(5_100, Verdict.MET), (5_105, Verdict.UNMET)], ids=["2 %", "2.1 %"]
)
def test_the_land_of_the_contract_is_that_of_the_terms(area: float, verdict: Verdict) -> None:
    case = a_case(a_contract(area_m2=area), some_terms(900_000, area_m2=5_000))
    assert answer("completion.within-terms", case).verdict is verdict


def test_a_contract_that_guarantees_less_overage_than_the_terms_goes_back() -> None:
    terms = some_terms(900_000, overage_guaranteed_pence=5_000_000, overage_after_months=12)
    told = answer("completion.within-terms", a_case(a_contract(), terms))
    assert told.verdict is Verdict.UNMET
    assert "guarantees £0 of overage; version 1 of the terms £50,000" in told.reason
    kept = a_contract(overage_guaranteed_pence=5_000_000)
    assert answer("completion.within-terms", a_case(kept, terms)).verdict is Verdict.MET
