"""Notices: of open space in newspapers, of listed land to be sold, of land offered back."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from sites.record import Known, choice


class Notice(Evidence, table=True):
    """Notice of the intended disposal of open space (LGA 1972 s.123(2A)).

    Attributes:
        first_on, second_on: the days on which the newspaper carried it.
        considered_on: when the objections, if any, were considered.
    """

    __tablename__ = "notice"
    keyed_by: ClassVar[tuple[str, ...]] = ("site_ref",)
    past: ClassVar[tuple[str, ...]] = ("considered_on",)

    site_ref: str = Field(
        foreign_key="site.ref",
        description="The site meant, where the disposal takes in several.",
    )
    newspaper: str = Field(min_length=1, description="A newspaper circulating in the area.")
    first_on: date = Field(description="The day it first appeared.")
    second_on: date = Field(description="The day it appeared again, in the week after.")
    objections_by: date = Field(description="The last day for objections.")
    objections: int | None = Field(default=None, ge=0, description="How many came.")
    considered_on: date | None = Field(
        default=None, description="The day objections were considered."
    )


class MoratoriumNotice(Evidence, table=True):
    """Notice to the listing authority that listed land is to be sold (Localism Act 2011 s.95).

    Attributes:
        received_on: the day the listing authority received it; every period begins with it.
        bid_requested: whether a community group asked within the interim period to bid.
    """

    __tablename__ = "moratorium_notice"
    keyed_by: ClassVar[tuple[str, ...]] = ("site_ref",)
    past: ClassVar[tuple[str, ...]] = ("received_on",)

    site_ref: str = Field(
        foreign_key="site.ref",
        description="The site meant, where the disposal takes in several.",
    )
    received_on: date = Field(description="The day the listing authority received it.")
    bid_requested: Known = Field(
        default=Known.UNKNOWN,
        sa_type=choice(Known),
        description="Did a community group ask to bid?",
    )


class OfferBack(Evidence, table=True):
    """Surplus land offered back to a former owner (Crichel Down Rules).

    Attributes:
        offered_on: the date of the letter or of the last advertisement.
        wanted_on: the day the former owner wrote that they wish to buy.
        terms_agreed_on: the day terms were agreed, from which the price is negotiated.
    """

    __tablename__ = "offer_back"
    keyed_by: ClassVar[tuple[str, ...]] = ("site_ref",)
    past: ClassVar[tuple[str, ...]] = ("offered_on", "wanted_on", "terms_agreed_on")

    site_ref: str = Field(
        foreign_key="site.ref",
        description="The site meant, where the disposal takes in several.",
    )
    offered_on: date = Field(description="The date of the letter or the last advertisement.")
    wanted: Known = Field(
        default=Known.UNKNOWN, sa_type=choice(Known), description="Does the former owner want it?"
    )
    wanted_on: date | None = Field(
        default=None, description="The day the former owner wrote so, if they do."
    )
    terms_agreed_on: date | None = Field(default=None, description="The day terms were agreed.")
