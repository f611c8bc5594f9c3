"""Sites and their parts as they stood on a day, in batches, with what the audience may know."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from sqlalchemy import Row
from sqlmodel import Session, select

from disposals.casefile import in_force
from disposals.disclosure.asked import (
    BOUNDARY,
    Asked,
    Case,
    Page,
    Place,
    Wanted,
    boundaries_on,
    cases_on,
    site_pages,
    wanted,
)
from disposals.disclosure.fields import Audience, visible
from disposals.finding import rows_of
from disposals.records.bids import Bid
from disposals.vocabulary import Standing
from sites.areas import acres, hectares
from sites.editions import RETURNED, edition
from sites.parts import of_sites
from sites.records import Boundary, SitePart
from sites.writing import Batch

VIEW = "map_feature"
FIELDS = (
    "kind", "reference", "name", "site", "part", "purpose", "disposal", "stage", "district",
    "tenure", "located_by", "area_hectares", "area_acres", "boundary_from", "boundary_source",
    "is_indicative", "licence", "revision", "edition", "officer", "on_hold_because",
    "preferred_bidder", "preferred_bid_pounds",
)  # fmt: skip
_NOT_DRAWN = (None,) * len(BOUNDARY)
_HECTARE, _ACRE = float(hectares(1)), float(acres(1))


@dataclass(slots=True)
class _Land:
    """A site or a part, with what the register holds of it on the day."""

    site: Row[Any]
    part: SitePart | None
    case: Case | None
    boundary: Row[Any] | None


def batches(
    session: Session, asked: Asked, *, sites: bool = True, parts: bool = True
) -> Iterator[Batch]:
    """Every site asked for, and its parts, by reference: a page of sites, then their parts.

    The shape of a site without a boundary is its position, where that is known.

    Raises:
        NoSuchCase, BadFact: as for `asked.wanted`.
    """
    chosen = wanted(session, asked)
    for page in site_pages(session, chosen, having=None if sites else SitePart):
        boundaries = boundaries_on(session, page.holds(Boundary.site_ref), asked.on)
        cases = cases_on(session, page, asked.on)
        told = _Told(
            editions=_editions(page.sites, boundaries),
            points=_points(page.sites),
            preferred=_preferred(session, cases.values(), asked),
            audience=asked.audience,
        )
        if sites:
            yield told.batch(_at_stage(_sites(page.sites, chosen, boundaries, cases), asked))
        if parts and (divided := _divided(session, page)):
            rows = of_sites(session, divided, on=asked.on)
            yield told.batch(_at_stage(_parts(rows, page, chosen, boundaries, cases), asked))


def _sites(
    rows: Sequence[Row[Any]],
    chosen: Wanted,
    boundaries: Mapping[Place, Row[Any]],
    cases: Mapping[str, Sequence[Case]],
) -> Iterator[_Land]:
    for site in rows:
        ref = site.ref
        if not chosen or None in chosen[ref]:
            case = _case(cases, ref, None) if ref in cases else None
            yield _Land(site, None, case, boundaries.get((ref, None)))


def _parts(
    rows: Sequence[SitePart],
    page: Page,
    chosen: Wanted,
    boundaries: Mapping[Place, Row[Any]],
    cases: Mapping[str, Sequence[Case]],
) -> Iterator[_Land]:
    known = {site.ref: site for site in page.sites}
    for part in rows:
        ref = part.site_ref
        if not chosen or {None, part.no} & set(chosen[ref]):
            case = _case(cases, ref, part.no)
            yield _Land(known[ref], part, case, boundaries.get((ref, part.no)))


def _divided(session: Session, page: Page) -> list[str]:
    """The sites of a page that have, or had, parts."""
    query = select(SitePart.site_ref).where(page.holds(SitePart.site_ref)).distinct()
    return list(session.exec(query))


def _case(cases: Mapping[str, Sequence[Case]], site_ref: str, part_no: int | None) -> Case | None:
    """The disposal of a part, else that of the whole."""
    held = {case.part_no: case for case in cases.get(site_ref, ())}
    return held.get(part_no, held.get(None))


def _at_stage(lands: Iterable[_Land], asked: Asked) -> list[_Land]:
    if asked.stage is None:
        return list(lands)
    return [land for land in lands if land.case and land.case.stage == asked.stage]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of a page of sites beside their boundaries and cases.

    Attributes:
        points: positions by site, as WKB.
        preferred: the preferred bid by disposal.
    """

    editions: Mapping[str, str]
    points: Mapping[str, bytes]
    preferred: Mapping[str, Bid]
    audience: Audience

    def batch(self, lands: Sequence[_Land]) -> Batch:
        """Some land as features, with the fields that the audience may see."""
        parts = [land.part for land in lands]
        cases = [land.case for land in lands]
        bids = [self._bid(land) for land in lands] if self.preferred else [None] * len(lands)
        site_refs, names, districts, tenures, _, _ = _columns((land.site for land in lands), 6)
        drawn = _columns((land.boundary or _NOT_DRAWN for land in lands), len(BOUNDARY))
        _, _, revisions, shapes, areas, sources, licences, indicative, _, since = drawn
        points = [
            None if part or shape else self.points.get(ref)
            for ref, part, shape in zip(site_refs, parts, shapes, strict=True)
        ]
        refs = [
            f"{ref}/part-{part.no}" if part else ref
            for ref, part in zip(site_refs, parts, strict=True)
        ]
        # What the audience may not see is not even put together.
        makers: dict[str, Callable[[], Sequence[Any]]] = {
            "kind": lambda: ["part" if part else "site" for part in parts],
            "reference": lambda: refs,
            "name": lambda: [
                part.name if part else name for name, part in zip(names, parts, strict=True)
            ],
            "site": lambda: site_refs,
            "part": lambda: [part and part.no for part in parts],
            "purpose": lambda: [part and part.purpose for part in parts],
            "disposal": lambda: [case and case.ref for case in cases],
            "stage": lambda: [case and case.stage for case in cases],
            "district": lambda: districts,
            "tenure": lambda: tenures,
            "located_by": lambda: [
                "boundary" if shape else "point" if point else "nothing"
                for shape, point in zip(shapes, points, strict=True)
            ],
            "area_hectares": lambda: [area and round(area * _HECTARE, 4) for area in areas],
            "area_acres": lambda: [area and round(area * _ACRE, 2) for area in areas],
            "boundary_from": lambda: since,
            "boundary_source": lambda: sources,
            "is_indicative": lambda: indicative,
            "licence": lambda: licences,
            "revision": lambda: revisions,
            "edition": lambda: [self.editions[ref] for ref in site_refs],
            "officer": lambda: [case and case.officer for case in cases],
            "on_hold_because": lambda: [case and case.on_hold_because for case in cases],
            "preferred_bidder": lambda: [bid and bid.bidder for bid in bids],
            "preferred_bid_pounds": lambda: [bid and _pounds(bid) for bid in bids],
        }
        shown = visible(VIEW, makers, self.audience)
        placed = [shape or point for shape, point in zip(shapes, points, strict=True)]
        return Batch(refs, placed, {name: make() for name, make in shown.items()})

    def _bid(self, land: _Land) -> Bid | None:
        """The preferred bid, told once: on the land that the disposal itself takes in."""
        part_no = land.part.no if land.part else None
        is_own = land.case is not None and land.case.part_no == part_no
        return self.preferred.get(land.case.ref) if land.case and is_own else None


