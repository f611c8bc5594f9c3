"""Surplus declaration: who declared, and which services were offered the land."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from sites.record import Known, choice


class Declaration(Evidence, table=True):
    """The holding service no longer needs the land.

    Attributes:
        declared_on: None where the papers give no day; `as_written` then says what they give.
    """

    __tablename__ = "declaration"
    past: ClassVar[tuple[str, ...]] = ("declared_on",)
    dated: ClassVar[str | None] = "declared_on"

    declared_on: date | None = None
    as_written: str | None = None
    declared_by: str = Field(min_length=1, description="The service or officer who declared it.")
    authority: str | None = Field(
        default=None, description="Under what authority: a decision or a scheme of delegation."
    )
    because: str = Field(min_length=1, description="Why the service no longer needs it.")


class Circulation(Evidence, table=True):
    """The land offered to the council's other services before it is offered to anyone else.

    Attributes:
        is_claimed: whether a service that replied wants the land.
    """

    __tablename__ = "circulation"
    past: ClassVar[tuple[str, ...]] = ("sent_on",)
    dated: ClassVar[str | None] = "sent_on"

    circulated_to: str = Field(min_length=1, description="The services offered the land.")
    sent_on: date | None = None
    reply_by: date | None = Field(default=None, description="The last day for replies.")
    reply: str | None = Field(default=None, description="What they answered.")
    is_claimed: Known = Field(
        default=Known.UNKNOWN, sa_type=choice(Known), description="Does a service want it?"
    )
