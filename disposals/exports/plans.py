"""Plans of land as files: the scale chosen, the surroundings gathered, the file written whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from disposals.disclosure.boundaries import Change
from disposals.disclosure.fields import Audience
from disposals.disclosure.plans import land_of_change, land_of_plan, sites_around
from disposals.errors import BadFact
from disposals.register import Register
from disposals.words import listed
from sites.errors import DoesNotFit
from sites.plan.choices import Kind, Paper, Show
from sites.plan.drawing import Plan, change_plan, location_plan, site_plan
from sites.plan.files import rendered
from sites.plan.page import window
from sites.plan.sheets import Bounds, Box, Sheet, chosen, sheet
from sites.reading import read_base
from sites.writing import whole_file


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a plan is wanted.

    Attributes:
        landscape: None for the way round that shows the land larger.
        scale: of the site plan; None for 1:1250 or the next standard scale that fits.
        base: a file with a base map, and `base_notice` its copyright notice.
    """

    show: Show = Show.SITE
    paper: Paper = Paper.A4
    landscape: bool | None = None
    scale: int | None = None
    base: Path | None = None
    base_notice: str | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn: each plan with its scale and whether it lies across; then what to know."""

    plans: tuple[tuple[str, int, bool], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A plan as a picture of its whole sheet, which measures so many millimetres."""

    kind: str
    described: str
    content: bytes
    width: float
    height: float


def draw_plan(
    register: Register, ref: str, path: Path, wanted: Wanted, *, audience: Audience, on: date
) -> Drawn:
    """Draw a location plan, a site plan or both, and write them as a PDF, SVG or PNG.

    Raises:
        NotRecorded, NoSuchCase: there is no such land, or it has no boundary on that day.
        DoesNotFit: the land does not fit the sheet at the scale asked for; says which fits.
        BadFact: the file's name has no suffix of a kind that can be written.
        UnreadableFile: the base map can't be used.
        CannotWrite: the file can't be written; what was there before stays.
    """
    kind = kind_of(path)
    pages, notes = _pages(register, ref, wanted, audience=audience, on=on)
    _write(path, pages, kind)
    if audience is not Audience.OFFICER:
        notes.append(
            "Constraints and occupations are not open, so none is drawn; --audience officer draws "
            "them."
        )
    if wanted.base is None and wanted.show is not Show.SITE:
        notes.append("No base map was given; --base FILE draws one from any map file you have.")
    return Drawn(
        tuple((plan.kind, scale, at.width > at.height) for plan, at, scale in pages),
        tuple(dict.fromkeys(notes)),
    )


def plan_pictures(
    register: Register, ref: str, kind: Kind, *, audience: Audience, on: date
) -> list[Picture]:
    """The location plan and the site plan of land, each as a picture of a whole sheet.

    Raises:
        NotRecorded, NoSuchCase: there is no such land, or it has no boundary on that day.
        DoesNotFit: the land fits no sheet at any standard scale.
    """
    pages, _ = _pages(register, ref, Wanted(Show.BOTH), audience=audience, on=on)
    return [
        Picture(plan.kind, plan.described, rendered([(plan, at, scale)], kind), at.width, at.height)
        for plan, at, scale in pages
    ]


def small_plan(
    register: Register,
    ref: str,
    kind: Kind,
    size: tuple[float, float],
    *,
    audience: Audience,
    on: date,
) -> tuple[Picture, tuple[str, ...]]:
    """The map of a location plan alone, so many millimetres wide and high, and what is said of it.

    Raises:
        NotRecorded, NoSuchCase: there is no such land, or it has no boundary on that day.
        DoesNotFit: the land does not fit at any standard scale.
    """
    subject = land_of_plan(register, ref, audience=audience, on=on)
    bare = location_plan(subject)
    frame = Box(0, 0, *size)
    # As large as it goes: without a map beneath, what is around the land tells little.
    at, scale = chosen(bare.bounds, [Sheet(Paper.A4, *size, frame, Box(0, 0, 0, 0))])
    around = sites_around(register, subject, window(bare, at, scale), on=on)
    plan = location_plan(subject, neighbours=around)
    picture = Picture(plan.kind, plan.described, rendered([(plan, at, scale)], kind), *size)
    warning = (f"{subject.warning}.",) if subject.warning else ()
    return picture, tuple(dict.fromkeys((*warning, *subject.notices, *plan.sources)))


