"""Why land is sold to one buyer without marketing."""

from sqlmodel import Field

from disposals.records.base import Evidence


class DirectSaleReason(Evidence, table=True):
    """Why the land is sold to one buyer without marketing, and on whose advice of value."""

    __tablename__ = "direct_sale_reason"

    buyer: str = Field(min_length=1, description="The one buyer.")
    because: str = Field(min_length=1, description="Why without marketing.")
    advised_by: str | None = Field(default=None, description="Who advised on value.")
