"""Contract, its conditions, the deed and the capital receipt."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import DeedForm
from sites.record import choice


class Contract(Evidence, table=True):
    """The contract as exchanged.

    Attributes:
        price_pence: in pence.
        lapsed_on: the day it fell away with the buyer.
    """

    __tablename__ = "contract"
    inherited: ClassVar[bool] = False
    past: ClassVar[tuple[str, ...]] = ("exchanged_on",)

    exchanged_on: date
    buyer: str = Field(min_length=1)
    price_pence: int = Field(ge=0)
    is_conditional: bool
    longstop_on: date | None = None
    lapsed_on: date | None = None


class Condition(Evidence, table=True):
    """A condition precedent of the contract."""

    __tablename__ = "condition"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("title",)
    past: ClassVar[tuple[str, ...]] = ("satisfied_on",)

    title: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    longstop_on: date | None = None
    satisfied_on: date | None = None
    lapsed_on: date | None = None


class Deed(Evidence, table=True):
    """The deed by which the land passes."""

    __tablename__ = "deed"
    inherited: ClassVar[bool] = False
    past: ClassVar[tuple[str, ...]] = ("dated_on",)

    form: DeedForm = Field(sa_type=choice(DeedForm))
    dated_on: date
    lapsed_on: date | None = None


class Receipt(Evidence, table=True):
    """Money received, in pence."""

    __tablename__ = "receipt"
    inherited: ClassVar[bool] = False
    past: ClassVar[tuple[str, ...]] = ("received_on",)

    amount_pence: int = Field(gt=0)
    kind: str = "capital receipt"
    received_on: date
