"""Marketing campaigns."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import LateRule, Method
from sites.record import choice

_TIME = {"pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "examples": ["12:00"]}


class Campaign(Evidence, table=True):
    """One marketing campaign. A re-marketing is a new campaign with the next number.

    Attributes:
        closes_on: the last day for offers; `closes_at` the hour on that day.
        late_rule: what the particulars say of an offer that comes later.
        public_key: what bids are sealed with (base64); None where bids are not sealed.
        locked_key: what opens them, locked with the passphrases of both openers (base64).
        ended_on: the day the case went back to marketing or further, so that its bids count no
            more.
    """

    __tablename__ = "campaign"
    inherited: ClassVar[bool] = False
    keyed_by: ClassVar[tuple[str, ...]] = ("no",)

    no: int = Field(default=1, ge=1)
    method: Method = Field(sa_type=choice(Method), description="How offers are sought.")
    agent: str = Field(min_length=1, description="The agent appointed.")
    scope: str | None = Field(default=None, description="What offers are invited for.")
    particulars: str | None = Field(default=None, description="The particulars, by title.")
    advertised_in: str | None = Field(default=None, description="Where it was advertised.")
    began_on: date | None = Field(default=None, description="The first day.")
    closes_on: date | None = Field(default=None, description="The last day for offers.")
    closes_at: str | None = Field(
        default=None, schema_extra=_TIME, description="The hour on the last day, such as 12:00."
    )
    closes_as_written: str | None = None
    late_rule: LateRule | None = Field(
        default=None, sa_type=choice(LateRule), description="The written rule on a late offer."
    )
    asks_price_per_point: bool = Field(
        default=False, description="The particulars compare by price per quality point."
    )
    first_opener: str | None = None
    second_opener: str | None = None
    public_key: str | None = None
    locked_key: str | None = None
    ended_on: date | None = None
