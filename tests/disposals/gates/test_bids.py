"""One bid is preferred, and what it offers is the best that can reasonably be obtained."""

from datetime import date
from typing import Any

import pytest

from disposals.records.bids import Bid
from disposals.vocabulary import Concern, Standing
from tests.builders import (
    a_bid,
    a_campaign,
    a_case,
    a_reason,
    answer,
    some_terms,
    the_preferred_bid,
)
from workflows.gates import Verdict, by


def test_without_an_offer_there_is_nothing_to_consider() -> None:
    told = answer("bids.received", a_case(a_campaign()))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "No offer is recorded."


def test_one_offer_is_something_to_consider() -> None:
    told = answer("bids.received", a_case(a_campaign(), a_bid("Ash Homes", 900_000)))
    assert told.verdict is Verdict.MET
    assert told.reason == "1 offer is recorded."


def test_offers_of_an_earlier_campaign_and_offers_that_fell_through_count_no_more() -> None:
    earlier = a_bid("Ash Homes", 900_000, campaign_no=1)
    fallen = a_bid("Beech Living", 950_000, Standing.FELL_THROUGH, campaign_no=2)
    told = answer("bids.received", a_case(a_campaign(1), a_campaign(2), earlier, fallen))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "No offer is recorded."


def test_a_shortlist_takes_someone_further() -> None:
    told = answer("bids.shortlisted", a_case(a_bid("Ash Homes", 900_000, Standing.DECLINED)))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "No offer has been shortlisted."


def test_a_shortlist_is_made_when_every_bidder_knows_where_they_stand() -> None:
    taken = a_bid("Ash Homes", 900_000, Standing.SHORTLISTED)
    waiting = a_bid("Beech Living", 800_000)
    declined = a_bid("Beech Living", 800_000, Standing.DECLINED)
    unmade = answer("bids.shortlisted", a_case(taken, waiting))
    made = answer("bids.shortlisted", a_case(taken, declined))
    assert unmade.verdict is Verdict.UNMET
    assert unmade.reason == "Beech Living neither taken further nor declined."
    assert made.verdict is Verdict.MET
    assert made.reason == "1 of 2 offers taken further."


def test_a_shortlisted_bidder_is_not_yet_preferred() -> None:
    told = answer("bids.preferred", a_case(a_bid("Ash Homes", 900_000, Standing.SHORTLISTED)))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "No preferred bidder is recorded."


def test_the_preferred_bidder_is_named_with_the_reason() -> None:
    told = answer("bids.preferred", a_case(the_preferred_bid(900_000)))
    assert told.verdict is Verdict.MET
    assert told.reason == "Ash Homes is preferred: unconditional"


def test_a_reserve_stands_by_in_case_the_preferred_bidder_falls_through() -> None:
    preferred = the_preferred_bid(900_000)
    alone = answer("bids.reserve-named", a_case(preferred))
    reserve = a_bid("Beech Living", 850_000, Standing.RESERVE)
    in_reserve = answer("bids.reserve-named", a_case(preferred, reserve))
    assert alone.verdict is Verdict.UNMET
    assert alone.reason == "No reserve bidder is named."
    assert in_reserve.verdict is Verdict.MET
    assert in_reserve.reason == "Beech Living in reserve."


def test_the_highest_bid_is_the_best_consideration() -> None:
    bids = the_preferred_bid(900_000), a_bid("Beech Living", 850_000, Standing.RESERVE)
    told = answer("bids.best-consideration", a_case(*bids))
    assert told.verdict is Verdict.MET
    assert told.reason == "The preferred bid of £900,000 is the highest of 2."


def test_a_higher_bid_that_fell_through_is_no_longer_to_be_beaten() -> None:
    fallen = a_bid("Beech Living", 950_000, Standing.FELL_THROUGH)
    told = answer("bids.best-consideration", a_case(the_preferred_bid(900_000), fallen))
    assert told.verdict is Verdict.MET
    assert "highest of 1" in told.reason


