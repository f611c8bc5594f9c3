"""What vouches for the rest: the ledger of all that was written, and who acted."""

from sqlmodel import Field

from sites.record import Record, Recorded


class LedgerEntry(Record, table=True):
    """One write unit of the register: what it wrote, and the hash that chains it to the last.

    Attributes:
        no: counts from 1.
        rows: JSON list of table, key and digest of every row written, in order.
        marks: JSON list of a short mark for each field of these rows.
        because: where it took over rows that were there before there was a ledger.
        hash: SHA-256 (hex) over the hash before it and all of the above.
    """

    __tablename__ = "ledger_entry"

    no: int = Field(primary_key=True)
    rows: str
    marks: str
    because: str | None = None
    hash: str


class Person(Record, table=True):
    """Someone who acted, under a commitment that stands for the name in every digest.

    Attributes:
        name, salt: None once they are erased; the commitment then tells neither.
    """

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    name: str | None = Field(default=None, unique=True)
    salt: str | None = None
    commitment: str = Field(unique=True)


class Erasure(Recorded, table=True):
    """The erasure of a name throughout the register: an entry of its own, never undone."""

    __tablename__ = "erasure"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", unique=True)
    because: str = Field(min_length=1)
