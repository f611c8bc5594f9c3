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
