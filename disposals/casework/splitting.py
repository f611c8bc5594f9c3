"""A site, or a part of one, split into numbered parts that are proven to make it up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely import LineString, MultiPolygon
from sqlmodel import Session

from disposals.casework.acts import Stamp
from disposals.casework.parts import (
    Made,
    NewPart,
    drawn_parts,
    end_part,
    going_on,
    listed_numbers,
    made_of,
    refuse_on_sale,
    shape_of_site,
)
from disposals.casework.sites import (
    Provenance,
    cut_from,
    make_up,
    refuse_unseen_on_site,
    tell_disposals,
)
from disposals.casework.validating import required, validated
from disposals.errors import NotAllowed, NotRecorded
from disposals.finding import find_site
from disposals.register import Register
from disposals.words import counted, listed
from sites.boundaries import current, current_revision
from sites.cutting import by_area, by_lines, by_side, numbered
from sites.parts import in_force, located, numbers_given
from sites.records import SitePart

_BEFORE_SALE = {"surplus_declaration", "options_appraisal"}


@dataclass(frozen=True, slots=True)
class Cut:
    """How land is cut: by lines, or by an area to the left of a line of some bearing.

    Attributes:
        lines: EPSG:27700.
        area_m2: of the first part, to the left of the line.
        bearing: of the line, degrees clockwise from grid north.
    """

    lines: Sequence[LineString] = ()
    area_m2: float | None = None
    bearing: float = 0.0


def split(
    register: Register,
    ref: str,
    parts: Iterable[NewPart],
    origin: Provenance,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    cut: Cut | None = None,
    allow_multipart: bool = False,
    dry_run: bool = False,
) -> list[Made]:
    """Split a site, or one of its parts, into numbered parts that make it up exactly.

    Without a cut the parts come with their shapes; a site without a boundary is split by
    description alone. A number stays with its land and is never given to other land.

    Args:
        ref: `mill-lane`, or `mill-lane/part-2` to split a part again.
        parts: names and purposes by number; with a cut they may be left out.
        origin: a blank reason is asked for where the land is being sold already.
        seen: the version of each disposal that takes the site in.
        allow_multipart: a part may lie in several pieces; a cut then gives one on each side.
        dry_run: say what would be made, and write nothing.

    Raises:
        NotAPartition: the parts leave a gap, overlap, or reach outside; says where and how much.
        CannotCut: a line parts nothing, or an area can't be had.
        NotAllowed: the site is split already, a part lies in several pieces, only some of the
            parts are drawn, or the cut gives other numbers than were named.
        BadFact: land that is being sold is split without a reason.
        ChangedMeanwhile: a disposal of the site has moved on since the user saw it.
    """
    site_ref, part_no = located(ref)
    with register.write() as session:
        find_site(session, site_ref)
        refuse_unseen_on_site(session, site_ref, seen)
        _refuse_split_already(session, site_ref, part_no)
        land = current(session, site_ref, part_no)
        wanted = sorted(parts, key=lambda part: part.no)
        if len({part.no for part in wanted}) < len(wanted):
            raise NotAllowed("Two of the parts have the same number.")
        if cut is None:
            shapes = _given(ref, land, wanted)
            _refuse_other_land(_former(session, site_ref), shapes)
        else:
            shapes = _cut(session, ref, land, cut, allow_multipart=allow_multipart)
        known = {
            part.no: NewPart(part.no, part.name, part.purpose)
            for part in in_force(session, site_ref)
        }
        known |= {part.no: part for part in wanted}
        new = [known.get(no, NewPart(no, f"Part {no}", "not decided")) for no in shapes]
        _refuse_other_numbers(wanted, shapes)
        if not allow_multipart:
            _refuse_pieces(shapes, land)
        origin = _with_reason(session, site_ref, origin, "split land that is being sold")
        made = _enter(session, site_ref, part_no, new, shapes, origin, stamp)
        tell_disposals(session, site_ref, "site split", stamp, seen, origin.because)
        if dry_run:
            session.rollback()
        return made


def _with_reason(session: Session, site_ref: str, origin: Provenance, act: str) -> Provenance:
    """The provenance with its reason, which land that is being sold can't do without."""
    if origin.because:
        return origin
    on_sale = [case.ref for case in going_on(session, site_ref) if case.stage not in _BEFORE_SALE]
    if on_sale:
        required(None, f"{act} ({listed(on_sale)})")
    return replace(origin, because="The site is sold in parts.")


def _refuse_split_already(session: Session, site_ref: str, part_no: int | None) -> None:
    numbers = [part.no for part in in_force(session, site_ref)]
    if part_no is None and numbers:
        raise NotAllowed(
            f"{site_ref} is split already, into parts {listed_numbers(numbers)}. Split one of "
            f"them again: `disposals site split {site_ref}/part-{numbers[-1]} …`; or merge them."
        )
    if part_no is not None and part_no not in numbers:
        raise NotRecorded(f"{site_ref} has no part {part_no} in force.")


