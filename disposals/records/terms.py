"""Heads of terms."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence


class HeadsOfTerms(Evidence, table=True):
    """One version of the terms with one buyer.

    Attributes:
        price_pence: in pence.
        agreed_on: the day both sides agreed them, subject to contract.
        lapsed_on: the day they fell away with the buyer.
    """

    __tablename__ = "heads_of_terms"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("terms_version",)
    past: ClassVar[tuple[str, ...]] = ("agreed_on", "lapsed_on")

    terms_version: int = Field(default=1, ge=1)
    buyer: str = Field(min_length=1)
    price_pence: int = Field(ge=0)
    conditions: str | None = None
    longstop_on: date | None = None
    agreed_on: date | None = None
    lapsed_on: date | None = None
