"""How the land was acquired and is held: the questions the law asks, and consents others give."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Question
from sites.record import Known, choice


class LandAnswer(Evidence, table=True):
    """A question answered for one site, and on what basis."""

    __tablename__ = "land_answer"
    keyed_by: ClassVar[tuple[str, ...]] = ("question", "site_ref")
    past: ClassVar[tuple[str, ...]] = ("checked_on",)
    dated: ClassVar[str | None] = "checked_on"

    site_ref: str = Field(
        foreign_key="site.ref",
        description="The site meant, where the disposal takes in several.",
    )
    question: Question = Field(sa_type=choice(Question), description="The question.")
    answer: Known = Field(sa_type=choice(Known), description="The answer.")
    basis: str = Field(min_length=1, description="What the answer rests on.")
    checked_on: date | None = None


class Consent(Evidence, table=True):
    """A consent, order or permission that someone else gives.

    Attributes:
        kind: what it is for: a `Question`, or "planning", "dissolution" and the like.
        needed_before: the stage that waits for it, where one does.
    """

    __tablename__ = "consent"
    keyed_by: ClassVar[tuple[str, ...]] = ("kind", "title", "site_ref")
    past: ClassVar[tuple[str, ...]] = ("granted_on",)

    site_ref: str | None = Field(
        default=None,
        foreign_key="site.ref",
        description="The site meant, where the disposal takes in several.",
    )
    kind: str = Field(min_length=1, description="The question it settles, or “planning”.")
    title: str = Field(min_length=1, description="Its name.")
    body: str = Field(min_length=1, description="Who gives it.")
    needed_before: str | None = Field(
        default=None, description="The stage that waits for it, such as marketing."
    )
    granted_on: date | None = Field(default=None, description="The day it was granted.")
    reference: str | None = Field(default=None, description="Its number.")


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