def _columns(rows: Iterable[Sequence[Any]], width: int) -> Sequence[Sequence[Any]]:
    return list(zip(*rows, strict=True)) or [()] * width


def _pounds(bid: Bid) -> float | None:
    return None if bid.price_pence is None else bid.price_pence / 100


def _editions(rows: Sequence[Row[Any]], boundaries: Mapping[Place, Row[Any]]) -> dict[str, str]:
    revisions: dict[str, list[tuple[int | None, int]]] = {}
    for (ref, part_no), boundary in boundaries.items():
        revisions.setdefault(ref, []).append((part_no, boundary.revision))
    last = 1 + len(RETURNED)
    return {row.ref: edition(row[1:last], revisions.get(row.ref, ())) for row in rows}


def _points(rows: Sequence[Row[Any]]) -> dict[str, bytes]:
    """The positions of sites, as WKB."""
    known = [row for row in rows if row.easting is not None and row.northing is not None]
    if not known:
        return {}
    shapes = shapely.points([row.easting for row in known], [row.northing for row in known])
    written = shapely.to_wkb(shapes, byte_order=1)
    return {row.ref: wkb for row, wkb in zip(known, written, strict=True)}


def _preferred(session: Session, cases: Iterable[Sequence[Case]], asked: Asked) -> dict[str, Bid]:
    """By disposal its preferred bid, as known on the day; never even read for the public."""
    refs = {case.ref for held in cases for case in held}
    if asked.audience is not Audience.OFFICER or not refs:
        return {}
    known = [bid for bid in rows_of(session, Bid, refs) if bid.recorded_on <= asked.on]
    return {
        bid.disposal_ref: bid
        for bid in reversed(in_force(known))
        if bid.standing is Standing.PREFERRED
    }
