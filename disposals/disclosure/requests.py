"""Requests under the Freedom of Information Act 2000, and their clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from disposals.casefile import in_force
from disposals.clocks import nth_working_day
from disposals.errors import NotRecorded
from disposals.finding import find_case
from disposals.policy import Policy
from disposals.readiness import spellings_of
from disposals.records.cases import Disposal
from disposals.records.requests import InformationRequest
from disposals.register import Register


@dataclass(frozen=True, slots=True)
class Request:
    """A request and its clock, for officers.

    Attributes:
        due_on: the last day for the answer: the twentieth working day after receipt.
        disposals: references of the cases that it concerns.
    """

    reference: str
    received_on: date
    due_on: date
    requested_by: str
    asks: str
    disposals: tuple[str, ...]
    answered_on: date | None
    outcome: str | None
    exemptions: str | None
    public_interest: str | None
    is_overdue: bool
    source: str


def requests(register: Register, *, on: date, overdue: bool = False) -> list[Request]:
    """The requests of a register, the one due first at the head; for officers alone.

    Args:
        on: the day as of which they are overdue or not.
        overdue: only those.
    """
    with register.read() as session:
        found = _all(session, on)
    return [each for each in found if each.is_overdue or not overdue]


def request(register: Register, reference: str, *, on: date) -> Request:
    """One request; for officers alone.

    Raises:
        NotRecorded: no request of that reference is logged.
    """
    found = next((each for each in requests(register, on=on) if each.reference == reference), None)
    if found is None:
        raise NotRecorded(
            f"No request {reference} is logged. `disposals foi list` shows those there are."
        )
    return found


def open_requests(session: Session, officer: str | None, on: date) -> list[Request]:
    """The requests still to be answered, all or those on an officer's cases; for officers alone."""
    found = [each for each in _all(session, on) if each.answered_on is None]
    if officer is None:
        return found
    own = set(
        session.exec(
            select(Disposal.ref).where(col(Disposal.officer).in_(spellings_of(session, officer)))
        )
    )
    return [each for each in found if own & set(each.disposals)]


def versions_of_request(register: Register, reference: str) -> dict[str, int]:
    """The version of every case that a request concerns, as an officer has seen it."""
    with register.read() as session:
        asked = select(InformationRequest.disposal_ref).where(
            col(InformationRequest.reference) == reference
        )
        return {ref: find_case(session, ref).version for ref in session.exec(asked.distinct())}


def _all(session: Session, on: date) -> list[Request]:
    rows = in_force(
        session.exec(select(InformationRequest).order_by(col(InformationRequest.id))).all()
    )
    found: dict[str, list[InformationRequest]] = {}
    for row in rows:
        found.setdefault(row.reference, []).append(row)
    told = [_request(session, same, on) for same in found.values()]
    return sorted(told, key=lambda each: (each.answered_on is not None, each.due_on))


def _request(session: Session, same: Iterable[InformationRequest], on: date) -> Request:
    rows = list(same)
    row = rows[0]
    rule = Policy(find_case(session, row.disposal_ref).authority, row.received_on).rule(
        "foi.answer"
    )
    due = nth_working_day(row.received_on, rule.number)
    return Request(
        reference=row.reference,
        received_on=row.received_on,
        due_on=due,
        requested_by=row.requested_by.value,
        asks=row.asks,
        disposals=tuple(sorted(each.disposal_ref for each in rows)),
        answered_on=row.answered_on,
        outcome=row.outcome.value if row.outcome else None,
        exemptions=row.exemptions,
        public_interest=row.public_interest,
        is_overdue=row.answered_on is None and on > due,
        source=rule.cited,
    )
