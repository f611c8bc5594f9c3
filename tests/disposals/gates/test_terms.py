"""Heads of terms count when both sides have agreed the latest version, with the right buyer."""

from datetime import date
from typing import Any

import pytest

from disposals.vocabulary import Fallback
from sites.record import Record
from tests.builders import a_case, a_decision, answer, some_terms, the_preferred_bid
from workflows.gates import Verdict, by

AGREED = date(2021, 9, 20)


@pytest.mark.parametrize(
    "terms", [[], [some_terms(900_000, agreed_on=AGREED, lapsed_on=date(2021, 9, 25))]], ids=len
)
def test_terms_that_were_never_made_or_fell_away_are_not_agreed(terms: list[Record]) -> None:
    told = answer("terms.agreed", a_case(*terms))
    assert told.verdict is Verdict.UNMET
    assert "none are recorded" in told.reason
    assert told.remedy == by("terms add")


@pytest.mark.parametrize("agreed_on", [None, date(2021, 10, 1)])
def test_it_is_the_latest_version_that_must_be_agreed(agreed_on: date | None) -> None:
    first = some_terms(900_000, terms_version=1, agreed_on=AGREED)
    second = some_terms(880_000, terms_version=2, agreed_on=agreed_on)
    told = answer("terms.agreed", a_case(the_preferred_bid(900_000), first, second))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "Version 2 is not agreed."
    assert told.remedy == by("terms agree", version="2")


def test_terms_agreed_with_someone_who_is_not_preferred_are_the_wrong_terms() -> None:
    preferred = the_preferred_bid(900_000, "Beech Living")
    told = answer("terms.agreed", a_case(preferred, some_terms(900_000, agreed_on=AGREED)))
    assert told.verdict is Verdict.UNMET
    assert "agreed with Ash Homes, but the preferred bidder is Beech Living" in told.reason


def test_terms_agreed_with_the_preferred_bidder_are_agreed() -> None:
    terms = some_terms(900_000, agreed_on=date(2021, 9, 30))
    told = answer("terms.agreed", a_case(the_preferred_bid(900_000), terms))
    assert told.verdict is Verdict.MET
    assert told.reason == "Version 1 was agreed on 30 September 2021."


def test_a_direct_sale_has_terms_and_no_bids() -> None:
    told = answer("terms.agreed", a_case(some_terms(900_000, agreed_on=AGREED)))
    assert told.verdict is Verdict.MET


SURE = {"overage_guaranteed_pence": 10_000_000, "overage_after_months": 0}
DECIDED = {
    "taken_on": date(2021, 9, 1),
    "buyer": "Ash Homes",
    "price_pence": 90_000_000,
    "area_m2": 5_000,
}


@pytest.mark.parametrize(
    "records",
    [
        [],
        [some_terms(900_000)],
        [a_decision(**DECIDED)],
        [some_terms(900_000), a_decision(**{**DECIDED, "taken_on": None})],
        [some_terms(900_000, lapsed_on=date(2021, 9, 25)), a_decision(**DECIDED)],
    ],
    ids=["neither", "no decision", "no terms", "not taken", "terms that lapsed"],
)
def test_without_terms_and_a_decision_there_is_nothing_to_compare(records: list[Record]) -> None:
    told = answer("terms.within-decision", a_case(*records))
    assert told.verdict is Verdict.NOT_APPLICABLE
    assert told.reason == "There are no terms and decision to compare."


def test_a_decision_that_sets_nothing_is_not_departed_from() -> None:
    decision = a_decision(taken_on=date(2021, 9, 1))
    told = answer("terms.within-decision", a_case(some_terms(900_000), decision))
    assert told.verdict is Verdict.NOT_APPLICABLE
    assert told.reason == "21/00100 sets no buyer, price or area."


def test_terms_as_they_were_decided_are_within_the_decision() -> None:
    terms = some_terms(900_000, area_m2=5_000)
    told = answer("terms.within-decision", a_case(terms, a_decision(**DECIDED)))
    assert told.verdict is Verdict.MET
    assert told.reason == "Version 1 is within decision 21/00100."


@pytest.mark.parametrize(
    ("pence", "verdict"),
    [(89_999_999, Verdict.UNMET), (90_000_000, Verdict.MET), (90_000_001, Verdict.MET)],
)
def test_a_price_may_rise_above_what_was_decided_and_not_fall_by_one_penny(
    pence: int, verdict: Verdict
) -> None:
    terms = some_terms(900_000).model_copy(update={"price_pence": pence})
    told = answer("terms.within-decision", a_case(terms, a_decision(**DECIDED)))
    assert told.verdict is verdict
    if verdict is Verdict.UNMET:
        assert told.reason == (
            "The price of £899,999.99 is £0.01 below the £900,000 decided. Decision 21/00100 does "
            "not cover it."
        )


