"""Gates on a marketing campaign: an agent to begin it, a closing date to end it."""

from disposals.casefile import CaseFile
from disposals.gates import gate
from disposals.records.marketing import Campaign
from disposals.words import day
from workflows.gates import Answer, by, met, unknown, unmet


def _running(file: CaseFile) -> Campaign | None:
    """The latest campaign, unless the case has gone back since and it ended."""
    campaign = file.latest(Campaign)
    return None if campaign is None or campaign.ended_on else campaign


@gate(
    "marketing.agent-appointed",
    asks="Is an agent appointed to market the land?",
    rule="marketing.agent",
    owner="estates officer",
    remedy="campaign add",
    reads=(Campaign,),
)
def agent_appointed(file: CaseFile) -> Answer:
    """The method and the agent are chosen before anything is advertised."""
    campaign = _running(file)
    if campaign is None:
        return unmet("No agent is appointed: no marketing campaign is running.")
    return met(f"Campaign {campaign.no}: {campaign.agent}, {campaign.method}.")


@gate(
    "marketing.closed",
    asks="Has the closing date for offers passed?",
    rule="marketing.closed",
    owner="estates officer",
    remedy="campaign close",
    reads=(Campaign,),
)
def closed(file: CaseFile) -> Answer:
    """Offers are compared when all of them are in."""
    campaign = _running(file)
    if campaign is None:
        return unmet("No marketing campaign is running.", remedy=by("campaign add"))
    if campaign.closes_on is None:
        return unknown(f"Campaign {campaign.no} has no closing date.")
    if file.on <= campaign.closes_on:
        return unmet(f"Offers may be made until {day(campaign.closes_on)}.", remedy=by(""))
    return met(f"Campaign {campaign.no} closed on {day(campaign.closes_on)}.")
