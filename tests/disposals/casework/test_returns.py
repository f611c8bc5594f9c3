"""What a lost buyer takes along, and what a second attempt does not inherit from the first."""

from datetime import date
from typing import Any

import pytest

from disposals.casework import (
    bids,
    completion,
    decisions,
    evidence,
    marketing,
    moves,
    offers,
    recording,
    returns,
    terms,
)
from disposals.disclosure.cases import outlook, whole_case
from disposals.disclosure.completion import statement
from disposals.disclosure.entries import entries
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions, versions_of_decision
from disposals.errors import NoneReady, NotAllowed
from disposals.prospects import prospects
from disposals.register import Register
from disposals.sums import of_this_sale
from tests.conftest import stamp
from workflows.gates import Verdict

ONE = "steele-avenue/part-1"
TODAY = date(2021, 9, 30)
BUYER, PRICE = "Bidder B", 127_500_000


def seen(register: Register) -> int:
    return versions(register, ONE)[ONE]


def record(register: Register, kind: str, **facts: Any) -> None:
    recording.record(register, ONE, kind, facts, stamp(), seen=seen(register))


def go_back(register: Register, to: str = "bid_shortlist") -> None:
    returns.back(register, ONE, stamp(), seen=seen(register), to=to, because="Funding fell away")


def verdict(register: Register, gate: str) -> Verdict:
    [standing] = outlook(register, ONE, on=TODAY)
    assert standing.report is not None
    return next(f.verdict for f in standing.report.findings if f.gate == gate)


@pytest.fixture
def at_terms(kent: Register) -> Register:
    """Part 1 at heads of terms, agreed with Bidder B, with all that an exchange leaves behind."""
    moves.advance(kent, ONE, stamp(), seen=versions(kent, ONE))
    facts = {"buyer": BUYER, "price_pence": PRICE}
    terms.draft(kent, ONE, facts, stamp(), seen=seen(kent))
    terms.agree(kent, ONE, stamp(), seen=seen(kent), version=1, agreed_on=TODAY)
    contract = facts | {"exchanged_on": TODAY, "is_conditional": True}
    completion.exchanged(kent, ONE, contract, stamp(), seen=seen(kent))
    record(kent, "condition", title="Planning consent", owner="Developer", satisfied_on=TODAY)
    record(kent, "deed", form="TP1", dated_on=TODAY)
    record(
        kent, "consideration_reason", concern="lower bid", because="Certain", advised_by="A valuer"
    )
    return kent


def test_bid_terms_contract_conditions_deed_and_reasons_fall_with_the_buyer(
    at_terms: Register,
) -> None:
    go_back(at_terms)
    told = whole_case(at_terms, ONE, audience=Audience.OFFICER, on=TODAY)["evidence"]
    for kind in ("heads_of_terms", "contract", "condition", "deed", "consideration_reason"):
        assert [row["lapsed_on"] for row in told[kind]] == [TODAY], kind
    [bid] = [row for row in told["bid"] if row["bidder"] == BUYER]
    assert bid["standing"] == "fell through"


def test_the_deposit_of_a_lost_buyer_counts_for_no_other_and_that_of_the_next_does(
    kent: Register,
) -> None:
    moves.advance(kent, ONE, stamp(), seen=versions(kent, ONE))
    lost = {"kind": "deposit", "amount_pence": 100_000, "received_on": TODAY}
    recording.record(kent, ONE, "receipt", lost, stamp(), seen=seen(kent))
    go_back(kent)
    later, exchange = date(2021, 10, 4), date(2021, 10, 11)
    facts = {"buyer": "Bidder A", "price_pence": 121_500_000}
    paid = {"kind": "deposit", "amount_pence": 300_000, "received_on": later}
    recording.record(kent, ONE, "receipt", paid, stamp(later), seen=seen(kent))
    terms.draft(kent, ONE, facts, stamp(later), seen=seen(kent))
    terms.agree(kent, ONE, stamp(exchange), seen=seen(kent), version=1, agreed_on=exchange)
    contract = facts | {"exchanged_on": exchange, "is_conditional": False}
    completion.exchanged(kent, ONE, contract, stamp(exchange), seen=seen(kent))
    assert statement(kent, ONE, on=exchange).received == 300_000
    with kent.read() as session:
        [forecast] = prospects(session, on=exchange, refs=[ONE])
    assert [each.amount_pence for each in of_this_sale(forecast)] == [300_000]


def test_a_condition_satisfied_for_the_last_buyer_is_open_for_the_next(at_terms: Register) -> None:
    go_back(at_terms)
    record(at_terms, "condition", title="Planning consent", owner="Next developer")
    told = whole_case(at_terms, ONE, audience=Audience.OFFICER, on=TODAY)["evidence"]["condition"]
    live = [row for row in told if row["lapsed_on"] is None]
    assert [(row["owner"], row["satisfied_on"]) for row in live] == [("Next developer", None)]


def test_the_reason_for_a_lower_bid_is_not_a_reason_for_another(at_terms: Register) -> None:
    go_back(at_terms)
    bids.prefer(at_terms, ONE, "Bidder C", stamp(), seen=seen(at_terms), because="Why not")
    assert verdict(at_terms, "bids.best-consideration") is Verdict.UNMET


