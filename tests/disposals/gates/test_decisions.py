"""A decision is noticed, taken, published and past call-in before the council acts on it."""

from datetime import date

import pytest

from disposals.records.consultations import Consultation
from disposals.records.decisions import Assessment
from disposals.vocabulary import Capacity, Screening
from tests.builders import (
    REF,
    a_case,
    a_decision,
    answer,
    evidence,
    some_terms,
    the_preferred_bid,
)
from workflows.gates import Verdict, by

PART_1, PART_2 = f"{REF}/part-1", f"{REF}/part-2"


@pytest.mark.parametrize(
    "gate",
    [
        "decisions.notice-given",
        "decisions.key-test",
        "decisions.in-force",
        "decisions.within-delegation",
        "decisions.not-own-proposal",
    ],
)
def test_without_a_decision_nothing_is_decided(gate: str) -> None:
    told = answer(gate, a_case())
    assert told.verdict is Verdict.UNMET
    assert told.reason == "No executive decision is recorded."
    assert told.remedy == by("decision add")


def test_only_a_key_decision_needs_notice() -> None:
    told = answer("decisions.notice-given", a_case(a_decision(is_key=False)))
    assert told.verdict is Verdict.NOT_APPLICABLE
    assert told.reason == "21/00100 is not a key decision."


def test_a_key_decision_without_notice_or_lawful_urgency_is_stopped() -> None:
    told = answer("decisions.notice-given", a_case(a_decision(is_key=True)))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "No notice of key decision 21/00100 is recorded."
    assert told.remedy == by("decision notify", number="21/00100")


def test_an_urgent_key_decision_says_how_it_went_without_notice() -> None:
    urgent = a_decision(is_key=True, urgency="reg 11, agreed by the chair of scrutiny")
    told = answer("decisions.notice-given", a_case(urgent))
    assert told.verdict is Verdict.MET
    assert "urgent: reg 11, agreed by the chair of scrutiny" in told.reason


@pytest.mark.parametrize(
    ("taken_on", "on", "verdict"),
    [
        (date(2022, 9, 27), date(2022, 10, 5), Verdict.UNMET),
        (date(2022, 9, 28), date(2022, 10, 5), Verdict.MET),
        (None, date(2022, 9, 27), Verdict.UNMET),
        (None, date(2022, 9, 28), Verdict.MET),
    ],
)
def test_notice_of_30_august_2022_lets_a_key_decision_be_taken_on_28_september(
    taken_on: date | None, on: date, verdict: Verdict
) -> None:
    decision = a_decision(is_key=True, notice_on=date(2022, 8, 30), taken_on=taken_on)
    told = answer("decisions.notice-given", a_case(decision, on=on))
    assert told.verdict is verdict
    if verdict is Verdict.UNMET:
        assert "28 clear days after notice on 30 August 2022" in told.reason
        assert "on 28 September 2022 at the earliest" in told.reason


def test_a_decision_that_is_key_needs_no_test() -> None:
    decision = a_decision(is_key=True)
    told = answer("decisions.key-test", a_case(decision, the_preferred_bid(5_000_000)))
    assert told.verdict is Verdict.MET
    assert told.reason == "21/00100 is a key decision."


@pytest.mark.parametrize(
    ("pounds", "verdict", "fragment"),
    [
        (1_000_000, Verdict.MET, "do not exceed £1,000,000"),
        (1_000_001, Verdict.UNMET, "come to £1,000,001, over £1,000,000"),
    ],
)
def test_at_kent_a_price_in_excess_of_a_million_makes_the_decision_key(
    pounds: int, verdict: Verdict, fragment: str
) -> None:
    told = answer("decisions.key-test", a_case(a_decision(), the_preferred_bid(pounds)))
    assert told.verdict is verdict
    assert fragment in told.reason


def test_two_parts_of_600_000_pounds_make_one_key_decision() -> None:
    own = a_decision(), the_preferred_bid(600_000, of=PART_1)
    other = the_preferred_bid(600_000, of=PART_2)
    alone = answer("decisions.key-test", a_case(*own, ref=PART_1, part_of=REF))
    together = answer("decisions.key-test", a_case(*own, ref=PART_1, part_of=REF, across=(other,)))
    assert alone.verdict is Verdict.MET
    assert together.verdict is Verdict.UNMET
    assert "£1,200,000, over £1,000,000, but 21/00100 is not a key decision" in together.reason
    assert together.remedy == by("decision add --key", number="21/00100")


def test_what_is_decided_counts_before_there_is_an_offer_of_it() -> None:
    told = answer("decisions.key-test", a_case(a_decision(price_pence=120_000_000)))
    assert told.verdict is Verdict.UNMET
    assert "come to £1,200,000, over £1,000,000" in told.reason


