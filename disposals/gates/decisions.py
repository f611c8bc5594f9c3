"""Gates on the executive decision: noticed, considered, taken, past call-in, and screened."""

from disposals.casefile import CaseFile
from disposals.deadlines import after_taking, before_taking
from disposals.deadlines.clock import Clock
from disposals.deadlines.decision_file import decision_files
from disposals.gates import gate, to_edit
from disposals.gates.proposals import in_question, is_own_proposal, no_decision
from disposals.records.decisions import (
    Assessment,
    CallIn,
    Decision,
    PrivateMeeting,
    Referral,
)
from disposals.vocabulary import CallInOutcome, Screening
from disposals.words import day, listed
from workflows.gates import Answer, Remedy, by, met, not_applicable, unknown, unmet


@gate(
    "decisions.notice-given",
    asks="Was notice of the key decision given in time?",
    rule="decisions.notice",
    owner="democratic services",
    remedy="decision notify",
    reads=(Decision,),
)
def notice_given(file: CaseFile) -> Answer:
    """The day of notice and the day of decision do not count; every calendar day between does."""
    decision = in_question(file)
    if decision is None:
        return no_decision()
    if not decision.is_key:
        return not_applicable(f"{decision.number} is not a key decision.")
    if decision.urgency and decision.exception is None:
        return met(f"{decision.number} was urgent: {decision.urgency}")
    return _noticed(file, decision)


def _noticed(file: CaseFile, decision: Decision) -> Answer:
    if decision.notice_on is None and decision.exception is None:
        return unmet(
            f"No notice of key decision {decision.number} is recorded.",
            remedy=by("decision notify", number=decision.number),
        )
    (clock,) = before_taking.notice(decision, file.policy, on=file.on)
    too_early = _too_early(file, decision, clock)
    if too_early is not None:
        return too_early
    if decision.exception is not None and clock.starts_on == decision.exception_on:
        return met(f"{decision.number}: {decision.exception}, {decision.urgency}")
    return met(f"Notice of {decision.number} was given on {day(clock.starts_on)}.")


def _too_early(file: CaseFile, decision: Decision, clock: Clock) -> Answer | None:
    """The answer where a decision is, or would be, taken before a clock allows; else None."""
    if clock.doubt:
        return unknown(f"{decision.number}: {clock.doubt}", remedy=by(""))
    earliest = clock.earliest_on
    if earliest is None or (decision.taken_on or file.on) >= earliest:
        return None
    clear = clock.rule.value
    since = f"{clear} clear days after" if clear else "After"
    return unmet(
        f"{since} {clock.name.partition(' of ')[0]} on {day(clock.starts_on)}, "
        f"{decision.number} may be taken on {day(earliest)} at the earliest.",
        remedy=by("decision take", number=decision.number),
    )


@gate(
    "decisions.committee-first",
    asks="Did the committees that it was put before consider the decision first?",
    rule="decisions.committee-first",
    owner="democratic services",
    remedy="decision consider",
    reads=(Decision, Referral),
)
def committee_first(file: CaseFile) -> Answer:
    """Their papers open for clear days, their recommendation known before it is taken."""
    decision = in_question(file)
    if decision is None:
        return no_decision()
    if decision.exception is not None:
        return not_applicable(f"{decision.number} was urgent: {decision.exception}.")
    (told,) = decision_files([decision], file.of(Referral), (), ())
    until = decision.taken_on or file.on
    waiting = [*before_taking.still_to_consider(told, until)]
    if waiting:
        committees = listed(f"the {name} (meeting of {day(on)})" for name, on, _ in waiting)
        return unmet(
            f"{decision.number} is still to be considered by {committees}.",
            remedy=by("decision consider", number=decision.number, committee=waiting[0][0]),
        )
    held = [*dict.fromkeys(r.committee for r in told.referrals), decision.committee]
    if not any(held):
        return not_applicable(f"{decision.number} was put before no committee.")
    return met(
        f"{decision.number} was considered by the {listed(dict.fromkeys(filter(None, held)))}."
    )


@gate(
    "decisions.private-meeting",
    asks="If it was taken at a private meeting, were both notices given in time?",
    rule="decisions.private-meeting",
    owner="democratic services",
    remedy="decision private",
    reads=(Decision, PrivateMeeting),
)
def private_meeting(file: CaseFile) -> Answer:
    """The executive meets in public unless it said beforehand, twice, why it would not."""
    decision = in_question(file)
    if decision is None:
        return no_decision()
    (told,) = decision_files([decision], (), file.of(PrivateMeeting), ())
    meeting = told.private
    if meeting is None:
        return not_applicable(f"No private meeting is recorded for {decision.number}.")
    if meeting.agreed_by is not None:
        return met(f"Urgent, as agreed by the {meeting.agreed_by}.")
    clocks = before_taking.private_meeting(told, file.policy, on=file.on)
    for clock in clocks:
        if clock.is_assumed:
            return unmet(
                f"The {clock.name} is not recorded.",
                remedy=by("decision private", number=decision.number),
            )
        too_early = _too_early(file, decision, clock)
        if too_early is not None:
            return too_early
    return met(f"Both notices of the private meeting on {day(meeting.meeting_on)} were given.")


