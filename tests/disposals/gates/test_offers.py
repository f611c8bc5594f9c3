"""Offers come in by rules that were written before any came, and are opened and scored alike."""

from datetime import date

import pytest

from disposals.records.marketing import Campaign
from disposals.records.scoring import Score
from disposals.vocabulary import LateRule, Scored, Standing
from tests.builders import (
    a_bid,
    a_campaign,
    a_case,
    a_criterion,
    a_round,
    a_score,
    a_sealed_campaign,
    an_opening,
    answer,
    the_preferred_bid,
)
from workflows.gates import Verdict, by

ENDED = date(2021, 9, 1)
FIRST = a_bid("Ash Homes", 900_000)
LATE = a_bid("Beech Living", 950_000, is_late=True)


def test_what_becomes_of_a_late_offer_is_written_down_before_there_is_one() -> None:
    silent = answer("offers.late-rule", a_case(a_campaign(id=4)))
    assert silent.verdict is Verdict.UNMET
    assert silent.reason == "Campaign 1 does not say what becomes of a late offer."
    assert silent.remedy == by("campaign edit", entry="campaign-4")
    written = answer("offers.late-rule", a_case(a_campaign(late_rule=LateRule.REFUSE)))
    assert written.verdict is Verdict.MET
    assert written.reason == "Late offers: refuse."


@pytest.mark.parametrize("campaigns", [[], [a_campaign(ended_on=ENDED)]], ids=["none", "ended"])
def test_without_a_campaign_that_runs_there_is_no_rule(campaigns: list[Campaign]) -> None:
    told = answer("offers.late-rule", a_case(*campaigns))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "No marketing campaign is running."
    assert told.remedy == by("campaign add")


def test_the_rule_of_a_campaign_that_ended_is_not_the_rule_of_the_next() -> None:
    first = a_campaign(1, ended_on=ENDED, late_rule=LateRule.REFUSE)
    told = answer("offers.late-rule", a_case(first, a_campaign(2)))
    assert told.verdict is Verdict.UNMET
    assert "Campaign 2 does not say" in told.reason


def test_open_bids_need_no_opening() -> None:
    for case in (a_case(), a_case(a_campaign())):
        told = answer("offers.opened", case)
        assert told.verdict is Verdict.NOT_APPLICABLE
        assert told.reason == "The bids are not sealed."


def test_sealed_bids_are_opened_by_both_openers_together() -> None:
    waiting = answer("offers.opened", a_case(a_sealed_campaign()))
    assert waiting.verdict is Verdict.UNMET
    assert waiting.reason == (
        "The bids of campaign 1 are sealed; Estates Manager and Auditor open them together."
    )
    assert waiting.remedy == by("bid open", first="Estates Manager", second="Auditor")
    told = answer("offers.opened", a_case(a_sealed_campaign(), an_opening()))
    assert told.verdict is Verdict.MET
    assert told.reason == "Opened on 20 September 2021 by Estates Manager and Auditor."


def test_the_opening_of_one_campaign_opens_no_bid_of_the_next() -> None:
    first = a_sealed_campaign(no=1, ended_on=ENDED), an_opening(1)
    told = answer("offers.opened", a_case(*first, a_sealed_campaign(no=2)))
    assert told.verdict is Verdict.UNMET
    assert "campaign 2 are sealed" in told.reason


def test_where_no_offer_was_late_no_rule_is_wanted() -> None:
    declined = a_bid("Beech Living", 950_000, Standing.DECLINED, is_late=True)
    for bids in ([FIRST], [FIRST, declined]):
        told = answer("offers.late-decided", a_case(a_campaign(), *bids))
        assert told.verdict is Verdict.NOT_APPLICABLE
        assert told.reason == "No offer was late."


def test_a_late_offer_is_let_in_where_the_rule_says_so() -> None:
    lenient = a_campaign(late_rule=LateRule.BEFORE_OPENING)
    told = answer("offers.late-decided", a_case(lenient, FIRST, LATE))
    assert told.verdict is Verdict.MET
    assert told.reason == "Beech Living let in by the campaign's rule."


def test_a_late_offer_is_out_where_the_rule_is_to_refuse_it() -> None:
    strict = a_campaign(late_rule=LateRule.REFUSE)
    told = answer("offers.late-decided", a_case(strict, FIRST, LATE))
    assert told.verdict is Verdict.UNMET
    assert told.reason == (
        "Beech Living came late and is still in the running; the campaign's rule is to refuse."
    )
    assert told.remedy == by("bid shortlist")


