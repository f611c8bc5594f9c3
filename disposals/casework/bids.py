"""Choosing among bids: shortlist, prefer, keep in reserve, decline, turn to the next."""

from collections.abc import Iterable, Mapping
from typing import Any

from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.casework.tenders import campaign_no
from disposals.casework.validating import required
from disposals.errors import BadFact, NotAllowed, NotRecorded
from disposals.fallback import fallback
from disposals.finding import own_in_force
from disposals.records.bids import Bid
from disposals.records.reasons import ConsiderationReason
from disposals.register import Register
from disposals.vocabulary import Concern, Standing
from disposals.words import listed

_CHOSEN = frozenset({Standing.PREFERRED, Standing.RESERVE})


def shortlist(
    register: Register,
    ref: str,
    bidders: Iterable[str],
    stamp: Stamp,
    *,
    seen: int,
    because: str | None,
    declined_because: str | None = None,
) -> None:
    """Take some bidders further and decline the others, all in one act.

    Whoever is preferred or in reserve already and is taken further stays so.

    Args:
        because: why those taken further are.
        declined_because: why the others are not; one that was declined before keeps its reason
            where none is given.

    Raises:
        NotRecorded: a bidder has made no bid in the current campaign.
        BadFact: others are declined and nobody says why.
        NotAllowed: the preferred bidder would be declined.
    """
    reason = required(because, "make a shortlist")
    taken = list(bidders)
    with (
        register.write() as session,
        acting(session, ref, "shortlist", stamp, seen=seen, because=reason) as act,
    ):
        refuse_if_ended(act.case)
        current = _current(act)
        for bidder in taken:
            _bid_of(current, bidder, ref)
        others = [bid for bid in current.values() if bid.bidder not in taken]
        _refuse_to_decline_the_preferred(others, ref)
        whys = {bid.bidder: _why_declined(bid, declined_because) for bid in others}
        if silent := [bidder for bidder, why in whys.items() if why is None]:
            raise BadFact(
                f"{ref}: the shortlist declines {listed(silent)}, and why is not said. What speaks "
                "for those taken further is no reason against the others, and the evaluation gives "
                'each theirs: add `--declined-because "…"`. Nothing was recorded.'
            )
        for bid in current.values():
            further = bid.bidder in taken
            if further and bid.standing in _CHOSEN:
                continue
            standing = Standing.SHORTLISTED if further else Standing.DECLINED
            why = reason if further else whys[bid.bidder]
            act.amend(bid, standing=standing, standing_because=why)


def _refuse_to_decline_the_preferred(others: Iterable[Bid], ref: str) -> None:
    for bid in others:
        if bid.standing is Standing.PREFERRED:
            raise NotAllowed(
                f"{bid.bidder} is the preferred bidder of {ref}, whom a shortlist does not undo. "
                f"Prefer another first, `disposals bid prefer {ref} --bidder NAME --because "
                "REASON`, or take that bidder further as well. Nothing was recorded."
            )


