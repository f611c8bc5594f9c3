"""Committees that consider a proposed decision, and private meetings that are to take one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from disposals.casework.acts import Act, Stamp
from disposals.casework.carrying import carry_out, refuse_once_taken
from disposals.deadlines.before_taking import last_day_for_papers, papers
from disposals.deadlines.decision_file import DecisionFile
from disposals.errors import BadFact, NotAllowed, NotRecorded
from disposals.policy import Policy
from disposals.records.decisions import Decision, PrivateMeeting, Referral
from disposals.register import Register
from disposals.vocabulary import Recommendation
from disposals.words import day


def publish_report(
    register: Register,
    number: str,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    committee: str | None = None,
    meeting_on: date | None = None,
    late_because: str | None = None,
) -> None:
    """Record that agenda and report for a committee were published on the day of the act.

    Args:
        committee: the one that the proposal names, where it is None.
        meeting_on: the day that the proposal names, where it is None.
        late_because: why the chair takes the report as urgent, where it is late.

    Raises:
        NotRecorded: no decision of that number is recorded.
        BadFact: neither the act nor the proposal says which committee, or when it meets.
        NotAllowed: it leaves too few clear days; names the earliest lawful meeting. Or the
            decision is taken already.
    """

    def published(act: Act, file: DecisionFile) -> None:
        decision = file.decision
        refuse_once_taken(decision, "committees consider it")
        name = _named(decision, committee)
        meets = meeting_on or (decision.considered_on if name == decision.committee else None)
        if meets is None:
            raise BadFact(f"When does the {name} meet? Say so with `--meeting-on`.")
        policy = Policy(register.authority, stamp.on)
        if late_because is None:
            _refuse_late(name, stamp.on, meets, policy, number)
        facts = {
            "number": number, "committee": name, "meeting_on": meets,
            "report_published_on": stamp.on, "late_because": late_because,
            "considered_on": None, "recommendation": None, "amended": None, "abstentions": None,
        }  # fmt: skip
        act.supersede(Referral, _disclosed_as(decision, facts))

    carry_out(register, number, "report published", stamp, seen, published)


def _refuse_late(
    committee: str, published_on: date, meets: date, policy: Policy, number: str
) -> None:
    clock = papers(committee, published_on, policy, number=number)
    if clock.doubt:
        raise NotAllowed(f"{number}: {clock.doubt}")
    earliest, last = clock.earliest_on or meets, last_day_for_papers(meets, policy)
    # A committee may meet on a Saturday, which is no working day but comes after five of them.
    if meets < earliest and published_on > last:
        raise NotAllowed(
            f"The {committee} can't consider {number} on {day(meets)} with papers published on "
            f"{day(published_on)}. {clock.says} The earliest lawful meeting is {day(earliest)}; "
            f"for {day(meets)} they had to be published by {day(last)} ({clock.rule.source}). If "
            "the chair takes "
            "the report as urgent, say why with `--late-because`."
        )


def consider(
    register: Register,
    number: str,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    recommendation: str,
    committee: str | None = None,
    amended: str | None = None,
    abstentions: int | None = None,
) -> None:
    """Record what a committee made of a proposed decision on the day of the act.

    Args:
        recommendation: “endorsed”, “endorsed as amended”, “not endorsed” or “deferred”.
        committee: the one that the proposal names, where it is None.
        amended: the words in which it endorsed the decision, where it amended them.

    Raises:
        NotRecorded: no decision of that number is recorded, or no report of it was published.
        BadFact: there is no such recommendation, or an amendment has no words.
        NotAllowed: too few clear days lay between; names the earliest lawful day. Or the decision
            is taken already.
    """
    if (recommendation == Recommendation.AMENDED) != bool((amended or "").strip()):
        raise BadFact(
            "The words as amended are recorded where a decision is endorsed as amended, and only "
            "there: `--recommendation 'endorsed as amended' --amended WORDS`."
        )

    def considered(act: Act, file: DecisionFile) -> None:
        refuse_once_taken(file.decision, "committees consider it")
        name = _named(file.decision, committee)
        referral = next((each for each in file.referrals if each.committee == name), None)
        if referral is None or referral.report_published_on is None:
            raise NotRecorded(
                f"That agenda and report for the {name} were published is not recorded. Record it "
                f'first: `disposals decision publish-report {number} --committee "{name}" '
                "--meeting-on DATE --on DATE`."
            )
        if referral.late_because is None:
            policy = Policy(register.authority, stamp.on)
            _refuse_late(name, referral.report_published_on, stamp.on, policy, number)
        elif stamp.on < referral.report_published_on:
            raise NotAllowed(
                f"The report for the {name} was published on "
                f"{day(referral.report_published_on)}; it can't have been considered before."
            )
        act.amend(
            referral, meeting_on=stamp.on, considered_on=stamp.on, recommendation=recommendation,
            amended=amended, abstentions=abstentions,
        )  # fmt: skip

    carry_out(register, number, "decision considered", stamp, seen, considered)


def meet_in_private(
    register: Register,
    number: str,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    meeting_on: date | None = None,
    second: bool = False,
    agreed_by: str | None = None,
) -> None:
    """Record notice, given on the day of the act, of a private meeting that takes the decision.

    Args:
        meeting_on: the day of the meeting; asked for at the first notice.
        second: it is the second notice, with the representations received.
        agreed_by: who agreed that it is urgent, so that no notice is given (reg 5(6)).

    Raises:
        NotRecorded: no decision of that number is recorded, or no first notice.
        BadFact: the day of the meeting is not given.
        NotAllowed: it is taken already.
    """

    def noticed(act: Act, file: DecisionFile) -> None:
        refuse_once_taken(file.decision, "notice of a private meeting comes")
        meeting = file.private
        if second:
            if meeting is None or meeting.notice_on is None:
                raise NotRecorded(
                    f"No first notice of a private meeting on {number} is recorded. Record it "
                    f"first: `disposals decision private {number} --meeting-on DATE --on DATE`."
                )
            if stamp.on <= meeting.notice_on:
                raise NotAllowed(
                    f"The first notice was given on {day(meeting.notice_on)}; the second tells "
                    "what was said to it, and comes later."
                )
            act.amend(
                meeting, second_notice_on=stamp.on, meeting_on=meeting_on or meeting.meeting_on
            )
            return
        if meeting_on is None:
            raise BadFact("When is the private meeting? Say so with `--meeting-on`.")
        facts = {
            "number": number, "meeting_on": meeting_on, "agreed_by": agreed_by,
            "notice_on": None if agreed_by else stamp.on, "second_notice_on": None,
        }  # fmt: skip
        act.supersede(PrivateMeeting, _disclosed_as(file.decision, facts))

    carry_out(register, number, "private meeting noticed", stamp, seen, noticed)


def _named(decision: Decision, committee: str | None) -> str:
    name = committee or decision.committee
    if name is None:
        raise BadFact(f"Which committee considers {decision.number}? Say so with `--committee`.")
    return name


def _disclosed_as(decision: Decision, facts: dict[str, Any]) -> dict[str, Any]:
    """What is recorded about a decision is as open as the decision itself."""
    return {**facts, "disclosure": decision.disclosure, "paragraphs": decision.paragraphs}
