"""What is kept of land: sites, their parts, revisions of boundaries, and what lies on them."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field

from sites.record import Known, Recorded, choice
from sites.vocabulary import ConstraintKind, Origin

COVERAGE_TOLERANCE_M2 = 0.01  # parts and site may differ by a sheet of paper, no more


class Site(Recorded, table=True):
    """A piece of land.

    Attributes:
        ref: small letters, digits and hyphens.
        easting, northing: metres, EPSG:27700, of a site that is known as a point; a boundary
            tells better where a site is.
        position_source: what says so.
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
    easting: float | None = None
    northing: float | None = None
    position_source: str | None = None


class SitePart(Recorded, table=True):
    """A numbered part of a site that is sold on its own; in force until an ending names it.

    Attributes:
        no: kept for the same land; a part that is made again has a row of its own.
        made_on: the day of the split, where it is known.
    """

    __tablename__ = "site_part"

    id: int | None = Field(default=None, primary_key=True)
    site_ref: str = Field(foreign_key="site.ref", index=True)
    no: int = Field(ge=1)
    name: str = Field(min_length=1)
    purpose: str = Field(min_length=1)
    made_on: date | None = None


class PartEnding(Recorded, table=True):
    """The end of a part: merged into another, or split again; never altered.

    Attributes:
        into_no: the part that its land went to; None where it went to several or to the whole.
    """

    __tablename__ = "part_ending"

    id: int | None = Field(default=None, primary_key=True)
    part_id: int = Field(foreign_key="site_part.id", unique=True)
    site_ref: str = Field(foreign_key="site.ref", index=True)
    no: int = Field(ge=1)
    ended_on: date
    because: str = Field(min_length=1)
    into_no: int | None = None


class Boundary(Recorded, table=True):
    """One revision of the boundary of a site or of a part; never altered.

    Attributes:
        part_no: None for the site itself.
        revision: counts from 1.
        shape: MultiPolygon as WKB, EPSG:27700, on the centimetre grid.
        min_x, min_y, max_x, max_y: its bounds, in metres.
        area_m2: square metres.
        origin: title plan, survey, uploaded, derived from a named source, or drawn.
        accuracy_m: metres, where the source states it.
        is_indicative: neither surveyed nor registered.
        effective_from: the first day it was the boundary; None where that is not known.
        effective_as_written: that day as the source writes it.
        effective_to: the last day it was the boundary, where the source says so.
        effective_to_as_written: that day as the source writes it.
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
    origin: Origin = Field(
        default=Origin.DRAWN,
        sa_type=choice(Origin),
        sa_column_kwargs={"server_default": Origin.DRAWN.value},
    )
    source: str = Field(min_length=1)
    licence: str | None = None
    accuracy_m: float | None = Field(default=None, ge=0)
    is_indicative: bool
    because: str = Field(min_length=1)
    effective_from: date | None = None
    effective_as_written: str | None = None
    effective_to: date | None = None
    effective_to_as_written: str | None = None


class Constraint(Recorded, table=True):
    """What burdens a site: an easement, a tunnel; in force until a later row replaces it.

    Attributes:
        shape: any geometry as WKB, EPSG:27700, or None where it is not drawn.
        standing: to investigate, reported, or resolved.
        effective_from, effective_to: the days on which it begins and ends, where they are known.
        replaces: id of the row that this one corrects.
    """

    __tablename__ = "land_constraint"
    __table_args__ = (Index("uq_land_constraint_replaces", "replaces", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    site_ref: str = Field(foreign_key="site.ref", index=True)
    kind: ConstraintKind = Field(sa_type=choice(ConstraintKind))
    name: str = Field(min_length=1)
    shape: bytes | None = None
    beneficiary: str | None = None
    standing: str = "to investigate"
    source: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    replaces: int | None = None


class Occupation(Recorded, table=True):
    """A use of a site, past or present; in force until a later row replaces it.

    Attributes:
        shape: the area used as WKB, EPSG:27700, or None where it is not drawn.
        is_current: whether it goes on.
        effective_from, effective_to: the days on which it begins and ends, where they are known.
        replaces: id of the row that this one corrects.
    """

    __tablename__ = "occupation"
    __table_args__ = (Index("uq_occupation_replaces", "replaces", unique=True),)

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
    effective_from: date | None = None
    effective_to: date | None = None
    replaces: int | None = None


class Touch(Recorded, table=True):
    """A part, or the site as a whole, that a constraint or an occupation touches.

    Worked out when either is recorded, so that judging a case needs no geometry. It counts while
    its boundary does.

    Attributes:
        part_no: None for the site itself.
        boundary_id: the revision that was measured.
        length_m: metres within the boundary, for a line.
        area_m2: square metres within the boundary, for an area.
    """

    __tablename__ = "touch"

    id: int | None = Field(default=None, primary_key=True)
    constraint_id: int | None = Field(default=None, foreign_key="land_constraint.id")
    occupation_id: int | None = Field(default=None, foreign_key="occupation.id")
    site_ref: str = Field(foreign_key="site.ref", index=True)
    part_no: int | None = None
    boundary_id: int = Field(foreign_key="boundary.id")
    length_m: float | None = Field(default=None, ge=0)
    area_m2: float | None = Field(default=None, ge=0)
