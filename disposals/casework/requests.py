"""Requests under the Freedom of Information Act 2000: logged on their cases, and answered."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import col, select

from disposals.casework.acts import Stamp, acting
from disposals.errors import AlreadyRecorded, BadFact, NotAllowed, NotRecorded
from disposals.finding import own_in_force
from disposals.records.requests import InformationRequest
from disposals.register import Register
from disposals.vocabulary import RequestedBy, RequestOutcome
from disposals.words import day

_WITHHOLDING = frozenset({RequestOutcome.IN_PART, RequestOutcome.REFUSED})


def add(
    register: Register,
    reference: str,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    received_on: date,
    requested_by: RequestedBy,
    asks: str,
) -> None:
    """Log a request on every case that it concerns, in one transaction.

    Args:
        seen: by case, the version that the user was shown.
        requested_by: a category; no person is named.

    Raises:
        AlreadyRecorded: a request of that reference is logged.
        NoSuchCase: there is no case of a reference.
        BadFact: a fact can't be right.
    """
    if not seen:
        raise BadFact("Say which disposals the request is about.")
    with register.write() as session:
        asked = select(InformationRequest.disposal_ref).where(
            col(InformationRequest.reference) == reference
        )
        if there := session.exec(asked).first():
            raise AlreadyRecorded(f"{reference} is logged already, on {there}.")
        for ref, version in seen.items():
            with acting(session, ref, "information requested", stamp, seen=version) as act:
                act.record(
                    InformationRequest,
                    {
                        "reference": reference, "received_on": received_on,
                        "requested_by": requested_by, "asks": asks,
                    },
                )  # fmt: skip


def answer(
    register: Register,
    reference: str,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    outcome: RequestOutcome,
    exemptions: str | None = None,
    public_interest: str | None = None,
) -> None:
    """Record on the day of the act that a request was answered.

    Args:
        exemptions: the sections relied on, such as "s.43(2)"; asked for where something is
            withheld (s.17(1)).
        public_interest: how the public interest was weighed, in words that go out (s.17(3)).

    Raises:
        NotRecorded: no request of that reference is logged.
        NotAllowed: it is answered already, or was not received by then.
        BadFact: something is withheld and no exemption or no weighing is given.
    """
    if outcome in _WITHHOLDING and not (exemptions and public_interest):
        raise BadFact(
            "Where something is withheld, the answer names the exemptions and how the public "
            "interest was weighed (Freedom of Information Act 2000 s.17): add `--exemptions "
            "s.43(2)` and `--public-interest`."
        )
    if not seen:
        raise NotRecorded(
            f"No request {reference} is logged. `disposals foi list` shows those there are."
        )
    with register.write() as session:
        for ref in sorted(seen):
            with acting(session, ref, "information request answered", stamp, seen=seen[ref]) as act:
                row = next(
                    each
                    for each in own_in_force(session, InformationRequest, ref)
                    if each.reference == reference
                )
                if row.answered_on is not None:
                    raise NotAllowed(f"{reference} was answered on {day(row.answered_on)} already.")
                if stamp.on < row.received_on:
                    raise NotAllowed(
                        f"{reference} was received on {day(row.received_on)}, after "
                        f"{day(stamp.on)}."
                    )
                act.amend(
                    row, answered_on=stamp.on, outcome=outcome, exemptions=exemptions,
                    public_interest=public_interest,
                )  # fmt: skip
