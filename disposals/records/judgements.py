"""Figures and likelihoods that somebody judged: of an option by year, of a bid by condition."""

from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Flow, Hurdle
from sites.record import choice


class Likelihood(Evidence, table=True):
    """How likely it is that a condition of a bid comes about: a judgement, always disclosed."""

    __tablename__ = "likelihood"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("campaign_no", "bidder", "condition")

    campaign_no: int = Field(default=1, ge=1)
    bidder: str = Field(min_length=1, description="The bidder, as recorded.")
    condition: Hurdle = Field(sa_type=choice(Hurdle), description="The condition judged.")
    percent: int = Field(ge=0, le=100, description="How likely, of 100.")
    because: str = Field(min_length=1, description="What the judgement rests on.")
    advised_by: str | None = Field(default=None, description="Whose judgement it is.")


class OptionFigure(Evidence, table=True):
    """A cost or a receipt of an option in one year, in pence of today's money.

    Attributes:
        year: years from now; 0 is at once.
    """

    __tablename__ = "option_figure"
    keyed_by: ClassVar[tuple[str, ...]] = ("option_no", "what", "year")

    option_no: str = Field(min_length=1, description="The option's number.")
    flow: Flow = Field(sa_type=choice(Flow), description="Does the council pay or receive it?")
    what: str = Field(min_length=1, description="What it is for.")
    amount_pence: int = Field(ge=0, description="The amount, in today's money.")
    year: int = Field(default=0, ge=0, le=125, description="Years from now; 0 is at once.")
