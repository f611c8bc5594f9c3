"""A decision called in: within its days, settled by an outcome, and where need be confirmed."""

from collections.abc import Mapping

from disposals.casework.acts import Act, Stamp
from disposals.casework.carrying import carry_out
from disposals.casework.validating import required
from disposals.deadlines.after_taking import call_in_period
from disposals.deadlines.decision_file import DecisionFile
from disposals.errors import NotAllowed, NotRecorded
from disposals.policy import Policy
from disposals.records.decisions import CallIn
from disposals.register import Register
from disposals.vocabulary import CallInOutcome
from disposals.words import day

_TO_CONFIRM = (CallInOutcome.REFERRED_BACK, CallInOutcome.TO_COUNCIL)


def call_in(
    register: Register,
    number: str,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    called_in_by: str,
    because: str | None,
) -> None:
    """Record that a decision was called in on the day of the act; it is not acted on meanwhile.

    Args:
        called_in_by: the committee or the members, by role.

    Raises:
        NotRecorded: no decision of that number is recorded.
        BadFact: no reason is given, or nobody is named.
        NotAllowed: its record is not published, it is not subject to call-in, the days for it are
            over (names the last one), or it was called in already.
    """
    reason = required(because, "call a decision in")

    def called(act: Act, file: DecisionFile) -> None:
        decision = file.decision
        if decision.call_in_waived:
            raise NotAllowed(f"{number} is not subject to call-in: {decision.call_in_waived}")
        if decision.published_on is None or stamp.on < decision.published_on:
            raise NotAllowed(
                f"The record of {number} was not published by {day(stamp.on)}, so call-in has not "
                f"begun. Record it first: `disposals decision publish {number} --on DATE`."
            )
        if file.call_in is not None:
            raise NotAllowed(
                f"{number} was called in on {day(file.call_in.called_in_on)} already; it is called "
                "in once."
            )
        policy = Policy(register.authority, stamp.on)
        clock = call_in_period(decision, decision.published_on, policy)
        if clock.doubt:
            raise NotAllowed(f"{number}: {clock.doubt}")
        if stamp.on > clock.last_day:
            raise NotAllowed(
                f"{number} can't be called in on {day(stamp.on)}: its call-in ended on "
                f"{day(clock.last_day)}. {clock.says} ({clock.rule.cited})"
            )
        facts = {"number": number, "called_in_on": stamp.on, "called_in_by": called_in_by}
        told = {"disclosure": decision.disclosure, "paragraphs": decision.paragraphs}
        act.record(CallIn, {**facts, **told, "because": reason})

    carry_out(register, number, "decision called in", stamp, seen, called, because=reason)


def settle(
    register: Register, number: str, stamp: Stamp, *, seen: Mapping[str, int], outcome: str
) -> None:
    """Record the outcome of a call-in on the day of the act.

    Args:
        outcome: “upheld” (the decision stands), “referred back”, “to Council” or “withdrawn”.

    Raises:
        NotRecorded: no decision of that number is recorded, or it is not called in.
        BadFact: there is no such outcome.
        NotAllowed: the call-in has an outcome, or the day lies before it.
    """

    def settled(act: Act, file: DecisionFile) -> None:
        called = _called(file)
        if called.outcome is not None and called.outcome_on is not None:
            raise NotAllowed(
                f"The call-in of {number} was {called.outcome} on {day(called.outcome_on)}."
            )
        if stamp.on < called.called_in_on:
            raise NotAllowed(
                f"{number} was called in on {day(called.called_in_on)}; an outcome comes later."
            )
        act.amend(called, outcome=outcome, outcome_on=stamp.on)

    carry_out(register, number, "call-in settled", stamp, seen, settled)


def confirm(register: Register, number: str, stamp: Stamp, *, seen: Mapping[str, int]) -> None:
    """Record that its taker confirmed a decision that was referred back or went to the Council.

    Raises:
        NotRecorded: no decision of that number is recorded, or it is not called in.
        NotAllowed: its call-in does not ask for that, or the day lies before the outcome.
    """

    def confirmed(act: Act, file: DecisionFile) -> None:
        called = _called(file)
        if called.outcome not in _TO_CONFIRM or called.outcome_on is None:
            how = called.outcome or "not settled"
            raise NotAllowed(
                f"The call-in of {number} is {how}; only a decision that was referred back or went "
                "to the Council is confirmed."
            )
        if stamp.on < called.outcome_on:
            raise NotAllowed(
                f"{number} was {called.outcome} on {day(called.outcome_on)}; it is confirmed later."
            )
        act.amend(called, confirmed_on=stamp.on)

    carry_out(register, number, "decision confirmed", stamp, seen, confirmed)


def _called(file: DecisionFile) -> CallIn:
    if file.call_in is None:
        raise NotRecorded(
            f"{file.decision.number} is not called in. Record it first: `disposals decision "
            f"call-in {file.decision.number} --called-in-by WHO --because REASON --on DATE`."
        )
    return file.call_in
