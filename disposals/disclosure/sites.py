"""Sites and their parts as map features, each with what the audience may know of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, col, select

from disposals.disclosure.fields import Audience, visible
from disposals.finding import find_case, holdings_of, own_in_force
from disposals.records.bids import Bid
from disposals.records.cases import Disposal, Holding
from disposals.register import Register
from disposals.vocabulary import Standing
from sites.areas import acres, hectares
from sites.boundaries import current_revision
from sites.geometry import from_wkb
from sites.records import Site, SitePart

if TYPE_CHECKING:
    from shapely import MultiPolygon


@dataclass(frozen=True, slots=True)
class MapFeature:
    """A site or a part of one.

    Attributes:
        shape: EPSG:27700, or None where no boundary is recorded.
        properties: names and values that the audience may see.
    """

    id: str
    shape: "MultiPolygon | None"
    properties: dict[str, Any]


def features(
    register: Register, refs: Iterable[str] = (), *, audience: Audience, on: date
) -> Iterator[MapFeature]:
    """Every site with its parts, or those of some disposals, by reference.

    Args:
        refs: disposals; none means every site in the register.
        on: the day whose boundaries are wanted.

    Raises:
        NoSuchCase: there is no case of one of the references.
    """
    with register.read() as session:
        wanted = _wanted(session, refs)
        for site in _sites(session, wanted):
            held = _disposals_of(session, site.ref)
            asked = wanted.get(site.ref, {None})
            if None in asked:
                yield _feature(session, site, None, held.get(None), audience, on)
            parts = session.exec(
                select(SitePart).where(SitePart.site_ref == site.ref).order_by(col(SitePart.no))
            ).all()
            for part in parts:
                if not asked & {None, part.no}:
                    continue
                disposal = held.get(part.no, held.get(None))
                yield _feature(session, site, part, disposal, audience, on)


def _wanted(session: Session, refs: Iterable[str]) -> dict[str, set[int | None]]:
    """By site, the parts that some disposals take in; None for the whole with all its parts."""
    wanted: dict[str, set[int | None]] = {}
    for ref in refs:
        for holding in holdings_of(session, find_case(session, ref).ref):
            wanted.setdefault(holding.site_ref, set()).add(holding.part_no)
    return wanted


def _sites(session: Session, wanted: Mapping[str, object]) -> list[Site]:
    query = select(Site).order_by(col(Site.ref))
    if wanted:
        query = query.where(col(Site.ref).in_(wanted))
    return list(session.exec(query))


def _disposals_of(session: Session, site_ref: str) -> dict[int | None, Disposal]:
    """By part number (None for the whole) the disposal that takes the land in."""
    rows = session.exec(
        select(Holding.part_no, Disposal)
        .join(Disposal, col(Disposal.ref) == col(Holding.disposal_ref))
        .where(Holding.site_ref == site_ref)
    )
    return dict(rows.all())


def _feature(
    session: Session,
    site: Site,
    part: SitePart | None,
    disposal: Disposal | None,
    audience: Audience,
    on: date,
) -> MapFeature:
    part_no = part.no if part else None
    boundary = current_revision(session, site.ref, part_no, on=on)
    preferred = _preferred(session, disposal) if disposal and disposal.part_no == part_no else None
    values = {
        "kind": "part" if part else "site",
        "reference": f"{site.ref}/part-{part.no}" if part else site.ref,
        "name": part.name if part else site.name,
        "site": site.ref,
        "part": part_no,
        "purpose": part.purpose if part else None,
        "disposal": disposal.ref if disposal else None,
        "stage": disposal.stage if disposal else None,
        "district": site.district,
        "tenure": site.tenure,
        "area_hectares": round(float(hectares(boundary.area_m2)), 4) if boundary else None,
        "area_acres": round(float(acres(boundary.area_m2)), 2) if boundary else None,
        "boundary_from": boundary.effective_as_written if boundary else None,
        "boundary_source": boundary.source if boundary else None,
        "is_indicative": boundary.is_indicative if boundary else None,
        "licence": boundary.licence if boundary else None,
        "officer": disposal.officer if disposal else None,
        "on_hold_because": disposal.held_because if disposal else None,
        "preferred_bidder": preferred.bidder if preferred else None,
        "preferred_bid_pounds": preferred.price_pence / 100
        if preferred and preferred.price_pence is not None
        else None,
    }
    return MapFeature(
        id=str(values["reference"]),
        shape=from_wkb(boundary.shape) if boundary else None,
        properties=visible("map_feature", values, audience),
    )


def _preferred(session: Session, disposal: Disposal) -> Bid | None:
    bids = own_in_force(session, Bid, disposal.ref)
    return next((bid for bid in bids if bid.standing is Standing.PREFERRED), None)
