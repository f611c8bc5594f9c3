"""Bids: versions, rounds, openings; and what the land is valued at."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Standing
from sites.record import choice

_TIME = {"pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "examples": ["12:00"]}


class Bid(Evidence, table=True):
    """What one bidder offers in one campaign. A clarified or changed bid is a new version.

    What is consideration (price, money's worth, a guaranteed overage) stands apart from what is
    not (s.106, CIL, affordable homes): the second is compared, never added.

    Attributes:
        round_no: the clarification round it answers; 0 for the first offer.
        price_pence: in pence; None where the papers do not give it, or while it is sealed.
        payments: how the price is paid, as `payments.stages` reads it; at once where None.
        is_late: it came after the campaign closed; the campaign's written rule then decides.
        sealed: the terms, enciphered until the opening (base64).
    """

    __tablename__ = "bid"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("campaign_no", "bidder")
    past: ClassVar[tuple[str, ...]] = ("received_on",)
    dated: ClassVar[str | None] = "received_on"

    campaign_no: int = Field(default=1, ge=1)
    bidder: str = Field(min_length=1, description="Who offers.")
    bid_version: int = Field(default=1, ge=1)
    round_no: int = Field(default=0, ge=0)
    received_on: date | None = None
    received_at: str | None = Field(
        default=None, schema_extra=_TIME, description="The time of day it came, such as 11:40."
    )
    received_as_written: str | None = None
    price_pence: int | None = Field(default=None, ge=0, description="The price offered.")
    vat_basis: str | None = Field(default=None, description="With or without VAT.")
    deposit_pence: int | None = Field(default=None, ge=0, description="Paid on exchange.")
    payments: str | None = Field(
        default=None, description="How the price is paid, such as “10% now; 90% after 36 months”."
    )
    other_consideration_note: str | None = Field(
        default=None, description="What else has a money value to the council, such as works."
    )
    other_consideration_pence: int | None = Field(
        default=None, ge=0, description="Its value, as a valuer puts it."
    )
    overage: str | None = Field(default=None, description="Trigger, share, base and period.")
    overage_guaranteed_pence: int | None = Field(
        default=None, ge=0, description="The overage that is paid whatever happens."
    )
    overage_after_months: int | None = Field(
        default=None, ge=0, le=1200, description="When the guaranteed overage is paid, in months."
    )
    abnormal_costs_pence: int | None = Field(
        default=None, ge=0, description="Abnormal costs that the bid takes off its price."
    )
    subject_to_planning: bool = Field(default=False, description="It depends on planning consent.")
    subject_to_funding: bool = Field(default=False, description="It depends on funding.")
    subject_to_board: bool = Field(default=False, description="It depends on a board's approval.")
    conditions: str | None = Field(default=None, description="What else it depends on.")
    s106_pence: int | None = Field(default=None, ge=0, description="Section 106 sums assumed.")
    cil_pence: int | None = Field(
        default=None, ge=0, description="Community infrastructure levy assumed."
    )
    units: int | None = Field(default=None, ge=0, description="Homes or units proposed.")
    affordable_percent: int | None = Field(
        default=None, ge=0, le=100, description="Share of affordable homes, of 100."
    )
    proof_of_funds: str | None = Field(default=None, description="What was shown.")
    exclusivity_weeks: int | None = Field(
        default=None, ge=0, description="Exclusivity wanted, in weeks."
    )
    longstop_on: date | None = Field(default=None, description="Its last day for conditions.")
    is_compliant: bool = Field(default=True, description="It was made as the particulars ask.")
    is_late: bool = False
    sealed: str | None = None
    standing: Standing = Field(default=Standing.RECEIVED, sa_type=choice(Standing))
    standing_because: str | None = None


class Opening(Evidence, table=True):
    """The sealed bids of a campaign, opened by two people together."""

    __tablename__ = "opening"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("campaign_no",)
    past: ClassVar[tuple[str, ...]] = ("opened_on",)

    campaign_no: int = Field(ge=1)
    opened_on: date
    first_opener: str = Field(min_length=1)
    second_opener: str = Field(min_length=1)
    bids_opened: int = Field(ge=0)


class Round(Evidence, table=True):
    """A clarification or final round: what the same bidders were asked, in the same words."""

    __tablename__ = "bid_round"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("campaign_no", "no")

    campaign_no: int = Field(ge=1)
    no: int = Field(ge=1)
    asked_of: str = Field(min_length=1)
    asks: str = Field(min_length=1)
    reply_by: date | None = None


class Valuation(Evidence, table=True):
    """A valuer's opinion of the unrestricted value, in pence."""

    __tablename__ = "valuation"
    past: ClassVar[tuple[str, ...]] = ("valued_on",)
    dated: ClassVar[str | None] = "valued_on"

    valuer: str = Field(min_length=1, description="The valuer.")
    value_pence: int = Field(ge=0, description="The value.")
    basis: str = Field(default="unrestricted", description="The basis of value.")
    valued_on: date
