"""Marketing campaigns, and notices in newspapers."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Method
from sites.record import choice


class Campaign(Evidence, table=True):
    """One marketing campaign. A re-marketing is a new campaign with the next number.

    Attributes:
        closes_on: the last day for offers.
        ended_on: the day the case went back to marketing or further, so that its bids count no
            more.
    """

    __tablename__ = "campaign"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("no",)

    no: int = Field(default=1, ge=1)
    method: Method = Field(sa_type=choice(Method))
    agent: str = Field(min_length=1)
    scope: str | None = None
    began_on: date | None = None
    closes_on: date | None = None
    closes_as_written: str | None = None
    ended_on: date | None = None


class Notice(Evidence, table=True):
    """Notice of the intended disposal of open space (LGA 1972 s.123(2A)).

    Attributes:
        first_on, second_on: the days on which the newspaper carried it.
        considered_on: when the objections, if any, were considered.
    """

    __tablename__ = "notice"
    keyed_by: ClassVar[tuple[str, ...]] = ("site_ref",)
    past: ClassVar[tuple[str, ...]] = ("considered_on",)

    site_ref: str = Field(foreign_key="site.ref")
    newspaper: str = Field(min_length=1)
    first_on: date
    second_on: date
    objections_by: date
    objections: int | None = Field(default=None, ge=0)
    considered_on: date | None = None
