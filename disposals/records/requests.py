"""Requests under the Freedom of Information Act 2000, on every case that they concern."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import RequestedBy, RequestOutcome
from sites.record import choice


class InformationRequest(Evidence, table=True):
    """A request for information; the same row stands on each case that it concerns.

    No person is named: whoever asks is a category here, and a reference in the council's own
    register of requests.

    Attributes:
        reference: as the council numbers it, such as FOI-2021-0412.
        received_on: the day of receipt, working day or not (s.10(6)).
        exemptions: the sections relied on, such as "s.43(2)", where something is withheld.
        public_interest: how the public interest was weighed (s.2(2)(b)), in words that go out.
    """

    __tablename__ = "information_request"
    keyed_by: ClassVar[tuple[str, ...]] = ("reference",)
    inherited: ClassVar[bool] = False
    past: ClassVar[tuple[str, ...]] = ("received_on", "answered_on")

    reference: str = Field(
        schema_extra={"pattern": r"^[A-Za-z0-9][A-Za-z0-9./-]*$", "examples": ["FOI-2021-0412"]}
    )
    received_on: date
    requested_by: RequestedBy = Field(sa_type=choice(RequestedBy))
    asks: str = Field(min_length=1)
    answered_on: date | None = None
    outcome: RequestOutcome | None = Field(default=None, sa_type=choice(RequestOutcome))
    exemptions: str | None = None
    public_interest: str | None = None
