"""The interest that a campaign drew: viewings and enquiries."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Interested
from sites.record import choice


class Enquiry(Evidence, table=True):
    """Interest that a campaign drew: viewings and enquiries, counted as they come."""

    __tablename__ = "enquiry"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("campaign_no", "kind")
    accumulates: ClassVar[bool] = True
    past: ClassVar[tuple[str, ...]] = ("noted_on",)
    dated: ClassVar[str | None] = "noted_on"

    campaign_no: int = Field(default=1, ge=1, description="The campaign.")
    kind: Interested = Field(sa_type=choice(Interested), description="A viewing or an enquiry.")
    number: int = Field(default=1, ge=1, description="How many.")
    noted_on: date
    note: str | None = Field(default=None, description="What they asked, without names.")
