"""Land in the register: a site added, its boundary drawn, and its parts with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, col, select

from disposals.casework.acts import Stamp, acting
from disposals.casework.meanwhile import refuse_unseen
from disposals.casework.touches import touch_again
from disposals.casework.validating import validated
from disposals.errors import AlreadyRecorded, NotRecorded
from disposals.finding import find_case, find_site
from disposals.records.cases import Disposal, Holding
from disposals.register import Register
from disposals.words import plainly
from sites.parts import in_force
from sites.records import Boundary, Site
from sites.sources import AuthorityArea
from sites.vocabulary import Origin

if TYPE_CHECKING:
    from shapely import MultiPolygon


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a boundary comes from.

    Attributes:
        origin: title plan, survey, uploaded, derived from a named source, or drawn.
        accuracy_m: metres, where the source states it.
        is_indicative: neither surveyed nor registered.
        effective_from, effective_to: the first and the last day it was the boundary, as near as
            is known.
    """

    source: str
    because: str
    licence: str | None = None
    accuracy_m: float | None = None
    is_indicative: bool = False
    effective_from: date | None = None
    effective_as_written: str | None = None
    effective_to: date | None = None
    effective_to_as_written: str | None = None
    origin: Origin = Origin.DRAWN


def add_site(register: Register, ref: str, facts: Mapping[str, Any], stamp: Stamp) -> None:
    """Enter a site without a boundary.

    Raises:
        AlreadyRecorded: the reference is taken.
        BadFact: a field is missing, unknown or can't be right.
    """
    with register.write() as session:
        if session.get(Site, ref) is not None:
            raise AlreadyRecorded(f"There is a site {ref} already; it was left as it is.")
        session.add(
            validated(
                Site,
                {**facts, "ref": ref, "recorded_by": stamp.by, "recorded_at": stamp.at},
            )
        )


def draw(
    register: Register,
    site_ref: str,
    shape: "MultiPolygon",
    origin: Provenance,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
) -> None:
    """Record a boundary as the site's next revision; earlier ones are kept.

    Args:
        shape: EPSG:27700.
        seen: the version of each disposal that takes the site in.

    Raises:
        NotRecorded: there is no such site.
        BreaksPart: the site is split, and a part does not survive the change; says which.
        NotAPartition: the parts would not make up the new boundary; says where.
        ChangedMeanwhile: a disposal of the site has moved on since the user saw it.
    """
    with register.write() as session:
        find_site(session, site_ref)
        redraw(session, site_ref, shape, origin, stamp)
        tell_disposals(session, site_ref, "boundary drawn", stamp, seen, origin.because)


def redraw(
    session: Session,
    site_ref: str,
    shape: "MultiPolygon",
    origin: Provenance,
    stamp: Stamp,
    *,
    parts: "Mapping[int, MultiPolygon] | None" = None,
) -> None:
    """Draw the boundary of a site, and its parts with it, in a session that is open.

    Args:
        shape: EPSG:27700.
        parts: by number, those that are drawn anew too, the others staying as they are; without
            them, the parts are cut again as the change of the site asks.

    Raises:
        BreaksPart: a part does not survive the change, or it is not certain which gains land.
        NotAPartition: the parts would not make up the new boundary.
    """
    from sites.boundaries import current
    from sites.recutting import recut

    before = current(session, site_ref)
    numbers = [part.no for part in in_force(session, site_ref)]
    drawn = {no: found for no in numbers if (found := current(session, site_ref, no)) is not None}
    unknown = set(parts or ()) - set(numbers)
    if unknown:
        raise NotRecorded(f"{site_ref} has no part {min(unknown)} in force.")
    if before is None or not drawn:
        _draw_revisions(session, site_ref, {None: shape}, origin, stamp)
        touch_again(session, site_ref, stamp)
        return
    cut = {**drawn, **parts} if parts else recut(before, drawn, shape)
    make_up(session, site_ref, shape, cut, origin, stamp)


def make_up(
    session: Session,
    site_ref: str,
    whole: "MultiPolygon",
    parts: "Mapping[int, MultiPolygon]",
    origin: Provenance,
    stamp: Stamp,
) -> None:
    """Draw a site and the parts that are proven to make it up; what did not change is left.

    Raises:
        NotAPartition: they leave a gap, overlap, or reach outside; says where and how much.
    """
    from sites.boundaries import current_revision
    from sites.comparing import compared
    from sites.geometry import from_wkb
    from sites.split import fit, prove_partition

    fitted, shapes = fit(whole, parts)
    prove_partition(fitted, shapes)
    before = current_revision(session, site_ref)
    of_site = of_parts = origin
    if before is not None and compared(from_wkb(before.shape), fitted).is_nothing:
        of_site = _still(before)
        of_parts = _cut_from(before, origin)
    _draw_revisions(session, site_ref, {None: fitted}, of_site, stamp)
    _draw_revisions(session, site_ref, shapes, of_parts, stamp)
    touch_again(session, site_ref, stamp)


