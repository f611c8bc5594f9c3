"""Bids, valuations, and the reasons why a price is the best consideration."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Concern, Standing
from sites.record import choice


class Bid(Evidence, table=True):
    """What one bidder offers in one campaign. A clarified or changed bid is a new version.

    Attributes:
        price_pence: in pence; None where the papers do not give it.
        vat_basis: whether the price is stated with or without VAT.
    """

    __tablename__ = "bid"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("campaign_no", "bidder")
    past: ClassVar[tuple[str, ...]] = ("received_on",)

    campaign_no: int = Field(default=1, ge=1)
    bidder: str = Field(min_length=1)
    bid_version: int = Field(default=1, ge=1)
    received_on: date | None = None
    received_as_written: str | None = None
    price_pence: int | None = Field(default=None, ge=0)
    vat_basis: str | None = None
    conditions: str | None = None
    standing: Standing = Field(default=Standing.RECEIVED, sa_type=choice(Standing))
    standing_because: str | None = None


class Valuation(Evidence, table=True):
    """A valuer's opinion of the unrestricted value, in pence."""

    __tablename__ = "valuation"
    past: ClassVar[tuple[str, ...]] = ("valued_on",)

    valuer: str = Field(min_length=1)
    value_pence: int = Field(ge=0)
    basis: str = "unrestricted"
    valued_on: date


class ConsiderationReason(Evidence, table=True):
    """Why a bid that is not the highest, a price below value, or a subsidy is lawful.

    Attributes:
        lapsed_on: the day the bid it was given for was no longer preferred.
    """

    __tablename__ = "consideration_reason"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("concern",)

    concern: Concern = Field(sa_type=choice(Concern))
    because: str = Field(min_length=1)
    advised_by: str = Field(min_length=1)
    secretary_of_state_consent: str | None = None
    lapsed_on: date | None = None
