"""Options appraised, the one recommended, and why the others were not."""

from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence


class Option(Evidence, table=True):
    """One way of dealing with the land, with the reasons for and against it.

    Attributes:
        no: the number people say, such as "4.1.3".
        is_do_nothing: keep the land as it is.
        splits_site: the site is cut and its parts are sold separately.
    """

    __tablename__ = "option"
    keyed_by: ClassVar[tuple[str, ...]] = ("no",)

    no: str = Field(min_length=1)
    title: str = Field(min_length=1)
    is_do_nothing: bool = False
    splits_site: bool = False
    is_recommended: bool = False
    reasons_for: str | None = None
    reasons_against: str | None = None


class DirectSaleReason(Evidence, table=True):
    """Why the land is sold to one buyer without marketing, and on whose advice of value."""

    __tablename__ = "direct_sale_reason"

    buyer: str = Field(min_length=1)
    because: str = Field(min_length=1)
    advised_by: str | None = None
