"""Notices: of open space in newspapers, and of the sale of an asset of community value."""

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
