"""Why a lower bid, a price below value or a subsidy is lawful, and who signed it off."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Concern
from sites.record import choice


class ConsiderationReason(Evidence, table=True):
    """Why a bid that is not the highest, a price below value, or a subsidy is lawful.

    Attributes:
        purpose: the well-being that an undervalue serves (Circular 06/03).
        lapsed_on: the day the bid it was given for was no longer preferred.
    """

    __tablename__ = "consideration_reason"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("concern",)

    concern: Concern = Field(sa_type=choice(Concern), description="What the reason answers.")
    because: str = Field(min_length=1, description="The reason.")
    advised_by: str = Field(min_length=1, description="Whose advice it rests on.")
    purpose: str | None = Field(
        default=None, description="Economic, social or environmental well-being served."
    )
    signed_off_by: str | None = Field(default=None, description="Who signed it off.")
    secretary_of_state_consent: str | None = Field(
        default=None, description="The Secretary of State's consent, if there is one."
    )
    lapsed_on: date | None = None