def test_no_late_offer_is_let_in_by_a_rule_that_nobody_wrote() -> None:
    told = answer("offers.late-decided", a_case(a_campaign(id=4), FIRST, LATE))
    assert told.verdict is Verdict.UNMET
    assert told.reason == (
        "Beech Living came late, and campaign 1 does not say what becomes of a late offer."
    )
    assert told.remedy == by("campaign edit", entry="campaign-4")


def test_where_the_rule_is_a_final_round_all_bidders_are_asked() -> None:
    """After Oxfordshire A005/4."""
    final = a_campaign(late_rule=LateRule.FINAL_ROUND), FIRST, LATE
    for rounds in ([], [a_round("Beech Living")], [a_round("Ash Homes", "Beech Living", no=1,
                                                           campaign_no=2)]):  # fmt: skip
        told = answer("offers.late-decided", a_case(*final, *rounds))
        assert told.verdict is Verdict.UNMET
        assert "the campaign's rule is a final round of all" in told.reason
        assert told.remedy is not None
        assert told.remedy.act == "bid round"
        assert ("first", "Ash Homes") in told.remedy.given
    asked = answer("offers.late-decided", a_case(*final, a_round("Ash Homes", "Beech Living")))
    assert asked.verdict is Verdict.MET
    assert asked.reason == "All bidders were asked for final bids."


def test_bids_without_criteria_are_not_scored() -> None:
    of_options = a_criterion("Homes", 100, scored=Scored.OPTION)
    told = answer("offers.scored", a_case(a_campaign(), FIRST, of_options))
    assert told.verdict is Verdict.NOT_APPLICABLE
    assert told.reason == "No criteria of quality are set for bids."


@pytest.mark.parametrize("weight", [39, 41])
def test_the_weights_of_the_criteria_come_to_100(weight: int) -> None:
    criteria = a_criterion("Design", 60), a_criterion("Speed", weight)
    told = answer("offers.scored", a_case(a_campaign(), FIRST, *criteria))
    assert told.verdict is Verdict.UNMET
    assert told.reason == f"The weights of the criteria come to {60 + weight}, not 100."
    assert told.remedy == by("bid criterion")


DESIGN, SPEED = a_criterion("Design", 60), a_criterion("Speed", 40)


def test_each_bid_in_the_running_has_its_points_for_each_criterion() -> None:
    case = a_campaign(), FIRST, a_bid("Beech Living", 950_000), DESIGN, SPEED
    some = a_score("Ash Homes", "Design"), a_score("Ash Homes", "Speed")
    half = a_score("Beech Living", "Design")
    told = answer("offers.scored", a_case(*case, *some, half))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "Beech Living is not scored for Speed."
    assert told.remedy == by("bid score", subject="Beech Living", criterion="Speed")
    done = answer("offers.scored", a_case(*case, *some, half, a_score("Beech Living", "Speed")))
    assert done.verdict is Verdict.MET
    assert done.reason == "Scored by Design and Speed."


def test_a_bid_that_was_declined_need_not_be_scored() -> None:
    declined = a_bid("Beech Living", 950_000, Standing.DECLINED)
    scored = a_score("Ash Homes", "Design"), a_score("Ash Homes", "Speed")
    told = answer("offers.scored", a_case(a_campaign(), FIRST, declined, DESIGN, SPEED, *scored))
    assert told.verdict is Verdict.MET


@pytest.mark.parametrize(
    "scores",
    [
        [a_score("Ash Homes", "Design"), a_score("Ash Homes", "Speed", campaign_no=2)],
        [a_score("Ash Homes", "Design", scored=Scored.OPTION, campaign_no=None)],
    ],
    ids=["of another campaign", "of an option"],
)
def test_points_given_to_something_else_do_not_score_a_bid(scores: list[Score]) -> None:
    told = answer("offers.scored", a_case(a_campaign(), FIRST, DESIGN, SPEED, *scores))
    assert told.verdict is Verdict.UNMET


def test_the_points_of_an_earlier_campaign_do_not_score_the_same_bidder_again() -> None:
    campaigns = a_campaign(1, ended_on=ENDED), a_campaign(2)
    again = the_preferred_bid(900_000, campaign_no=2)
    scores = a_score("Ash Homes", "Design"), a_score("Ash Homes", "Speed")
    told = answer("offers.scored", a_case(*campaigns, again, DESIGN, SPEED, *scores))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "Ash Homes is not scored for Design."
