"""The rules an offer comes in under: which campaign, which round, opened or not, late or not."""

from collections.abc import Mapping
from typing import Any

from disposals.casework.acts import Act
from disposals.errors import BadFact, NotAllowed
from disposals.finding import own_in_force
from disposals.records.bids import Bid, Opening, Round
from disposals.records.marketing import Campaign
from disposals.vocabulary import LateRule, Standing
from disposals.words import day

_FURTHER = {Standing.SHORTLISTED, Standing.PREFERRED, Standing.RESERVE}


def campaign_no(act: Act) -> int:
    """The running campaign, or the one that is to follow those that ended."""
    campaigns = own_in_force(act.session, Campaign, act.case.ref)
    running = [campaign.no for campaign in campaigns if campaign.ended_on is None]
    return max(running) if running else max((c.no + 1 for c in campaigns), default=1)


def campaign_of(act: Act, number: int) -> Campaign | None:
    """The campaign of a number, if there is one."""
    found = own_in_force(act.session, Campaign, act.case.ref)
    return next((campaign for campaign in found if campaign.no == number), None)


def opened(act: Act, number: int) -> bool:
    """Whether the bids of a campaign have been opened."""
    openings = own_in_force(act.session, Opening, act.case.ref)
    return any(opening.campaign_no == number for opening in openings)


def rounds_of(act: Act, number: int) -> list[Round]:
    """The rounds of a campaign, in order."""
    rounds = own_in_force(act.session, Round, act.case.ref)
    return [each for each in rounds if each.campaign_no == number]


def is_late(
    act: Act, campaign: Campaign | None, facts: Mapping[str, Any], earlier: Bid | None
) -> bool:
    """Whether an offer is late, and let in by the written rule all the same.

    Raises:
        NotAllowed: it is late and is not let in.
        BadFact: it came on the last day, and not told is at what time.
    """
    if campaign is None:
        return False
    answers = _answered(act, campaign, facts) is not None
    if not answers and earlier is not None and earlier.standing in _FURTHER:
        return earlier.is_late  # terms under negotiation are no new offer
    late = why_late(act, campaign, facts)
    if not late and not answers and campaign.public_key and opened(act, campaign.no):
        late = f"The bids of campaign {campaign.no} are opened, and this offer was not among them"
    if not late:
        return False
    if campaign.late_rule is None:
        raise NotAllowed(
            f"{late}. What the particulars say of a late offer is not recorded, so none is let "
            f"in. Record the written rule first: `disposals campaign edit {act.case.ref} "
            f"campaign-{campaign.id} --set late-rule=refuse --because REASON`, or “accept before "
            "opening” or “final round” in place of refuse."
        )
    if campaign.late_rule is LateRule.REFUSE:
        raise NotAllowed(f"{late}. The campaign's rule is to refuse it; return it unopened.")
    if campaign.late_rule is LateRule.BEFORE_OPENING and (
        opened(act, campaign.no) or _compared(act, campaign.no)
    ):
        raise NotAllowed(
            f"{late}. The campaign's rule lets a late offer in only before the opening, and the "
            "bids are opened or compared already."
        )
    return True


def why_late(act: Act, campaign: Campaign, facts: Mapping[str, Any]) -> str:
    """When the campaign or its round closed and when the offer came; "" where that is in time.

    Raises:
        BadFact: it came on the last day, and not told is at what time.
    """
    on, at = facts.get("received_on"), facts.get("received_at")
    answered = _answered(act, campaign, facts)
    closes, hour = campaign.closes_on, campaign.closes_at
    if answered is not None:
        closes, hour = answered.reply_by, None
    if on is None or closes is None or on < closes or (on == closes and not hour):
        return ""
    if on > closes:
        return f"Campaign {campaign.no} closed on {day(closes)}, and this offer came on {day(on)}"
    if at is None:
        raise BadFact(
            f"received-at: campaign {campaign.no} closes at {hour} on {day(closes)}. Say at what "
            "time of that day the offer came."
        )
    if at <= str(hour):
        return ""
    return (
        f"Campaign {campaign.no} closed on {day(closes)} at {hour}, and this offer came on "
        f"{day(on)} at {at}"
    )


def _answered(act: Act, campaign: Campaign, facts: Mapping[str, Any]) -> Round | None:
    """The round that an offer answers, if it answers one."""
    rounds = rounds_of(act, campaign.no)
    return next((each for each in rounds if each.no == facts.get("round_no")), None)


def _compared(act: Act, number: int) -> bool:
    bids = own_in_force(act.session, Bid, act.case.ref)
    return any(b.campaign_no == number and b.standing is not Standing.RECEIVED for b in bids)
