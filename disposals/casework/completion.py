"""Conditions of the contract, satisfied one by one."""

from datetime import date

from disposals.casework.acts import Stamp, acting
from disposals.errors import NotRecorded
from disposals.finding import own_in_force
from disposals.records.completion import Condition
from disposals.register import Register
from disposals.words import listed


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
        conditions = {
            row.title: row for row in own_in_force(session, Condition, ref) if row.lapsed_on is None
        }
        if title not in conditions:
            known = f" It has: {listed(conditions)}." if conditions else ""
            raise NotRecorded(f"{ref} has no condition “{title}”.{known}")
        act.amend(conditions[title], satisfied_on=satisfied_on)
