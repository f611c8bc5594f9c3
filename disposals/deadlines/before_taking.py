"""What the taking of a decision waits for: notice, or an exception to it; committees; meetings."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from disposals.clocks import before_clear_days
from disposals.deadlines.clock import Clock, Step, calendar_of, held_by_clear_days, rule_on
from disposals.deadlines.decision_file import DecisionFile
from disposals.policy import Policy
from disposals.vocabulary import Recommendation, Urgency
from disposals.words import day

if TYPE_CHECKING:
    from disposals.records.decisions import Decision, Referral


def notice(decision: "Decision", policy: Policy, *, on: date) -> list[Clock]:
    """The notice of a key decision, or the exception that is relied on in its stead.

    Where both are recorded, the one that lets it be taken sooner. Without either, the notice as
    if it were given on the day. Nothing for a decision that is not key.
    """
    if not decision.is_key:
        return []
    if decision.urgency and decision.exception is None:
        return []  # recorded before exceptions were named
    found = [*_exception(decision, policy)]
    if decision.notice_on is not None or not found:
        found.append(
            held_by_clear_days(
                policy, "decisions.notice", decision.notice_on or on, Step.TAKE,
                name=f"notice of key decision {decision.number}", about=decision.number,
                began="notice", event="the decision", is_assumed=decision.notice_on is None,
            )
        )  # fmt: skip
    return [min(found, key=lambda clock: clock.earliest_on or date.max)]


def _exception(decision: "Decision", policy: Policy) -> Iterable[Clock]:
    start, number = decision.exception_on, decision.number
    if start is None or decision.exception is None:
        return
    if decision.exception is Urgency.GENERAL_EXCEPTION:
        yield held_by_clear_days(
            policy, "decisions.general-exception", start, Step.TAKE,
            name=f"general exception for {number}", about=number,
            began="making the notice available", event="the decision",
        )  # fmt: skip
        return
    yield Clock(
        f"special urgency of {number}", number, start, start, Step.TAKE, holds=True,
        earliest_on=start, rule=rule_on(policy, "decisions.special-urgency", start),
        says=f"No days of notice, for the {decision.exception_agreed_by} agreed on {day(start)} "
        f"that it is urgent: {decision.urgency}",
    )  # fmt: skip


def papers(committee: str, published_on: date, policy: Policy, *, number: str) -> Clock:
    """Agenda and report, open to the public for clear days before a committee meets."""
    return held_by_clear_days(
        policy, "decisions.papers", published_on, Step.CONSIDER,
        name=f"agenda and report for the {committee}", about=number,
        began="publication", event="the meeting",
    )  # fmt: skip


def last_day_for_papers(meeting_on: date, policy: Policy) -> date:
    """The last day on which agenda and report may be published for a meeting on a day."""
    rule = rule_on(policy, "decisions.papers", meeting_on)
    return before_clear_days(meeting_on, rule.number, calendar_of(rule))


def committees(
    file: DecisionFile, policy: Policy, *, on: date, only_begun: bool = False
) -> list[Clock]:
    """For each committee still to consider it: its papers, and that the decision waits for it.

    A recorded exception lets an urgent decision be taken before a committee can meet.

    Args:
        only_begun: leave out papers that are not published.
    """
    found = []
    for name, meeting_on, published_on in still_to_consider(file, on):
        if published_on is not None:
            found.append(papers(name, published_on, policy, number=file.decision.number))
        elif not only_begun:
            found.append(_papers_to_come(file, name, meeting_on, policy, on))
        if file.decision.exception is None:
            found.append(_after_the_committee(file, name, meeting_on, policy))
    return found


def _papers_to_come(
    file: DecisionFile, name: str, meeting_on: date, policy: Policy, on: date
) -> Clock:
    last = last_day_for_papers(meeting_on, policy)
    clock = papers(name, on, policy, number=file.decision.number)
    until = "they have to be published by" if on <= last else "they had to be published by"
    says = (
        f"For the meeting on {day(meeting_on)} {until} {day(last)}. Published today: {clock.says}"
    )
    return replace(clock, is_assumed=True, says=says)


def _after_the_committee(file: DecisionFile, name: str, meeting_on: date, policy: Policy) -> Clock:
    number = file.decision.number
    return Clock(
        f"{name} on {number}", number, meeting_on, meeting_on, Step.TAKE, holds=True,
        earliest_on=meeting_on, rule=rule_on(policy, "decisions.committee-first", meeting_on),
        says=f"The {name} meets on {day(meeting_on)} and considers it first.",
    )  # fmt: skip


def still_to_consider(file: DecisionFile, on: date) -> Iterable[tuple[str, date, date | None]]:
    """Committee, meeting and publication of each that is still to consider it."""
    for each in file.referrals:
        if not _considered(each, on):
            yield each.committee, each.meeting_on, each.report_published_on
    named, planned = file.decision.committee, file.decision.considered_on
    if (
        named is not None
        and planned is not None
        and planned > on
        and all(each.committee != named for each in file.referrals)
    ):
        yield named, planned, None


def _considered(referral: "Referral", on: date) -> bool:
    return (
        referral.considered_on is not None
        and referral.considered_on <= on
        and referral.recommendation is not Recommendation.DEFERRED
    )


def private_meeting(file: DecisionFile, policy: Policy, *, on: date) -> list[Clock]:
    """The two notices of a private meeting that takes the decision, unless it is agreed urgent."""
    meeting, number = file.private, file.decision.number
    if meeting is None or meeting.agreed_by is not None:
        return []
    given = (
        ("decisions.private-meeting", "notice of the private meeting", meeting.notice_on),
        ("decisions.private-meeting-again", "second notice of it", meeting.second_notice_on),
    )
    return [
        held_by_clear_days(
            policy, rule, start or on, Step.TAKE, name=f"{name} on {number}", about=number,
            began="notice", event="the meeting", is_assumed=start is None,
        )
        for rule, name, start in given
    ]  # fmt: skip


def before_taking(file: DecisionFile, policy: Policy, *, on: date) -> list[Clock]:
    """Every clock that the taking of a decision waits for."""
    decision = file.decision
    return [
        *notice(decision, policy, on=on),
        *(clock for clock in committees(file, policy, on=on) if clock.step is Step.TAKE),
        *private_meeting(file, policy, on=on),
    ]
