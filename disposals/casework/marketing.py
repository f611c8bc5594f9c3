"""Marketing campaigns: begun with an agent, closed to offers on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from disposals.casework.acts import Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.errors import BadFact, NotRecorded
from disposals.finding import own_in_force
from disposals.records.marketing import Campaign
from disposals.register import Register
from disposals.words import day


def begin(
    register: Register, ref: str, facts: Mapping[str, Any], stamp: Stamp, *, seen: int
) -> None:
    """Record a new campaign with its agent; it takes the next number."""
    with (
        register.write() as session,
        acting(session, ref, "campaign begun", stamp, seen=seen) as act,
    ):
        refuse_if_ended(act.case)
        earlier = own_in_force(session, Campaign, ref)
        number = max((campaign.no for campaign in earlier), default=0) + 1
        act.record(Campaign, {**facts, "no": number})


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
        campaigns = own_in_force(session, Campaign, ref)
        if not campaigns:
            raise NotRecorded(
                f"{ref} has no marketing campaign. Begin one: `disposals campaign add {ref}`."
            )
        latest = campaigns[-1]
        if latest.began_on is not None and closes_on < latest.began_on:
            raise BadFact(
                f"Campaign {latest.no} began on {day(latest.began_on)}; it can't close on "
                f"{day(closes_on)}."
            )
        act.amend(latest, closes_on=closes_on)