@pytest.mark.parametrize(
    ("area", "verdict"),
    [
        (4_895, Verdict.UNMET),
        (4_900, Verdict.MET),
        (5_100, Verdict.MET),
        (5_105, Verdict.UNMET),
        (None, Verdict.MET),
    ],
    ids=["2.1 % less", "2 % less", "2 % more", "2.1 % more", "not said"],
)
def test_the_land_may_change_by_two_percent(area: float | None, verdict: Verdict) -> None:
    terms = some_terms(900_000, area_m2=area)
    told = answer("terms.within-decision", a_case(terms, a_decision(**DECIDED)))
    assert told.verdict is verdict
    if verdict is Verdict.UNMET:
        assert f"The land of the terms is {area:,.0f} m², that of the decision 5,000 m²" in (
            told.reason
        )


@pytest.mark.parametrize("fallback", [None, Fallback.NONE, Fallback.REMARKET])
def test_a_sale_that_was_decided_to_one_buyer_is_no_sale_to_another(
    fallback: Fallback | None,
) -> None:
    decision = a_decision(**DECIDED, fallback=fallback)
    told = answer("terms.within-decision", a_case(some_terms(950_000, buyer="Beech"), decision))
    assert told.verdict is Verdict.UNMET
    assert "The terms are with Beech; the sale was decided to Ash Homes." in told.reason


@pytest.mark.parametrize("fallback", [Fallback.NEXT_BID, Fallback.NEXT_BID_IF_BELOW])
@pytest.mark.parametrize(
    ("pounds", "verdict"), [(849_999, Verdict.UNMET), (850_000, Verdict.MET)], ids=str
)
def test_the_next_bid_may_be_taken_where_that_was_decided_down_to_its_floor(
    fallback: Fallback, pounds: int, verdict: Verdict
) -> None:
    decision = a_decision(**DECIDED, fallback=fallback, floor_price_pence=85_000_000)
    told = answer("terms.within-decision", a_case(some_terms(pounds, buyer="Beech"), decision))
    assert told.verdict is verdict


def test_the_floor_of_the_next_bid_is_no_floor_for_the_buyer_who_was_decided() -> None:
    decision = a_decision(**DECIDED, fallback=Fallback.NEXT_BID, floor_price_pence=85_000_000)
    told = answer("terms.within-decision", a_case(some_terms(860_000), decision))
    assert told.verdict is Verdict.UNMET
    assert "£40,000 below the £900,000 decided" in told.reason


def test_it_is_the_latest_version_and_the_latest_decision_that_are_compared() -> None:
    first, second = some_terms(900_000), some_terms(880_000, terms_version=2)
    decided = a_decision(**DECIDED)
    again = a_decision(**{**DECIDED, "price_pence": 88_000_000}, number="21/00101")
    told = answer("terms.within-decision", a_case(second, first, decided))
    assert told.verdict is Verdict.UNMET
    anew = answer("terms.within-decision", a_case(first, second, decided, again))
    assert anew.verdict is Verdict.MET
    assert anew.reason == "Version 2 is within decision 21/00101."


@pytest.mark.parametrize(
    ("agreed", "weaker", "told"),
    [
        ({}, {"payments": "10% now; 90% after 36 months"}, "Version 2 is worth £820,573.59 today"),
        (SURE, {"overage_guaranteed_pence": 0}, "Version 2 is worth £900,000 today"),
    ],
    ids=["paid later", "less overage"],
)
def test_the_same_price_is_not_what_was_decided_where_it_is_worth_less(
    agreed: dict[str, Any], weaker: dict[str, Any], told: str
) -> None:
    first = some_terms(900_000, terms_version=1, agreed_on=date(2021, 8, 30), **agreed)
    second = some_terms(900_000, terms_version=2, **(agreed | weaker))
    drifted = answer("terms.within-decision", a_case(a_decision(**DECIDED), first, second))
    assert drifted.verdict is Verdict.UNMET
    assert told in drifted.reason
    same = some_terms(900_000, terms_version=2, **agreed)
    held = answer("terms.within-decision", a_case(a_decision(**DECIDED), first, same))
    assert held.verdict is Verdict.MET
