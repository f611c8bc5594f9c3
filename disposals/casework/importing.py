"""A file of sites read, placed on the National Grid, judged, and taken into the register."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlmodel import col, select

from disposals.casework.acts import Stamp
from disposals.casework.estate import File, Taken, take_in
from disposals.casework.sites import Provenance
from disposals.register import Register
from disposals.words import counted, listed
from sites.boundaries import shapes_of_sites
from sites.checks import Neighbourhood
from sites.columns import mapped
from sites.intake import Candidate, candidates, far_from_the_rest
from sites.reading import read_rows
from sites.records import Site
from sites.sources import authority_area

Watch = Callable[[Iterable[Candidate], int], Iterable[Candidate]]


@dataclass(frozen=True, slots=True)
class How:
    """How a file is to be read, and what is to be done with what is found.

    Attributes:
        preset: the published layout; recognised by its columns without it.
        maps: field → column, as the officer says.
        fix: mend what has one certain reading.
        dry_run: write nothing.
        all_or_none: write nothing if any row is refused.
    """

    preset: str | None = None
    maps: Mapping[str, str] = field(default_factory=dict)
    layer: str | None = None
    sheet: str | None = None
    fix: bool = False
    dry_run: bool = False
    all_or_none: bool = False


def _unwatched(found: Iterable[Candidate], _count: int) -> Iterable[Candidate]:
    return found


def import_file(
    register: Register,
    path: Path,
    how: How,
    origin: Provenance,
    stamp: Stamp,
    *,
    watch: Watch = _unwatched,
) -> Taken:
    """Take in a file; every row is accounted for, and the same file twice changes nothing.

    Args:
        origin: the provenance of the boundaries in it; a blank reason is asked for only where a
            boundary that the register has is drawn anew.
        watch: passes the rows on one by one, for whoever shows progress.

    Raises:
        UnreadableFile: the file as a whole can't be used.
        BadColumn: a column that was named is not in the file.
    """
    table = read_rows(path, layer=how.layer, sheet=how.sheet)
    columns = mapped(table.columns, preset=how.preset, told=how.maps)
    with register.read() as session:
        near = authority_area(session)
    located: Counter[str] = Counter()
    found: Iterable[Candidate] = candidates(table.rows, columns, fix=how.fix, near=near)
    found = _beside(register, _counting(found, located))
    if near is None:
        found = far_from_the_rest(found)
    file = File(path.name, columns.preset or "plain", origin)
    outcomes = take_in(
        register,
        watch(found, len(table.rows)),
        file,
        stamp,
        dry_run=how.dry_run,
        all_or_none=how.all_or_none,
    )
    unused = f"kept as read, in no field: {', '.join(columns.unused)}" if columns.unused else ""
    land = [f"{counted(count, 'row')} with {what}" for what, count in located.items()]
    told = listed(land) if land else ""
    notes = (*table.notes, *columns.guessed, *filter(None, [unused, told]))
    held = how.all_or_none and any(each.is_refused for each in outcomes)
    return Taken(notes, tuple(outcomes), written=not (how.dry_run or held))


def _counting(found: Iterable[Candidate], located: Counter[str]) -> Iterator[Candidate]:
    for each in found:
        if not each.refused:
            point = "a position" if each.position else "neither boundary nor position"
            located["a boundary" if each.shape else point] += 1
        yield each


def _beside(register: Register, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """The same rows, each with a note of the sites of the register and the file it overlaps."""
    rows = list(found)
    drawn = {each.ref: each.shape for each in rows if each.shape is not None}
    if not drawn:
        yield from rows
        return
    with register.read() as session:
        refs = session.exec(select(Site.ref).order_by(col(Site.ref))).all()
        shapes = shapes_of_sites(session, refs)
    known = {ref: shape for (ref, part_no), (_, shape) in shapes.items() if part_no is None} | drawn
    around = Neighbourhood(list(known), list(known.values()))
    for each in rows:
        others = around.overlapping(each.shape) if each.shape is not None else []
        told = listed(ref for ref in others if ref != each.ref) if len(others) > 1 else ""
        yield replace(each, notes=(*each.notes, f"it overlaps {told}")) if told else each
