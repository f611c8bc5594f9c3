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
) -> bool:
    """Record a boundary as the site's next revision; earlier ones are kept.

    Args:
        shape: EPSG:27700.
        seen: the version of each disposal that takes the site in.

    Returns:
        Whether anything was recorded; not where this very boundary is in the register already.

    Raises:
        NotRecorded: there is no such site.
        BreaksPart: the site is split, and a part does not survive the change; says which.
        NotAPartition: the parts would not make up the new boundary; says where.
        ChangedMeanwhile: a disposal of the site has moved on since the user saw it.
    """
    with register.write() as session:
        find_site(session, site_ref)
        is_other = redraw(session, site_ref, shape, origin, stamp)
        if is_other:
            tell_disposals(session, site_ref, "boundary drawn", stamp, seen, origin.because)
        return is_other


def redraw(
    session: Session,
    site_ref: str,
    shape: "MultiPolygon",
    origin: Provenance,
    stamp: Stamp,
    *,
    parts: "Mapping[int, MultiPolygon] | None" = None,
) -> bool:
    """Draw the boundary of a site, and its parts with it, in a session that is open.

    Args:
        shape: EPSG:27700.
        parts: by number, those that are drawn anew too, the others staying as they are; without
            them, the parts are cut again as the change of the site asks.

    Returns:
        Whether there is any new revision.

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
        is_other = _draw_if_other(session, site_ref, None, shape, origin, stamp)
        touch_again(session, site_ref, stamp)
        return is_other
    cut = {**drawn, **parts} if parts else recut(before, drawn, shape)
    return make_up(session, site_ref, shape, cut, origin, stamp)


def make_up(
    session: Session,
    site_ref: str,
    whole: "MultiPolygon",
    parts: "Mapping[int, MultiPolygon]",
    origin: Provenance,
    stamp: Stamp,
) -> bool:
    """Draw a site and the parts that are proven to make it up; what did not change is left.

    Land that is what it was keeps its provenance, if it takes up a vertex that neighbours share.

    Returns:
        Whether there is any new revision.

    Raises:
        NotAPartition: they leave a gap, overlap, or reach outside; says where and how much.
    """
    from sites.boundaries import current_revision
    from sites.comparing import compared
    from sites.geometry import from_wkb
    from sites.split import fit, prove_partition

    fitted, shapes = fit(whole, parts)
    prove_partition(fitted, shapes)

    def still(part_no: int | None, shape: "MultiPolygon") -> Boundary | None:
        before = current_revision(session, site_ref, part_no)
        if before is None or not compared(from_wkb(before.shape), shape).is_nothing:
            return None
        return before

    drawn = False
    site = still(None, fitted)
    of_parts = origin if site is None else cut_from(site, origin)
    for part_no, shape in [(None, fitted), *shapes.items()]:
        fresh = origin if part_no is None else of_parts
        before = site if part_no is None else still(part_no, shape)
        told = fresh if before is None else _still(before)
        drawn |= _draw_if_other(session, site_ref, part_no, shape, told, stamp)
    touch_again(session, site_ref, stamp)
    return drawn


def _still(before: Boundary) -> Provenance:
    """The provenance of a boundary that only takes up vertices which others share."""
    shared_with = "its parts" if before.part_no is None else "its neighbours"
    return Provenance(
        source=before.source, licence=before.licence, accuracy_m=before.accuracy_m,
        is_indicative=before.is_indicative, effective_from=before.effective_from,
        effective_as_written=before.effective_as_written, effective_to=before.effective_to,
        effective_to_as_written=before.effective_to_as_written, origin=before.origin,
        because=f"Vertices that {shared_with} share were added; no land was gained or lost.",
    )  # fmt: skip


def cut_from(land: Boundary, origin: Provenance) -> Provenance:
    """The provenance of parts, which are no surer than the land that they were cut from."""
    return replace(
        origin,
        licence=origin.licence or land.licence,
        accuracy_m=land.accuracy_m if origin.accuracy_m is None else origin.accuracy_m,
        is_indicative=origin.is_indicative or land.is_indicative,
    )


def _draw_if_other(
    session: Session,
    site_ref: str,
    part_no: int | None,
    shape: "MultiPolygon",
    origin: Provenance,
    stamp: Stamp,
) -> bool:
    """Add a revision for a shape that is not the boundary already; says whether it did."""
    from sites.boundaries import current

    before = current(session, site_ref, part_no)
    if before is not None and shape.equals_exact(before):
        return False
    _draw(session, site_ref, part_no, shape, origin, stamp)
    return True


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