@gate(
    "decisions.in-force",
    asks="Is the executive decision taken and past call-in?",
    rule="decisions.in-force",
    owner="democratic services",
    remedy="decision take",
    reads=(Decision, CallIn),
)
def in_force(file: CaseFile) -> Answer:
    """A decision may be acted on when its call-in period has run out, or was lawfully waived."""
    decision = in_question(file)
    if decision is None:
        return no_decision()
    number = decision.number
    if decision.taken_on is None or decision.taken_on > file.on:
        return unmet(f"{number} has not been taken.", remedy=by("decision take", number=number))
    if decision.published_on is None and not decision.call_in_waived:
        return unmet(
            f"{number} was taken on {day(decision.taken_on)}, but its record is not "
            "published, so call-in has not begun.",
            remedy=by("decision publish", number=number),
        )
    return _past_call_in(file, decision)


def _past_call_in(file: CaseFile, decision: Decision) -> Answer:
    (told,) = decision_files([decision], (), (), file.of(CallIn))
    clock = after_taking.call_in(told, file.policy)
    if clock is None:
        return met(f"{decision.number} is not subject to call-in: {decision.call_in_waived}")
    if told.call_in is not None and clock.earliest_on is None:
        return unmet(f"{decision.number}: {clock.says}", remedy=_out_of(told.call_in))
    if clock.doubt or clock.earliest_on is None:
        return unknown(f"{decision.number}: {clock.doubt}", remedy=by(""))
    if file.on < clock.earliest_on:
        return unmet(
            f"{decision.number} may be called in; it may be acted on from "
            f"{day(clock.earliest_on)}.",
            remedy=by(""),
        )
    return met(f"{decision.number} has been in force since {day(clock.earliest_on)}.")


def _out_of(called: CallIn) -> Remedy:
    """The act that a called-in decision waits for."""
    if called.outcome in {CallInOutcome.REFERRED_BACK, CallInOutcome.TO_COUNCIL}:
        return by("decision confirm", number=called.number)
    return by("decision call-in --outcome", number=called.number)


def _screened(file: CaseFile, kind: Screening) -> Answer:
    screenings = [row for row in file.of(Assessment) if row.kind is kind]
    if not screenings:
        return unmet(f"No {kind} screening is recorded.", remedy=by("decision screen", kind=kind))
    return met(screenings[-1].outcome)


@gate(
    "decisions.equality-considered",
    asks="Were equality impacts considered?",
    rule="decisions.equality",
    owner="estates officer",
    remedy="decision screen",
    reads=(Assessment,),
)
def equality_considered(file: CaseFile) -> Answer:
    """The public sector equality duty attends every decision."""
    return _screened(file, Screening.EQUALITY)


@gate(
    "decisions.data-protection-considered",
    asks="Was the handling of personal data considered?",
    rule="decisions.data-protection",
    owner="estates officer",
    remedy="decision screen",
    reads=(Assessment,),
)
def data_protection_considered(file: CaseFile) -> Answer:
    """Bidders are persons too; someone must have asked who handles their data."""
    return _screened(file, Screening.DATA_PROTECTION)


@gate(
    "decisions.not-own-proposal",
    asks="Is the decision taken by someone other than its proposer?",
    rule="decisions.own-proposal",
    owner="democratic services",
    remedy="decision edit",
    reads=(Decision,),
)
def not_own_proposal(file: CaseFile) -> Answer:
    """Nobody approves their own proposal."""
    decision = in_question(file)
    if decision is None:
        return no_decision()
    if decision.proposed_by is None:
        return unknown(
            f"Who proposed {decision.number} is not recorded.",
            remedy=to_edit(file, "decision edit", decision, "proposed-by"),
        )
    if file.policy.number("decisions.own-proposal"):
        return not_applicable("This council lets a proposer take their own decision.")
    if is_own_proposal(decision):
        another = to_edit(file, "decision edit", decision, "taker")
        return unmet(
            f"{decision.taker} would approve their own proposal.",
            remedy=another if decision.taken_on is None else by("decision add"),
        )
    return met(f"Proposed by the {decision.proposed_by}, taken by the {decision.taker}.")
