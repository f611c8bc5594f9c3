"""Days that follow from the record: which there are, what fixes them, and when they stop."""

from datetime import date

import pytest

from disposals.deadlines.fixed_days import FixedDay, called, fixed_days_of
from disposals.records.decisions import CallIn
from disposals.records.marketing import Campaign
from disposals.records.notices import MoratoriumNotice
from disposals.vocabulary import Known, Method
from sites.record import Record
from tests.builders import (
    a_case,
    a_condition,
    a_contract,
    a_decision,
    a_valuation,
    evidence,
    some_terms,
)


def running(*records: Record, on: date = date(2021, 9, 30)) -> dict[str, FixedDay]:
    return {day.clock.name: day for day in fixed_days_of(a_case(*records, on=on))}


def received(on: date, bid: Known = Known.UNKNOWN) -> MoratoriumNotice:
    return evidence(MoratoriumNotice, site_ref="mill-lane", received_on=on, bid_requested=bid)


def test_the_moratorium_is_counted_from_receipt_which_is_its_first_day() -> None:
    told = running(received(date(2021, 4, 6), Known.YES))
    assert {name: day.on for name, day in told.items()} == {
        "interim moratorium of mill-lane": date(2021, 5, 17),
        "full moratorium of mill-lane": date(2021, 10, 5),
        "protected period of mill-lane": date(2022, 10, 5),
    }
    full = told["full moratorium of mill-lane"]
    assert full.name == "The full moratorium of mill-lane ends"
    assert full.rule == "6 months from 6 April 2021; Localism Act 2011 s.95(6)"
    assert full.frees_on == date(2021, 10, 6)
    assert told["protected period of mill-lane"].frees_on is None


@pytest.mark.parametrize(("bid", "is_told"), [(Known.NO, False), (Known.UNKNOWN, True)])
def test_a_full_moratorium_bars_till_it_is_known_that_nobody_asked_to_bid(
    bid: Known, *, is_told: bool
) -> None:
    assert ("full moratorium of mill-lane" in running(received(date(2021, 4, 6), bid))) is is_told


def test_a_key_decision_waits_for_28_clear_days_and_then_for_call_in() -> None:
    (noticed,) = running(a_decision(is_key=True, notice_on=date(2021, 10, 8))).values()
    assert noticed.on == date(2021, 11, 6)
    assert noticed.name == "21/00100 may be taken at the earliest"
    assert noticed.rule.startswith("28 clear days, calendar, from 8 October 2021; SI 2012/2089")
    taken = {"notice_on": date(2021, 10, 8), "taken_on": date(2021, 11, 15)}
    assert running(a_decision(**taken)) == {}, "call-in begins with publication"
    (published,) = running(a_decision(**taken, published_on=date(2021, 11, 16))).values()
    assert published.name == "21/00100 may be acted on at the earliest"
    assert (published.on, published.frees_on) == (date(2021, 11, 24), date(2021, 11, 24))
    waived = a_decision(**taken, published_on=date(2021, 11, 16), call_in_waived="Chairman")
    assert running(waived) == {}


def test_a_decision_that_is_called_in_has_no_day_until_it_is_settled() -> None:
    decision = a_decision(taken_on=date(2021, 11, 15), published_on=date(2021, 11, 16))
    call_in = evidence(
        CallIn, number=decision.number, called_in_on=date(2021, 11, 18),
        called_in_by="Scrutiny Committee", because="The price",
    )  # fmt: skip
    assert running(decision, call_in) == {}


def test_a_campaign_closes_on_the_day_of_its_particulars_until_it_ends() -> None:
    facts = {"method": Method.INFORMAL_TENDER, "agent": "A", "closes_on": date(2021, 6, 18)}
    (clock,) = running(evidence(Campaign, **facts)).values()
    assert (clock.name, clock.on) == ("Campaign 1 closes to offers", date(2021, 6, 18))
    assert clock.rule.startswith("The particulars of campaign 1 name 18 June 2021")
    assert running(evidence(Campaign, **facts, ended_on=date(2021, 7, 1))) == {}


def test_a_valuation_ages_until_contracts_are_exchanged() -> None:
    valuation = a_valuation(1_225_000, date(2021, 4, 6))
    (clock,) = running(valuation).values()
    assert (clock.on, clock.who) == (date(2021, 10, 5), "valuer")
    assert clock.once_past.startswith("Have the land valued anew")
    assert running(valuation, a_contract()) == {}


def test_the_longstop_is_that_of_the_terms_and_then_of_the_contract_and_its_conditions() -> None:
    terms = some_terms(1_275_000, longstop_on=date(2022, 3, 1))
    (of_terms,) = running(terms).values()
    assert of_terms.rule.startswith("The heads of terms, version 1, name 1 March 2022")
    assert of_terms.once_past == "Agree another with the buyer."
    met = a_condition("Tunnel", longstop_on=date(2022, 9, 1), satisfied_on=date(2022, 4, 1))
    open_one = a_condition("Consent", longstop_on=date(2022, 9, 1))
    contract = a_contract(longstop_on=date(2022, 12, 30))
    told = running(terms, contract, met, open_one)
    assert [(day.name, day.on, day.who) for day in told.values()] == [
        ("The longstop of “Consent” passes", date(2022, 9, 1), open_one.owner),
        (f"The longstop of the contract with {contract.buyer} passes", date(2022, 12, 30),
         "legal services"),
    ]  # fmt: skip


def test_a_fixed_day_is_called_by_the_beginning_of_its_name() -> None:
    told = running(received(date(2021, 4, 6))).values()
    found = called(told, "Protected-period")
    assert found is not None
    assert found.clock.name == "protected period of mill-lane"
    assert called(told, "valuation") is None
