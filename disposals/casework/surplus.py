"""Land offered to the council's other services, with time to reply."""

from collections.abc import Mapping
from typing import Any

from disposals.casework import evidence
from disposals.casework.acts import Act
from disposals.errors import BadFact
from disposals.words import day


def enter_circulation(act: Act, facts: Mapping[str, Any]) -> None:
    """Record that other services were offered the land, within an act that has begun.

    Raises:
        BadFact: their time to reply ends before they are asked.
        NotAllowed: the case is at an end.
    """
    refuse_reply_before_offer(act, facts)
    evidence.enter(act, "circulation", facts)


def refuse_reply_before_offer(_act: Act, facts: Mapping[str, Any]) -> None:
    """Refuse a last day for replies that lies before the day on which the land was offered.

    Raises:
        BadFact: names both days.
    """
    sent_on, reply_by = facts.get("sent_on"), facts.get("reply_by")
    if sent_on is not None and reply_by is not None and reply_by < sent_on:
        raise BadFact(
            f"reply-by: {day(reply_by)} is past on {day(sent_on)}, the day of the offer, so no "
            "service could reply. Correct one of the two."
        )
