"""What is given in answer to a request under the Freedom of Information Act 2000."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from disposals.disclosure.fields import Audience, visible
from disposals.disclosure.openness import openness_of
from disposals.disclosure.papers.stamped import stamped_now
from disposals.disclosure.requests import Request, request
from disposals.disclosure.statement import Statement, statement
from disposals.policy import council
from disposals.records.requests import InformationRequest
from disposals.register import Register


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is given in answer to a request: all that is open on a day, and what is withheld.

    Attributes:
        request: what of the request itself goes out.
        statements: for each case, what is open to the public and what is withheld from it.
        exemptions: the sections relied on, as recorded with the answer; None where none are.
    """

    council: str
    on: date
    request: dict[str, Any]
    exemptions: str | None
    public_interest: str | None
    statements: tuple[Statement, ...]
    stamp: str


def bundle(register: Register, reference: str, *, on: date) -> Bundle:
    """What is given to the public in answer to a request: the register as it stood on a day.

    The request itself is told as it stands now, for it may be logged after that day.

    Raises:
        NotRecorded: no request of that reference is logged.
        NotYetOpen: a case that it concerns was opened after that day.
    """
    stood = register.as_it_stood(on)
    asked = request(register, reference, on=on)
    told = {name: getattr(asked, name) for name in Request.__slots__}
    shown = visible("information_request", told, Audience.PUBLIC)
    for field in _exempt_by_themselves(register, reference, on):
        shown.pop(field, None)
    return Bundle(
        council=council(register.authority),
        on=on,
        request=shown,
        exemptions=shown.get("exemptions"),
        public_interest=shown.get("public_interest"),
        statements=tuple(
            statement(stood, ref, audience=Audience.PUBLIC, on=on) for ref in asked.disposals
        ),
        stamp=stamped_now(register),
    )


def _exempt_by_themselves(register: Register, reference: str, on: date) -> set[str]:
    """The fields of a request that were classified exempt one by one, on any of its cases."""
    asked = select(InformationRequest).where(col(InformationRequest.reference) == reference)
    with register.asked(on).read() as session:
        return {
            field
            for row in session.exec(asked)
            for field, ruling in openness_of(row).of_fields(row).items()
            if not ruling.is_open
        }