def _still(before: Boundary) -> Provenance:
    """The provenance of a boundary that only takes up vertices which its parts share."""
    return Provenance(
        source=before.source, licence=before.licence, accuracy_m=before.accuracy_m,
        is_indicative=before.is_indicative, effective_from=before.effective_from,
        effective_as_written=before.effective_as_written, effective_to=before.effective_to,
        effective_to_as_written=before.effective_to_as_written, origin=before.origin,
        because="Vertices that its parts share were added; no land was gained or lost.",
    )  # fmt: skip


def _cut_from(site: Boundary, origin: Provenance) -> Provenance:
    """The provenance of parts, which are no surer than the site that they were cut from."""
    return replace(
        origin,
        licence=origin.licence or site.licence,
        accuracy_m=site.accuracy_m if origin.accuracy_m is None else origin.accuracy_m,
        is_indicative=origin.is_indicative or site.is_indicative,
    )


def _draw_revisions(
    session: Session,
    site_ref: str,
    shapes: "Mapping[Any, MultiPolygon]",
    origin: Provenance,
    stamp: Stamp,
) -> None:
    """Add a revision for every shape that is not the boundary already.

    Args:
        shapes: by part number, None for the site itself.
    """
    from sites.boundaries import current

    for part_no, shape in shapes.items():
        before = current(session, site_ref, part_no)
        if before is None or not shape.equals_exact(before):
            _draw(session, site_ref, part_no, shape, origin, stamp)


def give_area(
    register: Register, shape: "MultiPolygon", facts: Mapping[str, Any], stamp: Stamp
) -> None:
    """Record the area of the council, EPSG:27700; the newest one counts.

    Raises:
        BadFact: it has no name or no source.
    """
    from sites.geometry import to_wkb

    with register.write() as session:
        session.add(
            validated(
                AuthorityArea,
                {
                    **facts, "shape": to_wkb(shape), "recorded_by": stamp.by,
                    "recorded_at": stamp.at,
                },
            )
        )  # fmt: skip


def _draw(
    session: Session,
    site_ref: str,
    part_no: int | None,
    shape: "MultiPolygon",
    origin: Provenance,
    stamp: Stamp,
) -> None:
    from sites import boundaries

    boundaries.draw(
        session,
        site_ref=site_ref,
        part_no=part_no,
        shape=shape,
        origin=origin.origin,
        source=origin.source,
        licence=origin.licence,
        accuracy_m=origin.accuracy_m,
        is_indicative=origin.is_indicative,
        because=origin.because,
        effective_from=origin.effective_from,
        effective_as_written=origin.effective_as_written,
        effective_to=origin.effective_to,
        effective_to_as_written=origin.effective_to_as_written,
        by=stamp.by,
        at=stamp.at,
    )


def tell_disposals(
    session: Session,
    site_ref: str,
    name: str,
    stamp: Stamp,
    seen: Mapping[str, int],
    because: str | None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write an act on a site into the history of every disposal that takes it in.

    Args:
        seen: the version of each, as the officer saw it.

    Raises:
        ChangedMeanwhile: one of them has moved on since.
    """
    for ref in versions_on_site(session, site_ref):
        with acting(session, ref, name, stamp, seen=seen.get(ref, 0), because=because) as act:
            act.facts.append({"kind": plainly(name), "site_ref": site_ref, **(facts or {})})


def refuse_unseen_on_site(session: Session, site_ref: str, seen: Mapping[str, int]) -> None:
    """Refuse an act on a site of which a disposal is not as its user saw it.

    Raises:
        ChangedMeanwhile: one of them has moved on since.
    """
    for ref in versions_on_site(session, site_ref):
        refuse_unseen(session, find_case(session, ref), seen.get(ref, 0))


def versions_on_site(session: Session, site_ref: str) -> dict[str, int]:
    """The version of every disposal that takes a site in, by reference."""
    rows = session.exec(
        select(Disposal.ref, Disposal.version)
        .join(Holding, col(Holding.disposal_ref) == col(Disposal.ref))
        .where(col(Holding.site_ref) == site_ref)
        .order_by(col(Disposal.ref))
    )
    return dict(rows.all())
