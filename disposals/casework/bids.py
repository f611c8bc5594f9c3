"""Choosing among bids: shortlist, prefer, keep in reserve, decline."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session

from disposals.casework.acts import Act, Stamp, acting, required
from disposals.casework.cases import refuse_if_ended
from disposals.errors import NotRecorded
from disposals.finding import own_in_force
from disposals.records.bids import Bid, ConsiderationReason
from disposals.records.marketing import Campaign
from disposals.register import Register
from disposals.vocabulary import Standing
from disposals.words import listed


def receive(
    register: Register, ref: str, facts: Mapping[str, Any], stamp: Stamp, *, seen: int
) -> None:
    """Record a bid in the latest campaign; a bidder's changed bid is its next version."""
    with (
        register.write() as session,
        acting(session, ref, "bid received", stamp, seen=seen) as act,
    ):
        refuse_if_ended(act.case)
        campaign = _campaign_no(session, ref)
        earlier = [
            bid
            for bid in own_in_force(session, Bid, ref)
            if (bid.campaign_no, bid.bidder) == (campaign, facts.get("bidder"))
        ]
        if not earlier:
            act.record(Bid, {**facts, "campaign_no": campaign})
            return
        [bid] = earlier
        out = bid.standing in {Standing.FELL_THROUGH, Standing.DECLINED}
        again = {"standing": Standing.RECEIVED, "standing_because": None} if out else {}
        act.amend(bid, **facts, **again, bid_version=bid.bid_version + 1)


def shortlist(
    register: Register,
    ref: str,
    bidders: Iterable[str],
    stamp: Stamp,
    *,
    seen: int,
    because: str | None,
) -> None:
    """Take some bidders further and decline the others, all in one act.

    Raises:
        NotRecorded: a bidder has made no bid in the current campaign.
    """
    reason = required(because, "make a shortlist")
    taken = list(bidders)
    with (
        register.write() as session,
        acting(session, ref, "shortlist", stamp, seen=seen, because=reason) as act,
    ):
        refuse_if_ended(act.case)
        current = _current(session, ref)
        for bidder in taken:
            _bid_of(current, bidder, ref)
        for bid in current.values():
            further = bid.bidder in taken
            standing = Standing.SHORTLISTED if further else Standing.DECLINED
            act.amend(bid, standing=standing, standing_because=reason)


def prefer(
    register: Register,
    ref: str,
    bidder: str,
    stamp: Stamp,
    *,
    seen: int,
    because: str | None,
    reserve: bool = False,
) -> None:
    """Choose the preferred bidder, or with `reserve` the one to turn to if that bidder is lost.

    Raises:
        NotRecorded: the bidder has made no bid in the current campaign.
    """
    standing = Standing.RESERVE if reserve else Standing.PREFERRED
    reason = required(because, f"name the {standing} bidder")
    with (
        register.write() as session,
        acting(session, ref, f"{standing} bidder", stamp, seen=seen, because=reason) as act,
    ):
        refuse_if_ended(act.case)
        current = _current(session, ref)
        chosen = _bid_of(current, bidder, ref)
        _stand_down(act, (bid for bid in current.values() if bid is not chosen), standing)
        if chosen.standing is not standing and not reserve:
            for given in own_in_force(session, ConsiderationReason, ref):
                if given.lapsed_on is None:
                    act.amend(given, lapsed_on=stamp.on)
        act.amend(chosen, standing=standing, standing_because=reason)


def _stand_down(act: Act, bids: Iterable[Bid], standing: Standing) -> None:
    """Only one bid has the standing: the one that had it until now is shortlisted again."""
    for bid in bids:
        if bid.standing is standing:
            act.amend(bid, standing=Standing.SHORTLISTED, standing_because="Another was chosen.")


def _campaign_no(session: Session, ref: str) -> int:
    """The running campaign, or the one that is to follow those that ended."""
    campaigns = own_in_force(session, Campaign, ref)
    running = [campaign.no for campaign in campaigns if campaign.ended_on is None]
    return max(running) if running else max((c.no + 1 for c in campaigns), default=1)


def _current(session: Session, ref: str) -> dict[str, Bid]:
    """By bidder, the bids of the running campaign that did not fall through."""
    campaign = _campaign_no(session, ref)
    return {
        bid.bidder: bid
        for bid in own_in_force(session, Bid, ref)
        if bid.campaign_no == campaign and bid.standing is not Standing.FELL_THROUGH
    }


def _bid_of(current: dict[str, Bid], bidder: str, ref: str) -> Bid:
    if bidder not in current:
        known = f" Bids are recorded from {listed(current)}." if current else ""
        raise NotRecorded(f"{ref}: no bid from “{bidder}” is recorded.{known}")
    return current[bidder]
