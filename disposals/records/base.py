"""What every piece of evidence says of itself: which case, who, when, and may it be published."""

from datetime import date, datetime
from typing import ClassVar

from sqlmodel import Field

from disposals.vocabulary import Disclosure
from sites.record import Moment, Record, choice


class Evidence(Record):
    """A record that a gate reads. Rows are never altered: a correction replaces an older row.

    Attributes:
        recorded_on: the day of the act as the register counts days.
        recorded_at: the moment it was written (aware, UTC).
        replaces: id of the row of the same table that this one corrects or carries forward; a
            row is replaced at most once.
        paragraphs: numbers of Schedule 12A Part 1 that make it exempt, such as "3" or "3, 5".
        source: where the fact was published or filed.
        is_illustrative: true where the published papers do not give the value.
        keyed_by: fields that identify what a row is about. A part's own row stands in place of
            the whole's only where these agree; with none, any row of its own does.
        accumulates: rows about the same thing stand beside each other where otherwise the
            later would replace the earlier.
        inherited: what is recorded on the whole counts for its parts. Not so for what belongs to
            one sale: campaign, bids, terms, contract.
        past: fields that tell of what has happened, so that they can't lie in the future.
        dated: the field that holds the day of the act itself, which `--on` gives.
    """

    keyed_by: ClassVar[tuple[str, ...]] = ()
    accumulates: ClassVar[bool] = False
    inherited: ClassVar[bool] = True
    past: ClassVar[tuple[str, ...]] = ()
    dated: ClassVar[str | None] = None

    id: int | None = Field(default=None, primary_key=True)
    disposal_ref: str = Field(foreign_key="disposal.ref", index=True)
    recorded_on: date
    recorded_at: datetime = Field(sa_type=Moment)
    recorded_by: str = Field(min_length=1)
    replaces: int | None = Field(default=None, unique=True)
    disclosure: Disclosure = Field(default=Disclosure.EXEMPT, sa_type=choice(Disclosure))
    paragraphs: str | None = Field(
        default=None, description="Exempt under these paragraphs of Schedule 12A, such as 3."
    )
    exempt_because: str | None = Field(
        default=None, description="Why exemption outweighs the public interest in disclosure."
    )
    source: str | None = Field(default=None, description="Where the fact is published or filed.")
    is_illustrative: bool = False
