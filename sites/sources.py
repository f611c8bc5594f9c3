"""What land was entered from: rows of files as they were read, and the area of the council."""

from typing import TYPE_CHECKING

from sqlmodel import Field, Session, col, select

from sites.record import Recorded

if TYPE_CHECKING:
    from shapely import MultiPolygon


class ImportedRow(Recorded, table=True):
    """A row of a file as it was read, kept whole; the newest of its kind counts for a site.

    Attributes:
        preset: the published layout it follows, such as transparency-code; "plain" for none.
        key: what identifies the row in its file, such as an asset code.
        source: the name of the file.
        fields: JSON object of columns and texts, in the order of the file.
        digest: SHA-256 (hex) of the fields and the shape, to tell a changed row from the same.
    """

    __tablename__ = "imported_row"

    id: int | None = Field(default=None, primary_key=True)
    site_ref: str = Field(foreign_key="site.ref", index=True)
    preset: str = Field(min_length=1)
    key: str = Field(min_length=1, index=True)
    source: str = Field(min_length=1)
    fields: str
    digest: str = Field(min_length=64, max_length=64)


class AuthorityArea(Recorded, table=True):
    """The area of the council; the newest row counts.

    Attributes:
        shape: MultiPolygon as WKB, EPSG:27700.
    """

    __tablename__ = "authority_area"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(min_length=1)
    shape: bytes
    source: str = Field(min_length=1)
    licence: str | None = None


def authority_area(session: Session) -> "MultiPolygon | None":
    """The area of the council as it was last recorded, EPSG:27700, or None."""
    from sites.geometry import from_wkb

    newest = select(AuthorityArea.shape).order_by(col(AuthorityArea.id).desc()).limit(1)
    written = session.exec(newest).one_or_none()
    return None if written is None else from_wkb(written)
