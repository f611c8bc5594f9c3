"""Who may not take a decision, and when it is too early to take it."""

from datetime import date

from disposals.deadlines.before_taking import before_taking, still_to_consider
from disposals.deadlines.clock import Clock
from disposals.deadlines.decision_file import DecisionFile
from disposals.errors import NotAllowed
from disposals.gates.proposals import is_own_proposal
from disposals.policy import Policy
from disposals.records.decisions import Decision
from disposals.words import day


def refuse_own_proposal(decision: Decision, policy: Policy) -> None:
    """Refuse that a decision is taken by whoever put it forward, where the council forbids it.

    Raises:
        NotAllowed: names the rule and what to do.
    """
    if is_own_proposal(decision) and not policy.number("decisions.own-proposal"):
        rule = policy.rule("decisions.own-proposal")
        raise NotAllowed(
            f"The {decision.taker} put {decision.number} forward and so can't take it "
            f"({rule.source}). Name another taker: `disposals decision edit "
            f"{decision.disposal_ref} decision-{decision.id} --set taker=WHO --because REASON`."
        )


def refuse_unlawful(file: DecisionFile, policy: Policy, taken_on: date) -> None:
    """Refuse a taking that comes before what it waits for.

    Raises:
        NotAllowed: gives every reason, the earliest lawful day, and what to do.
    """
    decision, number = file.decision, file.decision.number
    clocks = before_taking(file, policy, on=taken_on)
    for clock in clocks:
        if clock.is_assumed:
            raise NotAllowed(_not_begun(decision, clock))
        if clock.doubt:
            raise NotAllowed(f"{number}: {clock.doubt}")
    early = [clock for clock in clocks if clock.earliest_on and clock.earliest_on > taken_on]
    if early:
        earliest = max(clock.earliest_on for clock in early if clock.earliest_on)
        reasons = " ".join(_too_early(clock) for clock in early)
        urgent = (
            " If it was urgent, record the exception first: `disposals decision urgent`."
            if decision.is_key and decision.exception is None
            else ""
        )
        raise NotAllowed(
            f"{number} can't be taken on {day(taken_on)}. {reasons} The earliest lawful day is "
            f"{day(earliest)}.{urgent}"
        )
    if decision.exception is None:
        for committee, meeting_on, _ in still_to_consider(file, taken_on):
            raise NotAllowed(
                f"{number} was put before the {committee} of {day(meeting_on)}, and what it made "
                f"of it is not recorded. Record it first: `disposals decision consider {number} "
                f'--committee "{committee}"`.'
            )


def _not_begun(decision: Decision, clock: Clock) -> str:
    number, earliest = decision.number, day(clock.earliest_on or clock.starts_on)
    if clock.rule.id == "decisions.notice":
        return (
            f"{number} is a key decision and no notice of it is recorded ({clock.rule.source}). "
            f"Noticed on {day(clock.starts_on)}, the earliest lawful day would be {earliest}. "
            f"Record the notice first, `disposals decision notify {number} --on DATE`, or the "
            f"exception that is relied on: `disposals decision urgent {number}`."
        )
    return (
        f"The {clock.name} is not recorded ({clock.rule.source}). Given on "
        f"{day(clock.starts_on)}, the earliest lawful day would be {earliest}. Record it first: "
        f"`disposals decision private {number}`."
    )


def _too_early(clock: Clock) -> str:
    if not clock.rule.value:
        return clock.says
    what = clock.name.partition(" of ")[0]
    return (
        f"{clock.rule.value} clear days after {what} on {day(clock.starts_on)} the earliest day "
        f"is {day(clock.earliest_on or clock.starts_on)} ({clock.rule.source})."
    )
