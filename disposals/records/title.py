"""The title to the land, and whether it is empty."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence


class TitleReport(Evidence, table=True):
    """The solicitor's report on title."""

    __tablename__ = "title_report"
    keyed_by: ClassVar[tuple[str, ...]] = ("site_ref",)
    past: ClassVar[tuple[str, ...]] = ("reported_on",)
    dated: ClassVar[str | None] = "reported_on"

    site_ref: str | None = Field(
        default=None,
        foreign_key="site.ref",
        description="The site meant, where the disposal takes in several.",
    )
    reported_on: date
    reported_by: str = Field(min_length=1, description="The solicitor or team.")
    title_nos: str | None = Field(default=None, description="HM Land Registry title numbers.")
    finding: str = Field(min_length=1, description="Easements, restrictions, rights.")


class Possession(Evidence, table=True):
    """An occupation brought to an end, so that the land can be sold with vacant possession."""

    __tablename__ = "possession"
    keyed_by: ClassVar[tuple[str, ...]] = ("occupation",)
    past: ClassVar[tuple[str, ...]] = ("ended_on",)
    dated: ClassVar[str | None] = "ended_on"

    occupation: str = Field(min_length=1, description="The use that ended, as it was recorded.")
    ended_on: date
