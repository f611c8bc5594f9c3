"""Heads of terms: each version drafted, one of them agreed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from disposals.casework.acts import Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.errors import NotAllowed, NotRecorded
from disposals.finding import own_in_force
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register
from disposals.words import day


def draft(
    register: Register, ref: str, facts: Mapping[str, Any], stamp: Stamp, *, seen: int
) -> None:
    """Record the next version of the terms; earlier versions are kept."""
    with (
        register.write() as session,
        acting(session, ref, "heads of terms drafted", stamp, seen=seen) as act,
    ):
        refuse_if_ended(act.case)
        earlier = own_in_force(session, HeadsOfTerms, ref)
        number = max((terms.terms_version for terms in earlier), default=0) + 1
        act.record(HeadsOfTerms, {**facts, "terms_version": number})


def agree(
    register: Register, ref: str, stamp: Stamp, *, seen: int, version: int, agreed_on: date
) -> None:
    """Record that both sides agreed a version, subject to contract.

    Raises:
        NotRecorded: there is no such version.
        NotAllowed: it was agreed already, or lapsed with its buyer.
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
        if terms.agreed_on is not None:
            raise NotAllowed(f"Version {version} was agreed on {day(terms.agreed_on)} already.")
        act.amend(terms, agreed_on=agreed_on)
