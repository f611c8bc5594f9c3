"""Days that follow from the record: which there are, what fixes them, and when they stop."""

from datetime import date

import pytest

from disposals.records.bids import Valuation
from disposals.records.completion import Condition, Contract
from disposals.records.decisions import Decision
from disposals.records.notices import MoratoriumNotice
from disposals.statutory import Clock, called, clocks_of, kinds_read
from disposals.vocabulary import Known
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


def running(*records: Record, on: date = date(2021, 9, 30)) -> dict[str, Clock]:
    return {clock.key: clock for clock in clocks_of(a_case(*records, on=on))}


def received(on: date, bid: Known = Known.UNKNOWN) -> MoratoriumNotice:
    return evidence(MoratoriumNotice, site_ref="mill-lane", received_on=on, bid_requested=bid)


def test_the_moratorium_is_counted_from_receipt_which_is_its_first_day() -> None:
    told = running(received(date(2021, 4, 6), Known.YES))
    assert {key: clock.on for key, clock in told.items()} == {
        "interim-moratorium of mill-lane": date(2021, 5, 17),
        "full-moratorium of mill-lane": date(2021, 10, 5),
        "protected-period of mill-lane": date(2022, 10, 5),
    }
    full = told["full-moratorium of mill-lane"]
    assert full.name == "The full moratorium of mill-lane ends"
    assert full.rule == (
        "6 months beginning with receipt on 6 April 2021; Localism Act 2011 s.95(6)"
    )
    assert full.frees_on == date(2021, 10, 6)


@pytest.mark.parametrize("bid", [Known.NO, Known.UNKNOWN])
def test_without_a_request_to_bid_no_full_moratorium_is_told(bid: Known) -> None:
    assert "full-moratorium of mill-lane" not in running(received(date(2021, 4, 6), bid))


def test_a_key_decision_waits_for_28_clear_days_and_then_for_call_in() -> None:
    noticed = running(a_decision(is_key=True, notice_on=date(2021, 10, 8)))
    assert noticed["key-decision-notice"].on == date(2021, 11, 6)
    assert noticed["key-decision-notice"].name == "21/00100 may be taken at the earliest"
    taken = {"notice_on": date(2021, 10, 8), "taken_on": date(2021, 11, 15)}
    assert running(a_decision(**taken)) == {}  # call-in begins with publication
    published = running(a_decision(**taken, published_on=date(2021, 11, 16)))
    assert (published["call-in"].on, published["call-in"].frees_on) == (
        date(2021, 11, 24), date(2021, 11, 24),
    )  # fmt: skip
    waived = a_decision(**taken, published_on=date(2021, 11, 16), call_in_waived="Chairman")
    assert running(waived) == {}


def test_a_valuation_ages_until_contracts_are_exchanged() -> None:
    valuation = a_valuation(1_225_000, date(2021, 4, 6))
    (clock,) = running(valuation).values()
    assert (clock.on, clock.who) == (date(2021, 10, 5), "valuer")
    assert clock.once_past.startswith("Have the land valued anew")
    assert running(valuation, a_contract()) == {}


def test_the_longstop_is_that_of_the_terms_and_then_of_the_contract_and_its_conditions() -> None:
    terms = some_terms(1_275_000, longstop_on=date(2022, 3, 1))
    assert running(terms)["longstop"].rule == "Heads of terms, version 1"
    met = a_condition("Tunnel", longstop_on=date(2022, 9, 1), satisfied_on=date(2022, 4, 1))
    open_one = a_condition("Consent", longstop_on=date(2022, 9, 1))
    told = running(terms, a_contract(longstop_on=date(2022, 12, 30)), met, open_one)
    assert {key: clock.on for key, clock in told.items()} == {
        "longstop of Consent": date(2022, 9, 1), "longstop": date(2022, 12, 30),
    }  # fmt: skip


def test_a_clock_is_called_by_the_beginning_of_its_name() -> None:
    told = running(received(date(2021, 4, 6))).values()
    found = called(told, "Protected period")
    assert found is not None
    assert found.key == "protected-period of mill-lane"
    assert called(told, "valuation") is None


def test_what_clocks_read_is_declared() -> None:
    assert {MoratoriumNotice, Decision, Valuation, Contract, Condition} <= set(kinds_read())
