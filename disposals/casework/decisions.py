"""The life of an executive decision after it is proposed: notified, taken, published."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlmodel import col, select

from disposals.casework.acts import Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.clocks import Days, after_clear_days
from disposals.errors import NotAllowed, NotRecorded
from disposals.finding import own_in_force
from disposals.policy import Policy
from disposals.records.decisions import Decision
from disposals.register import Register
from disposals.words import day


def notify(
    register: Register, number: str, stamp: Stamp, *, seen: Mapping[str, int], notice_on: date
) -> None:
    """Record the day on which notice of a key decision was published.

    Raises:
        NotRecorded: no decision of that number is recorded.
        NotAllowed: it is taken already, or noticed on a later day.
    """

    def first(decision: Decision) -> None:
        if decision.taken_on is not None:
            raise NotAllowed(
                f"{number} was taken on {day(decision.taken_on)}; notice comes before."
            )
        if decision.notice_on is not None and notice_on < decision.notice_on:
            raise NotAllowed(
                f"Notice of {number} is recorded for {day(decision.notice_on)}; a new notice can "
                "only be later."
            )

    _carry_forward(
        register, number, "decision notified", stamp, seen, check=first, notice_on=notice_on
    )


def take(
    register: Register,
    number: str,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    taken_on: date,
    interests: str,
    urgency: str | None = None,
    call_in_waived: str | None = None,
) -> None:
    """Record that a decision was taken.

    Args:
        interests: those declared; where there were none, that is said (“None declared”).
        urgency: general exception or special urgency and who agreed, where notice was short.
        call_in_waived: who agreed that it is not subject to call-in, where someone did.

    Raises:
        NotRecorded: no decision of that number is recorded.
        NotAllowed: a key decision without its clear days of notice (SI 2012/2089 reg 9) and
            without urgency; names the earliest lawful day.
    """

    def lawful(decision: Decision) -> None:
        if decision.taken_on is not None:
            raise NotAllowed(f"{number} was taken on {day(decision.taken_on)} already.")
        if not decision.is_key or urgency or decision.urgency:
            return
        rule = Policy(register.authority, taken_on).rule("decisions.notice")
        if decision.notice_on is None:
            raise NotAllowed(
                f"{number} is a key decision and no notice of it is recorded ({rule.source}). "
                f"Record it first: `disposals decision notify {number} --on DATE`."
            )
        earliest = after_clear_days(decision.notice_on, rule.number, Days.ALL)
        if taken_on < earliest:
            raise NotAllowed(
                f"{number} can't be taken on {day(taken_on)}: {rule.number} clear days after "
                f"notice on {day(decision.notice_on)} the earliest day is {day(earliest)} "
                f"({rule.source}). If it was urgent, say who agreed with `--urgency`."
            )

    changes: dict[str, object] = {"taken_on": taken_on, "interests": interests}
    if urgency is not None:
        changes["urgency"] = urgency
    if call_in_waived is not None:
        changes["call_in_waived"] = call_in_waived
    _carry_forward(register, number, "decision taken", stamp, seen, check=lawful, **changes)


def publish(
    register: Register, number: str, stamp: Stamp, *, seen: Mapping[str, int], published_on: date
) -> None:
    """Record the day on which the record of a decision was published; call-in begins.

    Raises:
        NotRecorded: no decision of that number is recorded.
        NotAllowed: the decision was not taken by then.
    """

    def taken(decision: Decision) -> None:
        if decision.taken_on is None or decision.taken_on > published_on:
            raise NotAllowed(
                f"{number} was not taken by {day(published_on)}, so its record can't have been "
                f"published. Record the taking first: `disposals decision take {number} --on DATE`."
            )

    _carry_forward(
        register, number, "decision published", stamp, seen, check=taken, published_on=published_on
    )


def _carry_forward(
    register: Register,
    number: str,
    name: str,
    stamp: Stamp,
    seen: Mapping[str, int],
    *,
    check: Callable[[Decision], None] = lambda _: None,
    **changes: object,
) -> None:
    """Carry a decision forward on every case that it covers, in one transaction."""
    with register.write() as session:
        found = session.exec(
            select(Decision.disposal_ref).where(col(Decision.number) == number).distinct()
        ).all()
        if not found:
            raise NotRecorded(
                f"No decision {number} is recorded. Record it first: `disposals decision add`."
            )
        for ref in found:
            with acting(session, ref, name, stamp, seen=seen.get(ref, 0)) as act:
                if act.case.stage != "in_parts":  # a decision on the whole covers its parts
                    refuse_if_ended(act.case)
                decision = next(
                    row for row in own_in_force(session, Decision, ref) if row.number == number
                )
                check(decision)
                act.amend(decision, **changes)
