"""Sites and their parts as they stood on a day, in batches, with what the audience may know."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import shapely
from sqlalchemy import Row
from sqlmodel import Session

from disposals.casefile import in_force
from disposals.disclosure.asked import (
    Asked,
    Case,
    Place,
    boundaries_on,
    cases_on,
    site_pages,
    wanted,
)
from disposals.disclosure.fields import Audience, visible
from disposals.finding import rows_of
from disposals.records.bids import Bid
from disposals.vocabulary import Standing
from sites import parts
from sites.areas import acres, hectares
from sites.editions import RETURNED, edition
from sites.records import SitePart
from sites.writing import Batch

VIEW = "map_feature"
FIELDS = (
    "kind", "reference", "name", "site", "part", "purpose", "disposal", "stage", "district",
    "tenure", "located_by", "area_hectares", "area_acres", "boundary_from", "boundary_source",
    "is_indicative", "licence", "revision", "edition", "officer", "on_hold_because",
    "preferred_bidder", "preferred_bid_pounds",
)  # fmt: skip
_HECTARE, _ACRE = float(hectares(1)), float(acres(1))
_NOTHING_DRAWN = (None,) * 7


def batches(
    session: Session, asked: Asked, *, sites: bool = True, parts: bool = True
) -> Iterator[Batch]:
    """Every site asked for, and its parts, by reference: a page of sites, then their parts.

    The shape of a site without a boundary is its position, where that is known.

    Raises:
        NoSuchCase, BadFact: as for `asked.wanted`.
    """
    chosen = wanted(session, asked)
    for page in site_pages(session, chosen):
        told = _Page(session, page, asked)
        if sites:
            yield _batch(told.sites(chosen), asked.audience)
        if parts:
            yield _batch(told.parts(session, chosen), asked.audience)


Line = tuple[bytes | None, tuple[Any, ...]]


class _Page:
    """Some sites, with all that the register holds of them on the day."""

    def __init__(self, session: Session, rows: Sequence[Row[Any]], asked: Asked) -> None:
        self._rows = {row.ref: row for row in rows}
        self._asked = asked
        refs = list(self._rows)
        self._boundaries = boundaries_on(session, refs, asked.on)
        self._cases = cases_on(session, refs, asked.on)
        self._preferred = _preferred(session, self._cases.values(), asked)
        self._editions = _editions(rows, self._boundaries)
        self._points = _points(rows)

    def sites(self, chosen: Mapping[str, Collection[int | None]]) -> Iterator[Line]:
        """The sites themselves."""
        for ref, site in self._rows.items():
            case = self._case(ref, None)
            if (not chosen or None in chosen[ref]) and self._at_stage(case):
                yield self._line(site, None, case)

    def parts(
        self, session: Session, chosen: Mapping[str, Collection[int | None]]
    ) -> Iterator[Line]:
        """Their parts in force on the day."""
        for part in parts.of_sites(session, self._rows, on=self._asked.on):
            case = self._case(part.site_ref, part.no)
            is_chosen = not chosen or {None, part.no} & set(chosen[part.site_ref])
            if is_chosen and self._at_stage(case):
                yield self._line(self._rows[part.site_ref], part, case)

    def _case(self, site_ref: str, part_no: int | None) -> Case | None:
        held = {case.part_no: case for case in self._cases.get(site_ref, ())}
        return held.get(part_no, held.get(None))

    def _at_stage(self, case: Case | None) -> bool:
        return self._asked.stage in {None, case.stage if case else None}

    def _line(self, site: Row[Any], part: SitePart | None, case: Case | None) -> Line:
        ref = site.ref
        part_no = part.no if part else None
        boundary = self._boundaries.get((ref, part_no))
        point = None if part else self._points.get(ref)
        bid = self._preferred.get(case.ref) if case and case.part_no == part_no else None
        if boundary is None:
            shape, drawn = point, _NOTHING_DRAWN
        else:
            shape, drawn = boundary.shape, (
                round(boundary.area_m2 * _HECTARE, 4), round(boundary.area_m2 * _ACRE, 2),
                boundary.effective_as_written, boundary.source, boundary.is_indicative,
                boundary.licence, boundary.revision,
            )  # fmt: skip
        return shape, (
            "part" if part else "site", f"{ref}/part-{part.no}" if part else ref,
            part.name if part else site.name, ref, part_no, part.purpose if part else None,
            case.ref if case else None, case.stage if case else None, site.district, site.tenure,
            "boundary" if boundary else "point" if point else "nothing",
            *drawn, self._editions[ref],
            case.officer if case else None, case.on_hold_because if case else None,
            bid.bidder if bid else None,
            bid.price_pence / 100 if bid and bid.price_pence is not None else None,
        )  # fmt: skip


def _batch(lines: Iterable[Line], audience: Audience) -> Batch:
    shapes: list[bytes | None] = []
    rows: list[tuple[Any, ...]] = []
    for shape, row in lines:
        shapes.append(shape)
        rows.append(row)
    values = zip(*rows, strict=True) if rows else ((),) * len(FIELDS)
    columns = dict(zip(FIELDS, values, strict=True))
    return Batch(columns["reference"], shapes, visible(VIEW, columns, audience))


def _editions(rows: Sequence[Row[Any]], boundaries: Mapping[Place, Row[Any]]) -> dict[str, str]:
    revisions: dict[str, dict[int | None, int]] = {}
    for (ref, part_no), boundary in boundaries.items():
        revisions.setdefault(ref, {})[part_no] = boundary.revision
    return {
        row.ref: edition(
            {name: getattr(row, name) for name in RETURNED}, revisions.get(row.ref, {})
        )
        for row in rows
    }


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
    if asked.audience is not Audience.OFFICER:
        return {}
    refs = {case.ref for held in cases for case in held}
    known = [bid for bid in rows_of(session, Bid, refs) if bid.recorded_on <= asked.on]
    return {
        bid.disposal_ref: bid
        for bid in reversed(in_force(known))
        if bid.standing is Standing.PREFERRED
    }
