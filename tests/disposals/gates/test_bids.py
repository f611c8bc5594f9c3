"""One bid is preferred, and its price is the best that can reasonably be obtained, lawfully."""

from datetime import date

import pytest

from disposals.records.bids import Bid
from disposals.vocabulary import Concern, Standing
from sites.record import Record
from tests.builders import (
    REF,
    a_bid,
    a_campaign,
    a_case,
    a_reason,
    a_valuation,
    answer,
    some_terms,
    the_preferred_bid,
)
from workflows.gates import Verdict, by

PART_1, PART_2 = f"{REF}/part-1", f"{REF}/part-2"


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


def test_a_lower_bid_with_guaranteed_overage_is_best_when_the_reason_is_recorded() -> None:
    """After Jewish Girls High v Barnet [2013] EWHC 523 (Admin)."""
    cash = a_bid("Cash buyer", 3_500_000, Standing.RESERVE)
    overage = the_preferred_bid(2_800_000, "School")
    reason = a_reason(Concern.LOWER_BID, "overage guarantees £3,800,000 in all")
    about_something_else = a_reason(Concern.UNDERVALUE, "a school is wanted here")
    without = answer("bids.best-consideration", a_case(cash, overage, about_something_else))
    given = answer("bids.best-consideration", a_case(cash, overage, reason))
    assert without.verdict is Verdict.UNMET
    assert "£2,800,000 is £700,000 below the highest" in without.reason
    assert without.remedy == by("bid justify", concern=Concern.LOWER_BID)
    assert given.verdict is Verdict.MET
    assert "overage guarantees £3,800,000 in all (Wilks Head)" in given.reason


def test_without_a_valuation_nobody_knows_whether_it_is_in_date() -> None:
    told = answer("bids.valuation-current", a_case())
    assert told.verdict is Verdict.UNKNOWN
    assert told.reason == "No valuation is recorded."


def test_a_valuation_lasts_six_months_that_begin_with_its_day() -> None:
    valuation = a_valuation(900_000, valued_on=date(2021, 3, 15))
    last_day = answer("bids.valuation-current", a_case(valuation, on=date(2021, 9, 14)))
    day_after = answer("bids.valuation-current", a_case(valuation, on=date(2021, 9, 15)))
    assert last_day.verdict is Verdict.MET
    assert last_day.reason == "Valued by Wilks Head on 15 March 2021."
    assert day_after.verdict is Verdict.UNMET
    assert "15 March 2021 ran out on 14 September 2021 (it lasts 6 months)" in day_after.reason


def test_a_new_valuation_stands_in_place_of_one_that_ran_out() -> None:
    old = a_valuation(800_000, valued_on=date(2020, 1, 6))
    told = answer("bids.valuation-current", a_case(old, a_valuation(900_000)))
    assert told.verdict is Verdict.MET


@pytest.mark.parametrize("gate", ["bids.undervalue", "bids.subsidy"])
@pytest.mark.parametrize(
    "records", [[], [the_preferred_bid(900_000)], [a_valuation(900_000)]], ids=len
)
def test_a_sale_below_value_needs_a_price_and_a_value_to_be_seen(
    gate: str, records: list[Record]
) -> None:
    told = answer(gate, a_case(*records))
    assert told.verdict is Verdict.UNKNOWN
    assert "Price and valuation are both needed" in told.reason
    assert told.remedy == by("valuation add")


def test_a_price_at_value_is_neither_an_undervalue_nor_a_subsidy() -> None:
    case = a_case(the_preferred_bid(900_000), a_valuation(900_000))
    undervalue, subsidy = answer("bids.undervalue", case), answer("bids.subsidy", case)
    assert undervalue.verdict is Verdict.MET
    assert undervalue.reason == "The price is not below the unrestricted value."
    assert subsidy.verdict is Verdict.NOT_APPLICABLE
    assert subsidy.reason == undervalue.reason


def test_a_price_below_value_needs_a_well_being_reason() -> None:
    low = the_preferred_bid(700_000), a_valuation(900_000)
    about_something_else = a_reason(Concern.SUBSIDY, "no enterprise")
    without = answer("bids.undervalue", a_case(*low, about_something_else))
    reason = a_reason(Concern.UNDERVALUE, "a hospice for the district")
    given = answer("bids.undervalue", a_case(*low, reason))
    assert without.verdict is Verdict.UNMET
    assert "£200,000 below value and no well-being reason" in without.reason
    assert without.remedy == by("bid justify", concern=Concern.UNDERVALUE)
    assert given.verdict is Verdict.MET
    assert given.reason == "£200,000 below value: a hospice for the district"


