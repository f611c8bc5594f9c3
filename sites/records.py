"""What is kept of land: sites, their parts, revisions of boundaries, and what lies on them."""

from datetime import date

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from sites.record import Known, Recorded, choice

COVERAGE_TOLERANCE_M2 = 0.01  # parts and site may differ by a sheet of paper, no more


class Site(Recorded, table=True):
    """A piece of land.

    Attributes:
        ref: small letters, digits and hyphens.
        stated_area: as the papers state it; the measured one belongs to the boundary.
        acquired_on_as_written: as the papers write it, such as "1973".
    """

    __tablename__ = "site"

    ref: str = Field(
        primary_key=True,
        schema_extra={"pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$", "examples": ["steele-avenue"]},
    )
    name: str = Field(min_length=1)
    address: str | None = None
    postcode: str | None = None
    uprn: str | None = None
    district: str | None = None
    division: str | None = None
    tenure: str | None = None
    stated_area: str | None = None
    holding_power: str | None = None
    acquired_on_as_written: str | None = None
    acquired_for: str | None = None
    acquired_under_compulsion: Known = Field(default=Known.UNKNOWN, sa_type=choice(Known))
    title_nos: str | None = None


class SitePart(Recorded, table=True):
    """A numbered part of a site that is sold on its own."""

    __tablename__ = "site_part"
    __table_args__ = (UniqueConstraint("site_ref", "no"),)

    id: int | None = Field(default=None, primary_key=True)
    site_ref: str = Field(foreign_key="site.ref", index=True)
    no: int = Field(ge=1)
    name: str = Field(min_length=1)
    purpose: str = Field(min_length=1)


class Boundary(Recorded, table=True):
    """One revision of the boundary of a site or of a part; never altered.

    Attributes:
        part_no: None for the site itself.
        revision: counts from 1.
        shape: MultiPolygon as WKB, EPSG:27700, on the centimetre grid.
        min_x, min_y, max_x, max_y: its bounds, in metres.
        area_m2: square metres.
        accuracy_m: metres, where the source states it.
        is_indicative: neither surveyed nor registered.
        effective_from: the first day it was the boundary; None where that is not known.
        effective_as_written: that day as the source writes it.
    """

    __tablename__ = "boundary"
    # No part is part 0 here, for to a database two empty part numbers are never the same.
    __table_args__ = (
        Index(
            "uq_boundary_site_ref_part_no_revision",
            "site_ref", text("coalesce(part_no, 0)"), "revision", unique=True,
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    site_ref: str = Field(foreign_key="site.ref", index=True)
    part_no: int | None = None
    revision: int = Field(ge=1)
    shape: bytes
    min_x: float
    min_y: float
    max_x: float
    max_y: float
    area_m2: float = Field(gt=0)
    source: str = Field(min_length=1)
    licence: str | None = None
    accuracy_m: float | None = Field(default=None, ge=0)
    is_indicative: bool
    because: str = Field(min_length=1)
    effective_from: date | None = None
    effective_as_written: str | None = None


class Constraint(Recorded, table=True):
    """What burdens a site: an easement, a tunnel.

    Attributes:
        shape: any geometry as WKB, EPSG:27700, or None.
        standing: to investigate, reported, or resolved.
    """

    __tablename__ = "land_constraint"

    id: int | None = Field(default=None, primary_key=True)
    site_ref: str = Field(foreign_key="site.ref", index=True)
    kind: str = Field(min_length=1)
    name: str = Field(min_length=1)
    shape: bytes | None = None
    beneficiary: str | None = None
    standing: str = "to investigate"
    source: str | None = None


class Occupation(Recorded, table=True):
    """A use of a site, past or present.

    Attributes:
        shape: the area used as WKB, EPSG:27700, or None.
        is_current: whether it goes on.
    """

    __tablename__ = "occupation"

    id: int | None = Field(default=None, primary_key=True)
    site_ref: str = Field(foreign_key="site.ref", index=True)
    use: str = Field(min_length=1)
    occupier: str | None = None
    shape: bytes | None = None
    began_as_written: str | None = None
    ends_as_written: str | None = None
    is_current: Known = Field(default=Known.UNKNOWN, sa_type=choice(Known))
    notice_days: int | None = Field(default=None, ge=0)
    source: str | None = None
