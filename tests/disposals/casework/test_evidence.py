"""Evidence is only ever added; what can't be right is refused by name and nothing is changed."""

from datetime import date
from typing import Any

import pytest

from disposals.casework import (
    bids,
    completion,
    evidence,
    moves,
    programme,
    recording,
    returns,
    terms,
)
from disposals.disclosure.cases import whole_case
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import AlreadyRecorded, BadFact, ChangedMeanwhile, NotAllowed, NotRecorded
from disposals.finding import own_in_force, rows_of
from disposals.milestones import when
from disposals.records.bids import Bid
from disposals.register import Register
from tests.conftest import stamp
from tests.places import as_it_is

ONE = "steele-avenue/part-1"
TODAY = date(2021, 9, 30)


def add(register: Register, ref: str, kind: str, **facts: Any) -> None:
    evidence.add(register, ref, kind, facts, stamp(), seen=versions(register, ref)[ref])


def shown(register: Register, ref: str, kind: str) -> list[dict[str, Any]]:
    case = whole_case(register, ref, audience=Audience.OFFICER, on=TODAY)
    return list(case["evidence"].get(kind, []))


@pytest.mark.parametrize(
    ("kind", "facts", "said"),
    [
        ("valuation", {"valuer": "V", "value_pence": -1, "valued_on": TODAY}, "value: -1 is less"),
        ("valuation", {"valuer": "V\0", "value_pence": 1, "valued_on": TODAY}, "valuer: it holds"),
        (
            "valuation", {"valuer": "V", "value_pence": "lots", "valued_on": TODAY},
            "“lots” is not a whole number",
        ),
        ("valuation", {"valuer": "", "value_pence": 1, "valued_on": TODAY}, "valuer"),
        ("valuation", {"valuer": "V", "value_pence": 1}, "valued on"),
        ("valuation", {"valuer": "V", "value_pence": 1, "valued_on": TODAY, "colour": 1}, "colour"),
        (
            "valuation", {"valuer": "V", "value_pence": 1, "valued_on": date(2021, 10, 1)},
            "1 October 2021 lies after 30 September 2021",
        ),
        (
            "decision", {"number": "100", "title": "T", "taker": "M", "is_key": True},
            "number: “100” is not written as in 21/00100",
        ),
        ("land_answer", {"question": "ghosts", "answer": "no", "basis": "B"}, "question"),
        (
            "land_answer", {"question": "school", "answer": "perhaps", "basis": "B"},
            "“perhaps” is none of yes, no or unknown",
        ),
    ],
)  # fmt: skip
def test_a_fact_that_cannot_be_right_is_refused_by_name_and_nothing_changes(
    kent: Register, kind: str, facts: dict[str, Any], said: str
) -> None:
    before = as_it_is(kent.place)
    with pytest.raises(BadFact, match=said):
        add(kent, ONE, kind, **facts)
    assert as_it_is(kent.place) == before


def test_a_correction_stands_in_place_of_what_it_corrects_which_is_kept(kent: Register) -> None:
    for answer in ("yes", "no"):
        add(kent, ONE, "land_answer", question="school", answer=answer, basis=f"Said {answer}")
    answers = [row for row in shown(kent, ONE, "land_answer") if row["question"] == "school"]
    assert [answer["answer"] for answer in answers] == ["no"]
    assert answers[0]["replaces"] is not None


def test_a_consent_that_is_granted_is_still_the_one_that_marketing_waits_for(
    kent: Register,
) -> None:
    two = "steele-avenue/part-2"
    [wanted] = shown(kent, two, "consent")
    facts = {name: wanted[name] for name in ("kind", "title", "body")} | {"granted_on": TODAY}
    evidence.add(kent, two, "consent", facts, stamp(), seen=versions(kent, two)[two])
    [granted] = shown(kent, two, "consent")
    assert (granted["granted_on"], granted["needed_before"]) == (TODAY, "marketing")


