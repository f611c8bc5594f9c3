"""Executive decisions, and the equality and data protection screening that goes with them."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import CallInOutcome, Fallback, Recommendation, Screening, Urgency
from sites.record import choice


class Decision(Evidence, table=True):
    """An executive decision (SI 2012/2089): notice, committee, taking, call-in.

    Attributes:
        number: as published, such as "21/00100".
        notice_on: the day notice of a key decision was published.
        published_on: the day the record of the decision was published; call-in counts from it.
        divisions: the electoral divisions whose people it significantly affects, with semicolons.
        considered_on: the day of the committee's meeting, which may be still to come; what the
            committees made of it is in `Referral`.
        exception: the lawful way round the notice; `exception_on` is the day on which notice of a
            general exception was made available, or special urgency was agreed.
        exception_agreed_by: who agreed that it is urgent: the chair of overview and scrutiny.
        urgency: why the notice is impracticable.
        implementation: what is done to carry it out, by whom and when.
        call_in_waived: who agreed that the decision is not subject to call-in.
        proposed_by: who put it forward, and so can't take it.
        buyer, price_pence, area_m2: what is decided, in pence and square metres; terms that depart
            from it want a new decision.
        fallback: what it authorises if the buyer is lost; not below `floor_price_pence`.
    """

    __tablename__ = "decision"
    keyed_by: ClassVar[tuple[str, ...]] = ("number",)
    past: ClassVar[tuple[str, ...]] = (
        "notice_on", "exception_on", "taken_on", "published_on", "implemented_on", "withdrawn_on",
    )  # fmt: skip

    number: str = Field(
        schema_extra={"pattern": r"^\d{2}/\d{5}$", "examples": ["21/00100"]},
        description="Such as 21/00100.",
    )
    title: str = Field(min_length=1, description="What is decided.")
    taker: str = Field(min_length=1, description="The role that takes it.")
    proposed_by: str | None = Field(default=None, description="The role that puts it forward.")
    delegated_to: str | None = Field(default=None, description="What is delegated, and to whom.")
    is_key: bool = Field(description="A key decision, or not.")
    key_criterion: str | None = Field(default=None, description="What makes it key.")
    divisions: str | None = Field(
        default=None,
        description="The electoral divisions it significantly affects, with semicolons between.",
    )
    buyer: str | None = Field(default=None, description="To whom the sale is decided.")
    price_pence: int | None = Field(default=None, ge=0, description="The price decided.")
    area_m2: float | None = Field(
        default=None, gt=0, description="The land decided on, in square metres."
    )
    fallback: Fallback | None = Field(
        default=None,
        sa_type=choice(Fallback),
        description="What it authorises if the buyer is lost.",
    )
    floor_price_pence: int | None = Field(
        default=None, ge=0, description="The price below which that does not go."
    )
    notice_on: date | None = None
    committee: str | None = Field(default=None, description="The committee that considers it.")
    considered_on: date | None = Field(default=None, description="The day it considered it.")
    committee_outcome: str | None = Field(
        default=None, description="What the committee recommended."
    )
    taken_on: date | None = None
    published_on: date | None = None
    exception: Urgency | None = Field(default=None, sa_type=choice(Urgency))
    exception_on: date | None = None
    exception_agreed_by: str | None = Field(default=None, min_length=1)
    urgency: str | None = Field(default=None, min_length=1)
    call_in_waived: str | None = Field(default=None, min_length=1)
    reasons: str | None = Field(default=None, description="The reasons.")
    alternatives: str | None = Field(default=None, description="Considered and rejected.")
    interests: str | None = None
    implementation: str | None = Field(
        default=None, description="What is done to carry it out, by whom and when."
    )
    implemented_on: date | None = None
    withdrawn_on: date | None = None
    withdrawn_because: str | None = Field(default=None, min_length=1)


class Referral(Evidence, table=True):
    """A committee that a proposed decision is put before, its papers, and what it made of it.

    Attributes:
        meeting_on: the day of the meeting, which may be still to come.
        report_published_on: the day agenda and report were open to the public (LGA 1972 s.100B).
        late_because: why the chair takes the report as urgent though it was published late.
        considered_on: the day the committee considered it; None while it has not.
        amended: the words in which it endorsed the decision, where it amended them.
    """

    __tablename__ = "referral"
    keyed_by: ClassVar[tuple[str, ...]] = ("number", "committee")
    past: ClassVar[tuple[str, ...]] = ("report_published_on", "considered_on")

    number: str
    committee: str = Field(min_length=1)
    meeting_on: date
    report_published_on: date | None = None
    late_because: str | None = Field(default=None, min_length=1)
    considered_on: date | None = None
    recommendation: Recommendation | None = Field(default=None, sa_type=choice(Recommendation))
    amended: str | None = Field(default=None, min_length=1)
    abstentions: int | None = Field(default=None, ge=0)


class PrivateMeeting(Evidence, table=True):
    """A private meeting of the executive that is to take a decision (SI 2012/2089 reg 5).

    Attributes:
        notice_on: the first notice, 28 clear days before the meeting.
        second_notice_on: the second, 5 clear days before, with the representations received.
        agreed_by: who agreed that it is urgent: the chair of overview and scrutiny (reg 5(6)).
    """

    __tablename__ = "private_meeting"
    keyed_by: ClassVar[tuple[str, ...]] = ("number",)
    past: ClassVar[tuple[str, ...]] = ("notice_on", "second_notice_on")

    number: str
    meeting_on: date
    notice_on: date | None = None
    second_notice_on: date | None = None
    agreed_by: str | None = Field(default=None, min_length=1)


class CallIn(Evidence, table=True):
    """A decision called in, what came of it, and its confirmation by whoever took it.

    Attributes:
        confirmed_on: the day its taker confirmed a decision that was referred back or went to the
            Council.
    """

    __tablename__ = "call_in"
    keyed_by: ClassVar[tuple[str, ...]] = ("number",)
    past: ClassVar[tuple[str, ...]] = ("called_in_on", "outcome_on", "confirmed_on")

    number: str
    called_in_on: date
    called_in_by: str = Field(min_length=1)
    because: str = Field(min_length=1)
    outcome: CallInOutcome | None = Field(default=None, sa_type=choice(CallInOutcome))
    outcome_on: date | None = None
    confirmed_on: date | None = None


class Assessment(Evidence, table=True):
    """The outcome of an equality or data protection screening."""

    __tablename__ = "assessment"
    keyed_by: ClassVar[tuple[str, ...]] = ("kind",)
    past: ClassVar[tuple[str, ...]] = ("assessed_on",)
    dated: ClassVar[str | None] = "assessed_on"

    kind: Screening = Field(sa_type=choice(Screening), description="What was screened.")
    outcome: str = Field(min_length=1, description="What came of it.")
    assessed_on: date | None = None


class Approval(Evidence, table=True):
    """An approval that the council's own workflow asks for by name."""

    __tablename__ = "approval"
    keyed_by: ClassVar[tuple[str, ...]] = ("name",)
    past: ClassVar[tuple[str, ...]] = ("approved_on",)
    dated: ClassVar[str | None] = "approved_on"

    name: str = Field(min_length=1, description="The approval, as the workflow names it.")
    approver: str = Field(min_length=1, description="The role that gives it.")
    approved_on: date
    because: str | None = Field(default=None, description="On what it rests.")
    lapsed_on: date | None = None
