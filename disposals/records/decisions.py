"""Executive decisions, and the equality and data protection screening that goes with them."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Screening
from sites.record import choice


class Decision(Evidence, table=True):
    """An executive decision (SI 2012/2089): notice, committee, taking, call-in.

    Attributes:
        number: as published, such as "21/00100".
        notice_on: the day notice of a key decision was published.
        published_on: the day the record of the decision was published; call-in counts from it.
        urgency: general exception or special urgency, the lawful ways round the 28 days' notice.
        call_in_waived: who agreed that the decision is not subject to call-in.
    """

    __tablename__ = "decision"
    keyed_by: ClassVar[tuple[str, ...]] = ("number",)
    past: ClassVar[tuple[str, ...]] = ("notice_on", "taken_on", "published_on")

    number: str = Field(schema_extra={"pattern": r"^\d{2}/\d{5}$", "examples": ["21/00100"]})
    title: str = Field(min_length=1)
    taker: str = Field(min_length=1)
    delegated_to: str | None = None
    is_key: bool
    key_criterion: str | None = None
    notice_on: date | None = None
    committee: str | None = None
    considered_on: date | None = None
    committee_outcome: str | None = None
    taken_on: date | None = None
    published_on: date | None = None
    urgency: str | None = Field(default=None, min_length=1)
    call_in_waived: str | None = Field(default=None, min_length=1)
    reasons: str | None = None
    alternatives: str | None = None
    interests: str | None = None


class Assessment(Evidence, table=True):
    """The outcome of an equality or data protection screening."""

    __tablename__ = "assessment"
    keyed_by: ClassVar[tuple[str, ...]] = ("kind",)
    past: ClassVar[tuple[str, ...]] = ("assessed_on",)

    kind: Screening = Field(sa_type=choice(Screening))
    outcome: str = Field(min_length=1)
    assessed_on: date | None = None
