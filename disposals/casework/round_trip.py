"""What a GIS officer edited in an exported layer, brought back: a difference, a reason, an act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from shapely import MultiPolygon
from sqlmodel import Session

from disposals.casework.acts import Stamp
from disposals.casework.estate import Fate, Outcome, Taken
from disposals.casework.sites import Provenance, redraw, tell_disposals, versions_on_site
from disposals.casework.validating import validated
from disposals.errors import BadFact, ChangedOnTheMap, DisposalsError, NotRecorded
from disposals.register import Register
from disposals.words import listed, plainly
from sites.boundaries import current
from sites.comparing import compared
from sites.coordinates import placed
from sites.editions import RETURNED, edition_of
from sites.errors import SiteError, UnreadableFile
from sites.parts import located
from sites.reading import Row, read_rows
from sites.records import Site
from sites.validity import judged

_LAYERS = ("sites", "parts")


@dataclass(slots=True)
class _Returned:
    """One site as it came back.

    Attributes:
        rows: its features by part number, None for the site itself.
    """

    ref: str
    rows: dict[int | None, Row] = field(default_factory=dict)


def bring_back(
    register: Register,
    path: Path,
    origin: Provenance,
    stamp: Stamp,
    *,
    fix: bool = False,
    dry_run: bool = False,
    all_or_none: bool = False,
) -> Taken:
    """Take boundaries and names from an export that was edited, in one transaction.

    Every feature carries the edition of its site as it was exported; where the register has
    moved on since, the site is refused. Sites that are missing from the file stay as they are.

    Args:
        path: a file with the layers `sites` and `parts`, or one of them.
        origin: its reason is asked for where anything changed, but for a dry run.
        all_or_none: write nothing if any site is refused.

    Raises:
        UnreadableFile: the file is no export of this register.
    """
    returned = _read(path)
    reasoned = replace(origin, because=origin.because or "asked for") if dry_run else origin
    with register.write() as session:
        outcomes = tuple(_one(session, each, path, reasoned, stamp, fix=fix) for each in returned)
        held = dry_run or (all_or_none and any(each.is_refused for each in outcomes))
        if held:
            session.rollback()
        return Taken((), outcomes, written=not held)


def _read(path: Path) -> list[_Returned]:
    """The features of a file by the site they belong to."""
    found: dict[str, _Returned] = {}
    for row in _rows(path):
        missing = {"reference", "edition"} - set(row.fields)
        if missing:
            raise UnreadableFile(
                path,
                f"it has no field {listed(sorted(missing))}, which every layer exported from a "
                "register has. Export it first: `disposals export gpkg`; or import it without "
                "--update.",
            )
        site_ref, part_no = located(row.fields["reference"] or "")
        found.setdefault(site_ref, _Returned(site_ref)).rows[part_no] = row
    return list(found.values())


def _rows(path: Path) -> Iterable[Row]:
    try:
        tables = [read_rows(path, layer=layer) for layer in _LAYERS]
    except UnreadableFile:
        tables = [read_rows(path)]
    for table in tables:
        yield from table.rows


def _one(
    session: Session,
    returned: _Returned,
    path: Path,
    origin: Provenance,
    stamp: Stamp,
    *,
    fix: bool,
) -> Outcome:
    first = next(iter(returned.rows.values()))

    def outcome(fate: Fate, *why: str, notes: tuple[str, ...] = ()) -> Outcome:
        return Outcome(first.no, returned.ref, returned.ref, fate, (*why, *notes), notes)

    try:
        site = session.get(Site, returned.ref)
        if site is None:
            raise NotRecorded(
                f"There is no site {returned.ref} in the register. Import it without --update to "
                "enter it."
            )
        _refuse_moved_on(session, site, returned)
        shapes, notes = _shapes(returned, fix=fix)
        told = [*_facts_changed(site, returned), *_land_changed(session, site, shapes)]
        if not told:
            return outcome(Fate.UNCHANGED, notes=notes)
        if not origin.because:
            raise BadFact(f'{listed(told)}; say why: add `--because "…"` and bring it back again.')
        _apply(session, site, returned, shapes, origin, stamp)
    except (SiteError, DisposalsError) as error:
        return outcome(Fate.REFUSED, str(error))
    tell_disposals(
        session, site.ref, "brought back from a map", stamp,
        versions_on_site(session, site.ref), origin.because,
        {"file": path.name, "changed": listed(told)},
    )  # fmt: skip
    return outcome(Fate.UPDATED, *told, notes=notes)


def _refuse_moved_on(session: Session, site: Site, returned: _Returned) -> None:
    stands = edition_of(session, site)
    for row in returned.rows.values():
        if row.fields["edition"] != stands:
            raise ChangedOnTheMap(site.ref, exported=row.fields["edition"] or "none", now=stands)


def _shapes(
    returned: _Returned, *, fix: bool
) -> tuple[dict[int | None, MultiPolygon], tuple[str, ...]]:
    """The shapes that came back, in EPSG:27700 on the grid, with what was mended in them."""
    shapes: dict[int | None, MultiPolygon] = {}
    notes: list[str] = []
    for part_no, row in returned.rows.items():
        if row.shape is None:
            continue
        found = placed(row.shape, row.stated, fix=fix)
        shapes[part_no], mended = judged(found.shape, fix=fix)
        notes += [*found.notes, *found.fixed, *mended]
    return shapes, tuple(notes)


def _facts_changed(site: Site, returned: _Returned) -> list[str]:
    return [
        f"{plainly(name)}: “{getattr(site, name) or ''}” → “{value}”"
        for name, value in _facts(site, returned).items()
    ]


def _facts(site: Site, returned: _Returned) -> dict[str, str]:
    """The fields of the site that came back otherwise than they stand."""
    row = returned.rows.get(None)
    told = {} if row is None else {name: row.fields.get(name) for name in RETURNED}
    return {
        name: value
        for name, value in told.items()
        if value is not None and value != (getattr(site, name) or "")
    }


def _land_changed(
    session: Session, site: Site, shapes: Mapping[int | None, MultiPolygon]
) -> list[str]:
    told = []
    for part_no, shape in shapes.items():
        before = current(session, site.ref, part_no)
        what = "boundary" if part_no is None else f"part {part_no}"
        if before is None:
            told.append(f"{what} drawn, {shape.area:,.2f} m²")
            continue
        change = compared(before, shape)
        if not change.is_nothing:
            told.append(
                f"{what}: {change.gained.area:,.2f} m² gained, {change.lost.area:,.2f} m² lost"
            )
    return told


def _apply(
    session: Session,
    site: Site,
    returned: _Returned,
    shapes: Mapping[int | None, MultiPolygon],
    origin: Provenance,
    stamp: Stamp,
) -> None:
    facts = _facts(site, returned)
    after = validated(Site, {**site.model_dump(), **facts}, carried=site)
    changed = {no: shape for no, shape in shapes.items() if _is_other(session, site, no, shape)}
    whole = changed.pop(None, None) or current(session, site.ref)
    if whole is not None and (changed or None in shapes):
        parts = {no: shape for no, shape in changed.items() if no is not None}
        redraw(session, site.ref, whole, origin, stamp, parts=parts)
    for name in facts:
        setattr(site, name, getattr(after, name))


def _is_other(session: Session, site: Site, part_no: int | None, shape: MultiPolygon) -> bool:
    before = current(session, site.ref, part_no)
    return before is None or not compared(before, shape).is_nothing
