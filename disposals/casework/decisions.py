"""The life of an executive decision after it is proposed: notified, taken, published, carried out.

What committees make of it is in `committees.py`, its call-in in `call_in.py`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from disposals.casework import evidence
from disposals.casework.acts import Act, Stamp
from disposals.casework.carrying import carry_out, refuse_once_taken
from disposals.casework.taking import refuse_own_proposal, refuse_unlawful
from disposals.casework.validating import required
from disposals.deadlines.after_taking import effective_on
from disposals.deadlines.decision_file import DecisionFile
from disposals.errors import BadFact, NotAllowed
from disposals.finding import own_in_force
from disposals.policy import Policy
from disposals.records.decisions import Decision
from disposals.register import Register
from disposals.vocabulary import Urgency
from disposals.words import day


def enter(act: Act, facts: Mapping[str, Any]) -> None:
    """Propose a decision, or complete a proposal, within an act that has begun.

    Raises:
        NotAllowed: a decision of that number was taken or withdrawn, so it stands.
    """
    for row in own_in_force(act.session, Decision, act.case.ref):
        if row.number == facts.get("number") and (row.taken_on or row.withdrawn_on):
            how = "taken" if row.taken_on else "withdrawn"
            raise NotAllowed(
                f"{row.number} was {how}, so it stands. Propose another under its own number."
            )
    evidence.enter(act, "decision", facts)


def notify(
    register: Register, number: str, stamp: Stamp, *, seen: Mapping[str, int], notice_on: date
) -> None:
    """Record the day on which notice of a key decision was published.

    Raises:
        NotRecorded: no decision of that number is recorded.
        NotAllowed: it is taken already, or noticed on a later day.
    """

    def noticed(act: Act, file: DecisionFile) -> None:
        decision = file.decision
        refuse_once_taken(decision, "notice comes")
        if decision.notice_on is not None and notice_on <= decision.notice_on:
            raise NotAllowed(
                f"Notice of {number} is recorded for {day(decision.notice_on)}; a new notice can "
                "only be later."
            )
        act.amend(decision, notice_on=notice_on)

    carry_out(register, number, "decision notified", stamp, seen, noticed)


def declare_urgent(
    register: Register,
    number: str,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    exception: str,
    because: str,
    agreed_by: str | None = None,
) -> None:
    """Record the exception by which a key decision is taken without 28 clear days' notice.

    The day of the act is the day on which notice of a general exception was made available, or on
    which special urgency was agreed.

    Args:
        exception: “general exception” (reg 10) or “special urgency” (reg 11).
        because: why the notice is impracticable.
        agreed_by: for special urgency, who agreed: the chair of overview and scrutiny.

    Raises:
        NotRecorded: no decision of that number is recorded.
        BadFact: there is no such exception, no reason, or nobody is named who agreed.
        NotAllowed: it is taken already, or is not key and so needs no exception.
    """
    known = {each.value: each for each in Urgency}
    if exception not in known:
        raise BadFact(
            f"“{exception}” is no exception to the notice of a key decision. There are general "
            "exception (SI 2012/2089 reg 10) and special urgency (reg 11)."
        )
    reason = required(because, "rely on an exception")
    if known[exception] is Urgency.SPECIAL_URGENCY and not (agreed_by or "").strip():
        raise BadFact(
            "Special urgency needs the agreement of the chair of overview and scrutiny, or else of "
            "the chair or vice-chair of the council (SI 2012/2089 reg 11): name whoever agreed "
            "with `--agreed-by`."
        )

    def urgent(act: Act, file: DecisionFile) -> None:
        decision = file.decision
        refuse_once_taken(decision, "an exception is relied on")
        if not decision.is_key:
            raise NotAllowed(f"{number} is not a key decision, so it needs no exception.")
        act.amend(
            decision, exception=exception, exception_on=stamp.on, exception_agreed_by=agreed_by,
            urgency=reason,
        )  # fmt: skip

    carry_out(register, number, "decision urgent", stamp, seen, urgent, because=reason)


def take(
    register: Register,
    number: str,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    taken_on: date,
    interests: str,
    call_in_waived: str | None = None,
) -> None:
    """Record that a decision was taken.

    Args:
        interests: those declared; where there were none, that is said (“None declared”).
        call_in_waived: who agreed that it is not subject to call-in, where someone did.

    Raises:
        NotRecorded: no decision of that number is recorded.
        NotAllowed: it is taken already, by its own proposer, or before all that it waits for
            (notice or an exception, committees, a private meeting); names the earliest lawful day.
    """

    def taken(act: Act, file: DecisionFile) -> None:
        if file.decision.taken_on is not None:
            raise NotAllowed(f"{number} was taken on {day(file.decision.taken_on)} already.")
        policy = Policy(register.authority, taken_on)
        refuse_own_proposal(file.decision, policy)
        refuse_unlawful(file, policy, taken_on)
        changes: dict[str, object] = {"taken_on": taken_on, "interests": interests}
        if call_in_waived is not None:
            changes["call_in_waived"] = call_in_waived
        act.amend(file.decision, **changes)

    carry_out(register, number, "decision taken", stamp, seen, taken)


def publish(
    register: Register, number: str, stamp: Stamp, *, seen: Mapping[str, int], published_on: date
) -> None:
    """Record the day on which the record of a decision was published; call-in begins.

    Raises:
        NotRecorded: no decision of that number is recorded.
        NotAllowed: the decision was not taken by then, or its record is published already.
    """

    def published(act: Act, file: DecisionFile) -> None:
        decision = file.decision
        if decision.taken_on is None or decision.taken_on > published_on:
            raise NotAllowed(
                f"{number} was not taken by {day(published_on)}, so its record can't have been "
                f"published. Record the taking first: `disposals decision take {number} --on DATE`."
            )
        if decision.published_on is not None:
            raise NotAllowed(
                f"The record of {number} was published on {day(decision.published_on)}; its "
                "call-in counts from that day."
            )
        act.amend(decision, published_on=published_on)

    carry_out(register, number, "decision published", stamp, seen, published)


def withdraw(
    register: Register, number: str, stamp: Stamp, *, seen: Mapping[str, int], because: str | None
) -> None:
    """Withdraw a decision that has not taken effect.

    Raises:
        NotRecorded: no decision of that number is recorded.
        BadFact: no reason is given.
        NotAllowed: it has taken effect, so that only another decision can change it.
    """
    reason = required(because, "withdraw a decision")

    def withdrawn(act: Act, file: DecisionFile) -> None:
        effective = effective_on(file, Policy(register.authority, stamp.on))
        if effective is not None and effective <= stamp.on:
            raise NotAllowed(
                f"{number} took effect on {day(effective)}; only another decision can change it."
            )
        act.amend(file.decision, withdrawn_on=stamp.on, withdrawn_because=reason)

    carry_out(register, number, "decision withdrawn", stamp, seen, withdrawn, because=reason)


def implement(
    register: Register,
    number: str,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    implementation: str | None = None,
) -> None:
    """Record that a decision was carried out on the day of the act.

    Args:
        implementation: what was done; what the proposal said of it stays where it is None.

    Raises:
        NotRecorded: no decision of that number is recorded.
        NotAllowed: it had not taken effect by then; names the earliest lawful day where there is
            one.
    """

    def implemented(act: Act, file: DecisionFile) -> None:
        effective = effective_on(file, Policy(register.authority, stamp.on))
        if effective is None or effective > stamp.on:
            when = f"It may be from {day(effective)}." if effective else _what_it_waits_for(file)
            raise NotAllowed(f"{number} can't yet be acted on, on {day(stamp.on)}. {when}")
        changes: dict[str, object] = {"implemented_on": stamp.on}
        if implementation is not None:
            changes["implementation"] = implementation
        act.amend(file.decision, **changes)

    carry_out(register, number, "decision implemented", stamp, seen, implemented)


def _what_it_waits_for(file: DecisionFile) -> str:
    if file.call_in is not None:
        return f"It was called in on {day(file.call_in.called_in_on)}, and that is not settled."
    if file.decision.taken_on is not None:
        return "Its record is not published, so call-in has not begun."
    return "It has not been taken."
