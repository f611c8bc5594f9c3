"""What may be published of an entry, and what not: decided, reasoned, reviewed, released."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence
from disposals.vocabulary import Disclosure, ReleaseAt
from sites.record import choice


class Classification(Evidence, table=True):
    """An entry, or one field of it, declared open or exempt (LGA 1972 Schedule 12A).

    Attributes:
        kind, entry: which entry, as in bid-12: the name of its table and its number.
        field: the one field meant; None for the whole entry.
        verdict: open or exempt. Exempt is held under `paragraphs`.
        because: why, in words that may be published. For what is exempt, why the public interest
            in that outweighs the one in disclosure (paragraph 10).
        review_on: the day on which the public interest is weighed again.
        release_on, release_at: the day from which, or the event with which, it is open.
    """

    __tablename__ = "classification"
    keyed_by: ClassVar[tuple[str, ...]] = ("kind", "entry", "field")
    inherited: ClassVar[bool] = False

    kind: str
    entry: int
    field: str | None = None
    verdict: Disclosure = Field(sa_type=choice(Disclosure))
    because: str = Field(min_length=1)
    review_on: date | None = None
    release_on: date | None = None
    release_at: ReleaseAt | None = Field(default=None, sa_type=choice(ReleaseAt))
