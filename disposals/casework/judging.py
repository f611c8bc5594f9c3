"""Judgements on bids and options: points for a criterion, likelihoods, costs and receipts."""

from collections.abc import Mapping
from typing import Any

from disposals.casework.acts import Act
from disposals.casework.cases import refuse_if_ended
from disposals.casework.tenders import campaign_no
from disposals.errors import BadFact, NotRecorded
from disposals.finding import counting, own_in_force
from disposals.records.bids import Bid
from disposals.records.interest import Enquiry
from disposals.records.judgements import Likelihood, OptionFigure
from disposals.records.marketing import Campaign
from disposals.records.options import Option
from disposals.records.scoring import Criterion, Score
from disposals.vocabulary import Scored
from disposals.words import listed


def enter_likelihood(act: Act, facts: Mapping[str, Any]) -> None:
    """Record how likely a condition of a bid is, within an act that has begun.

    Raises:
        NotRecorded: the bidder has made no bid in the current campaign.
    """
    refuse_if_ended(act.case)
    told = {**facts, "campaign_no": campaign_no(act)}
    refuse_unknown_bidder(act, told)
    act.supersede(Likelihood, told)


def refuse_unknown_bidder(act: Act, told: Mapping[str, Any]) -> None:
    """Refuse a judgement on a bid that was not made in its campaign.

    Raises:
        NotRecorded: says whose bids there are.
    """
    _refuse_unknown(told.get("bidder"), _bidders(act, told["campaign_no"]), "bid from")


def enter_score(act: Act, facts: Mapping[str, Any]) -> None:
    """Record the points of a bid or an option for a criterion, within an act that has begun.

    Raises:
        NotRecorded: there is no such bid, option or criterion.
        BadFact: more points than the criterion has.
    """
    _refuse_if_over(act)
    told = dict(facts)
    if facts.get("scored") == Scored.BID:
        told["campaign_no"] = campaign_no(act)
    refuse_unfounded_score(act, told)
    act.supersede(Score, told)


def refuse_unfounded_score(act: Act, told: Mapping[str, Any]) -> None:
    """Refuse points for what is not there, or more points than there are.

    Raises:
        NotRecorded: there is no such bid, option or criterion.
        BadFact: more points than the criterion has.
    """
    scored = told.get("scored")
    if scored == Scored.BID:
        _refuse_unknown(told.get("subject"), _bidders(act, told["campaign_no"]), "bid from")
    else:
        _refuse_unknown(told.get("subject"), _options(act), "option")
    criteria = {
        row.title: row for row in counting(act.session, Criterion, act.case) if row.scored == scored
    }
    _refuse_unknown(told.get("criterion"), set(criteria), "criterion")
    most, points = criteria[str(told["criterion"])].most_points, told.get("points", 0)
    if points > most:
        raise BadFact(f"points: {points} is more than {most}, the points for the best.")


def enter_figure(act: Act, facts: Mapping[str, Any]) -> None:
    """Record a cost or a receipt of an option within an act that has begun.

    Raises:
        NotRecorded: there is no such option.
    """
    _refuse_if_over(act)
    refuse_unknown_option(act, facts)
    act.supersede(OptionFigure, facts)


def refuse_unknown_option(act: Act, told: Mapping[str, Any]) -> None:
    """Refuse a figure of an option that is not recorded.

    Raises:
        NotRecorded: says which options are.
    """
    _refuse_unknown(told.get("option_no"), _options(act), "option")


def enter_enquiry(act: Act, facts: Mapping[str, Any]) -> None:
    """Count viewings or enquiries, of the running campaign where none is named.

    Raises:
        NotRecorded: there is no such campaign.
    """
    refuse_if_ended(act.case)
    told = {"campaign_no": campaign_no(act), **facts}
    refuse_unknown_campaign(act, told)
    act.record(Enquiry, told)


def refuse_unknown_campaign(act: Act, told: Mapping[str, Any]) -> None:
    """Refuse to count interest in a campaign that was never begun.

    Raises:
        NotRecorded: says which campaigns there are, or how to begin one.
    """
    campaigns = {each.no for each in own_in_force(act.session, Campaign, act.case.ref)}
    if not campaigns:
        raise NotRecorded(
            f"{act.case.ref} has no marketing campaign. Begin one: "
            f"`disposals campaign add {act.case.ref}`."
        )
    named = str(told["campaign_no"])
    _refuse_unknown(named, {str(number) for number in campaigns}, "campaign")


def _refuse_if_over(act: Act) -> None:
    if act.case.stage != "in_parts":  # what is recorded on the whole counts for its parts
        refuse_if_ended(act.case)


def _options(act: Act) -> set[str]:
    return {option.no for option in counting(act.session, Option, act.case)}


def _bidders(act: Act, number: int) -> set[str]:
    bids = own_in_force(act.session, Bid, act.case.ref)
    return {bid.bidder for bid in bids if bid.campaign_no == number}


def _refuse_unknown(named: Any, known: set[str], what: str) -> None:
    if named not in known:
        there = f" Recorded: {listed(sorted(known))}." if known else ""
        raise NotRecorded(f"No {what} “{named}” is recorded.{there}")
