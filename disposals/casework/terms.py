"""Heads of terms: each version drafted, changed clause by clause, agreed by both sides."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.casework.validating import refuse_slip
from disposals.errors import BadFact, NotAllowed, NotRecorded
from disposals.finding import own_in_force
from disposals.payments import stages
from disposals.records.bids import Bid
from disposals.records.clauses import Clause
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register
from disposals.vocabulary import Side
from disposals.words import day, money


def draft(
    register: Register, ref: str, facts: Mapping[str, Any], stamp: Stamp, *, seen: int
) -> None:
    """Record the next version of the terms; earlier versions are kept."""
    with (
        register.write() as session,
        acting(session, ref, "heads of terms drafted", stamp, seen=seen) as act,
    ):
        enter(act, facts)


def enter(act: Act, facts: Mapping[str, Any]) -> None:
    """Draft the next version within an act that has begun.

    What the facts do not mention, and the clauses, are carried forward from the last version with
    the same buyer.

    Raises:
        BadFact: the payments do not add up, the deposit is more than the price, or the buyer's
            name may be a slip of a bidder's or of the last buyer's.
    """
    refuse_if_ended(act.case)
    versions = own_in_force(act.session, HeadsOfTerms, act.case.ref)
    if not act.is_sure:
        bidders = (bid.bidder for bid in own_in_force(act.session, Bid, act.case.ref))
        refuse_slip(facts.get("buyer"), [*bidders, *(each.buyer for each in versions)], "buyer")
    last = max(versions, key=lambda each: each.terms_version, default=None)
    number = 1 if last is None else last.terms_version + 1
    told = dict(facts)
    if last is not None and last.buyer == facts.get("buyer") and last.lapsed_on is None:
        told = _carried(last, told)
        for clause in own_in_force(act.session, Clause, act.case.ref):
            if clause.terms_version == last.terms_version and not clause.is_struck_out:
                kept = clause.model_dump(include={"no", "heading", "text", "longstop_on"})
                act.record(Clause, {**kept, "terms_version": number})
    refuse_what_does_not_add_up(act, told)
    act.record(HeadsOfTerms, {**told, "terms_version": number})


def enter_clause(act: Act, facts: Mapping[str, Any]) -> None:
    """Write a clause into the latest version within an act that has begun.

    Raises:
        NotRecorded: no version is drafted.
        NotAllowed: the latest is agreed; a change to it is a new version.
    """
    refuse_if_ended(act.case)
    ref = act.case.ref
    live = [t for t in own_in_force(act.session, HeadsOfTerms, ref) if t.lapsed_on is None]
    if not live:
        raise NotRecorded(
            f"{ref} has no heads of terms. Draft a version first: `disposals terms add {ref}`."
        )
    terms = max(live, key=lambda each: each.terms_version)
    if terms.agreed_on is not None:
        raise NotAllowed(
            f"Version {terms.terms_version} is agreed, so its clauses stand. Draft the next "
            f"version first: `disposals terms add {ref}`; clauses are carried forward to it."
        )
    act.supersede(Clause, {**facts, "terms_version": terms.terms_version})


def agree(
    register: Register,
    ref: str,
    stamp: Stamp,
    *,
    seen: int,
    version: int,
    agreed_on: date,
    side: Side = Side.BOTH,
) -> None:
    """Record that a side, or both, agreed a version, subject to contract.

    Raises:
        NotRecorded: there is no such version.
        NotAllowed: that side agreed it already, it lapsed with its buyer, or it is not the latest.
    """
    with (
        register.write() as session,
        acting(session, ref, "heads of terms agreed", stamp, seen=seen) as act,
    ):
        refuse_if_ended(act.case)
        versions = {t.terms_version: t for t in own_in_force(session, HeadsOfTerms, ref)}
        if version not in versions:
            raise NotRecorded(
                f"{ref} has no version {version} of heads of terms. Record it first: "
                f"`disposals terms add {ref}`."
            )
        terms = versions[version]
        if terms.lapsed_on is not None:
            raise NotAllowed(f"Version {version} lapsed on {day(terms.lapsed_on)} with its buyer.")
        if version != max(versions):
            raise NotAllowed(
                f"Version {version} is not the latest; version {max(versions)} is what the sides "
                f"have before them. Agree that one, or draft the next: `disposals terms add {ref}`."
            )
        if terms.agreed_on is not None:
            raise NotAllowed(f"Version {version} was agreed on {day(terms.agreed_on)} already.")
        changes: dict[str, date] = {}
        if side is not Side.BUYER and terms.seller_agreed_on is None:
            changes["seller_agreed_on"] = agreed_on
        if side is not Side.SELLER and terms.buyer_agreed_on is None:
            changes["buyer_agreed_on"] = agreed_on
        if not changes:
            raise NotAllowed(f"The {side} agreed version {version} already.")
        both = terms.model_copy(update=changes)
        if both.seller_agreed_on and both.buyer_agreed_on:
            changes["agreed_on"] = max(both.seller_agreed_on, both.buyer_agreed_on)
        act.amend(terms, **changes)


def _carried(last: HeadsOfTerms, told: dict[str, Any]) -> dict[str, Any]:
    by_hand = {
        name: value
        for name, value in last.model_dump().items()
        if HeadsOfTerms.model_fields[name].description and value is not None
    }
    # What is paid when belongs to a price; with another price it is said anew.
    if told.get("price_pence", last.price_pence) != last.price_pence:
        by_hand.pop("payments", None)
    return by_hand | told


def refuse_what_does_not_add_up(_act: Act, told: Mapping[str, Any]) -> None:
    """Refuse terms that contradict themselves.

    Raises:
        BadFact: names what can't be right.
    """
    if told.get("overage_guaranteed_pence") and told.get("overage_after_months") is None:
        raise BadFact(
            "overage-after-months: a guaranteed overage is worth what it is today only if it is "
            "known when it is paid. Give the months from now."
        )
    price, deposit = told.get("price_pence"), told.get("deposit_pence")
    if price is None:
        return
    if told.get("payments") is not None:
        stages(told["payments"], price)
    if deposit is not None and deposit > price:
        raise BadFact(f"deposit: {money(deposit)} is more than the price of {money(price)}.")
