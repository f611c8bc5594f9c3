"""The contract as exchanged, its conditions one by one, and money that adds up."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from disposals import paid
from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.casework.validating import required
from disposals.errors import BadFact, NotAllowed, NotRecorded
from disposals.finding import holdings_of, own_in_force
from disposals.records.bids import Bid
from disposals.records.completion import Condition, Contract, Deed, Receipt, StatementLine
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register
from disposals.vocabulary import ReceiptKind
from disposals.words import listed, money


def exchanged(
    register: Register, ref: str, facts: Mapping[str, Any], stamp: Stamp, *, seen: int
) -> None:
    """Record the contract as exchanged: with the buyer and at the price of the agreed terms.

    Raises:
        NotAllowed: no terms are agreed, or the contract departs from them.
    """
    with (
        register.write() as session,
        acting(session, ref, "contract recorded", stamp, seen=seen) as act,
    ):
        enter_contract(act, facts)


def enter_contract(act: Act, facts: Mapping[str, Any]) -> None:
    """Record the contract within an act that has begun; raises as `exchanged` does.

    Deposit, overage, area and longstop are those of the terms where the facts do not mention them.
    """
    refuse_if_ended(act.case)
    ref = act.case.ref
    agreed = [
        terms
        for terms in own_in_force(act.session, HeadsOfTerms, ref)
        if terms.agreed_on is not None and terms.lapsed_on is None
    ]
    if not agreed:
        raise NotAllowed(
            f"{ref} has no agreed heads of terms to make a contract of. Agree them first: "
            f"`disposals terms agree {ref}`."
        )
    terms = max(agreed, key=lambda each: each.terms_version)
    _refuse_other_than(terms, ref, facts)
    agreed_too = ("deposit_pence", "overage", "overage_guaranteed_pence", "area_m2", "longstop_on")
    act.record(Contract, {name: getattr(terms, name) for name in agreed_too} | dict(facts))


def refuse_departure(act: Act, facts: Mapping[str, Any]) -> None:
    """Refuse a contract with another buyer or at another price than the terms agreed.

    Raises:
        NotAllowed: says what was agreed.
    """
    agreed = [
        terms
        for terms in own_in_force(act.session, HeadsOfTerms, act.case.ref)
        if terms.agreed_on is not None and terms.lapsed_on is None
    ]
    if agreed:
        _refuse_other_than(max(agreed, key=lambda t: t.terms_version), act.case.ref, facts)


def _refuse_other_than(terms: HeadsOfTerms, ref: str, facts: Mapping[str, Any]) -> None:
    sure = terms.overage_guaranteed_pence or 0
    same = (facts.get("buyer"), facts.get("price_pence")) == (terms.buyer, terms.price_pence)
    if not same or (facts.get("overage_guaranteed_pence", sure) or 0) < sure:
        overage = f" and {money(sure)} of guaranteed overage" if sure else ""
        raise NotAllowed(
            f"The contract departs from version {terms.terms_version} of the heads of terms, "
            f"which was agreed with {terms.buyer} at {money(terms.price_pence)}{overage}. Agree a "
            f"new version first: `disposals terms add {ref}`."
        )


def enter_deed(act: Act, facts: Mapping[str, Any]) -> None:
    """Record the deed within an act that has begun.

    Raises:
        NotRecorded: its plan shows a revision of the boundary that was never drawn.
    """
    refuse_if_ended(act.case)
    refuse_undrawn_boundary(act, facts)
    act.supersede(Deed, facts)


def refuse_undrawn_boundary(act: Act, facts: Mapping[str, Any]) -> None:
    """Refuse a deed whose plan shows a revision of the boundary that is not recorded.

    Raises:
        NotRecorded: says which revisions are.
    """
    from sites.boundaries import revisions  # noqa: PLC0415 (only a deed asks for boundaries)

    shown = facts.get("boundary_revision")
    drawn = {
        boundary.revision
        for held in holdings_of(act.session, act.case.ref)
        for boundary in revisions(act.session, held.site_ref, held.part_no)
    }
    if shown is None or shown in drawn:
        return
    there = f" Recorded: {listed(map(str, sorted(drawn)))}." if drawn else ""
    raise NotRecorded(f"boundary-revision: no revision {shown} of the boundary is drawn.{there}")


def enter_receipt(act: Act, facts: Mapping[str, Any]) -> None:
    """Record money received within an act that has begun.

    Raises:
        NotRecorded: it can come only under a contract, and none is recorded.
        BadFact: it is of nothing, or with it more would be received than the contract and the
            statement ask for.
    """
    refuse_if_ended(act.case)
    if facts.get("amount_pence") == 0:
        raise BadFact("amount: £0 is no receipt.")
    refuse_what_is_not_due(act, facts)
    act.record(Receipt, facts)


def refuse_what_is_not_due(
    act: Act, facts: Mapping[str, Any], *, instead_of: Receipt | None = None
) -> None:
    """Refuse a receipt without a contract, or with which more would be received than is due.

    Args:
        instead_of: the receipt that is corrected; one that is taken back is asked nothing.

    Raises:
        NotRecorded: it can come only under a contract, and none is recorded.
        BadFact: says what would be received and what is due.
    """
    ref, kind = act.case.ref, facts.get("kind", Receipt.model_fields["kind"].default)
    amount_pence = facts.get("amount_pence", 0)
    contracts = [c for c in own_in_force(act.session, Contract, ref) if c.lapsed_on is None]
    if amount_pence == 0 or paid.is_a(kind, ReceiptKind.OVERAGE):  # overage may be of an old sale
        return
    if not contracts:
        comes_first = paid.is_a(kind, *paid.BEFORE_A_CONTRACT)
        if not comes_first and (instead_of is None or instead_of.kind != kind):
            names = (f"`--kind '{name}'`" for name in paid.BEFORE_A_CONTRACT)
            raise NotRecorded(
                f"{ref} has no contract under which “{kind}” could be due. Record it first: "
                f"`disposals completion contract {ref}`. Only {listed(names, last='or')} may come "
                "before it, and overage of an earlier sale."
            )
        return
    contract = contracts[-1]
    lines = [x for x in own_in_force(act.session, StatementLine, ref) if x.lapsed_on is None]
    due = contract.price_pence + sum(x.amount_pence for x in lines if x.amount_pence > 0)
    come = paid.under(
        contract, own_in_force(act.session, Receipt, ref),
        terms=own_in_force(act.session, HeadsOfTerms, ref),
        bids=own_in_force(act.session, Bid, ref),
    )  # fmt: skip
    total = amount_pence + sum(
        each.amount_pence
        for each in paid.towards_price(come)
        if instead_of is None or each.id != instead_of.id
    )
    if total > due:
        raise BadFact(
            f"The receipt does not add up. amount: with {money(amount_pence)} the buyer would have "
            f"paid {money(total)}, and {money(due)} is due: the price of "
            f"{money(contract.price_pence)} and the lines of the completion statement. Correct the "
            "amount; or take back a receipt that was recorded by mistake: `disposals completion "
            f"edit {ref} ENTRY --set amount=0 --because REASON`; or, where the buyer owes more, "
            f"record what for: `disposals completion line {ref}`."
        )


def waive(
    register: Register,
    ref: str,
    title: str,
    stamp: Stamp,
    *,
    seen: int,
    waived_by: str,
    because: str | None,
) -> None:
    """Record that whom a condition protects gave it up.

    Raises:
        NotRecorded: the contract has no such condition.
        NotAllowed: it is satisfied already.
    """
    reason = required(because, "waive a condition")
    with (
        register.write() as session,
        acting(session, ref, "condition waived", stamp, seen=seen, because=reason) as act,
    ):
        refuse_if_ended(act.case)
        condition = _condition(act, title)
        if condition.satisfied_on is not None:
            raise NotAllowed(f"“{title}” is satisfied already; there is nothing to waive.")
        act.amend(condition, waived_on=stamp.on, waived_by=waived_by, waived_because=reason)


def satisfy(
    register: Register, ref: str, title: str, stamp: Stamp, *, seen: int, satisfied_on: date
) -> None:
    """Record that a condition of the contract is satisfied.

    Raises:
        NotRecorded: the contract has no such condition.
    """
    with (
        register.write() as session,
        acting(session, ref, "condition satisfied", stamp, seen=seen) as act,
    ):
        refuse_if_ended(act.case)
        act.amend(_condition(act, title), satisfied_on=satisfied_on)


def _condition(act: Act, title: str) -> Condition:
    conditions = {
        row.title: row
        for row in own_in_force(act.session, Condition, act.case.ref)
        if row.lapsed_on is None
    }
    if title not in conditions:
        known = f" It has: {listed(conditions)}." if conditions else ""
        raise NotRecorded(f"{act.case.ref} has no condition “{title}”.{known}")
    return conditions[title]
