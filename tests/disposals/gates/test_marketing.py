"""Land is marketed by an agent, and offers are compared when all of them are in."""

from datetime import date

from disposals.vocabulary import Method
from tests.builders import a_campaign, a_case, answer
from workflows.gates import Verdict, by


def test_nothing_is_marketed_before_an_agent_is_appointed() -> None:
    told = answer("marketing.agent-appointed", a_case())
    assert told.verdict is Verdict.UNMET
    assert "No agent is appointed" in told.reason


def test_the_agent_of_the_latest_campaign_is_the_one_named() -> None:
    again = a_campaign(2, agent="Sibley Pares", method=Method.AUCTION)
    told = answer("marketing.agent-appointed", a_case(a_campaign(1), again))
    assert told.verdict is Verdict.MET
    assert told.reason == "Campaign 2: Sibley Pares, auction."


def test_offers_without_a_campaign_are_not_closed() -> None:
    told = answer("marketing.closed", a_case())
    assert told.verdict is Verdict.UNMET
    assert told.remedy == by("campaign add")


def test_a_campaign_without_a_closing_date_may_or_may_not_be_over() -> None:
    told = answer("marketing.closed", a_case(a_campaign()))
    assert told.verdict is Verdict.UNKNOWN
    assert told.reason == "Campaign 1 has no closing date."


def test_offers_may_be_made_until_the_end_of_the_closing_date() -> None:
    campaign = a_campaign(closes_on=date(2021, 9, 30))
    on_the_day = answer("marketing.closed", a_case(campaign, on=date(2021, 9, 30)))
    day_after = answer("marketing.closed", a_case(campaign, on=date(2021, 10, 1)))
    assert on_the_day.verdict is Verdict.UNMET
    assert on_the_day.reason == "Offers may be made until 30 September 2021."
    assert day_after.verdict is Verdict.MET
    assert day_after.reason == "Campaign 1 closed on 30 September 2021."


def test_a_campaign_that_closed_says_nothing_of_the_one_that_followed() -> None:
    first, second = a_campaign(1, closes_on=date(2021, 3, 1)), a_campaign(2)
    assert answer("marketing.closed", a_case(first, second)).verdict is Verdict.UNKNOWN
