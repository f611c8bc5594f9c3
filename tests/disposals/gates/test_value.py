"""A price against a valuation in date: below it a sale needs a purpose, a limit and a consent."""

from datetime import date

import pytest

from disposals.casefile import CaseFile
from disposals.vocabulary import Concern, Known, Question
from sites.record import Record
from tests.builders import (
    REF,
    a_bid,
    a_case,
    a_holding,
    a_land_answer,
    a_reason,
    a_valuation,
    answer,
    some_terms,
    the_preferred_bid,
)
from workflows.gates import Verdict, by

PART_1, PART_2 = f"{REF}/part-1", f"{REF}/part-2"
# Without these answers nobody knows whether the general consent reaches the land.
PLAIN_LAND = (
    a_land_answer(Question.HOUSING, Known.NO),
    a_land_answer(Question.PLANNING, Known.NO),
)
HOSPICE = a_reason(Concern.UNDERVALUE, "a hospice for the district", id=8)


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
    given = answer("bids.undervalue", a_case(*low, reason, *PLAIN_LAND))
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
    case = a_case(the_preferred_bid(price), a_valuation(5_000_000), reason, *PLAIN_LAND)
    told = answer("bids.undervalue", case)
    assert told.verdict is verdict
    assert fragment in told.reason


def test_two_parts_each_within_the_general_consent_are_beyond_it_together() -> None:
    own = the_preferred_bid(1_000_000, of=PART_1), a_valuation(2_500_000, of=PART_1)
    other = the_preferred_bid(1_000_000, of=PART_2), a_valuation(2_500_000, of=PART_2)
    part = *own, a_reason(Concern.UNDERVALUE, "affordable homes"), *PLAIN_LAND
    alone = answer("bids.undervalue", a_case(*part, ref=PART_1, part_of=REF))
    together = answer("bids.undervalue", a_case(*part, ref=PART_1, part_of=REF, across=other))
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
    told = answer(gate, a_case(*low, first, newest, *PLAIN_LAND))
    assert told.verdict is Verdict.MET
    assert "a school" in told.reason
    assert "a hospice" not in told.reason


def test_consent_to_an_earlier_reason_is_not_consent_to_the_newest() -> None:
    low = the_preferred_bid(1_000_000), a_valuation(5_000_000)
    consented = a_reason(Concern.UNDERVALUE, "a hospice", secretary_of_state_consent="1 June 2021")
    newest = a_reason(Concern.UNDERVALUE, "homes")
    told = answer("bids.undervalue", a_case(*low, consented, newest, *PLAIN_LAND))
    assert told.verdict is Verdict.UNMET
    assert "the Secretary of State's consent is not recorded" in told.reason


def test_it_is_consideration_and_not_the_headline_price_that_is_held_against_value() -> None:
    staged = the_preferred_bid(900_000, payments="900,000 after 5 years")
    told = answer("bids.undervalue", a_case(staged, a_valuation(900_000)))
    assert told.verdict is Verdict.UNMET
    assert "The price is £142,224.15 below value" in told.reason
    guaranteed = the_preferred_bid(
        800_000, overage_guaranteed_pence=12_000_000, overage_after_months=12
    )
    made_up = answer("bids.undervalue", a_case(guaranteed, a_valuation(900_000)))
    assert made_up.verdict is Verdict.MET


def test_homes_for_others_make_up_for_no_price() -> None:
    generous = the_preferred_bid(700_000, s106_pence=50_000_000, affordable_percent=100)
    told = answer("bids.undervalue", a_case(generous, a_valuation(900_000)))
    assert told.verdict is Verdict.UNMET
    assert "£200,000 below value" in told.reason


@pytest.mark.parametrize(
    ("question", "how"),
    [(Question.HOUSING, "held for housing"), (Question.PLANNING, "held for planning purposes")],
)
def test_the_general_consent_does_not_reach_land_held_for_housing_or_for_planning(
    question: Question, how: str
) -> None:
    low = the_preferred_bid(899_999), a_valuation(900_000)
    held = (
        a_land_answer(question, Known.YES),
        *(a for a in PLAIN_LAND if a.question is not question),
    )
    told = answer("bids.undervalue", a_case(*low, *held, HOSPICE))
    assert told.verdict is Verdict.UNMET
    assert f"£1 below value and mill-lane is {how}" in told.reason
    assert told.remedy == by(
        "bid edit", entry="consideration-reason-8", name="secretary-of-state-consent"
    )
    letter = a_reason(
        Concern.UNDERVALUE, "a hospice", secretary_of_state_consent="Letter of 1 June 2021"
    )
    consented = answer("bids.undervalue", a_case(*low, *held, letter))
    assert consented.verdict is Verdict.MET


