"""Weighted criteria, and the points that options and bids were given for them."""

from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Scored
from sites.record import choice


class Criterion(Evidence, table=True):
    """One criterion of quality and its weight; the weights of one appraisal add up to 100."""

    __tablename__ = "criterion"
    keyed_by: ClassVar[tuple[str, ...]] = ("scored", "title")

    scored: Scored = Field(sa_type=choice(Scored), description="What is scored by it.")
    title: str = Field(min_length=1, description="What is judged.")
    weight_percent: int = Field(ge=0, le=100, description="Its weight, of 100.")
    most_points: int = Field(default=10, ge=1, le=1000, description="The points for the best.")


class Score(Evidence, table=True):
    """The points that one option or one bid was given for one criterion.

    Attributes:
        subject: the number of the option, or the bidder.
        campaign_no: of a bid; None for an option.
    """

    __tablename__ = "score"
    keyed_by: ClassVar[tuple[str, ...]] = ("scored", "campaign_no", "subject", "criterion")

    scored: Scored = Field(sa_type=choice(Scored), description="What is scored.")
    campaign_no: int | None = Field(default=None, ge=1)
    subject: str = Field(min_length=1, description="The option's number, or the bidder.")
    criterion: str = Field(min_length=1, description="The criterion, as recorded.")
    points: int = Field(ge=0, description="The points given.")
    because: str = Field(min_length=1, description="Why so many.")