def _given(
    ref: str, land: MultiPolygon | None, wanted: Sequence[NewPart]
) -> dict[int, MultiPolygon | None]:
    """The shapes that came with the parts: all of them, or none for land that is not drawn."""
    if len(wanted) < 2:  # noqa: PLR2004 (one part is no split)
        raise NotAllowed(
            "A split makes two parts or more. Name each: `--part 1:NAME:PURPOSE --part 2:…`."
        )
    drawn = [part for part in wanted if part.shape is not None]
    if len(drawn) not in {0, len(wanted)} or bool(drawn) != (land is not None):
        raise NotAllowed(f"{ref}: draw the site and every part of it, or none of them.")
    return {part.no: part.shape for part in wanted}


def _cut(
    session: Session,
    ref: str,
    land: MultiPolygon | None,
    cut: Cut,
    *,
    allow_multipart: bool,
) -> dict[int, MultiPolygon | None]:
    if land is None:
        raise NotAllowed(
            f"{ref} has no boundary that could be cut. Draw it: `disposals site draw`."
        )
    site_ref, part_no = located(ref)
    if cut.area_m2 is not None:
        pieces = list(by_area(land, cut.area_m2, cut.bearing))
    else:
        pieces = by_lines(land, cut.lines)
        if allow_multipart and len(cut.lines) == 1:
            pieces = list(by_side(pieces, cut.lines[0]))
    former = _former(session, site_ref) if part_no is None else {part_no: land}
    return dict(numbered(pieces, former, numbers_given(session, site_ref)))


def _former(session: Session, site_ref: str) -> dict[int, MultiPolygon]:
    """The land of every number that a part of the site has or had, as it was last drawn."""
    return drawn_parts(session, site_ref, numbers_given(session, site_ref))


def _refuse_other_land(
    former: Mapping[int, MultiPolygon], shapes: Mapping[int, MultiPolygon | None]
) -> None:
    for no, shape in shapes.items():
        was = former.get(no)
        if shape is None or was is None:
            continue
        if shapely.intersection(shape, was).area <= was.area / 2:
            at = shapely.point_on_surface(was)
            raise NotAllowed(
                f"Part {no} was the land at easting {at.x:.2f}, northing {at.y:.2f}, and a number "
                f"is never given to other land. The next one that is free is {max(former) + 1}."
            )


def _refuse_other_numbers(
    wanted: Sequence[NewPart], shapes: Mapping[int, MultiPolygon | None]
) -> None:
    other = [part.no for part in wanted if part.no not in shapes]
    if other or (wanted and len(wanted) != len(shapes)):
        pieces = "; ".join(
            f"part {no}, {shape.area:,.2f} m² at easting {at.x:.2f}, northing {at.y:.2f}"
            for no, shape in shapes.items()
            if shape is not None and (at := shapely.point_on_surface(shape)) is not None
        )
        raise NotAllowed(
            f"The cut gives {counted(len(shapes), 'part')}: {pieces}. Name these, or none of them."
        )


def _refuse_pieces(shapes: Mapping[int, MultiPolygon | None], land: MultiPolygon | None) -> None:
    for no, shape in shapes.items():
        if shape is None or len(shape.geoms) == 1 or land is None:
            continue
        sizes = listed(f"{piece.area:,.2f} m²" for piece in shape.geoms)
        raise NotAllowed(
            f"Part {no} would lie in {len(shape.geoms)} pieces ({sizes}). Add --allow-multipart "
            "if that is meant."
        )


def _enter(
    session: Session,
    site_ref: str,
    part_no: int | None,
    new: Sequence[NewPart],
    shapes: Mapping[int, MultiPolygon | None],
    origin: Provenance,
    stamp: Stamp,
) -> list[Made]:
    standing = {part.no: part for part in in_force(session, site_ref)}
    others = {no: part for no, part in standing.items() if no != part_no}
    clash = [part.no for part in new if part.no in others]
    if clash:
        raise NotAllowed(f"{site_ref} has a part {clash[0]} already; give another number.")
    if part_no is not None:
        if part_no not in {part.no for part in new}:
            refuse_on_sale(session, site_ref, [part_no])
        end_part(session, standing[part_no], stamp, because=origin.because, into_no=None)
        land = current_revision(session, site_ref, part_no)
        origin = origin if land is None else cut_from(land, origin)
    for part in new:
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
    session.flush()
    drawn = {no: shape for no, shape in shapes.items() if shape is not None}
    if drawn:
        whole = shape_of_site(session, site_ref)
        kept = drawn_parts(session, site_ref, others)
        make_up(session, site_ref, whole, {**kept, **drawn}, origin, stamp)
    return made_of(session, site_ref)
