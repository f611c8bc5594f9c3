"""Putting a case on hold, taking it up again, and refusing what an ended case can't do."""

from datetime import date
from typing import cast

from sqlalchemy.orm import object_session
from sqlmodel import Session

from disposals.casework.acts import Stamp, acting
from disposals.casework.validating import required
from disposals.errors import BadFact, NotAllowed
from disposals.readiness import definition_of
from disposals.records.cases import Disposal
from disposals.register import Register
from disposals.words import day, plainly


def hold(
    register: Register,
    ref: str,
    stamp: Stamp,
    *,
    seen: int,
    because: str | None,
    review_on: date | None = None,
) -> None:
    """Put a case on hold: it keeps its stage, its clocks run on, and it can't move.

    Raises:
        NotAllowed: it is on hold already, or at an end.
    """
    reason = required(because, "put a case on hold")
    with (
        register.write(ref) as session,
        acting(session, ref, "hold", stamp, seen=seen, because=reason) as act,
    ):
        refuse_if_ended(act.case)
        if act.case.held_on:
            raise NotAllowed(f"{ref} has been on hold since {day(act.case.held_on)}.")
        if review_on is not None and review_on <= stamp.on:
            raise BadFact(f"The review on {day(review_on)} must lie after {day(stamp.on)}.")
        act.marks = {"held_on": stamp.on, "held_because": reason, "review_on": review_on}
        if review_on is not None:  # kept, so that the hold can be looked back at
            act.facts.append({"kind": "hold", "review_on": review_on})


def resume(
    register: Register, ref: str, stamp: Stamp, *, seen: int, because: str | None = None
) -> None:
    """Take a case up again at the stage it kept.

    Raises:
        NotAllowed: it is not on hold.
    """
    with (
        register.write(ref) as session,
        acting(session, ref, "resume", stamp, seen=seen, because=because) as act,
    ):
        if act.case.held_on is None:
            raise NotAllowed(f"{ref} is not on hold.")
        act.marks = {"held_on": None, "held_because": None, "review_on": None}


def refuse_if_ended(case: Disposal) -> None:
    """Refuse an act on a case that has reached an end of its workflow.

    Raises:
        NotAllowed: says which end, and for a site sold in parts to name the part.
    """
    session = cast("Session", object_session(case))  # a case is acted on where it was found
    if not definition_of(session, case).is_end(case.stage):
        return
    if case.stage == "in_parts":
        raise NotAllowed(
            f"{case.ref} is sold in parts, each a case of its own. Name the part, such as "
            f"{case.ref}/part-1."
        )
    anew = (
        " To sell the land after all, open a new case: `disposals open`."
        if case.stage == "withdrawn"
        else ""
    )
    raise NotAllowed(f"{case.ref} is {plainly(case.stage)}; nothing follows.{anew}")


def on_hold(case: Disposal) -> str | None:
    """Since when and why a case is on hold, or None."""
    return f"on hold since {day(case.held_on)}: {case.held_because}" if case.held_on else None
