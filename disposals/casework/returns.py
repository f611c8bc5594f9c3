"""Leaving the main line: back to an earlier stage when a buyer is lost, or withdrawn."""

from sqlmodel import Session

from disposals.casework.acts import Act, Stamp, acting, required
from disposals.casework.cases import on_hold, refuse_if_ended
from disposals.errors import NotAllowed
from disposals.finding import own_in_force
from disposals.readiness import definition_of
from disposals.records.bids import Bid
from disposals.records.completion import Condition, Contract
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register
from disposals.vocabulary import Standing
from disposals.words import plainly
from workflows.definition import Kind
from workflows.engine import take
from workflows.gates import GateReport


def back(
    register: Register, ref: str, stamp: Stamp, *, seen: int, to: str, because: str | None
) -> None:
    """Return a case to an earlier stage; what fell through is marked so, and everything is kept.

    Raises:
        NoSuchMove: no return leads from its stage to that one.
        NotAllowed: the case is on hold, or at an end.
    """
    reason = required(because, f"return a case to {plainly(to)}")
    with (
        register.write() as session,
        acting(session, ref, "back", stamp, seen=seen, because=reason) as act,
    ):
        refuse_if_ended(act.case)
        if held := on_hold(act.case):
            raise NotAllowed(f"{ref} is {held}. Take it up first: `disposals resume {ref}`.")
        move = definition_of(act.case).move_to(act.case.stage, to)
        if move.kind is not Kind.RETURN:
            raise NotAllowed(
                f"{plainly(to)} does not lie behind {plainly(act.case.stage)}; "
                f"`disposals advance {ref}` goes forward."
            )
        _let_fall(session, act, reason)
        act.report = GateReport(move=move.name, findings=())
        act.to_stage = take(definition_of(act.case), act.case.stage, move, act.report)


def withdraw(register: Register, ref: str, stamp: Stamp, *, seen: int, because: str | None) -> None:
    """End a case without a sale. It is kept, with all that was recorded.

    Raises:
        NotAllowed: the case is at an end already.
    """
    reason = required(because, "withdraw a case")
    with (
        register.write() as session,
        acting(session, ref, "withdraw", stamp, seen=seen, because=reason) as act,
    ):
        refuse_if_ended(act.case)
        definition = definition_of(act.case)
        moves = definition.moves_from(act.case.stage)
        move = next(move for move in moves if move.kind is Kind.WITHDRAW)
        act.report = GateReport(move=move.name, findings=())
        act.to_stage = take(definition, act.case.stage, move, act.report)


def _let_fall(session: Session, act: Act, reason: str) -> None:
    """A buyer who is lost takes the preferred bid, the terms and the contract along."""
    ref, on = act.case.ref, act.stamp.on
    for bid in own_in_force(session, Bid, ref):
        if bid.standing is Standing.PREFERRED:
            act.amend(bid, standing=Standing.FELL_THROUGH, standing_because=reason)
    fallen: list[HeadsOfTerms | Contract | Condition] = [
        *own_in_force(session, HeadsOfTerms, ref),
        *own_in_force(session, Contract, ref),
        *own_in_force(session, Condition, ref),
    ]
    for row in fallen:
        if row.lapsed_on is None:
            act.amend(row, lapsed_on=on)
