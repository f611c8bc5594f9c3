"""Rows of a file as land that may enter a register: placed, judged, and every doubt named."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely import MultiPoint, MultiPolygon, Point, Polygon

from sites.columns import ColumnMap, reference_from
from sites.coordinates import placed
from sites.errors import SiteError
from sites.geometry import to_wkb
from sites.reading.rows import Row
from sites.validity import judged

_FAR_TIMES = 2.0
_FAR_M = 5_000.0
_NAMELESS = "it has no reference, no name and no address by which it would be known again"
_FEW = 20  # of fewer positions nothing can be said of the usual distance


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of a file, ready to be held against a register.

    Attributes:
        row: the number that a person sees in the file.
        key: what identifies the row in its file; "" where nothing does.
        ref: the reference the site would have; "" where none can be made.
        facts: fields of a site by name.
        fields: the row as it was read, by column.
        shape: its boundary, EPSG:27700, on the centimetre grid.
        position: easting and northing in metres of a row that is a point.
        notes: every guess, doubt and repair.
        refused: why it can't be taken, else "".
        digest: SHA-256 (hex) of what was read and where it lies.
    """

    row: int
    key: str
    ref: str
    facts: Mapping[str, str]
    fields: Mapping[str, str | None]
    shape: MultiPolygon | None
    position: tuple[float, float] | None
    notes: tuple[str, ...]
    refused: str
    digest: str


def candidates(
    rows: Iterable[Row], columns: ColumnMap, *, fix: bool, near: MultiPolygon | None
) -> Iterator[Candidate]:
    """Each row placed on the National Grid and judged; none is left out.

    Args:
        fix: repair what has one certain reading, and say so.
        near: the area of the council, EPSG:27700, if the register has one.
    """
    nameless = f"{_NAMELESS}{columns.hint_for_name()}"
    for row in rows:
        facts = columns.facts(row.fields)
        key = columns.key_of(row.fields)
        organisation = columns.organisation_of(row.fields)
        told = _named(facts, key)
        ref = reference_from(facts.pop("ref", "") or key, facts.get("name", ""), organisation)
        try:
            shape, position, notes = _land(row, fix=fix, near=near)
            refused = row.refused or ("" if ref else nameless)
        except SiteError as error:
            shape, position, notes, refused = None, None, (), str(error)
        yield Candidate(
            row=row.no, key=key, ref=ref, facts=facts, fields=row.fields, shape=shape,
            position=position, notes=(*row.doubts, *told, *notes), refused=refused,
            digest=_digest(row.fields, shape, position),
        )  # fmt: skip


def far_from_the_rest(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The same rows, those that lie far from all others with a note that says how far.

    A register of one council lies within its area; where that area is not recorded, a position
    twice as far out as nineteen in twenty of the others is worth a look.
    """
    known = list(found)
    at = np.array([_place(each) for each in known], dtype=float).reshape(-1, 2)
    placed_rows = np.isfinite(at[:, 0])
    if placed_rows.sum() < _FEW:
        yield from known
        return
    middle = np.median(at[placed_rows], axis=0)
    away = np.hypot(*(at - middle).T)
    limit = max(_FAR_M, _FAR_TIMES * float(np.percentile(away[placed_rows], 95)))
    for each, distance in zip(known, away, strict=True):
        if distance > limit:
            note = (
                f"it lies {distance / 1000:.0f} km from the middle of the other positions; look "
                "whether it is in the council's area"
            )
            yield replace(each, notes=(*each.notes, note))
        else:
            yield each


def _named(facts: dict[str, str], key: str) -> tuple[str, ...]:
    """A name for a row without one, and the note that says where it was taken from.

    None is made of the number of the row: another file has a row of the same number.
    """
    if facts.get("name"):
        return ()
    for source, value in (("address", facts.get("address", "")), ("key", key)):
        if value:
            facts["name"] = value
            return (f"it has no name; its {source} stands for it",)
    return ()


def _land(
    row: Row, *, fix: bool, near: MultiPolygon | None
) -> tuple[MultiPolygon | None, tuple[float, float] | None, tuple[str, ...]]:
    if row.shape is None:
        return None, None, ()
    found = placed(row.shape, row.stated, fix=fix, near=near)
    notes = (*found.notes, *found.fixed)
    flat = shapely.force_2d(found.shape)
    if isinstance(flat, MultiPoint) and len(flat.geoms) == 1:
        flat = flat.geoms[0]
    if isinstance(flat, Point):
        return None, (round(flat.x, 2), round(flat.y, 2)), notes
    if isinstance(flat, Polygon | MultiPolygon):
        shape, more = judged(flat, fix=fix)
        return shape, None, (*notes, *more)
    raise SiteError(
        f"It is a {flat.geom_type}: a site is an area, or a point where no more is known. "
        "A line may be recorded as a constraint: `disposals site constraint`."
    )


def _place(each: Candidate) -> tuple[float, float]:
    if each.position is not None:
        return each.position
    if each.shape is None:
        return (np.nan, np.nan)
    min_x, min_y, max_x, max_y = each.shape.bounds
    return ((min_x + max_x) / 2, (min_y + max_y) / 2)


def _digest(
    fields: Mapping[str, str | None],
    shape: MultiPolygon | None,
    position: tuple[float, float] | None,
) -> str:
    told = json.dumps([dict(fields), position], ensure_ascii=False).encode()
    return hashlib.sha256(told + (b"" if shape is None else to_wkb(shape))).hexdigest()
