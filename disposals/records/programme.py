"""Milestones and their dates: baseline, forecast, actual."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import DateKind
from sites.record import choice


class Milestone(Evidence, table=True):
    """A named step of the programme. Its number is unique within a disposal and its parts."""

    __tablename__ = "milestone"
    keyed_by: ClassVar[tuple[str, ...]] = ("no",)

    no: int = Field(ge=1)
    name: str = Field(min_length=1)
    owner: str | None = None


class MilestoneDate(Evidence, table=True):
    """One date of a milestone, as an interval and as it was written.

    Attributes:
        is_reading: the papers do not tie this date to this milestone; it is our reading.
    """

    __tablename__ = "milestone_date"

    milestone_no: int
    kind: DateKind = Field(sa_type=choice(DateKind))
    earliest_on: date
    latest_on: date
    as_written: str = Field(min_length=1)
    is_reading: bool = False
    because: str | None = None
