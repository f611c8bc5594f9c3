"""Marketing campaigns: begun with an agent, sealed where offers are, closed on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.errors import BadFact, NotAllowed, NotRecorded
from disposals.finding import own_in_force
from disposals.records.bids import Bid
from disposals.records.marketing import Campaign
from disposals.register import Register
from disposals.sealing import new_keys
from disposals.words import day


def begin(
    register: Register, ref: str, facts: Mapping[str, Any], stamp: Stamp, *, seen: int
) -> None:
    """Record a new campaign with its agent; it takes the next number."""
    with (
        register.write() as session,
        acting(session, ref, "campaign begun", stamp, seen=seen) as act,
    ):
        enter(act, facts)


def enter(act: Act, facts: Mapping[str, Any]) -> None:
    """Begin a campaign within an act that has begun.

    Raises:
        BadFact: it would close before it began.
    """
    refuse_if_ended(act.case)
    earlier = own_in_force(act.session, Campaign, act.case.ref)
    number = max((campaign.no for campaign in earlier), default=0) + 1
    refuse_what_is_out_of_order(act, facts)
    act.record(Campaign, {**facts, "no": number})


def refuse_what_is_out_of_order(_act: Act, facts: Mapping[str, Any]) -> None:
    """Refuse a campaign that closes before it begins.

    Raises:
        BadFact: names both days.
    """
    began, closes = facts.get("began_on"), facts.get("closes_on")
    if began and closes and closes < began:
        raise BadFact(f"A campaign that begins on {day(began)} can't close on {day(closes)}.")


def seal(
    register: Register,
    ref: str,
    openers: tuple[str, str],
    passphrases: tuple[str, str],
    stamp: Stamp,
    *,
    seen: int,
) -> None:
    """Have the bids of the running campaign sealed until two people open them together.

    Args:
        openers: the two roles that will open them, each with a passphrase of its own.

    Raises:
        NotRecorded: there is no campaign.
        NotAllowed: it is sealed already, or has bids that were recorded in the open.
        BadFact: one opener alone, or a passphrase that is too short.
    """
    first, second = (each.strip() for each in openers)
    if not first or not second or first.casefold() == second.casefold():
        raise BadFact(
            "Sealed bids are opened by two people: name two different openers, each with "
            "`--opener`."
        )
    public, locked = new_keys(*passphrases)
    with (
        register.write() as session,
        acting(session, ref, "campaign sealed", stamp, seen=seen) as act,
    ):
        refuse_if_ended(act.case)
        campaign = _latest(act)
        if campaign.public_key is not None:
            raise NotAllowed(
                f"Campaign {campaign.no} is sealed already, for {campaign.first_opener} and "
                f"{campaign.second_opener}."
            )
        bids = own_in_force(session, Bid, ref)
        if any(bid.campaign_no == campaign.no for bid in bids):
            raise NotAllowed(
                f"Campaign {campaign.no} has bids already, which were recorded in the open; only "
                "a campaign without bids can be sealed."
            )
        act.amend(
            campaign, first_opener=first, second_opener=second, public_key=public,
            locked_key=locked,
        )  # fmt: skip


def close(register: Register, ref: str, stamp: Stamp, *, seen: int, closes_on: date) -> None:
    """Set the last day on which the latest campaign takes offers.

    Raises:
        NotRecorded: there is no campaign.
        BadFact: it would close before it began.
    """
    with (
        register.write() as session,
        acting(session, ref, "campaign closing date", stamp, seen=seen) as act,
    ):
        refuse_if_ended(act.case)
        latest = _latest(act)
        if latest.began_on is not None and closes_on < latest.began_on:
            raise BadFact(
                f"Campaign {latest.no} began on {day(latest.began_on)}; it can't close on "
                f"{day(closes_on)}."
            )
        act.amend(latest, closes_on=closes_on)


def _latest(act: Act) -> Campaign:
    campaigns = own_in_force(act.session, Campaign, act.case.ref)
    if not campaigns:
        raise NotRecorded(
            f"{act.case.ref} has no marketing campaign. Begin one: "
            f"`disposals campaign add {act.case.ref}`."
        )
    return campaigns[-1]