def _why_declined(bid: Bid, because: str | None) -> str | None:
    """Why a bid is declined, as said now or, where it was declined before, as said then."""
    if because is not None and because.strip():
        return because.strip()
    return bid.standing_because if bid.standing is Standing.DECLINED else None


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
        NotAllowed: the preferred bidder would be the reserve.
    """
    standing = Standing.RESERVE if reserve else Standing.PREFERRED
    reason = required(because, f"name the {standing} bidder")
    with (
        register.write() as session,
        acting(session, ref, f"{standing} bidder", stamp, seen=seen, because=reason) as act,
    ):
        refuse_if_ended(act.case)
        current = _current(act)
        chosen = _bid_of(current, bidder, ref)
        if reserve and chosen.standing is Standing.PREFERRED:
            raise NotAllowed(
                f"{bidder} is the preferred bidder of {ref}, and the reserve is whom to turn to if "
                "that bidder is lost. Name another; or, if another is to be preferred, say that "
                f"first: `disposals bid prefer {ref} --bidder NAME --because REASON`."
            )
        _stand_down(act, (bid for bid in current.values() if bid is not chosen), standing)
        if chosen.standing is not standing and not reserve:
            _let_reasons_lapse(act)
        act.amend(chosen, standing=standing, standing_because=reason)


def _let_reasons_lapse(act: Act) -> None:
    """Why one bid may be taken says nothing of another."""
    for given in own_in_force(act.session, ConsiderationReason, act.case.ref):
        if given.lapsed_on is None:
            act.amend(given, lapsed_on=act.stamp.on)


def _stand_down(act: Act, bids: Iterable[Bid], standing: Standing) -> None:
    """Only one bid has the standing: the one that had it until now is shortlisted again."""
    for bid in bids:
        if bid.standing is standing:
            act.amend(bid, standing=Standing.SHORTLISTED, standing_because="Another was chosen.")


def enter_reason(act: Act, facts: Mapping[str, Any]) -> None:
    """Record why less than the highest, or than value, is lawful, within an act that has begun.

    Raises:
        BadFact: an undervalue without the well-being that it serves (Circular 06/03).
    """
    refuse_if_ended(act.case)
    refuse_undervalue_without_purpose(act, facts)
    act.supersede(ConsiderationReason, facts)


def refuse_undervalue_without_purpose(_act: Act, facts: Mapping[str, Any]) -> None:
    """Refuse a reason for a sale below value that says no purpose (Circular 06/03).

    Raises:
        BadFact: says what is asked for.
    """
    if facts.get("concern") == Concern.UNDERVALUE and not facts.get("purpose"):
        raise BadFact(
            "purpose: a sale below value is lawful only for the economic, social or environmental "
            "well-being of the area (General Disposal Consent 2003). Say with `--purpose` which it "
            "serves."
        )


def reinstate(
    register: Register, ref: str, bidder: str, stamp: Stamp, *, seen: int, because: str | None
) -> None:
    """Turn to the next bidder, as the decision authorised, when the preferred one is lost.

    Raises:
        NotRecorded: the bidder has made no bid in the current campaign.
        NotAllowed: no decision authorises it, another bidder is next, or the bid is below the
            floor.
    """
    reason = required(because, "turn to the next bidder")
    with (
        register.write() as session,
        acting(session, ref, "next bidder taken", stamp, seen=seen, because=reason) as act,
    ):
        refuse_if_ended(act.case)
        current = _current(act)
        chosen = _bid_of(current, bidder, ref)
        offered = fallback(session, act.case, stamp.on)
        if offered.next_bidder != bidder:
            raise NotAllowed(f"{ref} can't turn to {bidder}: {offered.says}")
        for bid in current.values():
            if bid.standing is Standing.PREFERRED:
                act.amend(bid, standing=Standing.FELL_THROUGH, standing_because=reason)
        _let_reasons_lapse(act)
        act.amend(
            chosen, standing=Standing.PREFERRED,
            standing_because=f"{reason} ({offered.authority})",
        )  # fmt: skip


def _current(act: Act) -> dict[str, Bid]:
    """By bidder, the bids of the running campaign that did not fall through.

    Raises:
        NotAllowed: they are sealed.
    """
    campaign = campaign_no(act)
    bids = {
        bid.bidder: bid
        for bid in own_in_force(act.session, Bid, act.case.ref)
        if bid.campaign_no == campaign and bid.standing is not Standing.FELL_THROUGH
    }
    if any(bid.sealed for bid in bids.values()):
        raise NotAllowed(
            f"The bids of {act.case.ref} are sealed, so none can be chosen. Open them first: "
            f"`disposals bid open {act.case.ref}`."
        )
    return bids


def _bid_of(current: dict[str, Bid], bidder: str, ref: str) -> Bid:
    if bidder not in current:
        known = f" Bids are recorded from {listed(sorted(current))}." if current else ""
        raise NotRecorded(f"{ref}: no bid from “{bidder}” is recorded.{known}")
    return current[bidder]
