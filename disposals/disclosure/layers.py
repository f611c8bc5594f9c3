"""The register as map layers for an audience, in batches, so that no layer is ever held whole."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from typing import Any

import shapely
from sqlmodel import Session, col

from disposals.disclosure import sites
from disposals.disclosure.asked import (
    Asked,
    Case,
    Place,
    boundaries_on,
    case_pages,
    cases_on,
    site_pages,
    wanted,
)
from disposals.disclosure.fields import Audience, visible
from disposals.disclosure.programme import Line, lines_of
from disposals.register import Register
from sites import burdens
from sites.geometry import on_grid, to_wkb
from sites.records import Boundary, Constraint
from sites.writing import Batch


class LayerName(StrEnum):
    """What can be put on a map."""

    SITES = "sites"
    PARTS = "parts"
    CONSTRAINTS = "constraints"
    MILESTONES = "milestones"


_CONSTRAINT = "map_constraint"
_MILESTONE = "milestone_line"
VIEWS: Mapping[LayerName, tuple[str, tuple[str, ...]]] = {
    LayerName.SITES: (sites.VIEW, sites.FIELDS),
    LayerName.PARTS: (sites.VIEW, sites.FIELDS),
    LayerName.CONSTRAINTS: (
        _CONSTRAINT,
        (
            "reference", "kind", "name", "site", "standing", "beneficiary", "source",
            "effective_from", "effective_to",
        ),
    ),
    LayerName.MILESTONES: (_MILESTONE, Line.__slots__),
}  # fmt: skip


def fields_shown(layer: LayerName, audience: Audience) -> tuple[str, ...]:
    """The fields of a layer that an audience may see; none where the layer is not for it."""
    view, names = VIEWS[layer]
    return tuple(visible(view, dict.fromkeys(names), audience))


@contextmanager
def layers(register: Register, asked: Asked) -> Iterator[Callable[..., Iterator[Batch]]]:
    """One consistent view of the register, from which the layers are taken.

    What it gives is called with the names of the layers wanted, and answers with their batches.

    Raises:
        NoSuchCase, BadFact: as for `asked.wanted`.
    """
    with register.read() as session:
        wanted(session, asked)
        yield partial(_batches, session, asked)


def _batches(session: Session, asked: Asked, *names: LayerName) -> Iterator[Batch]:
    land = {LayerName.SITES, LayerName.PARTS} & set(names)
    if land:
        yield from sites.batches(
            session, asked, sites=LayerName.SITES in land, parts=LayerName.PARTS in land
        )
    if LayerName.CONSTRAINTS in names and fields_shown(LayerName.CONSTRAINTS, asked.audience):
        yield from _constraints(session, asked)
    if LayerName.MILESTONES in names:
        yield from _milestones(session, asked)


def _constraints(session: Session, asked: Asked) -> Iterator[Batch]:
    """What burdens the sites asked for on the day, as far as it is drawn."""
    chosen = wanted(session, asked)
    for page in site_pages(session, chosen, having=Constraint):
        held = cases_on(session, page, asked.on)
        refs = [row.ref for row in page.sites]
        at_stage = {ref for ref in refs if asked.stage in {None, *_stages(held, ref)}}
        rows = burdens.standing(session, Constraint, at_stage)
        told = [row for row in rows if burdens.counts_on(row, asked.on)]
        refs = [f"{row.site_ref}/constraint-{row.id}" for row in told]
        columns = {
            "reference": refs,
            "kind": [row.kind.value for row in told],
            "name": [row.name for row in told],
            "site": [row.site_ref for row in told],
            "standing": [row.standing for row in told],
            "beneficiary": [row.beneficiary for row in told],
            "source": [row.source for row in told],
            "effective_from": [row.effective_from for row in told],
            "effective_to": [row.effective_to for row in told],
        }
        shown = visible(_CONSTRAINT, columns, asked.audience)
        yield Batch(refs, [row.shape for row in told], shown)


def _stages(held: Mapping[str, Sequence[Case]], site_ref: str) -> set[str]:
    return {case.stage for case in held.get(site_ref, ())}


def _milestones(session: Session, asked: Asked) -> Iterator[Batch]:
    """The milestones of the disposals on the land asked for, each with the shape of its land."""
    chosen = wanted(session, asked)
    for page in case_pages(session, asked, chosen):
        lines = lines_of(session, page, audience=asked.audience, on=asked.on)
        land = {site for places in page.values() for site, _ in places}
        boundaries = boundaries_on(session, col(Boundary.site_ref).in_(land), asked.on)
        shapes = {ref: _together(places, boundaries) for ref, places in page.items()}
        columns = {name: [getattr(line, name) for line in lines] for name in Line.__slots__}
        yield Batch(
            [f"{line.reference}/milestone-{line.no}" for line in lines],
            [shapes[line.reference] for line in lines],
            visible(_MILESTONE, columns, asked.audience),
        )


def _together(places: Sequence[Place], boundaries: Mapping[Place, Any]) -> bytes | None:
    """The boundaries of some land as one shape."""
    found = [boundaries[place].shape for place in places if place in boundaries]
    if len(found) < 2:  # noqa: PLR2004 (one shape is together as it is)
        return found[0] if found else None
    return to_wkb(on_grid(shapely.union_all(shapely.from_wkb(found))))
