"""Documents: the papers behind the evidence, each known by what is in it."""

from typing import ClassVar

from sqlmodel import Field

from disposals.records.base import Evidence


class Document(Evidence, table=True):
    """A file that is kept beside the register under the hash of its content.

    Attributes:
        sha256: 64 hexadecimal digits (FIPS 180-4); what is read is held against it.
        size_bytes: how long it is.
    """

    __tablename__ = "document"
    keyed_by: ClassVar[tuple[str, ...]] = ("sha256",)

    title: str = Field(min_length=1, description="What it is.")
    kind: str = Field(min_length=1, description="Such as valuation, notice, particulars.")
    file_name: str = Field(min_length=1, description="The file; a copy is kept.")
    sha256: str = Field(schema_extra={"pattern": r"^[0-9a-f]{64}$", "examples": ["e3b0…"]})
    size_bytes: int = Field(ge=0)
