"""Options appraised, the one recommended, and why the others were not."""

from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Flow
from sites.record import choice


class Option(Evidence, table=True):
    """One way of dealing with the land, with the reasons for and against it.

    Attributes:
        no: the number people say, such as "4.1.3".
        is_do_nothing: keep the land as it is.
        splits_site: the site is cut and its parts are sold separately; `parts` names them.
    """

    __tablename__ = "option"
    keyed_by: ClassVar[tuple[str, ...]] = ("no",)

    no: str = Field(min_length=1, description="Its number in the report, such as 4.1.3.")
    title: str = Field(min_length=1, description="What would be done.")
    is_do_nothing: bool = Field(default=False, description="The land is kept as it is.")
    splits_site: bool = Field(default=False, description="The site is cut and sold in parts.")
    parts: str | None = Field(default=None, description="The parts that it makes, by name.")
    is_recommended: bool = Field(default=False, description="The one chosen.")
    reasons_for: str | None = Field(default=None, description="What speaks for it.")
    reasons_against: str | None = Field(default=None, description="What speaks against it.")
    benefits: str | None = Field(default=None, description="What it brings beside money.")
    risks: str | None = Field(default=None, description="What may go wrong.")


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


class DirectSaleReason(Evidence, table=True):
    """Why the land is sold to one buyer without marketing, and on whose advice of value."""

    __tablename__ = "direct_sale_reason"

    buyer: str = Field(min_length=1, description="The one buyer.")
    because: str = Field(min_length=1, description="Why without marketing.")
    advised_by: str | None = Field(default=None, description="Who advised on value.")
