"""Land in the register: a site added, its boundary drawn, its parts split and proven."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, col, select

from disposals.casework.acts import Stamp, acting, validated
from disposals.errors import AlreadyRecorded, NotAllowed, NotRecorded
from disposals.records.cases import Holding
from disposals.register import Register
from disposals.words import plainly
from sites import parts
from sites.records import Constraint, Occupation, Site, SitePart
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


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part to be made: its number, name and purpose.

    Attributes:
        shape: EPSG:27700; None where the site has no boundary either.
    """

    no: int
    name: str
    purpose: str
    shape: "MultiPolygon | None" = None


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


def add_burden(
    register: Register,
    site_ref: str,
    kind: str,
    facts: Mapping[str, Any],
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
) -> None:
    """Enter what lies on a site.

    Args:
        kind: "constraint" or "occupation".
        seen: the version of each disposal that takes the site in.

    Raises:
        NotRecorded: there is no such site.
        BadFact: a field is missing, unknown or can't be right.
    """
    model: Any = {"constraint": Constraint, "occupation": Occupation}[kind]
    with register.write() as session:
        _site(session, site_ref)
        session.add(
            validated(
                model,
                {**facts, "site_ref": site_ref, "recorded_by": stamp.by, "recorded_at": stamp.at},
            )
        )
        told = {name: value for name, value in facts.items() if name != "shape"}
        _tell_disposals(session, site_ref, f"{kind} recorded", stamp, seen, None, told)


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
        NotAllowed: the site is split, so that its parts would no longer make it up.
        ChangedMeanwhile: a disposal of the site has moved on since the user saw it.
    """
    with register.write() as session:
        _site(session, site_ref)
        if _parts(session, site_ref):
            raise NotAllowed(
                f"{site_ref} is split into parts; a new boundary would leave a gap or an overlap."
            )
        _draw(session, site_ref, None, shape, origin, stamp)
        _tell_disposals(session, site_ref, "boundary drawn", stamp, seen, origin.because)


def split(
    register: Register,
    site_ref: str,
    parts: Iterable[NewPart],
    origin: Provenance,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
) -> None:
    """Split a site into numbered parts that make it up exactly.

    A site without a boundary is split by description alone.

    Args:
        seen: the version of each disposal that takes the site in.

    Raises:
        NotAPartition: the parts leave a gap, overlap, or reach outside; says where and how much.
        NotAllowed: the site is split already, or only some of the parts are drawn.
        ChangedMeanwhile: a disposal of the site has moved on since the user saw it.
    """
    from sites.boundaries import current
    from sites.split import fit, prove_partition

    wanted = sorted(parts, key=lambda part: part.no)
    with register.write() as session:
        _site(session, site_ref)
        if _parts(session, site_ref):
            raise NotAllowed(f"{site_ref} is split already.")
        if len({part.no for part in wanted}) < len(wanted):
            raise NotAllowed("Two of the parts have the same number.")
        if len(wanted) < 2:  # noqa: PLR2004 (one part is no split)
            raise NotAllowed("A split makes two parts or more.")
        whole = current(session, site_ref)
        drawn = {part.no: part.shape for part in wanted if part.shape is not None}
        if len(drawn) not in {0, len(wanted)} or bool(drawn) != (whole is not None):
            raise NotAllowed(f"{site_ref}: draw the site and every part of it, or none of them.")
        for part in wanted:
            session.add(
                validated(
                    SitePart,
                    {
                        "site_ref": site_ref, "no": part.no, "name": part.name,
                        "purpose": part.purpose, "made_on": origin.effective_from or stamp.on,
                        "recorded_by": stamp.by, "recorded_at": stamp.at,
                    },
                )
            )  # fmt: skip
        if whole is not None:
            fitted, shapes = fit(whole, drawn)
            prove_partition(fitted, shapes)
            if not fitted.equals_exact(whole):
                _draw(session, site_ref, None, fitted, origin, stamp)
            for no, shape in shapes.items():
                _draw(session, site_ref, no, shape, origin, stamp)
        _tell_disposals(session, site_ref, "site split", stamp, seen, origin.because)


def _site(session: Session, ref: str) -> Site:
    site = session.get(Site, ref)
    if site is None:
        raise NotRecorded(f"There is no site “{ref}”. Add it first: `disposals site add {ref}`.")
    return site


def _parts(session: Session, site_ref: str) -> list[SitePart]:
    return parts.in_force(session, site_ref)


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


def _tell_disposals(
    session: Session,
    site_ref: str,
    name: str,
    stamp: Stamp,
    seen: Mapping[str, int],
    because: str | None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write an act on a site into the history of every disposal that takes it in."""
    refs = session.exec(
        select(Holding.disposal_ref)
        .where(col(Holding.site_ref) == site_ref)
        .order_by(col(Holding.disposal_ref))
    ).all()
    for ref in refs:
        with acting(session, ref, name, stamp, seen=seen.get(ref, 0), because=because) as act:
            act.facts.append({"kind": plainly(name), "site_ref": site_ref, **(facts or {})})
