"""What follows the taking of a decision: call-in, the day it takes effect, challenge in court."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from disposals.deadlines.clock import Clock, Step, held_by_clear_days, period
from disposals.deadlines.decision_file import DecisionFile
from disposals.policy import Policy
from disposals.vocabulary import CallInOutcome
from disposals.words import day

if TYPE_CHECKING:
    from disposals.records.decisions import CallIn, Decision


def call_in_period(decision: "Decision", published_on: date, policy: Policy) -> Clock:
    """The days after publication of its record in which it may be called in."""
    return held_by_clear_days(
        policy, "decisions.call-in", published_on, Step.EXCHANGE,
        name=f"call-in of {decision.number}", about=decision.number,
        began="publication", event="its taking effect",
    )  # fmt: skip


def call_in(file: DecisionFile, policy: Policy) -> Clock | None:
    """What holds a published decision back: its call-in period, or the call-in that was made.

    None where it is not subject to call-in, or its record is not published.
    """
    decision, called = file.decision, file.call_in
    if decision.call_in_waived or decision.published_on is None:
        return None
    clock = call_in_period(decision, decision.published_on, policy)
    if called is None:
        return clock
    settled = settled_on(called)
    told = f"Called in on {day(called.called_in_on)} by the {called.called_in_by}"
    if settled is None:
        waits = (
            "the outcome of the call-in"
            if called.outcome is None
            else f"the decision to be confirmed after it was {_sent(called)}"
        )
        says = f"{told}; no day can be named, for it waits for {waits}."
        return replace(clock, ends_on=None, earliest_on=None, says=says, passed_over=(), doubt="")
    if called.outcome is CallInOutcome.WITHDRAWN:
        return replace(
            clock, says=f"{told}, withdrawn on {day(settled)}. {clock.says}",
            earliest_on=max(clock.earliest_on or settled, settled),
        )  # fmt: skip
    says = f"{told}; {called.outcome}, and it stands since {day(settled)}."
    return replace(clock, ends_on=settled, earliest_on=settled, says=says, passed_over=(), doubt="")


def _sent(called: "CallIn") -> str:
    to_council = called.outcome is CallInOutcome.TO_COUNCIL
    return "sent to the Council" if to_council else "referred back"


def settled_on(called: "CallIn") -> date | None:
    """The day a called-in decision was free of the call-in; None while it is not."""
    if called.outcome in {CallInOutcome.REFERRED_BACK, CallInOutcome.TO_COUNCIL}:
        return called.confirmed_on
    return called.outcome_on if called.outcome is not None else None


def effective_on(file: DecisionFile, policy: Policy) -> date | None:
    """The day from which a decision may be acted on; None while nobody can say."""
    decision = file.decision
    if decision.taken_on is None:
        return None
    if decision.call_in_waived:
        return decision.taken_on
    clock = call_in(file, policy)
    return None if clock is None else clock.earliest_on


def challenge(decision: "Decision", policy: Policy) -> list[Clock]:
    """The time in which a court may be asked to review a decision that was taken."""
    if decision.taken_on is None:
        return []
    clock = period(
        policy, "decisions.challenge", decision.taken_on, None,
        name=f"judicial review of {decision.number}", about=decision.number, counts_first=False,
        began="it was taken",
    )  # fmt: skip
    return [replace(clock, says=f"{clock.says} A claim must be prompt, even within that time.")]
