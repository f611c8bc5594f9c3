"""Clauses of heads of terms beyond the usual ones."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence


class Clause(Evidence, table=True):
    """A clause of one version of the terms beyond the usual ones.

    Attributes:
        is_struck_out: it stood in the version before and does not in this one.
    """

    __tablename__ = "clause"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("terms_version", "no")

    terms_version: int = Field(default=1, ge=1)
    no: str = Field(min_length=1, description="Its number, such as 7.")
    heading: str = Field(min_length=1, description="Its heading.")
    text: str = Field(min_length=1, description="What it says.")
    longstop_on: date | None = Field(default=None, description="The last day, of a condition.")
    is_struck_out: bool = Field(default=False, description="It no longer stands.")