def test_a_part_has_what_the_whole_has_until_it_has_its_own(kent: Register) -> None:
    add(kent, "steele-avenue", "land_answer", question="school", answer="no", basis="Never")
    [inherited] = shown(kent, ONE, "land_answer")
    assert inherited["inherited"]
    add(kent, ONE, "land_answer", question="school", answer="unknown", basis="Asked again")
    assert [row["answer"] for row in shown(kent, ONE, "land_answer")] == ["unknown"]
    [still] = shown(kent, "steele-avenue/part-2", "land_answer")
    assert still["answer"] == "no"


def test_a_disposal_of_several_sites_must_say_which_it_answers_for(kent: Register) -> None:
    facts = {"question": "school", "answer": "no", "basis": "Never"}
    with pytest.raises(BadFact, match=r"bensted-house, former-sec, kiln-court and osbourne-court"):
        add(kent, "bensted-house", "land_answer", **facts)
    add(kent, "bensted-house", "land_answer", site_ref="former-sec", **facts)


def test_every_version_of_a_bid_is_kept_and_the_latest_counts(kent: Register) -> None:
    with kent.read() as session:
        standing = own_in_force(session, Bid, ONE)
        every = rows_of(session, Bid, [ONE])
    assert len(standing) == 6
    final = {bid.bidder: bid for bid in standing if bid.bid_version == 2}
    assert set(final) == {"Bidder A", "Bidder B", "Bidder C", "Bidder D"}
    firsts = [bid.price_pence for bid in every if bid.bidder == "Bidder B"]
    assert firsts[0] == 124_000_000
    assert final["Bidder B"].price_pence == 127_500_000


def test_one_bidder_is_preferred_and_the_one_before_stands_down(kent: Register) -> None:
    bids.prefer(kent, ONE, "Bidder A", stamp(), seen=versions(kent, ONE)[ONE], because="Certainty")
    standings = {bid["bidder"]: bid["standing"] for bid in shown(kent, ONE, "bid")}
    assert standings["Bidder A"] == "preferred"
    assert standings["Bidder B"] == "shortlisted"


def test_a_bidder_preferred_twice_is_one_bid_with_the_later_reason(kent: Register) -> None:
    for because in ("Highest", "Highest and surest"):
        seen = versions(kent, ONE)[ONE]
        bids.prefer(kent, ONE, "Bidder B", stamp(), seen=seen, because=because)
    [bid] = [bid for bid in shown(kent, ONE, "bid") if bid["bidder"] == "Bidder B"]
    assert (bid["standing"], bid["standing_because"]) == ("preferred", "Highest and surest")


def test_a_shortlist_made_again_leaves_the_preferred_bidder_so(kent: Register) -> None:
    taken = ("Bidder A", "Bidder B")
    bids.shortlist(
        kent, ONE, taken, stamp(), seen=versions(kent, ONE)[ONE], because="The two highest",
        declined_because="Lower",
    )  # fmt: skip
    standings = {bid["bidder"]: bid["standing"] for bid in shown(kent, ONE, "bid")}
    assert standings == {"Bidder A": "shortlisted", "Bidder B": "preferred"} | {
        f"Bidder {name}": "declined" for name in "CDEF"
    }


def test_a_bidder_nobody_heard_of_is_not_preferred(kent: Register) -> None:
    with pytest.raises(NotRecorded, match="Bids are recorded from"):
        bids.prefer(kent, ONE, "Bidder Z", stamp(), seen=versions(kent, ONE)[ONE], because="?")


def test_terms_are_agreed_once_and_in_a_version_that_exists(kent: Register) -> None:
    seen = versions(kent, ONE)[ONE]
    with pytest.raises(NotRecorded, match="no version 1"):
        terms.agree(kent, ONE, stamp(), seen=seen, version=1, agreed_on=TODAY)
    terms.draft(kent, ONE, {"buyer": "Bidder B", "price_pence": 1}, stamp(), seen=seen)
    terms.agree(kent, ONE, stamp(), seen=seen + 1, version=1, agreed_on=TODAY)
    with pytest.raises(NotAllowed, match="agreed on 30 September 2021 already"):
        terms.agree(kent, ONE, stamp(), seen=seen + 2, version=1, agreed_on=TODAY)


def test_a_condition_that_is_not_in_the_contract_is_not_satisfied(kent: Register) -> None:
    add(kent, ONE, "condition", title="Planning consent", owner="Developer")
    with pytest.raises(NotRecorded, match="It has: Planning consent"):
        completion.satisfy(
            kent, ONE, "Sunshine", stamp(), seen=versions(kent, ONE)[ONE], satisfied_on=TODAY
        )


