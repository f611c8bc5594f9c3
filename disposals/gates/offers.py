"""Gates on how offers came in: opened by two, late ones by the written rule, scored alike."""

from disposals.casefile import CaseFile
from disposals.gates import gate
from disposals.gates.bids import current
from disposals.records.bids import Bid, Opening, Round
from disposals.records.marketing import Campaign
from disposals.records.scoring import Criterion, Score
from disposals.vocabulary import LateRule, Scored, Standing
from disposals.words import day, listed
from workflows.gates import Answer, by, met, not_applicable, unmet

_WHOLE = 100


def _campaign(file: CaseFile) -> Campaign | None:
    running = [campaign for campaign in file.of(Campaign) if campaign.ended_on is None]
    return running[-1] if running else None


@gate(
    "offers.late-rule",
    asks="Is the rule on late offers in writing before any come?",
    rule="offers.late-rule",
    owner="estates officer",
    remedy="campaign edit",
    reads=(Campaign,),
)
def late_rule(file: CaseFile) -> Answer:
    """What happens to a late offer is known before there is one, and to all."""
    campaign = _campaign(file)
    if campaign is None:
        return unmet("No marketing campaign is running.", remedy=by("campaign add"))
    if campaign.late_rule is None:
        return unmet(
            f"Campaign {campaign.no} does not say what becomes of a late offer.",
            remedy=by("campaign edit", entry=f"campaign-{campaign.id}"),
        )
    return met(f"Late offers: {campaign.late_rule}.")


@gate(
    "offers.opened",
    asks="Are sealed bids opened by the two openers?",
    rule="offers.opened",
    owner="estates officer and a witness",
    remedy="bid open",
    reads=(Campaign, Opening),
)
def opened(file: CaseFile) -> Answer:
    """Nobody reads a sealed bid before the others, or alone."""
    campaign = _campaign(file)
    if campaign is None or campaign.public_key is None:
        return not_applicable("The bids are not sealed.")
    opening = next((each for each in file.of(Opening) if each.campaign_no == campaign.no), None)
    if opening is None:
        return unmet(
            f"The bids of campaign {campaign.no} are sealed; {campaign.first_opener} and "
            f"{campaign.second_opener} open them together.",
            remedy=by(
                "bid open", first=campaign.first_opener or "", second=campaign.second_opener or ""
            ),
        )
    return met(
        f"Opened on {day(opening.opened_on)} by {opening.first_opener} and {opening.second_opener}."
    )


@gate(
    "offers.late-decided",
    asks="Is every late offer dealt with by the written rule?",
    rule="offers.late-rule",
    owner="estates officer",
    remedy="bid round",
    reads=(Bid, Campaign, Round),
)
def late_decided(file: CaseFile) -> Answer:
    """Where the rule is a final round, all bidders are in it (Oxfordshire A005/4)."""
    late = [bid for bid in current(file) if bid.is_late and bid.standing is not Standing.DECLINED]
    if not late:
        return not_applicable("No offer was late.")
    names = listed(bid.bidder for bid in late)
    campaign = _campaign(file)
    if campaign is None or campaign.late_rule is not LateRule.FINAL_ROUND:
        return _let_in(names, campaign)
    asked = {
        bidder
        for each in file.of(Round)
        if each.campaign_no == campaign.no
        for bidder in each.asked_of.split("; ")
    }
    left_out = [bid.bidder for bid in current(file) if bid.bidder not in asked]
    if left_out:
        return unmet(
            f"{names} came late, and the campaign's rule is a final round of all; "
            f"not asked: {listed(left_out)}.",
            remedy=by("bid round", **dict(zip(("first", "second"), left_out, strict=False))),
        )
    return met("All bidders were asked for final bids.")


def _let_in(names: str, campaign: Campaign | None) -> Answer:
    """Whether late offers are let in where there is no final round."""
    if campaign is None:
        return unmet(f"{names} came late, and no campaign is running.", remedy=by("campaign add"))
    if campaign.late_rule is None:
        return unmet(
            f"{names} came late, and campaign {campaign.no} does not say what becomes of a late "
            "offer.",
            remedy=by("campaign edit", entry=f"campaign-{campaign.id}"),
        )
    if campaign.late_rule is LateRule.REFUSE:
        return unmet(
            f"{names} came late and is still in the running; the campaign's rule is to refuse.",
            remedy=by("bid shortlist"),
        )
    return met(f"{names} let in by the campaign's rule.")


@gate(
    "offers.scored",
    asks="Are the bids scored alike, where there are criteria?",
    rule="offers.scored",
    owner="estates officer",
    remedy="bid score",
    reads=(Bid, Campaign, Criterion, Score),
)
def scored(file: CaseFile) -> Answer:
    """Each bid still in the running has its points for each criterion."""
    criteria = [row for row in file.of(Criterion) if row.scored is Scored.BID]
    if not criteria:
        return not_applicable("No criteria of quality are set for bids.")
    weight = sum(row.weight_percent for row in criteria)
    if weight != _WHOLE:
        return unmet(
            f"The weights of the criteria come to {weight}, not {_WHOLE}.",
            remedy=by("bid criterion"),
        )
    given = {
        (row.campaign_no, row.subject, row.criterion)
        for row in file.of(Score)
        if row.scored is Scored.BID
    }
    for bid in current(file):
        if bid.standing is Standing.DECLINED:
            continue
        for criterion in criteria:
            if (bid.campaign_no, bid.bidder, criterion.title) not in given:
                return unmet(
                    f"{bid.bidder} is not scored for {criterion.title}.",
                    remedy=by("bid score", subject=bid.bidder, criterion=criterion.title),
                )
    return met(f"Scored by {listed(row.title for row in criteria)}.")
