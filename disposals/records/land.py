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

    site_ref: str = Field(foreign_key="site.ref")
    question: Question = Field(sa_type=choice(Question))
    answer: Known = Field(sa_type=choice(Known))
    basis: str = Field(min_length=1)
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

    site_ref: str | None = Field(default=None, foreign_key="site.ref")
    kind: str = Field(min_length=1)
    title: str = Field(min_length=1)
    body: str = Field(min_length=1)
    needed_before: str | None = None
    granted_on: date | None = None
    reference: str | None = None


class MoratoriumNotice(Evidence, table=True):
    """Notice to the listing authority that listed land is to be sold (Localism Act 2011 s.95).

    Attributes:
        received_on: the day the listing authority received it; every period begins with it.
        bid_requested: whether a community group asked within the interim period to bid.
    """

    __tablename__ = "moratorium_notice"
    keyed_by: ClassVar[tuple[str, ...]] = ("site_ref",)
    past: ClassVar[tuple[str, ...]] = ("received_on",)

    site_ref: str = Field(foreign_key="site.ref")
    received_on: date
    bid_requested: Known = Field(default=Known.UNKNOWN, sa_type=choice(Known))


class TitleReport(Evidence, table=True):
    """The solicitor's report on title."""

    __tablename__ = "title_report"
    keyed_by: ClassVar[tuple[str, ...]] = ("site_ref",)
    past: ClassVar[tuple[str, ...]] = ("reported_on",)
    dated: ClassVar[str | None] = "reported_on"

    site_ref: str | None = Field(default=None, foreign_key="site.ref")
    reported_on: date
    reported_by: str = Field(min_length=1)
    title_nos: str | None = None
    finding: str = Field(min_length=1)


class Possession(Evidence, table=True):
    """An occupation brought to an end, so that the land can be sold with vacant possession."""

    __tablename__ = "possession"
    keyed_by: ClassVar[tuple[str, ...]] = ("occupation",)
    past: ClassVar[tuple[str, ...]] = ("ended_on",)
    dated: ClassVar[str | None] = "ended_on"

    occupation: str = Field(min_length=1)
    ended_on: date
