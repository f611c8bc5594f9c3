"""The land of a plan as an audience may see it: what is sold, what is kept, what burdens it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import shapely
from shapely import MultiPolygon
from sqlmodel import Session, col, select

from disposals.disclosure.boundaries import Change
from disposals.disclosure.fields import Audience, fields_of, visible
from disposals.errors import NotRecorded
from disposals.finding import find_case, find_site, holdings_of
from disposals.records.cases import Disposal
from disposals.register import Register
from disposals.words import area, counted, day, listed
from sites import burdens
from sites.areas import acres, hectares
from sites.boundaries import current_revision, standing_of_sites
from sites.geometry import from_wkb
from sites.parts import in_force, located
from sites.plan.drawing import Burden, Piece, Subject
from sites.record import Known
from sites.records import Boundary, Constraint, Occupation, Site, SitePart

Bounds = tuple[float, float, float, float]


def land_of_plan(register: Register, ref: str, *, audience: Audience, on: date) -> Subject:
    """What a plan of a site, a part of one, or the land of a disposal shows.

    A part is edged red and the other parts blue; a site is edged red with its parts tinted.

    Args:
        on: the day whose boundaries and parts count.

    Raises:
        NotRecorded: the land has no boundary on that day.
        NoSuchCase: a reference that is neither a site's nor a disposal's.
    """
    with register.read() as session:
        title, land = _land(session, ref, on)
        sites = [_Site(session, site_ref, audience, on) for site_ref, _ in land]
        sold: list[Piece] = []
        kept: list[Piece] = []
        parts: list[Piece] = []
        for site, (_, part_no) in zip(sites, land, strict=True):
            drawn = list(site.parts())
            parts += drawn
            if part_no is None:
                sold.append(site.whole())
                continue
            sold += [piece for piece in drawn if piece.no == part_no] or [site.undrawn(part_no)]
            kept += [piece for piece in drawn if piece.no != part_no]
        drawn_burdens = [each for site in sites for each in site.burdens()]
        boundaries = [
            site.boundary(part_no) for site, (_, part_no) in zip(sites, land, strict=True)
        ]
        return Subject(
            ref=ref,
            title=title,
            address=listed(dict.fromkeys(site.address for site in sites if site.address) or [""]),
            edged_red=tuple(sold),
            edged_blue=tuple(kept),
            parts=tuple(parts),
            burdens=tuple(drawn_burdens),
            day=day(on),
            stamp=on.isoformat(),
            revision=listed(_revision(told) for told in boundaries),
            provenance=tuple(dict.fromkeys(_provenance(told) for told in boundaries)),
            notices=tuple(dict.fromkeys(t["licence"] for t in boundaries if t.get("licence"))),
            warning=_warning(boundaries),
            readers=_readers(audience),
        )


def land_of_change(change: Change, *, audience: Audience, on: date) -> Subject:
    """What a plan of a change of boundary shows: the land after it, with its source."""
    facts = change.after.facts
    size = area(hectares(facts["area_m2"]), acres(facts["area_m2"]))
    return Subject(
        ref=change.reference,
        title=change.title,
        address="",
        edged_red=(
            Piece(change.title, f"revision {change.after.no}, approx. {size}", change.land),
        ),
        day=day(on),
        stamp=on.isoformat(),
        revision=f"{change.before.no} to {change.after.no} of the boundary",
        provenance=(_provenance(facts),),
        notices=(facts["licence"],) if facts.get("licence") else (),
        warning=_warning([facts]),
        readers=_readers(audience),
    )


def _readers(audience: Audience) -> str:
    return "" if audience is Audience.PUBLIC else f"For {audience}s: not for publication"


def sites_around(
    register: Register, subject: Subject, window: Bounds, *, on: date
) -> list[MultiPolygon]:
    """The other sites of the register whose boundaries reach into a window, EPSG:27700.

    They are shapes alone, without a name, for any audience. What lies within the land of the plan
    is left out.
    """
    west, south, east, north = window
    with register.read() as session:
        near = session.exec(
            select(Boundary.site_ref)
            .where(
                col(Boundary.part_no).is_(None),
                col(Boundary.min_x) <= east, col(Boundary.max_x) >= west,
                col(Boundary.min_y) <= north, col(Boundary.max_y) >= south,
            )
            .distinct()
        ).all()  # fmt: skip
        standing = standing_of_sites(session, near, on=on)
        shapes = [from_wkb(row.shape) for (_, no), row in standing.items() if no is None]
    land = shapely.union_all([piece.shape for piece in (*subject.edged_red, *subject.edged_blue)])
    return [shape for shape in shapes if shapely.intersection(shape, land).area < shape.area / 2]


def _land(session: Session, ref: str, on: date) -> tuple[str, list[tuple[str, int | None]]]:
    """The title, and what of which sites: by the reference of land first, then of a disposal."""
    case = session.get(Disposal, ref)
    site_ref, _, tail = ref.partition("/")
    site = session.get(Site, site_ref)
    if site is not None and (case is None or tail):
        place = located(ref)
        part = next((p for p in in_force(session, site_ref, on=on) if p.no == place[1]), None)
        if place[1] is not None and part is None:
            raise NotRecorded(f"{site_ref} had no part {place[1]} in force on {day(on)}.")
        return (f"{site.name}: {part.name}" if part else site.name), [place]
    case = find_case(session, ref)
    land = [(holding.site_ref, case.part_no) for holding in holdings_of(session, case.ref)]
    if not land:
        raise NotRecorded(f"{ref} takes in no site, so there is nothing to draw.")
    return case.name, land


class _Site:
    """One site of a plan in an open session, its fields cut to what the audience may see."""

    def __init__(self, session: Session, ref: str, audience: Audience, on: date) -> None:
        site = find_site(session, ref)
        self._session, self._audience, self._on, self._ref = session, audience, on, ref
        told = fields_of(site, audience)
        self._name: str = told["name"]
        # A postcode is not parted at the end of a line.
        postcode = (told.get("postcode") or "").replace(" ", "\N{NO-BREAK SPACE}")
        self.address = ", ".join(filter(None, (told.get("address"), postcode)))

    def whole(self) -> Piece:
        told = self._row(None)
        return Piece(self._name, f"{self._name}: {_size(told)}", from_wkb(told.shape))

    def parts(self) -> Iterable[Piece]:
        for part in in_force(self._session, self._ref, on=self._on):
            row = self._revision(part.no)
            if row is not None:
                yield Piece(
                    f"Part {part.no}", _told(part, row, self._audience), from_wkb(row.shape),
                    part.no,
                )  # fmt: skip

    def undrawn(self, part_no: int) -> Piece:
        raise NotRecorded(_not_drawn(f"{self._ref}/part-{part_no}", self._ref, self._on))

    def boundary(self, part_no: int | None) -> dict[str, Any]:
        return fields_of(self._row(part_no), self._audience)

    def burdens(self) -> Iterable[Burden]:
        for each in burdens.standing(self._session, Constraint, [self._ref]):
            yield from self._drawn(each, each.kind.value, each.name)
        for use in burdens.standing(self._session, Occupation, [self._ref]):
            if use.is_current is not Known.NO:
                yield from self._drawn(use, "occupation", use.use)

    def _drawn(self, burden: Constraint | Occupation, kind: str, name: str) -> Iterable[Burden]:
        told = visible("burden_on_plan", {"kind": kind, "name": name}, self._audience)
        if told and burden.shape is not None and burdens.counts_on(burden, self._on):
            yield Burden(kind, f"{kind.capitalize()}: {name}", shapely.from_wkb(burden.shape))

    def _row(self, part_no: int | None) -> Boundary:
        row = self._revision(part_no)
        if row is None:
            raise NotRecorded(_not_drawn(self._ref, self._ref, self._on))
        return row

    def _revision(self, part_no: int | None) -> Boundary | None:
        return current_revision(self._session, self._ref, part_no, on=self._on)


def _not_drawn(what: str, site_ref: str, on: date) -> str:
    return (
        f"{what} has no boundary as at {day(on)}, so there is nothing to draw. Record it: "
        f"`disposals site draw {site_ref} FILE --source … --because …`."
    )


def _told(part: SitePart, row: Boundary, audience: Audience) -> str:
    facts = fields_of(part, audience)
    return f"Part {facts['no']}, {facts['purpose']}: {_size(row)}"


def _size(row: Boundary) -> str:
    return f"approx. {area(hectares(row.area_m2), acres(row.area_m2))}"


def _revision(told: dict[str, Any]) -> str:
    since = f", from {told['effective_as_written']}" if told.get("effective_as_written") else ""
    return f"{told['revision']} of the boundary{since}"


def _provenance(told: dict[str, Any]) -> str:
    accuracy = told.get("accuracy_m")
    exact = "its accuracy is not stated" if accuracy is None else f"accurate to ±{accuracy:g} m"
    return f"Boundary: {told['origin']}. {told['source']}; {exact}."


def _warning(boundaries: Sequence[dict[str, Any]]) -> str:
    loose = sum(bool(told.get("is_indicative")) for told in boundaries)
    if not loose:
        return ""
    which = "" if loose == len(boundaries) else f" ({counted(loose, 'site')})"
    return f"Indicative boundary{which}: neither surveyed nor registered"