@pytest.mark.parametrize(
    ("bids", "fragment", "remedy"),
    [
        (
            [a_bid("Ash Homes", 900_000, Standing.SHORTLISTED)],
            "No preferred bidder is recorded",
            by("bid prefer"),
        ),
        (
            [the_preferred_bid(900_000), a_bid("Beech Living", None, Standing.DECLINED)],
            "No price is recorded for Beech Living.",
            by("bid add", bidder="Beech Living"),
        ),
    ],
)
def test_bids_that_can_not_be_compared_leave_the_best_unknown(
    bids: list[Bid], fragment: str, remedy: object
) -> None:
    told = answer("bids.best-consideration", a_case(*bids))
    assert told.verdict is Verdict.UNKNOWN
    assert fragment in told.reason
    assert told.remedy == remedy


# After Jewish Girls High v Barnet [2013] EWHC 523 (Admin): cash against a guaranteed total.
CASH = a_bid("Cash buyer", 3_500_000, Standing.RESERVE)
IN_FIVE_YEARS: dict[str, Any] = {
    "overage_guaranteed_pence": 100_000_000,
    "overage_after_months": 60,
}


def test_barnet_a_guaranteed_overage_beats_a_higher_price_in_cash() -> None:
    school = the_preferred_bid(2_800_000, "School", **IN_FIVE_YEARS)
    told = answer("bids.best-consideration", a_case(CASH, school))
    assert told.verdict is Verdict.MET
    assert told.reason == (
        "The preferred bid's consideration, £3,641,973.17 today, is the highest of 2, though its "
        "price is £700,000 below another's."
    )


def test_barnet_the_higher_price_in_cash_is_not_best_only_because_it_is_higher() -> None:
    cash = the_preferred_bid(3_500_000, "Cash buyer")
    school = a_bid("School", 2_800_000, Standing.RESERVE, **IN_FIVE_YEARS)
    told = answer("bids.best-consideration", a_case(cash, school))
    assert told.verdict is Verdict.UNMET
    assert "£3,500,000 today, is £141,973.17 below the highest" in told.reason
    assert told.remedy == by("bid justify", concern=Concern.LOWER_BID)


def test_an_overage_that_nobody_guarantees_is_not_counted() -> None:
    hope = the_preferred_bid(2_800_000, "School", overage="half of any uplift over ten years")
    told = answer("bids.best-consideration", a_case(CASH, hope))
    assert told.verdict is Verdict.UNMET
    assert "£2,800,000 is £700,000 below the highest" in told.reason


def test_a_price_paid_in_stages_is_worth_less_than_the_same_price_at_once() -> None:
    staged = the_preferred_bid(900_000, payments="10% now; 90% after 36 months")
    at_once = a_bid("Beech Living", 850_000, Standing.RESERVE)
    told = answer("bids.best-consideration", a_case(staged, at_once))
    assert told.verdict is Verdict.UNMET
    assert "£820,573.59 today, is £29,426.41 below the highest" in told.reason


@pytest.mark.parametrize(
    "for_others",
    [
        {"s106_pence": 90_000_000},
        {"cil_pence": 90_000_000},
        {"affordable_percent": 100, "units": 60},
    ],
    ids=["section 106", "levy", "affordable homes"],
)
def test_what_goes_to_others_makes_no_bid_the_higher_one(for_others: dict[str, Any]) -> None:
    generous = the_preferred_bid(900_000, **for_others)
    plain = a_bid("Beech Living", 900_001, Standing.RESERVE)
    told = answer("bids.best-consideration", a_case(generous, plain))
    assert told.verdict is Verdict.UNMET
    assert "£900,000 is £1 below the highest" in told.reason


def test_works_that_a_valuer_put_a_value_on_count_as_money() -> None:
    works = the_preferred_bid(
        900_000,
        other_consideration_note="a new library",
        other_consideration_pence=20_000_000,
    )
    told = answer("bids.best-consideration", a_case(works, a_bid("Beech Living", 1_050_000)))
    assert told.verdict is Verdict.MET
    assert (
        "£1,100,000 today, is the highest of 2, though its price is £150,000 below" in told.reason
    )


def test_abnormal_costs_that_a_bid_takes_off_its_price_are_taken_off() -> None:
    chipped = the_preferred_bid(900_000, abnormal_costs_pence=10_000_000)
    told = answer("bids.best-consideration", a_case(chipped, a_bid("Beech Living", 850_000)))
    assert told.verdict is Verdict.UNMET
    assert "£800,000 today, is £50,000 below the highest" in told.reason


