"""The registers that councils must publish, row by row, from what the register holds."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
import shapely
import sqlalchemy
from sqlalchemy import Row
from sqlmodel import Session, col, select

from disposals.disclosure.asked import Asked, Page, boundaries_on, site_pages, wanted
from disposals.disclosure.departures import left
from disposals.disclosure.fields import Audience, visible
from disposals.register import Register
from sites.areas import hectares
from sites.columns import mapped, preset
from sites.projection import to_wgs84
from sites.records import Boundary, Site
from sites.sources import ImportedRow

_SITE: tuple[Any, ...] = (
    Site.ref, Site.name, Site.address, Site.postcode, Site.uprn, Site.tenure, Site.easting,
    Site.northing,
)  # fmt: skip
_LAND_AREA_DECIMALS = 4
_BROWNFIELD_DECIMALS = 2  # as the specification asks


class Published(StrEnum):
    """A register with published columns."""

    TRANSPARENCY_CODE = "transparency-code"
    BROWNFIELD = "brownfield"
    BROWNFIELD_2017 = "brownfield-2017"

    @property
    def presets(self) -> tuple[str, ...]:
        """The layouts whose rows stand in such a register."""
        if self is Published.TRANSPARENCY_CODE:
            return ("transparency-code",)
        return ("brownfield", "brownfield-2017")


def columns(kind: Published) -> tuple[str, ...]:
    """The columns as published, in order."""
    return preset(kind.value).columns


def rows(register: Register, kind: Published, asked: Asked) -> Iterator[Mapping[str, str | None]]:
    """The rows of a published register, by the references of the sites.

    The Transparency Code register has every site that the council has not sold and did not enter
    from a brownfield register alone; a brownfield register the sites entered from one. Sites that
    are asked for by reference are in either. What this register keeps comes from it; every other
    column from the newest row that was imported in that layout.

    Raises:
        NoSuchCase, BadFact: as for `asked.wanted`.
    """
    with register.read() as session:
        chosen = wanted(session, asked)
        for page in site_pages(session, chosen):
            imported = _imported(session, page)
            found = _sites(session, page)
            # What the law has published is the land that is the council's, whoever may know why.
            refs = [site.ref for site in found]
            gone = left(session, refs, Audience.OFFICER, on=asked.on)
            sites = [
                site
                for site in found
                if chosen or (site.ref not in gone and _belongs(kind, imported.get(site.ref, {})))
            ]
            boundaries = boundaries_on(session, page.holds(Boundary.site_ref), asked.on)
            shapes = [boundaries.get((site.ref, None)) for site in sites]
            places = _places(sites, shapes, in_degrees=kind is not Published.TRANSPARENCY_CODE)
            for site, boundary, place in zip(sites, shapes, places, strict=True):
                read = _newest(kind, imported.get(site.ref, {}))
                area = None if boundary is None else float(hectares(boundary.area_m2))
                told = _told(kind, site, read, place, area, asked)
                yield visible(kind.value, told, asked.audience)


def _sites(session: Session, page: Page) -> Sequence[Row[Any]]:
    query = sqlalchemy.select(*_SITE).where(page.holds(Site.ref)).order_by(col(Site.ref))
    return session.connection().execute(query).all()


def _imported(session: Session, page: Page) -> dict[str, dict[str, ImportedRow]]:
    """By site and layout the newest row that was imported."""
    found: dict[str, dict[str, ImportedRow]] = {}
    query = select(ImportedRow).where(page.holds(ImportedRow.site_ref))
    for row in session.exec(query.order_by(col(ImportedRow.id))):
        found.setdefault(row.site_ref, {})[row.preset] = row
    return found


def _belongs(kind: Published, imported: Mapping[str, ImportedRow]) -> bool:
    if kind is not Published.TRANSPARENCY_CODE:
        return bool(imported.keys() & set(kind.presets))
    return not imported or bool(imported.keys() - set(Published.BROWNFIELD.presets))


def _newest(kind: Published, imported: Mapping[str, ImportedRow]) -> ImportedRow | None:
    known = [row for name, row in imported.items() if name in kind.presets]
    return max(known, key=lambda row: row.id or 0, default=None)


def _places(
    sites: Sequence[Row[Any]], boundaries: Sequence[Row[Any] | None], *, in_degrees: bool
) -> list[tuple[str, str] | None]:
    """A point on each site: in metres to the centimetre, or in degrees to 6 decimals."""
    points = [
        shapely.Point(site.easting, site.northing)
        if boundary is None and site.easting is not None and site.northing is not None
        else boundary and shapely.point_on_surface(shapely.from_wkb(boundary.shape))
        for site, boundary in zip(sites, boundaries, strict=True)
    ]
    placed: Any = np.array(points, dtype=object)
    if in_degrees:
        placed = to_wgs84(placed)
    decimals = 6 if in_degrees else 2
    return [
        None if point is None else (f"{point.x:.{decimals}f}", f"{point.y:.{decimals}f}")
        for point in placed
    ]


def _told(
    kind: Published,
    site: Row[Any],
    imported: ImportedRow | None,
    place: tuple[str, str] | None,
    area: float | None,
    asked: Asked,
) -> dict[str, str | None]:
    """Every published column of a site."""
    read = json.loads(imported.fields) if imported else {}
    known = {_plain(name): value for name, value in read.items()}
    told: dict[str, str | None] = {name: known.get(_plain(name)) for name in columns(kind)}
    told["GeoX"], told["GeoY"] = place or (None, None)
    if kind is Published.TRANSPARENCY_CODE:
        told |= {
            "EffectiveDate": asked.on.isoformat(),
            "UPRN": site.uprn,
            "AssetCode": imported.key if imported else site.ref,
            "PropertyName": site.name,
            "PostCode": site.postcode,
            "CoordinateReferenceSystem": "OSGB36" if place else None,
            "TenureType": site.tenure,
            **_street(site, read),
        }
        if area is not None:
            told["LandArea"] = f"{area:.{_LAND_AREA_DECIMALS}f}"
        return told
    parts = (
        [site.name] if not site.address or site.address in site.name else [site.name, site.address]
    )
    told |= {
        "SiteReference": imported.key if imported else site.ref,
        "SiteNameAddress": " ".join(", ".join(parts).split()),
    }
    if kind is Published.BROWNFIELD_2017:
        told["CoordinateReferenceSystem"] = "WGS84" if place else None
    if area is not None:
        told["Hectares"] = f"{area:.{_BROWNFIELD_DECIMALS}f}"
    return told


def _street(site: Row[Any], read: Mapping[str, str | None]) -> dict[str, str | None]:
    """The address in the columns it was read from, unless the register has another by now."""
    facts = mapped(list(read), preset=Published.TRANSPARENCY_CODE.value).facts(read)
    if facts.get("address") == site.address:
        return {}
    return {"StreetNumber": None, "StreetName": site.address, "PostTown": None}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