def test_a_change_of_mind_leaves_the_reason_behind_too(kent: Register) -> None:
    bids.prefer(kent, ONE, "Bidder A", stamp(), seen=seen(kent), because="Certain")
    record(
        kent, "consideration_reason", concern="lower bid", because="Certain", advised_by="A valuer"
    )
    assert verdict(kent, "bids.best-consideration") is Verdict.MET
    bids.prefer(kent, ONE, "Bidder C", stamp(), seen=seen(kent), because="Cheaper still")
    assert verdict(kent, "bids.best-consideration") is Verdict.UNMET


def test_a_bidder_who_fell_through_may_bid_again_and_is_not_declined_by_a_shortlist(
    at_terms: Register,
) -> None:
    go_back(at_terms)
    bids.shortlist(
        at_terms, ONE, ["Bidder A"], stamp(), seen=seen(at_terms), because="The best",
        declined_because="Lower",
    )  # fmt: skip
    told = whole_case(at_terms, ONE, audience=Audience.OFFICER, on=TODAY)["evidence"]["bid"]
    assert {row["standing"] for row in told if row["bidder"] == BUYER} == {"fell through"}
    facts = {"bidder": BUYER, "price_pence": PRICE + 1}
    offers.receive(at_terms, ONE, facts, stamp(), seen=seen(at_terms))
    told = whole_case(at_terms, ONE, audience=Audience.OFFICER, on=TODAY)["evidence"]["bid"]
    [again] = [row for row in told if row["bidder"] == BUYER]
    assert (again["standing"], again["bid_version"]) == ("received", 3)


def test_marketing_again_takes_a_new_campaign(kent: Register) -> None:
    go_back(kent, "marketing")
    assert verdict(kent, "marketing.closed") is Verdict.UNMET
    assert verdict(kent, "bids.received") is Verdict.UNMET
    facts = {"method": "open market", "agent": "An agent", "closes_on": date(2021, 9, 1)}
    marketing.begin(kent, ONE, facts, stamp(), seen=seen(kent))
    offer = {"bidder": "Bidder A", "price_pence": 1}
    offers.receive(kent, ONE, offer, stamp(), seen=seen(kent))
    moved = moves.advance(kent, ONE, stamp(), seen=versions(kent, ONE)).moved
    assert moved[0].to_stage == "bid_shortlist"


def test_a_contract_follows_the_terms_that_were_agreed(at_terms: Register) -> None:
    other = {"exchanged_on": TODAY, "buyer": "Another", "price_pence": 0, "is_conditional": False}
    with pytest.raises(NotAllowed, match=r"agreed with Bidder B at £1,275,000"):
        completion.exchanged(at_terms, ONE, other, stamp(), seen=seen(at_terms))


def test_what_belongs_to_one_sale_is_not_recorded_on_a_site_sold_in_parts(kent: Register) -> None:
    whole = "steele-avenue"
    for kind, facts in (
        ("deed", {"form": "TP1", "dated_on": TODAY}),
        ("receipt", {"amount_pence": 1, "received_on": TODAY}),
    ):
        with pytest.raises(NotAllowed, match="Name the part"):
            recording.record(kent, whole, kind, facts, stamp(), seen=versions(kent, whole)[whole])


def test_a_kind_with_an_act_of_its_own_is_not_slipped_in_as_bare_evidence(kent: Register) -> None:
    for kind in ("bid", "campaign", "heads_of_terms", "contract", "waiver", "milestone"):
        with pytest.raises(ValueError, match=kind):
            evidence.add(kent, ONE, kind, {}, stamp(), seen=seen(kent))


def test_a_move_is_not_dated_before_what_it_rests_on(kent: Register) -> None:
    before = stamp(date(2021, 9, 29))
    with pytest.raises(NotAllowed, match="goes on until 30 September 2021"):
        moves.advance(kent, ONE, before, seen=versions(kent, ONE))
    with pytest.raises(NotAllowed, match="goes on until 30 September 2021"):
        returns.withdraw(kent, ONE, before, seen=seen(kent), because="Kept")


def test_a_part_is_not_sold_in_parts(kent: Register) -> None:
    two = "steele-avenue/part-2"
    with pytest.raises(NotAllowed, match="a part is not sold in parts"):
        moves.advance(kent, two, stamp(), seen=versions(kent, two), to="in_parts")


def test_parts_that_cannot_go_where_asked_are_not_meant(kent: Register) -> None:
    whole = "steele-avenue"
    outcome = moves.advance(kent, whole, stamp(), seen=versions(kent, whole), to="heads_of_terms")
    assert [case.reference for case in outcome.moved] == [ONE]
    with pytest.raises(NoneReady):
        moves.advance(kent, whole, stamp(), seen=versions(kent, whole), to="marketing")


def test_the_reason_for_a_lower_bid_goes_with_the_bidder_it_was_given_for(
    kent: Register,
) -> None:
    record(
        kent, "decision", number="21/00199", title="Sale", taker="Deputy Leader", is_key=False,
        fallback="next bid if below",
    )  # fmt: skip
    decisions.take(
        kent, "21/00199", stamp(), seen=versions_of_decision(kent, "21/00199"), taken_on=TODAY,
        interests="None declared", call_in_waived=None,
    )  # fmt: skip
    record(kent, "consideration_reason", concern="lower bid", because="quicker", advised_by="V")
    record(kent, "bid", bidder=BUYER, price_pence=1_000_000)
    bids.reinstate(kent, ONE, "Bidder A", stamp(), seen=seen(kent), because="B offers less")
    (reason,) = entries(kent, ONE, ["consideration_reason"], audience=Audience.OFFICER)
    assert reason["lapsed_on"] == TODAY
