"""A disposal, what it holds of which site, its history, and the gates waived for it."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Interest
from sites.record import Moment, Record, choice


class RegisterNote(Record, table=True):
    """The register about itself: one row.

    Attributes:
        format: the version of the tables.
        stands_on: the day an example stands on; None where the calendar counts.
    """

    __tablename__ = "register"

    id: int = Field(default=1, primary_key=True)
    format: int
    authority: str
    stands_on: date | None = None
    example: str | None = None
    made_at: datetime = Field(sa_type=Moment)


class Disposal(Record, table=True):
    """The case of selling, leasing or transferring a site, or a part of one.

    Attributes:
        ref: `steele-avenue`, or `steele-avenue/part-1` for a part.
        whole_ref: for a part, the reference of the whole.
        stage: where it stands; the register refuses one that no history entry explains.
        held_on: set while the case is on hold, so that the stage is never lost.
        version: counts the acts on this case; every act says which one it saw.
    """

    __tablename__ = "disposal"
    __table_args__ = (CheckConstraint("version >= 1", name="version_counts_acts"),)

    ref: str = Field(primary_key=True)
    name: str
    whole_ref: str | None = Field(default=None, foreign_key="disposal.ref", index=True)
    part_no: int | None = None
    authority: str
    officer: str | None = Field(default=None, index=True)
    workflow: str
    workflow_version: int
    stage: str = Field(index=True)
    held_on: date | None = None
    held_because: str | None = None
    review_on: date | None = None
    opened_on: date
    version: int


class Holding(Record, table=True):
    """What a disposal takes in of one site: the whole or a part, the interest and the share.

    Attributes:
        interest: None while it is not known.
    """

    __tablename__ = "holding"
    __table_args__ = (
        UniqueConstraint("disposal_ref", "site_ref"),
        CheckConstraint("share_percent > 0 AND share_percent <= 100", name="share_is_a_share"),
    )

    id: int | None = Field(default=None, primary_key=True)
    disposal_ref: str = Field(foreign_key="disposal.ref", index=True)
    site_ref: str = Field(foreign_key="site.ref", index=True)
    part_no: int | None = None
    interest: Interest | None = Field(default=None, sa_type=choice(Interest))
    share_percent: int = 100


class HistoryEntry(Record, table=True):
    """What happened to a case: an entry for every act, never altered or removed.

    Attributes:
        no: counts from 1 within the case and equals the case's version after the act.
        on: the day of the act; `at`: the moment it was written (aware, UTC).
        report: for a move, the gates as they stood (JSON list).
        details: the facts recorded by the act (JSON object).
    """

    __tablename__ = "history_entry"
    # Deferred, because the entry that explains a new case is written before the case itself.
    __table_args__ = (
        UniqueConstraint("disposal_ref", "no"),
        ForeignKeyConstraint(
            ["disposal_ref"], ["disposal.ref"], deferrable=True, initially="DEFERRED"
        ),
        Index("ix_history_entry_on", "on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    disposal_ref: str = Field(index=True)
    no: int
    act: str
    by: str
    on: date
    at: datetime = Field(sa_type=Moment)
    because: str | None = None
    from_stage: str | None = None
    to_stage: str
    report: str | None = None
    details: str | None = None


class OwnWorkflow(Record, table=True):
    """A workflow definition of the council's own, kept in the register that runs on it.

    Attributes:
        text: the TOML file as it was given; a version is never altered.
    """

    __tablename__ = "own_workflow"
    __table_args__ = (UniqueConstraint("name", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    version: int
    text: str
    recorded_by: str = Field(min_length=1)
    recorded_at: datetime = Field(sa_type=Moment)


class Waiver(Evidence, table=True):
    """A gate passed over by a named authority, with the reason; law is never waived."""

    __tablename__ = "waiver"
    keyed_by: ClassVar[tuple[str, ...]] = ("gate",)

    gate: str
    authority: str = Field(min_length=1)
    because: str = Field(min_length=1)
    until: date | None = None
