"""Choosing among bids: shortlist, prefer, keep in reserve, decline."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session

from disposals.casework.acts import Act, Stamp, acting, required
from disposals.casework.cases import refuse_if_ended
from disposals.errors import NotRecorded
from disposals.finding import own_in_force
from disposals.records.bids import Bid
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
        campaigns = own_in_force(session, Campaign, ref)
        campaign = campaigns[-1].no if campaigns else 1
        earlier = _current(session, ref).get(str(facts.get("bidder")))
        if earlier is None or earlier.campaign_no != campaign:
            act.record(Bid, {**facts, "campaign_no": campaign})
        else:
            act.amend(earlier, **facts, bid_version=earlier.bid_version + 1)


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
        current = _current(session, ref)
        chosen = _bid_of(current, bidder, ref)
        _stand_down(act, (bid for bid in current.values() if bid is not chosen), standing)
        act.amend(chosen, standing=standing, standing_because=reason)


def _stand_down(act: Act, bids: Iterable[Bid], standing: Standing) -> None:
    """Only one bid has the standing: the one that had it until now is shortlisted again."""
    for bid in bids:
        if bid.standing is standing:
            act.amend(bid, standing=Standing.SHORTLISTED, standing_because="Another was chosen.")


def _current(session: Session, ref: str) -> dict[str, Bid]:
    """By bidder, the bids of the latest campaign as they now stand."""
    bids = own_in_force(session, Bid, ref)
    latest = max((bid.campaign_no for bid in bids), default=1)
    return {bid.bidder: bid for bid in bids if bid.campaign_no == latest}


def _bid_of(current: dict[str, Bid], bidder: str, ref: str) -> Bid:
    if bidder not in current:
        known = f" Bids are recorded from {listed(current)}." if current else ""
        raise NotRecorded(f"{ref}: no bid from “{bidder}” is recorded.{known}")
    return current[bidder]
