"""A plain sale of a whole site from surplus declaration to completed, told through the services."""

from datetime import date
from typing import Any

from disposals.casework import (
    bids,
    completion,
    decisions,
    marketing,
    moves,
    offers,
    recording,
    terms,
)
from disposals.disclosure.cases import history, whole_case
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions, versions_of_decision
from disposals.register import Register
from tests.conftest import stamp

REF = "mill-lane"
BUYER = "A developer"


def test_from_surplus_declaration_to_completed(register: Register, mill_lane: str) -> None:
    assert mill_lane == REF

    def seen() -> int:
        return versions(register, REF)[REF]

    def record(kind: str, on: date, **facts: Any) -> None:
        recording.record(register, REF, kind, facts, stamp(on), seen=seen())

    def advance(on: date) -> str:
        outcome = moves.advance(register, REF, stamp(on), seen=versions(register, REF))
        return outcome.moved[0].to_stage

    # Surplus declaration: declared, offered to other services, the local member told.
    spring = date(2021, 3, 1)
    record(
        "declaration", spring, declared_on=spring, declared_by="Highways", because="Depot closed"
    )
    record(
        "circulation", spring, circulated_to="All services", sent_on=spring,
        reply_by=date(2021, 4, 26), reply="No other service needs it.", is_claimed="no",
    )  # fmt: skip
    record(
        "consultation", spring, consultee="Local member", capacity="local member",
        held_on=spring, said="Content",
    )  # fmt: skip
    assert advance(date(2021, 4, 27)) == "options_appraisal"

    # Options appraisal: two options, one of them to keep the land; Crichel Down answered.
    may = date(2021, 5, 4)
    record("option", may, no="1", title="Keep the land", is_do_nothing=True)
    record("option", may, no="2", title="Sell it", is_recommended=True, reasons_for="No use for it")
    record(
        "land_answer", may, question="crichel-down", answer="no", basis="Bought by agreement, 2001",
        checked_on=may,
    )  # fmt: skip
    marketing.begin(
        register, REF, {"method": "open market", "agent": "An agent"}, stamp(may), seen=seen()
    )
    assert advance(may) == "marketing"

    # Marketing: closed to offers after six weeks.
    marketing.close(register, REF, stamp(may), seen=seen(), closes_on=date(2021, 6, 18))
    for bidder, pence in ((BUYER, 90_000_000), ("A builder", 85_000_000), ("A speculator", 1)):
        offers.receive(
            register, REF, {"bidder": bidder, "price_pence": pence}, stamp(date(2021, 6, 18)),
            seen=seen(),
        )  # fmt: skip
    assert advance(date(2021, 6, 21)) == "bid_shortlist"

    # Bid shortlist: two taken further, one preferred, one in reserve.
    july = date(2021, 7, 1)
    bids.shortlist(
        register, REF, [BUYER, "A builder"], stamp(july), seen=seen(), because="The two highest",
        declined_because="Lower, and nothing was shown of its funds",
    )  # fmt: skip
    bids.prefer(register, REF, BUYER, stamp(july), seen=seen(), because="Highest, unconditional")
    bids.prefer(
        register, REF, "A builder", stamp(july), seen=seen(), because="Next highest", reserve=True
    )
    record("valuation", july, valuer="A valuer", value_pence=88_000_000, valued_on=july)
    assert advance(july) == "heads_of_terms"

    # Heads of terms and the decision: below £1,000,000 it is not a key decision.
    terms.draft(
        register, REF, {"buyer": BUYER, "price_pence": 90_000_000}, stamp(july), seen=seen()
    )
    terms.agree(register, REF, stamp(july), seen=seen(), version=1, agreed_on=july)
    record("decision", july, number="21/00077", title="Sell", taker="Director", is_key=False)
    decisions.take(
        register, "21/00077", stamp(july), seen=versions_of_decision(register, "21/00077"),
        taken_on=july, interests="None declared",
    )  # fmt: skip
    decisions.publish(
        register, "21/00077", stamp(july), seen=versions_of_decision(register, "21/00077"),
        published_on=july,
    )  # fmt: skip
    for question in (
        "other-purpose", "open-space", "community-value", "school", "housing", "allotment",
        "highway", "trust",
    ):  # fmt: skip
        record("land_answer", july, question=question, answer="no", basis="Searches")
    record("title_report", july, reported_on=july, reported_by="Head of Law", finding="Clean")
    assert advance(date(2021, 7, 9)) == "completion"

    # Completion: contract, a condition, the deed, the receipt.
    august = date(2021, 8, 2)
    completion.exchanged(
        register, REF,
        {
            "exchanged_on": date(2021, 7, 9), "buyer": BUYER, "price_pence": 90_000_000,
            "is_conditional": True,
        },
        stamp(august), seen=seen(),
    )  # fmt: skip
    record("condition", august, title="Planning consent", owner="The buyer")
    completion.satisfy(
        register, REF, "Planning consent", stamp(august), seen=seen(), satisfied_on=august
    )
    record("deed", august, form="TR1", dated_on=august)
    record("receipt", august, amount_pence=90_000_000, received_on=august)
    assert advance(august) == "completed"

    case = whole_case(register, REF, audience=Audience.OFFICER, on=august)
    assert case["stage"] == "completed"
    entries = history(register, REF, audience=Audience.OFFICER)
    assert [entry["no"] for entry in entries] == list(range(1, case["version"] + 1))
    assert [e["to_stage"] for e in entries if e["act"] == "advance"] == case["stages"][1:]
