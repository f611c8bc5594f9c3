"""Leaving the main line: back to an earlier stage when a buyer is lost, or withdrawn."""

from sqlmodel import Session

from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.cases import on_hold, refuse_if_ended
from disposals.casework.meanwhile import refuse_backdated
from disposals.casework.validating import required
from disposals.errors import NotAllowed
from disposals.finding import own_in_force
from disposals.readiness import definition_of
from disposals.records.base import Evidence
from disposals.records.bids import Bid
from disposals.records.completion import Condition, Contract, Deed, StatementLine
from disposals.records.decisions import Approval
from disposals.records.marketing import Campaign
from disposals.records.reasons import ConsiderationReason
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register
from disposals.vocabulary import Standing
from disposals.words import listed, plainly
from workflows.definition import Kind
from workflows.engine import take
from workflows.gates import GateReport


def back(
    register: Register, ref: str, stamp: Stamp, *, seen: int, to: str, because: str | None
) -> None:
    """Return a case to an earlier stage; what fell through is marked so, and everything is kept.

    Raises:
        NoSuchStage, NoSuchMove: there is no such stage, or no return leads to it.
        NotAllowed: the case is on hold, or at an end.
    """
    reason = required(because, f"return a case to {plainly(to)}")
    with (
        register.write() as session,
        acting(session, ref, "back", stamp, seen=seen, because=reason) as act,
    ):
        refuse_if_ended(act.case)
        refuse_backdated(session, act.case, stamp.on)
        if held := on_hold(act.case):
            raise NotAllowed(f"{ref} is {held}. Take it up first: `disposals resume {ref}`.")
        definition = definition_of(session, act.case)
        move = definition.move_to(act.case.stage, to)
        if move.kind is not Kind.RETURN:
            raise NotAllowed(
                f"{plainly(to)} does not lie behind {plainly(act.case.stage)}; "
                f"`disposals advance {ref}` goes forward."
            )
        act.report = GateReport(move=move.name, findings=())
        act.to_stage = take(definition, act.case.stage, move, act.report)
        _let_fall(session, act, reason)


def withdraw(register: Register, ref: str, stamp: Stamp, *, seen: int, because: str | None) -> None:
    """End a case without a sale. It is kept, with all that was recorded.

    Raises:
        NotAllowed: the case is at an end already, or its workflow lets none be withdrawn there.
    """
    reason = required(because, "withdraw a case")
    with (
        register.write() as session,
        acting(session, ref, "withdraw", stamp, seen=seen, because=reason) as act,
    ):
        refuse_if_ended(act.case)
        refuse_backdated(session, act.case, stamp.on)
        definition = definition_of(session, act.case)
        moves = definition.moves_from(act.case.stage)
        move = next((move for move in moves if move.kind is Kind.WITHDRAW), None)
        if move is None:  # a workflow of the council's own may leave it out
            ways = listed((plainly(move.to) for move in moves), last="or")
            raise NotAllowed(
                f"In {definition.name} a case can't be withdrawn at {plainly(act.case.stage)}. It "
                f"can go to {ways}."
            )
        act.report = GateReport(move=move.name, findings=())
        act.to_stage = take(definition, act.case.stage, move, act.report)


def _let_fall(session: Session, act: Act, reason: str) -> None:
    """A buyer who is lost takes bid, reasons, terms, contract and approvals along.

    A return to heads of terms loses no buyer, only the contract. A return to marketing or before
    it ends the campaign too: its bids no longer count.
    """
    ref, on = act.case.ref, act.stamp.on
    _lapse(act, Approval, Contract, Condition, Deed, StatementLine)
    if act.to_stage == "heads_of_terms":
        return
    for bid in own_in_force(session, Bid, ref):
        if bid.standing is Standing.PREFERRED:
            act.amend(bid, standing=Standing.FELL_THROUGH, standing_because=reason)
    _lapse(act, HeadsOfTerms, ConsiderationReason)
    line = definition_of(session, act.case).main_line
    if {"marketing", act.to_stage} <= set(line) and (
        line.index(act.to_stage) <= line.index("marketing")
    ):
        for campaign in own_in_force(session, Campaign, ref):
            if campaign.ended_on is None:
                act.amend(campaign, ended_on=on)


def _lapse(act: Act, *kinds: type[Evidence]) -> None:
    for kind in kinds:
        for row in own_in_force(act.session, kind, act.case.ref):
            if getattr(row, "lapsed_on") is None:  # noqa: B009 (each of these kinds has it)
                act.amend(row, lapsed_on=act.stamp.on)
