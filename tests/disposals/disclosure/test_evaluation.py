"""Bids on one footing: what counts is summed and discounted, what else they bring stands beside."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from disposals.casework import marketing, recording
from disposals.disclosure.evaluation import Evaluation, Offer, evaluation
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.register import Register
from tests.conftest import stamp

REF, TODAY = "mill-lane", date(2021, 9, 30)
Bid = Callable[..., None]


def note(register: Register, kind: str, **facts: Any) -> None:
    seen = versions(register, REF)[REF]
    recording.record(register, REF, kind, facts, stamp(TODAY), seen=seen)


@pytest.fixture
def bid(register: Register, mill_lane: str) -> Bid:
    """Record a bid of so many pounds in the running campaign."""
    assert mill_lane == REF
    marketing.begin(
        register,
        REF,
        {"method": "open market", "agent": "Agents"},
        stamp(TODAY),
        seen=versions(register, REF)[REF],
    )

    def receive(bidder: str, pounds: int | None, **facts: Any) -> None:
        price = {} if pounds is None else {"price_pence": pounds * 100}
        note(register, "bid", bidder=bidder, **price, **facts)

    return receive


def told(register: Register, **asked: Any) -> Evaluation:
    return evaluation(register, REF, audience=Audience.OFFICER, on=TODAY, **asked)


def offers(register: Register) -> dict[str, Offer]:
    return {offer.bidder: offer for offer in told(register).offers}


def test_barnet_lower_cash_with_a_guaranteed_total_comes_first(
    register: Register, bid: Bid
) -> None:
    bid("Cash Ltd", 3_500_000)
    bid(
        "Overage LLP", 2_800_000, overage="half of sales above £20m, £1m at least",
        overage_guaranteed_pence=100_000_000, overage_after_months=36,
    )  # fmt: skip
    found = told(register)
    assert [(o.bidder, o.place) for o in found.offers] == [("Overage LLP", 1), ("Cash Ltd", 2)]
    first = found.offers[0]
    assert (first.price, first.consideration) == (280_000_000, 380_000_000)
    assert first.present_value == 370_194_271  # 2,800,000 + 1,000,000 ÷ 1.035³
    assert found.notes[0] == (
        "Cash Ltd offers the highest price, £3,500,000; Overage LLP the highest consideration, "
        "£3,701,942.71 today."
    )


def test_money_that_comes_later_is_worth_less_today(register: Register, bid: Bid) -> None:
    bid("Now Ltd", 1_000_000)
    bid("Later Ltd", 1_020_000, payments="50% now; 50% after 24 months")
    found = offers(register)
    assert found["Later Ltd"].present_value == 51_000_000 + round(510_000_00 / Decimal("1.071225"))
    assert (found["Now Ltd"].place, found["Later Ltd"].place) == (1, 2)
    assert [o.place for o in told(register, rate_percent=Decimal(0)).offers] == [1, 2]
    assert told(register, rate_percent=Decimal(0)).offers[0].bidder == "Later Ltd"


def test_how_long_the_best_may_slip_is_said(register: Register, bid: Bid) -> None:
    bid("Ash Homes", 1_035_000)
    bid("Beech Living", 1_000_000)
    assert (
        "Ash Homes's bid may slip 12 months before it is worth no more than Beech Living's."
        in told(register).notes
    )


def test_other_merits_stand_beside_and_are_never_added(register: Register, bid: Bid) -> None:
    bid(
        "Generous plc", 900_000, units=40, affordable_percent=40, s106_pence=50_000_000,
        cil_pence=20_000_000,
    )  # fmt: skip
    bid("Ash Homes", 900_001)
    generous = offers(register)["Generous plc"]
    assert generous.consideration == generous.price == 90_000_000
    assert generous.place == 2
    assert generous.merits == {
        "units": 40, "affordable_percent": 40, "s106_pence": 50_000_000, "cil_pence": 20_000_000,
    }  # fmt: skip


def test_abnormal_costs_that_the_council_bears_are_taken_off(register: Register, bid: Bid) -> None:
    bid("Ash Homes", 1_000_000, abnormal_costs_pence=30_000_000)
    bid("Beech Living", 800_000)
    assert offers(register)["Ash Homes"].consideration == 70_000_000
    assert told(register).offers[0].bidder == "Beech Living"


def test_risk_is_weighed_only_with_a_likelihood_that_somebody_recorded(
    register: Register, bid: Bid
) -> None:
    bid("Ash Homes", 1_000_000, subject_to_planning=True, subject_to_funding=True)
    bid("Beech Living", 700_000)
    found = offers(register)
    assert found["Ash Homes"].hurdles == {"planning": None, "funding": None}
    assert found["Ash Homes"].risk_adjusted is None
    assert found["Beech Living"].risk_adjusted == 70_000_000
    assert any(
        "How likely planning and funding is for Ash Homes" in n for n in told(register).notes
    )

    for condition, percent in (("planning", 80), ("funding", 75)):
        note(
            register, "likelihood", bidder="Ash Homes", condition=condition, percent=percent,
            because="The agent's view",
        )  # fmt: skip
    ash = offers(register)["Ash Homes"]
    assert ash.risk_adjusted == 60_000_000  # 1,000,000 × 0.8 × 0.75
    assert ash.sensitivity == {
        -20: 33_000_000, -10: 45_500_000, 0: 60_000_000, 10: 76_500_000, 20: 95_000_000,
    }  # fmt: skip
    assert "With the likelihoods recorded, Beech Living comes before Ash Homes." in (
        told(register).notes
    )


def test_quality_wants_weights_of_100_and_every_score(register: Register, bid: Bid) -> None:
    bid("Ash Homes", 1_000_000)
    note(register, "criterion", scored="bid", title="Design", weight_percent=60)
    assert any("come to 60, not 100" in n for n in told(register).notes)
    note(register, "criterion", scored="bid", title="Delivery", weight_percent=40, most_points=5)
    assert "Not scored for every criterion: Ash Homes." in told(register).notes
    for criterion, points in (("Design", 7), ("Delivery", 4)):
        note(
            register, "score", scored="bid", subject="Ash Homes", criterion=criterion,
            points=points, because="The panel",
        )  # fmt: skip
    ash = offers(register)["Ash Homes"]
    assert ash.quality == Decimal(74)  # 60 × 7 ÷ 10 + 40 × 4 ÷ 5
    assert ash.price_per_point is None  # this campaign does not ask for it


def test_price_per_point_of_quality_where_the_campaign_asks_for_it(
    register: Register, mill_lane: str
) -> None:
    facts = {"method": "informal tender", "agent": "Agents", "asks_price_per_point": True}
    marketing.begin(
        register, mill_lane, facts, stamp(TODAY), seen=versions(register, mill_lane)[mill_lane]
    )
    note(register, "bid", bidder="Ash Homes", price_pence=74_000_000)
    note(register, "criterion", scored="bid", title="Design", weight_percent=100)
    note(
        register, "score", scored="bid", subject="Ash Homes", criterion="Design", points=8,
        because="The panel",
    )  # fmt: skip
    assert offers(register)["Ash Homes"].price_per_point == 925_000  # £740,000 ÷ 80


def test_a_bid_that_does_not_comply_above_the_best_that_does_asks_for_a_final_round(
    register: Register, bid: Bid
) -> None:
    bid("Ash Homes", 1_000_000, is_compliant=False)
    bid("Beech Living", 900_000)
    assert any(
        n.startswith("Ash Homes is not compliant and above the best compliant bid: ask all")
        for n in told(register).notes
    )


def test_a_bid_without_a_price_has_no_place_and_is_named(register: Register, bid: Bid) -> None:
    bid("Silent Ltd", None)
    bid("Ash Homes", 1)
    found = told(register)
    assert [(o.bidder, o.place) for o in found.offers] == [("Ash Homes", 1), ("Silent Ltd", None)]
    assert "No price is recorded for Silent Ltd." in found.notes


def test_a_case_without_bids_has_nothing_to_compare(register: Register, mill_lane: str) -> None:
    assert mill_lane == REF
    assert told(register).offers == ()
    assert told(register).notes == ()
