"""Rows of land taken into the register: each created, updated, unchanged or refused."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from json import dumps
from math import dist, inf
from typing import Any, TypeVar

from shapely import MultiPolygon
from sqlalchemy import func
from sqlmodel import Session, col, select

from disposals.casework.acts import Stamp
from disposals.casework.sites import Provenance, redraw, tell_disposals, versions_on_site
from disposals.casework.validating import validated
from disposals.errors import BadFact, DisposalsError
from disposals.register import Register
from disposals.words import listed, plainly
from sites.boundaries import current
from sites.comparing import compared
from sites.errors import SiteError
from sites.intake import Candidate
from sites.records import Site
from sites.sources import ImportedRow

T = TypeVar("T")
_AT_ONCE = 500
_ROUNDING_M = 0.15  # registers give degrees to six decimals, which are 11 cm of latitude


class Fate(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row, and what became of it.

    Attributes:
        row: its number in the file.
        why: what was changed, or why it was refused, and then the notes.
        notes: every guess, doubt and repair.
    """

    row: int
    key: str
    ref: str
    fate: Fate
    why: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def is_refused(self) -> bool:
        """Whether it was left out."""
        return self.fate is Fate.REFUSED


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file.

    Attributes:
        notes: how it was read: every guess about the file as a whole, and columns no field takes.
        outcomes: every row of it, in order.
        written: False for a dry run, or where a refused row held all back.
    """

    notes: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    written: bool


@dataclass(frozen=True, slots=True)
class File:
    """The file that is taken in.

    Attributes:
        preset: the published layout it follows, or "plain".
        origin: the provenance of boundaries in it; its reason is asked for only where one that
            the register has is drawn anew.
    """

    name: str
    preset: str
    origin: Provenance


@dataclass(slots=True)
class _Taking:
    session: Session
    file: File
    stamp: Stamp
    rows: dict[str, int] = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)
    read: Mapping[str, ImportedRow] = field(default_factory=dict)


def take_in(
    register: Register,
    found: Iterable[Candidate],
    file: File,
    stamp: Stamp,
    *,
    dry_run: bool = False,
    all_or_none: bool = False,
) -> list[Outcome]:
    """Enter the rows of a file in one transaction; the same file twice changes nothing.

    A row is known again by its key in files of the same layout. Rows that are refused are left
    out, each with its reason.

    Args:
        dry_run: say what would happen, and write nothing.
        all_or_none: write nothing if any row is refused.
    """
    with register.write() as session:
        taking = _Taking(session, file, stamp)
        outcomes: list[Outcome] = []
        for some in _batches(found):
            _look_up(taking, some)
            outcomes.extend(_taken(taking, each) for each in some)
            session.flush()
        refused = any(each.is_refused for each in outcomes)
        if dry_run or (all_or_none and refused):
            session.rollback()
        return outcomes


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    each = iter(items)
    while some := list(islice(each, _AT_ONCE)):
        yield some


def _look_up(taking: _Taking, some: list[Candidate]) -> None:
    """What the register holds of a batch of rows: two questions for all of them."""
    refs = [each.ref for each in some]
    found = taking.session.exec(select(Site).where(col(Site.ref).in_(refs)))
    taking.sites = {site.ref: site for site in found}
    newest = (
        select(func.max(ImportedRow.id))
        .where(col(ImportedRow.site_ref).in_(refs), ImportedRow.preset == taking.file.preset)
        .group_by(col(ImportedRow.site_ref))
    )
    rows = taking.session.exec(select(ImportedRow).where(col(ImportedRow.id).in_(newest)))
    taking.read = {row.site_ref: row for row in rows}


def _taken(taking: _Taking, each: Candidate) -> Outcome:
    def outcome(fate: Fate, *why: str) -> Outcome:
        return Outcome(each.row, each.key, each.ref, fate, (*why, *each.notes), each.notes)

    try:
        _refuse_unfit(taking, each)
        before, site = taking.read.get(each.ref), taking.sites.get(each.ref)
        if before is not None and before.digest == each.digest:
            return outcome(Fate.UNCHANGED)
        if site is None:
            _create(taking, each)
            return outcome(Fate.CREATED)
        return outcome(Fate.UPDATED, *_update(taking, site, each))
    except (SiteError, DisposalsError) as error:
        return outcome(Fate.REFUSED, str(error))


def _refuse_unfit(taking: _Taking, each: Candidate) -> None:
    if each.refused:
        raise BadFact(each.refused)
    earlier = taking.rows.setdefault(each.ref, each.row)
    if earlier != each.row:
        raise BadFact(f"row {earlier} has the reference {each.ref} already")
    before = taking.read.get(each.ref)
    if before is not None and before.key != (each.key or each.ref):
        raise BadFact(
            f"the site {each.ref} was entered for “{before.key}”, and this row is “{each.key}”; "
            "give it a reference of its own with `--map ref=COLUMN`"
        )


def _create(taking: _Taking, each: Candidate) -> None:
    stamp = taking.stamp
    site = validated(
        Site,
        {
            **each.facts, **_position(taking, each), "ref": each.ref,
            "recorded_by": stamp.by, "recorded_at": stamp.at,
        },
    )  # fmt: skip
    taking.session.add(site)
    if each.shape is not None:
        reason = taking.file.origin.because or f"As it stands in {taking.file.name}"
        origin = replace(taking.file.origin, because=reason)
        redraw(taking.session, each.ref, each.shape, origin, stamp)
    _keep_as_read(taking, each)


def _update(taking: _Taking, site: Site, each: Candidate) -> list[str]:
    """Bring a site to what the row says; tells each change."""
    changed: dict[str, Any] = {
        name: value for name, value in each.facts.items() if value != getattr(site, name)
    }
    said = [
        f"{plainly(name)}: “{getattr(site, name) or ''}” → “{changed[name]}”" for name in changed
    ]
    if each.position is not None and (moved := _moved_m(site, each.position)) > _ROUNDING_M:
        changed |= _position(taking, each)
        said.append(_told_position(each.position, moved))
    after = validated(Site, {**site.model_dump(), **changed}, carried=site)
    if each.shape is not None:
        said.extend(_redrawn(taking, each.ref, each.shape))
    for name in changed:
        setattr(site, name, getattr(after, name))
    _keep_as_read(taking, each)
    if said:
        tell_disposals(
            taking.session, site.ref, "site updated", taking.stamp,
            versions_on_site(taking.session, site.ref), taking.file.origin.because,
            {"file": taking.file.name, "row": each.row, "changed": listed(said)},
        )  # fmt: skip
    return said or ["only in columns that the register keeps as they were read"]


def _redrawn(taking: _Taking, ref: str, shape: MultiPolygon) -> list[str]:
    """Draw the boundary of a site that is in the register, if it is another; tells the change."""
    before = current(taking.session, ref)
    if before is None:
        told = "boundary drawn"
    else:
        change = compared(before, shape)
        if change.is_nothing:
            return []
        told = f"boundary: {change.gained.area:,.2f} m² gained, {change.lost.area:,.2f} m² lost"
    origin = taking.file.origin
    if not origin.because:
        raise BadFact(
            f"{told}; a boundary in the register is not drawn without a reason. Add "
            '`--because "…"` and import the file again.'
        )
    redraw(taking.session, ref, shape, origin, taking.stamp)
    return [told]


def _moved_m(site: Site, position: tuple[float, float]) -> float:
    """How far a point lies from where it did, in metres; without end if it lay nowhere."""
    if site.easting is None or site.northing is None:
        return inf
    return dist(position, (site.easting, site.northing))


def _told_position(position: tuple[float, float], moved_m: float) -> str:
    where = f"easting {position[0]:.2f}, northing {position[1]:.2f}"
    return f"position given, {where}" if moved_m == inf else f"moved {moved_m:,.2f} m, to {where}"


def _position(taking: _Taking, each: Candidate) -> dict[str, object]:
    if each.position is None:
        return {}
    easting, northing = each.position
    return {
        "easting": easting, "northing": northing,
        "position_source": f"{taking.file.name}, row {each.row}",
    }  # fmt: skip


def _keep_as_read(taking: _Taking, each: Candidate) -> None:
    taking.session.add(
        validated(
            ImportedRow,
            {
                "site_ref": each.ref, "preset": taking.file.preset, "key": each.key or each.ref,
                "source": taking.file.name, "fields": dumps(dict(each.fields), ensure_ascii=False),
                "digest": each.digest, "recorded_by": taking.stamp.by,
                "recorded_at": taking.stamp.at,
            },
        )
    )  # fmt: skip
