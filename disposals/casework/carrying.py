"""Carrying an executive decision forward on every case that it covers, in one transaction."""

from collections.abc import Callable, Mapping

from sqlmodel import Session, col, select

from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.deadlines.decision_file import DecisionFile, decision_files
from disposals.errors import NotAllowed, NotRecorded
from disposals.finding import own_in_force
from disposals.records.decisions import CallIn, Decision, PrivateMeeting, Referral
from disposals.register import Register
from disposals.words import day


def carry_out(
    register: Register,
    number: str,
    name: str,
    stamp: Stamp,
    seen: Mapping[str, int],
    do: Callable[[Act, DecisionFile], None],
    *,
    because: str | None = None,
) -> None:
    """Do the same on every case on which a decision is recorded, all or none.

    Args:
        name: the act as the history tells it.
        seen: by case, the version that the user was shown.

    Raises:
        NotRecorded: no decision of that number is recorded.
        NotAllowed: it was withdrawn, or the case is at an end.
    """
    with register.write() as session:
        refs = session.exec(
            select(Decision.disposal_ref).where(col(Decision.number) == number).distinct()
        ).all()
        if not refs:
            raise NotRecorded(
                f"No decision {number} is recorded. Record it first: `disposals decision add`."
            )
        for ref in refs:
            with acting(session, ref, name, stamp, seen=seen.get(ref, 0), because=because) as act:
                if act.case.stage != "in_parts":  # a decision on the whole covers its parts
                    refuse_if_ended(act.case)
                file = _file(session, ref, number)
                withdrawn = file.decision.withdrawn_on
                if withdrawn is not None:
                    raise NotAllowed(
                        f"{number} was withdrawn on {day(withdrawn)} "
                        f"({file.decision.withdrawn_because}). Propose another decision: "
                        f"`disposals decision add {ref}`."
                    )
                do(act, file)


def refuse_once_taken(decision: Decision, what: str) -> None:
    """Refuse what comes before the taking of a decision once it is taken.

    Args:
        what: what is refused, with its verb: “notice comes”.

    Raises:
        NotAllowed: names the day on which it was taken.
    """
    if decision.taken_on is not None:
        raise NotAllowed(f"{decision.number} was taken on {day(decision.taken_on)}; {what} before.")


def _file(session: Session, ref: str, number: str) -> DecisionFile:
    decision = next(row for row in own_in_force(session, Decision, ref) if row.number == number)
    return decision_files(
        [decision],
        own_in_force(session, Referral, ref),
        own_in_force(session, PrivateMeeting, ref),
        own_in_force(session, CallIn, ref),
    )[0]