def test_a_milestone_keeps_its_baseline_through_every_forecast(kent: Register) -> None:
    seen = versions(kent, ONE)[ONE]
    programme.forecast(
        kent, ONE, 8, when("Oct 2022"), stamp(), seen={ONE: seen}, because="Consent is late"
    )
    case = whole_case(kent, ONE, audience=Audience.OFFICER, on=TODAY)
    sale = next(line for line in case["milestones"] if line["no"] == 8)
    assert (sale["baseline"], sale["when"], sale["kind"]) == ("Jul 2022", "Oct 2022", "forecast")
    with pytest.raises(BadFact, match="a reason is asked for"):
        programme.forecast(kent, ONE, 8, when("2023"), stamp(), seen={ONE: seen + 1}, because=None)


def test_a_milestone_number_is_taken_once_within_a_site_and_its_parts(kent: Register) -> None:
    with pytest.raises(AlreadyRecorded, match="a milestone 6 already"):
        programme.set_milestone(
            kent, ONE, "Again", when("2023"), stamp(), seen=versions(kent, ONE)[ONE], no=6
        )


def test_a_milestone_is_not_met_on_a_day_to_come(kent: Register) -> None:
    seen = versions(kent, ONE)[ONE]
    with pytest.raises(BadFact, match="can't have been met"):
        programme.meet(kent, ONE, 8, date(2021, 10, 1), stamp(), seen=seen)
    programme.meet(kent, ONE, 2, TODAY, stamp(), seen=seen)


def test_nothing_is_recorded_on_a_case_that_is_over(kent: Register) -> None:
    two = "steele-avenue/part-2"
    returns.withdraw(kent, two, stamp(), seen=versions(kent, two)[two], because="Kept")
    with pytest.raises(NotAllowed, match="nothing follows"):
        add(kent, two, "valuation", valuer="V", value_pence=1, valued_on=TODAY)


def bid_of(register: Register, bidder: str, seen: int) -> None:
    facts = {"bidder": bidder, "price_pence": 90_000_000}
    recording.record(register, ONE, "bid", facts, stamp(), seen=seen)


def test_bids_that_several_enter_from_the_same_sight_stand_side_by_side(kent: Register) -> None:
    seen = versions(kent, ONE)[ONE]
    for bidder in ("Bidder G", "Bidder H"):
        bid_of(kent, bidder, seen)
    assert versions(kent, ONE)[ONE] == seen + 2
    with kent.read() as session:
        made = [bid.bidder for bid in own_in_force(session, Bid, ONE)]
    assert made[-2:] == ["Bidder G", "Bidder H"]


def test_a_bid_in_the_place_of_one_that_its_user_has_not_seen_is_refused(kent: Register) -> None:
    seen = versions(kent, ONE)[ONE]
    bid_of(kent, "Bidder G", seen)
    with pytest.raises(ChangedMeanwhile, match="recorded “bid received”"):
        bid_of(kent, "Bidder G", seen)
    assert versions(kent, ONE)[ONE] == seen + 1


def test_a_bid_on_a_case_that_was_moved_meanwhile_is_refused(kent: Register) -> None:
    seen = versions(kent, ONE)[ONE]
    moves.advance(kent, ONE, stamp(), seen={ONE: seen})
    with pytest.raises(ChangedMeanwhile, match="stands at heads of terms"):
        bid_of(kent, "Bidder G", seen)
    with pytest.raises(ChangedMeanwhile):
        bid_of(kent, "Bidder G", seen + 7)  # which nobody can have seen


def test_a_valuation_the_latest_of_which_counts_waits_for_who_came_first(kent: Register) -> None:
    seen = versions(kent, ONE)[ONE]
    facts = {"valuer": "Wilks Head", "value_pence": 120_000_000, "valued_on": TODAY}
    recording.record(kent, ONE, "valuation", facts, stamp(), seen=seen)
    with pytest.raises(ChangedMeanwhile):
        recording.record(kent, ONE, "valuation", facts, stamp(), seen=seen)