def _pages(
    register: Register, ref: str, wanted: Wanted, *, audience: Audience, on: date
) -> tuple[list[tuple[Plan, Sheet, int]], list[str]]:
    """The plans wanted, each with its sheet and scale, and what is to be said of them."""
    subject = land_of_plan(register, ref, audience=audience, on=on)
    notes: list[str] = []
    shows = [Show.LOCATION, Show.SITE] if wanted.show is Show.BOTH else [wanted.show]
    pages = []
    for show in shows:
        make = partial(site_plan, close=wanted.scale is not None)
        if show is Show.LOCATION:
            make = partial(location_plan)
        bare = make(subject)
        asked = wanted.scale if show is Show.SITE else None
        on_sheet, scale = _chosen(wanted, bare, asked)
        ground = window(bare, on_sheet, scale)
        neighbours = sites_around(register, subject, ground, on=on)
        base, sources = _base(wanted, ground, notes)
        plan = make(subject, neighbours=neighbours, base=base, sources=sources)
        pages.append((plan, on_sheet, scale))
    return pages, notes


def _chosen(wanted: Wanted, bare: Plan, scale: int | None) -> tuple[Sheet, int]:
    """The sheet and the scale of a plan; a refusal says where larger paper would do."""
    try:
        return chosen(bare.bounds, _sheets(wanted, bare), scale=scale, around=bare.around)
    except DoesNotFit as error:
        if scale is None or wanted.paper is Paper.A3:
            raise
        larger = _sheets(replace(wanted, paper=Paper.A3), bare)
        try:
            chosen(bare.bounds, larger, scale=scale)
        except DoesNotFit:
            raise error from None
        raise DoesNotFit(f"{error} Or keep 1:{scale} on larger paper: `--paper A3`.") from None


def draw_change(change: Change, path: Path, *, audience: Audience, on: date) -> int:
    """Draw what a revision of a boundary gained and lost, and write it; says at what scale, 1:N.

    Raises:
        DoesNotFit, BadFact, CannotWrite: as for `draw_plan`.
    """
    kind = kind_of(path)
    plan = change_plan(land_of_change(change, audience=audience, on=on), change.difference)
    at, scale = chosen(plan.bounds, _sheets(Wanted(), plan))
    _write(path, [(plan, at, scale)], kind)
    return scale


def kind_of(path: Path) -> Kind:
    """The kind of file that a name asks for by its suffix.

    Raises:
        BadFact: none of those that can be written.
    """
    suffix = path.suffix.lower().removeprefix(".")
    try:
        return Kind(suffix)
    except ValueError:
        kinds = listed((f".{kind}" for kind in Kind), last="or")
        raise BadFact(f"“{path}” is no name for a drawing: it ends in {kinds}.") from None


def _sheets(wanted: Wanted, plan: Plan) -> list[Sheet]:
    turned = [False, True] if wanted.landscape is None else [wanted.landscape]
    lines = len(plan.key)
    return [sheet(wanted.paper, landscape=landscape, lines=lines) for landscape in turned]


def _base(
    wanted: Wanted, ground: Bounds, notes: list[str]
) -> tuple[Sequence[Any], tuple[str, ...]]:
    if wanted.base is None:
        return (), ()
    shapes = read_base(wanted.base, ground, note=notes.append)
    if not shapes:
        notes.append(f"{wanted.base.name} holds nothing of the ground on the plan.")
    notice = wanted.base_notice or f"Base map: {wanted.base.name}"
    return shapes, (notice,)


def _write(path: Path, pages: list[tuple[Plan, Sheet, int]], kind: Kind) -> None:
    made = rendered(pages, kind)
    with whole_file(path) as file:
        file.write(made)