@pytest.mark.parametrize(
    ("price", "consent", "verdict", "fragment"),
    [
        (3_000_000, None, Verdict.MET, "£2,000,000 below value: a hospice"),
        (2_999_999, None, Verdict.UNMET, "over the £2,000,000 of the general consent"),
        (2_999_999, "Letter of 1 June 2021", Verdict.MET, "£2,000,001 below value: a hospice"),
    ],
)
def test_beyond_two_million_below_value_the_secretary_of_state_must_consent(
    price: int, consent: str | None, verdict: Verdict, fragment: str
) -> None:
    reason = a_reason(Concern.UNDERVALUE, "a hospice", secretary_of_state_consent=consent)
    case = a_case(the_preferred_bid(price), a_valuation(5_000_000), reason)
    told = answer("bids.undervalue", case)
    assert told.verdict is verdict
    assert fragment in told.reason


def test_two_parts_each_within_the_general_consent_are_beyond_it_together() -> None:
    own = the_preferred_bid(1_000_000, of=PART_1), a_valuation(2_500_000, of=PART_1)
    other = the_preferred_bid(1_000_000, of=PART_2), a_valuation(2_500_000, of=PART_2)
    reason = a_reason(Concern.UNDERVALUE, "affordable homes")
    alone = answer("bids.undervalue", a_case(*own, reason, ref=PART_1, part_of=REF))
    together = answer(
        "bids.undervalue", a_case(*own, reason, ref=PART_1, part_of=REF, across=other)
    )
    assert alone.verdict is Verdict.MET
    assert "£1,500,000 below value" in alone.reason
    assert together.verdict is Verdict.UNMET
    assert "£3,000,000 below value, over the £2,000,000" in together.reason


def test_a_part_that_is_not_priced_yet_is_left_out_of_the_sum() -> None:
    own = the_preferred_bid(1_000_000, of=PART_1), a_valuation(1_000_000, of=PART_1)
    unpriced = a_valuation(2_500_000, of=PART_2)
    told = answer("bids.undervalue", a_case(*own, ref=PART_1, part_of=REF, across=(unpriced,)))
    assert told.verdict is Verdict.MET


def test_a_valuation_of_the_whole_says_nothing_of_one_part() -> None:
    whole = a_valuation(2_000_000)
    own = the_preferred_bid(1_200_000, of=PART_1)
    told = answer("bids.undervalue", a_case(own, ref=PART_1, part_of=REF, across=(whole,)))
    assert told.verdict is Verdict.UNKNOWN


def test_the_terms_say_the_price_once_there_are_any() -> None:
    bid, value = the_preferred_bid(900_000), a_valuation(900_000)
    chipped = some_terms(850_000)
    lapsed = some_terms(850_000, lapsed_on=date(2021, 9, 1))
    told = answer("bids.undervalue", a_case(bid, value, chipped))
    assert told.verdict is Verdict.UNMET
    assert "£50,000 below value" in told.reason
    assert answer("bids.undervalue", a_case(bid, value, lapsed)).verdict is Verdict.MET


def test_a_sale_below_value_is_assessed_as_a_subsidy() -> None:
    low = the_preferred_bid(700_000), a_valuation(900_000)
    about_something_else = a_reason(Concern.UNDERVALUE, "a hospice for the district")
    without = answer("bids.subsidy", a_case(*low, about_something_else))
    assessed = a_reason(Concern.SUBSIDY, "the buyer is no enterprise", advised_by="Invicta Law")
    given = answer("bids.subsidy", a_case(*low, assessed))
    assert without.verdict is Verdict.UNMET
    assert "£200,000 below value and no assessment" in without.reason
    assert without.remedy == by("bid justify", concern=Concern.SUBSIDY)
    assert given.verdict is Verdict.MET
    assert given.reason == "the buyer is no enterprise (Invicta Law)"


@pytest.mark.parametrize(
    ("gate", "concern"),
    [
        ("bids.best-consideration", Concern.LOWER_BID),
        ("bids.undervalue", Concern.UNDERVALUE),
        ("bids.subsidy", Concern.SUBSIDY),
    ],
)
def test_the_newest_reason_is_the_one_that_is_given(gate: str, concern: Concern) -> None:
    low = the_preferred_bid(700_000), a_bid("Beech Living", 800_000), a_valuation(900_000)
    first, newest = a_reason(concern, "a hospice"), a_reason(concern, "a school")
    told = answer(gate, a_case(*low, first, newest))
    assert told.verdict is Verdict.MET
    assert "a school" in told.reason
    assert "a hospice" not in told.reason


def test_consent_to_an_earlier_reason_is_not_consent_to_the_newest() -> None:
    low = the_preferred_bid(1_000_000), a_valuation(5_000_000)
    consented = a_reason(Concern.UNDERVALUE, "a hospice", secretary_of_state_consent="1 June 2021")
    told = answer("bids.undervalue", a_case(*low, consented, a_reason(Concern.UNDERVALUE, "homes")))
    assert told.verdict is Verdict.UNMET
    assert "the Secretary of State's consent is not recorded" in told.reason
