"""How far an executive decision has come, and every clock that runs on it."""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from disposals.deadlines.after_taking import call_in, call_in_period, challenge, effective_on
from disposals.deadlines.before_taking import (
    committees,
    notice,
    private_meeting,
    still_to_consider,
)
from disposals.deadlines.clock import Clock
from disposals.deadlines.decision_file import DecisionFile
from disposals.policy import Policy


class State(StrEnum):
    """How far a decision has come: read from its dated records, never stored."""

    PROPOSED = "proposed"
    NOTIFIED = "notified"
    PUBLISHED = "published"
    CONSIDERED = "considered"
    TAKEN = "taken"
    CALLED_IN = "called in"
    EFFECTIVE = "effective"
    WITHDRAWN = "withdrawn"


def clocks_of_decision(
    file: DecisionFile, policy: Policy, *, on: date, only_begun: bool = False
) -> list[Clock]:
    """Every clock of a decision; what has not begun as if it began as soon as it lawfully could.

    Args:
        only_begun: leave out what has not begun.
    """
    decision = file.decision
    if decision.withdrawn_on is not None and decision.withdrawn_on <= on:
        return []
    found = []
    if decision.taken_on is None:
        found += notice(decision, policy, on=on)
        found += committees(file, policy, on=on, only_begun=only_begun)
        found += private_meeting(file, policy, on=on)
    elif decision.is_key:
        found += notice(decision, policy, on=decision.taken_on)
    if not decision.call_in_waived:
        clock = call_in(file, policy)
        if clock is None and not only_begun:
            taken = decision.taken_on or max((c.earliest_on or on for c in found), default=on)
            assumed = call_in_period(decision, max(on, taken), policy)
            clock = replace(assumed, is_assumed=True)
        found += [clock] if clock else []
    told = [*found, *challenge(decision, policy)]
    return [clock for clock in told if not (only_begun and clock.is_assumed)]


def state_of(file: DecisionFile, policy: Policy, on: date) -> State:
    """How far a decision has come by a day.

    A meeting that is recorded on the decision itself counts as held when its day has passed,
    unless what the committee made of it is recorded apart.
    """
    decision = file.decision

    def by(day: date | None) -> bool:
        return day is not None and day <= on

    if by(decision.withdrawn_on):
        return State.WITHDRAWN
    if by(decision.taken_on):
        if by(effective_on(file, policy)):
            return State.EFFECTIVE
        called = file.call_in
        return State.CALLED_IN if called and by(called.called_in_on) else State.TAKEN
    if not [*still_to_consider(file, on)] and (file.referrals or by(decision.considered_on)):
        return State.CONSIDERED
    if any(by(each.report_published_on) for each in file.referrals):
        return State.PUBLISHED
    return State.NOTIFIED if by(decision.notice_on) else State.PROPOSED
