"""Options appraised, the one recommended, and why the others were not."""

from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence


class Option(Evidence, table=True):
    """One way of dealing with the land, with the reasons for and against it.

    Attributes:
        no: the number people say, such as "4.1.3".
        is_do_nothing: keep the land as it is.
        is_own_development: the council builds, and may permit its own development (regulation 3 of
            the Town and Country Planning General Regulations 1992).
        splits_site: the site is cut and its parts are sold separately; `parts` names them.
    """

    __tablename__ = "option"
    keyed_by: ClassVar[tuple[str, ...]] = ("no",)

    no: str = Field(min_length=1, description="Its number in the report, such as 4.1.3.")
    title: str = Field(min_length=1, description="What would be done.")
    is_do_nothing: bool = Field(default=False, description="The land is kept as it is.")
    is_own_development: bool = Field(
        default=False, description="The council would develop the land itself."
    )
    splits_site: bool = Field(default=False, description="The site is cut and sold in parts.")
    parts: str | None = Field(default=None, description="The parts that it makes, by name.")
    is_recommended: bool = Field(default=False, description="The one chosen.")
    reasons_for: str | None = Field(default=None, description="What speaks for it.")
    reasons_against: str | None = Field(default=None, description="What speaks against it.")
    benefits: str | None = Field(default=None, description="What it brings beside money.")
    risks: str | None = Field(default=None, description="What may go wrong.")
