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
    number = campaign_no(act)
    _refuse_unknown(facts.get("bidder"), _bidders(act, number), "bid from")
    act.supersede(Likelihood, {**facts, "campaign_no": number})


def enter_score(act: Act, facts: Mapping[str, Any]) -> None:
    """Record the points of a bid or an option for a criterion, within an act that has begun.

    Raises:
        NotRecorded: there is no such bid, option or criterion.
        BadFact: more points than the criterion has.
    """
    _refuse_if_over(act)
    scored = facts.get("scored")
    told = dict(facts)
    if scored == Scored.BID:
        told["campaign_no"] = campaign_no(act)
        _refuse_unknown(facts.get("subject"), _bidders(act, told["campaign_no"]), "bid from")
    else:
        _refuse_unknown(facts.get("subject"), _options(act), "option")
    criteria = {
        row.title: row for row in counting(act.session, Criterion, act.case) if row.scored == scored
    }
    _refuse_unknown(facts.get("criterion"), set(criteria), "criterion")
    most, points = criteria[str(facts["criterion"])].most_points, facts.get("points", 0)
    if points > most:
        raise BadFact(f"points: {points} is more than {most}, the points for the best.")
    act.supersede(Score, told)


def enter_figure(act: Act, facts: Mapping[str, Any]) -> None:
    """Record a cost or a receipt of an option within an act that has begun.

    Raises:
        NotRecorded: there is no such option.
    """
    _refuse_if_over(act)
    _refuse_unknown(facts.get("option_no"), _options(act), "option")
    act.supersede(OptionFigure, facts)


def enter_enquiry(act: Act, facts: Mapping[str, Any]) -> None:
    """Count viewings or enquiries of the running campaign, within an act that has begun."""
    refuse_if_ended(act.case)
    act.record(Enquiry, {"campaign_no": campaign_no(act), **facts})


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
