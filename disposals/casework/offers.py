"""Offers as they come in: sealed or open, in time or late, first or in answer to a round."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.casework.tenders import (
    campaign_no,
    campaign_of,
    is_late,
    opened,
    rounds_of,
    why_late,
)
from disposals.casework.validating import refuse_slip, validated
from disposals.errors import BadFact, NotAllowed, NotRecorded
from disposals.finding import own_in_force
from disposals.payments import stages
from disposals.records.bids import Bid, Opening, Round
from disposals.records.marketing import Campaign
from disposals.register import Register
from disposals.sealing import private_key, seal, unseal
from disposals.vocabulary import Standing
from disposals.words import day, money

# What is written on the envelope; the rest is inside until the opening.
_ON_THE_ENVELOPE = {
    "bidder", "received_on", "received_at", "received_as_written", "source", "disclosure",
    "paragraphs", "exempt_because", "is_illustrative",
}  # fmt: skip
_FURTHER = {Standing.SHORTLISTED, Standing.PREFERRED, Standing.RESERVE}
_OUT = {Standing.FELL_THROUGH, Standing.DECLINED}


def receive(
    register: Register, ref: str, facts: Mapping[str, Any], stamp: Stamp, *, seen: int
) -> None:
    """Record a bid in the latest campaign; a bidder's changed bid is its next version.

    Raises:
        BadFact: a field is missing or can't be right, the payments do not add up, or the bidder's
            name may be a slip of another's.
        NotAllowed: it is late, and the campaign's written rule does not let it in.
    """
    with (
        register.write() as session,
        acting(session, ref, "bid received", stamp, seen=seen) as act,
    ):
        enter(act, facts)


def enter(act: Act, facts: Mapping[str, Any]) -> None:
    """Record a bid within an act that has begun; raises as `receive` does."""
    refuse_if_ended(act.case)
    number = campaign_no(act)
    campaign = campaign_of(act, number)
    bids = own_in_force(act.session, Bid, act.case.ref)
    if not act.is_sure:
        refuse_slip(facts.get("bidder"), (bid.bidder for bid in bids), "bidder")
    earlier = next(
        (bid for bid in bids if (bid.campaign_no, bid.bidder) == (number, facts.get("bidder"))),
        None,
    )
    refuse_what_does_not_add_up(facts, earlier)
    told = {**facts, **_answer(act, number, facts, earlier)}
    if earlier is not None:
        told.setdefault("received_at", None)  # the time at which the version before came
    told["is_late"] = is_late(act, campaign, told, earlier)
    if campaign is not None and campaign.public_key is not None and not opened(act, number):
        told = _sealed(told, campaign.public_key)
    if earlier is None:
        act.record(Bid, {**told, "campaign_no": number})
        return
    again = (
        {"standing": Standing.RECEIVED, "standing_because": None}
        if earlier.standing in _OUT
        else {}
    )
    act.amend(earlier, **told, **again, bid_version=earlier.bid_version + 1)


def ask_again(
    register: Register,
    ref: str,
    bidders: Iterable[str],
    stamp: Stamp,
    *,
    seen: int,
    asks: str,
    reply_by: date | None,
) -> None:
    """Begin a clarification or final round: the same words to each bidder named.

    Raises:
        NotRecorded: a bidder has made no bid in the current campaign.
        BadFact: nothing is asked, or of nobody.
    """
    asked_of = list(dict.fromkeys(bidders))
    with (
        register.write() as session,
        acting(session, ref, "round begun", stamp, seen=seen) as act,
    ):
        refuse_if_ended(act.case)
        number = campaign_no(act)
        made = {b.bidder for b in own_in_force(session, Bid, ref) if b.campaign_no == number}
        for bidder in asked_of:
            if bidder not in made:
                raise NotRecorded(f"{ref}: no bid from “{bidder}” is recorded in this campaign.")
        act.record(
            Round,
            {
                "campaign_no": number,
                "no": 1 + max((each.no for each in rounds_of(act, number)), default=0),
                "asked_of": "; ".join(asked_of),
                "asks": asks,
                "reply_by": reply_by,
            },
        )


def open_bids(
    register: Register,
    ref: str,
    openers: tuple[str, ...],
    passphrases: tuple[str, ...],
    stamp: Stamp,
    *,
    seen: int,
) -> None:
    """Open the sealed bids of the running campaign.

    Raises:
        BadFact: not the two openers named, or their passphrases do not open the bids.
        NotAllowed: the campaign is not sealed, is opened already, or has not closed.
    """
    with (
        register.write() as session,
        acting(session, ref, "bids opened", stamp, seen=seen) as act,
    ):
        number = campaign_no(act)
        campaign = campaign_of(act, number)
        if campaign is None or campaign.locked_key is None:
            raise NotAllowed(f"The bids of {ref} are not sealed; there is nothing to open.")
        if opened(act, number):
            raise NotAllowed(f"The bids of campaign {number} were opened already.")
        _refuse_before_closing(campaign, stamp.on)
        first, second = str(campaign.first_opener), str(campaign.second_opener)
        here = [each.strip().casefold() for each in openers]
        if sorted(here) != sorted([first.casefold(), second.casefold()]) or len(passphrases) != len(
            here
        ):
            raise BadFact(
                f"The bids are opened by {first} and {second} together, and by nobody else: name "
                "both with `--opener`. Nothing was opened."
            )
        in_order = passphrases if here[0] == first.casefold() else passphrases[::-1]
        key = private_key(campaign.locked_key, *in_order)
        sealed = [
            bid
            for bid in own_in_force(session, Bid, ref)
            if bid.campaign_no == number and bid.sealed is not None
        ]
        for bid in sealed:
            inside = unseal(str(bid.sealed), key)
            if inside["bidder"] != bid.bidder:
                raise NotAllowed(
                    f"The envelope of {bid.bidder} holds the bid of {inside['bidder']}: the "
                    "register was altered. Nothing was opened; tell the monitoring officer."
                )
            act.amend(bid, **inside, sealed=None)
        act.record(
            Opening,
            {
                "campaign_no": number, "opened_on": stamp.on, "first_opener": first,
                "second_opener": second, "bids_opened": len(sealed),
            },
        )  # fmt: skip


def _answer(act: Act, number: int, facts: Mapping[str, Any], earlier: Bid | None) -> dict[str, Any]:
    """The round that a changed bid answers, if its bidder was asked."""
    if earlier is None:
        return {}
    asked = [
        each.no
        for each in rounds_of(act, number)
        if str(facts.get("bidder")) in each.asked_of.split("; ")
    ]
    return {"round_no": max(asked)} if asked else {}


def refuse_what_does_not_add_up(facts: Mapping[str, Any], earlier: Bid | None) -> None:
    """Refuse a bid that contradicts itself.

    Args:
        earlier: the version that gives what the facts do not mention.

    Raises:
        BadFact: names what can't be right.
    """

    def told(name: str) -> Any:
        return facts.get(name, getattr(earlier, name, None))

    price, deposit = told("price_pence"), told("deposit_pence")
    if told("payments") is not None:
        if price is None:
            raise BadFact("payments: they are of a price, and no price is given.")
        stages(told("payments"), price)
    if price is not None and deposit is not None and deposit > price:
        raise BadFact(f"deposit: {money(deposit)} is more than the price of {money(price)}.")
    guaranteed, after = told("overage_guaranteed_pence"), told("overage_after_months")
    if guaranteed and after is None:
        raise BadFact(
            "overage-after-months: a guaranteed overage is worth what it is today only if it is "
            "known when it is paid. Give the months from now."
        )
    longstop, on = told("longstop_on"), told("received_on")
    if longstop is not None and on is not None and longstop < on:
        raise BadFact(f"longstop-on: {day(longstop)} is past on {day(on)}, the day of the offer.")


def late_if(act: Act, bid: Bid, changes: Mapping[str, Any]) -> dict[str, bool]:
    """Whether a bid is late by the day and time that a correction gives it; {} if it gives none."""
    campaign = campaign_of(act, bid.campaign_no)
    if campaign is None or not changes.keys() & {"received_on", "received_at"}:
        return {}
    return {"is_late": bool(why_late(act, campaign, bid.model_dump() | dict(changes)))}


def _sealed(facts: Mapping[str, Any], public_key: str) -> dict[str, Any]:
    """The facts with all that is inside the envelope enciphered; a sealed bid stands whole."""
    probe = {"disposal_ref": "", "recorded_on": "2000-01-01", "recorded_by": "probe"}
    validated(Bid, {**facts, **probe, "recorded_at": "2000-01-01T00:00:00Z"})
    outside = {name: value for name, value in facts.items() if name in _ON_THE_ENVELOPE}
    inside = {name: value for name, value in facts.items() if name not in outside}
    return {
        **outside,
        "is_late": inside.pop("is_late", False),
        "round_no": inside.pop("round_no", 0),
        "sealed": seal({"bidder": facts["bidder"], **inside}, public_key),
    }


def _refuse_before_closing(campaign: Campaign, on: date) -> None:
    if campaign.closes_on is None:
        raise NotAllowed(
            f"Campaign {campaign.no} has no closing day, so it can't be opened. Set it: "
            "`disposals campaign close`."
        )
    if on < campaign.closes_on:
        raise NotAllowed(
            f"Campaign {campaign.no} takes offers until {day(campaign.closes_on)}; its bids stay "
            f"sealed on {day(on)}."
        )
