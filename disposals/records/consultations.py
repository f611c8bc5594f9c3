"""Who was consulted, when, what they said and what was answered."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Capacity
from sites.record import choice


class Consultation(Evidence, table=True):
    """One contact with one consultee: what they said and what was answered."""

    __tablename__ = "consultation"
    keyed_by: ClassVar[tuple[str, ...]] = ("consultee",)
    accumulates: ClassVar[bool] = True
    past: ClassVar[tuple[str, ...]] = ("held_on",)
    dated: ClassVar[str | None] = "held_on"

    consultee: str = Field(min_length=1, description="The role or body, not a private person.")
    capacity: Capacity = Field(sa_type=choice(Capacity), description="In what capacity.")
    held_on: date | None = None
    said: str = Field(min_length=1, description="What they said.")
    answer: str | None = Field(default=None, description="What was answered.")