def test_once_terms_are_under_way_they_say_what_the_preferred_bidder_offers() -> None:
    bids = the_preferred_bid(900_000), a_bid("Beech Living", 880_000, Standing.RESERVE)
    chipped, lapsed = some_terms(870_000), some_terms(870_000, lapsed_on=date(2021, 9, 1))
    of_another = some_terms(870_000, buyer="Cedar Homes")
    told = answer("bids.best-consideration", a_case(*bids, chipped))
    assert told.verdict is Verdict.UNMET
    assert "£870,000 today, is £10,000 below the highest" in told.reason
    for others in (lapsed, of_another):
        assert answer("bids.best-consideration", a_case(*bids, others)).verdict is Verdict.MET


def test_a_declined_bid_that_was_higher_still_has_to_be_answered() -> None:
    declined = a_bid("Beech Living", 950_000, Standing.DECLINED)
    told = answer("bids.best-consideration", a_case(the_preferred_bid(900_000), declined))
    assert told.verdict is Verdict.UNMET
    assert "£50,000 below the highest" in told.reason


def test_a_bid_that_is_still_sealed_can_not_be_compared() -> None:
    sealed = a_bid("Beech Living", None, sealed="enciphered")
    told = answer("bids.best-consideration", a_case(the_preferred_bid(900_000), sealed))
    assert told.verdict is Verdict.UNKNOWN
    assert told.reason == "No price is recorded for Beech Living."


def test_a_lower_bid_is_best_when_the_reason_is_recorded() -> None:
    lower = the_preferred_bid(2_800_000, "School")
    reason = a_reason(Concern.LOWER_BID, "the cash depends on a consent that was refused")
    about_something_else = a_reason(Concern.UNDERVALUE, "a school is wanted here")
    of_another_bid = a_reason(Concern.LOWER_BID, "quicker", lapsed_on=date(2021, 9, 1))
    given = answer("bids.best-consideration", a_case(CASH, lower, reason))
    assert given.verdict is Verdict.MET
    assert given.reason == (
        "A lower bid is best: the cash depends on a consent that was refused (Wilks Head)"
    )
    for without in (about_something_else, of_another_bid):
        told = answer("bids.best-consideration", a_case(CASH, lower, without))
        assert told.verdict is Verdict.UNMET
        assert "£2,800,000 is £700,000 below the highest" in told.reason


def test_without_a_reason_for_less_there_is_nothing_to_sign_off() -> None:
    lapsed = a_reason(Concern.LOWER_BID, "quicker", lapsed_on=date(2021, 9, 1))
    for case in (a_case(), a_case(lapsed)):
        told = answer("bids.signed-off", case)
        assert told.verdict is Verdict.NOT_APPLICABLE
        assert told.reason == "No reason for less was called for."


def test_every_reason_for_less_is_signed_off() -> None:
    signed = a_reason(Concern.LOWER_BID, "quicker", signed_off_by="Section 151 Officer")
    waiting = a_reason(Concern.UNDERVALUE, "a hospice", id=8)
    told = answer("bids.signed-off", a_case(signed, waiting))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "The reason on the undervalue is not signed off."
    assert told.remedy == by("bid edit", entry="consideration-reason-8", name="signed-off-by")
    alone = answer("bids.signed-off", a_case(signed))
    assert alone.verdict is Verdict.MET
    assert alone.reason == "Signed off by Section 151 Officer."


def test_whoever_advised_a_reason_does_not_sign_it_off() -> None:
    own = a_reason(
        Concern.LOWER_BID, "quicker", id=8, advised_by="Head of Property",
        signed_off_by="head of  property",
    )  # fmt: skip
    told = answer("bids.signed-off", a_case(own))
    assert told.verdict is Verdict.UNMET
    assert told.reason == (
        "The reason on the lower bid rests on the advice of Head of Property, who can't sign it "
        "off too."
    )
    assert told.remedy == by("bid edit", entry="consideration-reason-8", name="signed-off-by")