def test_a_price_paid_over_many_years_is_a_key_decision_all_the_same() -> None:
    staged = the_preferred_bid(1_000_001, payments="£1 now; £1,000,000 after 50 years")
    told = answer("decisions.key-test", a_case(a_decision(), staged))
    assert told.verdict is Verdict.UNMET


def test_one_case_is_counted_once_at_its_terms_and_not_at_its_bid_as_well() -> None:
    records = a_decision(), the_preferred_bid(900_000), some_terms(950_000)
    told = answer("decisions.key-test", a_case(*records))
    assert told.verdict is Verdict.MET


def test_a_council_that_has_set_no_limit_does_not_know_what_is_key() -> None:
    told = answer("decisions.key-test", a_case(a_decision(), authority="somerset"))
    assert told.verdict is Verdict.UNKNOWN
    assert "limit for a key decision is not set" in told.reason


@pytest.mark.parametrize("taken_on", [None, date(2021, 10, 1)])
def test_a_decision_still_to_be_taken_is_not_in_force(taken_on: date | None) -> None:
    told = answer("decisions.in-force", a_case(a_decision(taken_on=taken_on)))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "21/00100 has not been taken."
    assert told.remedy == by("decision take", number="21/00100")


def test_call_in_has_not_begun_until_the_record_of_the_decision_is_published() -> None:
    told = answer("decisions.in-force", a_case(a_decision(taken_on=date(2021, 9, 1))))
    assert told.verdict is Verdict.UNMET
    assert "its record is not published, so call-in has not begun" in told.reason
    assert told.remedy == by("decision publish", number="21/00100")


def test_a_decision_published_on_26_may_2022_is_in_force_from_7_june() -> None:
    """The bank holidays of 2 and 3 June 2022 do not count."""
    decision = a_decision(taken_on=date(2022, 5, 25), published_on=date(2022, 5, 26))
    eve = answer("decisions.in-force", a_case(decision, on=date(2022, 6, 6)))
    day = answer("decisions.in-force", a_case(decision, on=date(2022, 6, 7)))
    assert eve.verdict is Verdict.UNMET
    assert "may be called in; it may be acted on from 7 June 2022" in eve.reason
    assert day.verdict is Verdict.MET
    assert day.reason == "21/00100 has been in force since 7 June 2022."


def test_without_call_in_a_decision_may_be_acted_on_when_it_is_taken() -> None:
    exempt = a_decision(taken_on=date(2021, 9, 30), call_in_waived="Agreed by the Chair")
    told = answer("decisions.in-force", a_case(exempt, on=date(2021, 9, 30)))
    assert told.verdict is Verdict.MET
    assert told.reason == "21/00100 is not subject to call-in: Agreed by the Chair"


def test_urgency_shortens_the_notice_and_not_the_call_in() -> None:
    urgent = a_decision(taken_on=date(2021, 9, 30), urgency="General exception, regulation 10")
    told = answer("decisions.in-force", a_case(urgent, on=date(2021, 9, 30)))
    assert told.verdict is Verdict.UNMET
    assert "call-in has not begun" in told.reason


def test_nothing_is_signed_over_the_head_of_the_local_member() -> None:
    contact = evidence(
        Consultation,
        consultee="Mr Harman",
        capacity=Capacity.LOCAL_MEMBER,
        held_on=date(2021, 7, 2),
        said="keep the footpath",
    )
    without = answer("decisions.local-member-consulted", a_case())
    consulted = answer("decisions.local-member-consulted", a_case(contact))
    assert without.verdict is Verdict.UNMET
    assert "No contact with the local member" in without.reason
    assert consulted.verdict is Verdict.MET
    assert consulted.reason == "The local member was consulted on 2 July 2021."


@pytest.mark.parametrize(
    ("gate", "kind", "another"),
    [
        ("decisions.equality-considered", Screening.EQUALITY, Screening.DATA_PROTECTION),
        ("decisions.data-protection-considered", Screening.DATA_PROTECTION, Screening.EQUALITY),
    ],
)
def test_one_screening_does_not_stand_for_another(
    gate: str, kind: Screening, another: Screening
) -> None:
    other = evidence(Assessment, kind=another, outcome="no impact")
    screened = evidence(Assessment, kind=kind, outcome="low impact, action plan made")
    without = answer(gate, a_case(other))
    given = answer(gate, a_case(screened, other))
    assert without.verdict is Verdict.UNMET
    assert without.reason == f"No {kind} screening is recorded."
    assert without.remedy == by("decision screen", kind=kind)
    assert given.verdict is Verdict.MET
    assert given.reason == "low impact, action plan made"
