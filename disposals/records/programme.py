"""The programme: milestones and their dates, what they hang on, and what money is awaited."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import DateKind, LagUnit, Mark, Outcome
from sites.record import Moment, Record, choice


class Milestone(Evidence, table=True):
    """A named step of the programme. Its number is unique within a disposal and its parts.

    Attributes:
        only_if: the title of the condition that it hangs on.
        met_by: the gate or the stage that meets it, such as "terms.agreed" or "completion"; then
            nobody ticks it.
    """

    __tablename__ = "milestone"
    __table_args__ = (Index("ix_milestone_mark", "mark", "disposal_ref"),)
    keyed_by: ClassVar[tuple[str, ...]] = ("no",)

    no: int = Field(ge=1)
    name: str = Field(min_length=1)
    owner: str | None = None
    mark: Mark | None = Field(default=None, sa_type=choice(Mark))
    only_if: str | None = None
    met_by: str | None = None


class MilestoneDate(Evidence, table=True):
    """One date of a milestone, as an interval and as it was written.

    Attributes:
        is_reading: the papers do not tie the date to the milestone; it is our reading.
    """

    __tablename__ = "milestone_date"
    __table_args__ = (
        Index("ix_milestone_date_latest_on", "latest_on"),
        Index("ix_milestone_date_of", "disposal_ref", "milestone_no", "id"),
    )

    milestone_no: int
    kind: DateKind = Field(sa_type=choice(DateKind))
    earliest_on: date
    latest_on: date
    as_written: str = Field(min_length=1)
    is_reading: bool = False
    because: str | None = None


class MilestoneLink(Evidence, table=True):
    """A milestone that can't come before another one and a time after it.

    Attributes:
        after_no: the number of the other, of the case itself, its whole or another part.
        is_undone: it no longer holds.
    """

    __tablename__ = "milestone_link"
    keyed_by: ClassVar[tuple[str, ...]] = ("milestone_no", "after_no")

    milestone_no: int
    after_no: int
    lag: int = Field(default=0, ge=0, le=5000)
    lag_unit: LagUnit = Field(default=LagUnit.DAYS, sa_type=choice(LagUnit))
    is_undone: bool = False


class MilestoneCondition(Evidence, table=True):
    """A condition that opens or voids the milestones that hang on it.

    Attributes:
        outcome: None while it is open.
    """

    __tablename__ = "milestone_condition"
    keyed_by: ClassVar[tuple[str, ...]] = ("title",)
    past: ClassVar[tuple[str, ...]] = ("decided_on",)

    title: str = Field(min_length=1)
    outcome: Outcome | None = Field(default=None, sa_type=choice(Outcome))
    decided_on: date | None = None


class HoldingCost(Evidence, table=True):
    """What keeping the land costs each month until it is sold: rates, security, maintenance."""

    __tablename__ = "holding_cost"
    keyed_by: ClassVar[tuple[str, ...]] = ("what",)

    what: str = Field(min_length=1, description="What it is for, such as security.")
    monthly_pence: int = Field(ge=0, description="How much each month.")
    from_on: date = Field(description="Since when it is paid.")
    until_on: date | None = Field(default=None, description="The last day on which it is paid.")


class ReceiptTarget(Record, table=True):
    """What the programme of one financial year is to bring in; the latest entry counts.

    Attributes:
        year: the financial year, 1 April to 31 March, such as "2022/23".
    """

    __tablename__ = "receipt_target"

    id: int | None = Field(default=None, primary_key=True)
    year: str = Field(index=True, schema_extra={"pattern": r"^\d{4}/\d{2}$"})
    amount_pence: int = Field(ge=0)
    because: str = Field(min_length=1)
    recorded_on: date
    recorded_at: datetime = Field(sa_type=Moment)
    recorded_by: str = Field(min_length=1)
