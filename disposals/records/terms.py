"""Heads of terms: what is offered and asked, version by version."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence


class HeadsOfTerms(Evidence, table=True):
    """One version of the terms with one buyer.

    Attributes:
        price_pence: in pence.
        area_m2: square metres; the land that passes.
        seller_agreed_on, buyer_agreed_on: the day each side agreed, subject to contract.
        agreed_on: the day the second of them did.
        lapsed_on: the day they fell away with the buyer.
    """

    __tablename__ = "heads_of_terms"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("terms_version",)
    past: ClassVar[tuple[str, ...]] = (
        "seller_agreed_on",
        "buyer_agreed_on",
        "agreed_on",
        "lapsed_on",
    )

    terms_version: int = Field(default=1, ge=1)
    buyer: str = Field(min_length=1, description="The buyer.")
    price_pence: int = Field(ge=0, description="The price.")
    deposit_pence: int | None = Field(default=None, ge=0, description="Paid on exchange.")
    payments: str | None = Field(
        default=None, description="How the price is paid, such as “10% now; 90% after 36 months”."
    )
    conditions: str | None = Field(default=None, description="What the sale depends on.")
    longstop_on: date | None = Field(default=None, description="The last day for the conditions.")
    overage: str | None = Field(default=None, description="Trigger, share, base and period.")
    overage_guaranteed_pence: int | None = Field(
        default=None, ge=0, description="The overage that is paid whatever happens."
    )
    overage_after_months: int | None = Field(
        default=None, ge=0, le=1200, description="When the guaranteed overage is paid, in months."
    )
    clawback: str | None = Field(default=None, description="When the land or money comes back.")
    easements_reserved: str | None = Field(
        default=None, description="Rights that the council keeps over the land."
    )
    collaboration_agreement: str | None = Field(
        default=None, description="What council and buyer will do together."
    )
    seller_solicitor: str | None = Field(default=None, description="Who acts for the council.")
    buyer_solicitor: str | None = Field(default=None, description="Who acts for the buyer.")
    exclusivity_until: date | None = Field(
        default=None, description="Until when no one else is dealt with."
    )
    area_m2: float | None = Field(default=None, gt=0, description="The land, in square metres.")
    seller_agreed_on: date | None = None
    buyer_agreed_on: date | None = None
    agreed_on: date | None = None
    lapsed_on: date | None = None
