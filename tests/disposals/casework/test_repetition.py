"""What says no more than the last entry about the same thing on the same day is refused."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from disposals.casework import bids, offers, terms
from disposals.casework.acts import Stamp
from disposals.casework.recording import Told, record, record_all
from disposals.disclosure.seen import versions
from disposals.errors import AlreadyRecorded, BadFact
from disposals.register import Register
from tests.conftest import stamp

ONE = "steele-avenue/part-1"
VALUED = {"valuer": "District Valuer", "value_pence": 100, "valued_on": date(2021, 9, 1)}


def at(minute: int, on: date = date(2021, 9, 30)) -> Stamp:
    made = stamp(on=on)
    return replace(made, at=made.at.replace(minute=minute))


def entered(
    register: Register, kind: str, facts: Mapping[str, Any], *, by: Stamp | None = None
) -> None:
    record(register, ONE, kind, facts, by or stamp(), seen=versions(register, ONE)[ONE])


def test_the_same_valuation_is_refused_with_the_entry_that_says_so(kent: Register) -> None:
    entered(kent, "valuation", VALUED, by=at(1))
    with pytest.raises(
        AlreadyRecorded, match=r"already: steele-avenue/part-1 valuation-\d+, 30 Sep"
    ):
        entered(kent, "valuation", VALUED, by=at(2))


def test_on_another_day_it_may_be_said_again(kent: Register) -> None:
    entered(kent, "valuation", VALUED, by=at(1, date(2021, 9, 29)))
    entered(kent, "valuation", VALUED, by=at(2))


def test_what_was_said_before_the_last_entry_may_be_said_again(kent: Register) -> None:
    """The latest counts, so that the first value would not stand without being entered again."""
    for minute, value in enumerate((100, 110, 100)):
        entered(kent, "valuation", {**VALUED, "value_pence": value}, by=at(minute))


def test_a_clause_is_changed_back_and_is_not_written_twice(kent: Register) -> None:
    clause = {"no": "1", "heading": "Access", "text": "Over the service road"}
    entered(kent, "heads_of_terms", {"buyer": "Bidder B", "price_pence": 1})
    for text in (clause["text"], "Over the car park", clause["text"]):
        entered(kent, "clause", {**clause, "text": text})
    entered(kent, "heads_of_terms", {"buyer": "Bidder B", "price_pence": 2})
    with pytest.raises(AlreadyRecorded):  # it is carried forward to the next version
        entered(kent, "clause", clause)


def test_a_bidder_offers_the_same_in_the_next_campaign(kent: Register) -> None:
    offer = {"bidder": "Bidder E", "price_pence": 90_500_000}
    for number in (1, 2):
        entered(kent, "campaign", {"method": "open market", "agent": f"Agents {number}"})
        entered(kent, "bid", offer)
    with pytest.raises(AlreadyRecorded):
        entered(kent, "bid", offer)


def test_a_bidder_who_was_declined_may_come_again_with_the_same(kent: Register) -> None:
    offer = {"bidder": "Bidder G", "price_pence": 90_000_000}
    seen = versions(kent, ONE)[ONE]
    offers.receive(kent, ONE, offer, stamp(), seen=seen)
    taken = ("Bidder A", "Bidder B")
    bids.shortlist(
        kent, ONE, taken, stamp(), seen=seen + 1, because="Highest", declined_because="Lower"
    )
    entered(kent, "bid", offer)


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("enquiry", {"kind": "viewing", "number": 2, "noted_on": date(2021, 9, 30)}),
        ("consultation", {"consultee": "Local member", "capacity": "local member", "said": "No"}),
    ],
)
def test_what_happens_more_than_once_is_counted_as_often(
    kent: Register, kind: str, facts: Mapping[str, Any]
) -> None:
    for minute in (1, 2):
        entered(kent, kind, facts, by=at(minute))


def test_a_row_of_a_file_that_says_what_the_one_before_says_is_refused(kent: Register) -> None:
    rows = [Told(ONE, VALUED, f"row {number}") for number in (2, 3)]
    with pytest.raises(BadFact, match=r"row 3: That is recorded already: the same was recorded a"):
        record_all(kent, "valuation", rows, stamp(), seen=versions(kent, ONE))


def test_terms_are_drafted_anew_and_not_twice(kent: Register) -> None:
    for price in (1, 2, 1):
        entered(kent, "heads_of_terms", {"buyer": "Bidder B", "price_pence": price})
    with pytest.raises(AlreadyRecorded):
        entered(kent, "heads_of_terms", {"buyer": "Bidder B", "price_pence": 1})
    seen = versions(kent, ONE)[ONE]
    terms.agree(kent, ONE, stamp(), seen=seen, version=3, agreed_on=date(2021, 9, 30))
