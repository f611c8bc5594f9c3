"""Executive decisions, and the equality and data protection screening that goes with them."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Fallback, Screening
from sites.record import choice


class Decision(Evidence, table=True):
    """An executive decision (SI 2012/2089): notice, committee, taking, call-in.

    Attributes:
        number: as published, such as "21/00100".
        notice_on: the day notice of a key decision was published.
        published_on: the day the record of the decision was published; call-in counts from it.
        urgency: general exception or special urgency, the lawful ways round the 28 days' notice.
        call_in_waived: who agreed that the decision is not subject to call-in.
        proposed_by: who put it forward, and so can't take it.
        buyer, price_pence, area_m2: what is decided, in pence and square metres; terms that depart
            from it want a new decision.
        fallback: what it authorises if the buyer is lost; not below `floor_price_pence`.
    """

    __tablename__ = "decision"
    keyed_by: ClassVar[tuple[str, ...]] = ("number",)
    past: ClassVar[tuple[str, ...]] = ("notice_on", "taken_on", "published_on")

    number: str = Field(
        schema_extra={"pattern": r"^\d{2}/\d{5}$", "examples": ["21/00100"]},
        description="Such as 21/00100.",
    )
    title: str = Field(min_length=1, description="What is decided.")
    taker: str = Field(min_length=1, description="The role that takes it.")
    proposed_by: str | None = Field(default=None, description="The role that puts it forward.")
    delegated_to: str | None = Field(default=None, description="What is delegated, and to whom.")
    is_key: bool = Field(description="A key decision, or not.")
    key_criterion: str | None = Field(default=None, description="What makes it key.")
    buyer: str | None = Field(default=None, description="To whom the sale is decided.")
    price_pence: int | None = Field(default=None, ge=0, description="The price decided.")
    area_m2: float | None = Field(
        default=None, gt=0, description="The land decided on, in square metres."
    )
    fallback: Fallback | None = Field(
        default=None,
        sa_type=choice(Fallback),
        description="What it authorises if the buyer is lost.",
    )
    floor_price_pence: int | None = Field(
        default=None, ge=0, description="The price below which that does not go."
    )
    notice_on: date | None = None
    committee: str | None = Field(default=None, description="The committee that considers it.")
    considered_on: date | None = Field(default=None, description="The day it considered it.")
    committee_outcome: str | None = Field(
        default=None, description="What the committee recommended."
    )
    taken_on: date | None = None
    published_on: date | None = None
    urgency: str | None = Field(default=None, min_length=1)
    call_in_waived: str | None = Field(default=None, min_length=1)
    reasons: str | None = Field(default=None, description="The reasons.")
    alternatives: str | None = Field(default=None, description="Considered and rejected.")
    interests: str | None = None


class Assessment(Evidence, table=True):
    """The outcome of an equality or data protection screening."""

    __tablename__ = "assessment"
    keyed_by: ClassVar[tuple[str, ...]] = ("kind",)
    past: ClassVar[tuple[str, ...]] = ("assessed_on",)
    dated: ClassVar[str | None] = "assessed_on"

    kind: Screening = Field(sa_type=choice(Screening), description="What was screened.")
    outcome: str = Field(min_length=1, description="What came of it.")
    assessed_on: date | None = None


class Approval(Evidence, table=True):
    """An approval that the council's own workflow asks for by name."""

    __tablename__ = "approval"
    keyed_by: ClassVar[tuple[str, ...]] = ("name",)
    past: ClassVar[tuple[str, ...]] = ("approved_on",)
    dated: ClassVar[str | None] = "approved_on"

    name: str = Field(min_length=1, description="The approval, as the workflow names it.")
    approver: str = Field(min_length=1, description="The role that gives it.")
    approved_on: date
    because: str | None = Field(default=None, description="On what it rests.")
    lapsed_on: date | None = None