def test_what_the_land_is_held_for_is_asked_only_of_a_sale_below_value() -> None:
    at_value = the_preferred_bid(900_000), a_valuation(900_000)
    held = a_land_answer(Question.PLANNING, Known.YES)
    assert answer("bids.undervalue", a_case(*at_value, held)).verdict is Verdict.MET


@pytest.mark.parametrize("known", [PLAIN_LAND[:1], PLAIN_LAND[1:]], ids=["planning", "housing"])
def test_nobody_relies_on_the_general_consent_before_it_is_known_to_reach_the_land(
    known: tuple[Record, ...],
) -> None:
    low = the_preferred_bid(700_000), a_valuation(900_000)
    told = answer("bids.undervalue", a_case(*low, *known, HOSPICE))
    assert told.verdict is Verdict.UNKNOWN
    assert told.reason.startswith("Nobody has answered for mill-lane: is it held for ")
    assert told.remedy is not None
    assert told.remedy.act == "land answer"
    other_site = a_holding(REF), a_holding("brook-field")
    beside = answer("bids.undervalue", a_case(*low, *PLAIN_LAND, *other_site, HOSPICE))
    assert beside.verdict is Verdict.UNKNOWN
    assert "for brook-field" in beside.reason


def half_of_the_sale(payments: str | None) -> CaseFile:
    """Part 1 of two that are each sold for £2,000,000 and worth £2,500,000."""

    def sold(part: str) -> tuple[Record, ...]:
        bid = the_preferred_bid(2_000_000, of=part, payments=payments)
        return bid, a_valuation(2_500_000, of=part)

    return a_case(*sold(PART_1), *PLAIN_LAND, HOSPICE, ref=PART_1, part_of=REF, across=sold(PART_2))


def test_neither_splitting_nor_staging_gets_a_sale_under_the_limit() -> None:
    at_once = answer("bids.undervalue", half_of_the_sale(None))
    staged = answer("bids.undervalue", half_of_the_sale("40% now; 60% after 20 years"))
    assert at_once.verdict is Verdict.MET
    assert at_once.reason.startswith("£1,000,000 below value")
    assert staged.verdict is Verdict.UNMET
    assert "over the £2,000,000 of the general consent" in staged.reason


def test_a_gain_on_one_part_makes_up_for_no_loss_on_another() -> None:
    dear = the_preferred_bid(3_000_000, of=PART_2), a_valuation(1_000_000, of=PART_2)
    cheap = the_preferred_bid(700_000, of=PART_1), a_valuation(900_000, of=PART_1)
    told = answer("bids.undervalue", a_case(*cheap, ref=PART_1, part_of=REF, across=dear))
    assert told.verdict is Verdict.UNMET
    assert "£200,000 below value" in told.reason


def test_the_price_of_each_part_is_what_its_latest_terms_say() -> None:
    bid = the_preferred_bid(900_000, of=PART_1), a_valuation(900_000, of=PART_1)
    other = the_preferred_bid(900_000, of=PART_2), a_valuation(900_000, of=PART_2)
    chipped = some_terms(850_000, of=PART_2)
    told = answer(
        "bids.undervalue", a_case(*bid, ref=PART_1, part_of=REF, across=(*other, chipped))
    )
    assert told.verdict is Verdict.UNMET
    assert "£50,000 below value" in told.reason


@pytest.mark.parametrize(("basis", "below"), [("Unrestricted ", True), ("restricted", False)])
def test_only_the_unrestricted_value_tells_an_undervalue_however_it_is_written(
    basis: str, *, below: bool
) -> None:
    valuation = a_valuation(900_000).model_copy(update={"basis": basis})
    file = a_case(across=(the_preferred_bid(800_000), valuation))
    told = answer("bids.undervalue", file)
    assert told.verdict is (Verdict.UNMET if below else Verdict.UNKNOWN)
    alone = answer("bids.valuation-current", a_case(valuation))
    assert alone.verdict is (Verdict.MET if below else Verdict.UNKNOWN)
