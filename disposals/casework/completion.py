"""The contract as exchanged, and its conditions, satisfied one by one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from disposals.casework.acts import Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.errors import NotAllowed, NotRecorded
from disposals.finding import own_in_force
from disposals.records.completion import Condition, Contract
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register
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
        refuse_if_ended(act.case)
        agreed = [
            terms
            for terms in own_in_force(session, HeadsOfTerms, ref)
            if terms.agreed_on is not None and terms.lapsed_on is None
        ]
        if not agreed:
            raise NotAllowed(f"{ref} has no agreed heads of terms to make a contract of.")
        terms = max(agreed, key=lambda each: each.terms_version)
        if (facts["buyer"], facts["price_pence"]) != (terms.buyer, terms.price_pence):
            raise NotAllowed(
                f"The contract departs from version {terms.terms_version} of the heads of terms, "
                f"which was agreed with {terms.buyer} at {money(terms.price_pence)}. Agree a new "
                f"version first: `disposals terms add {ref}`."
            )
        act.record(Contract, facts)


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
        conditions = {
            row.title: row for row in own_in_force(session, Condition, ref) if row.lapsed_on is None
        }
        if title not in conditions:
            known = f" It has: {listed(conditions)}." if conditions else ""
            raise NotRecorded(f"{ref} has no condition “{title}”.{known}")
        act.amend(conditions[title], satisfied_on=satisfied_on)
