"""Committee meetings as they are planned, and what is put down for them: the work programme.

The programme is a published paper, so whatever is recorded here is open.
"""

from datetime import date

from sqlmodel import Field

from sites.record import Recorded


class Meeting(Recorded, table=True):
    """A meeting of a committee as it is planned. The last row of a number counts; none is altered.

    Attributes:
        is_under_review: the day may still change.
        because: why it was moved or cancelled.
    """

    __tablename__ = "meeting"

    id: int | None = Field(default=None, primary_key=True)
    no: int = Field(ge=1, index=True)
    committee: str = Field(min_length=1)
    held_on: date
    is_under_review: bool = False
    is_cancelled: bool = False
    because: str | None = Field(default=None, min_length=1)
    recorded_on: date


class ProgrammeItem(Recorded, table=True):
    """Something that is put down for a meeting. The last row of a number counts; none is altered.

    Attributes:
        meeting_no: None once it is taken off the programme.
        kind: what the committee is to do: a decision, a report, a briefing.
        disposal_ref: the case that it is about, if it is about one.
        added_by: who asked for it.
        because: why it was deferred or taken off.
    """

    __tablename__ = "programme_item"

    id: int | None = Field(default=None, primary_key=True)
    no: int = Field(ge=1, index=True)
    meeting_no: int | None = None
    title: str = Field(min_length=1)
    kind: str = Field(min_length=1)
    disposal_ref: str | None = Field(default=None, foreign_key="disposal.ref", index=True)
    added_by: str = Field(min_length=1)
    added_on: date
    because: str | None = Field(default=None, min_length=1)
    recorded_on: date
