"""What splitting and merging share: parts as they stand, entered and ended."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from shapely import MultiPolygon
from sqlmodel import Session, col, select

from disposals.casework.acts import Stamp
from disposals.casework.validating import validated
from disposals.errors import NotAllowed
from disposals.readiness import definition_of
from disposals.records.cases import Disposal, Holding
from disposals.words import listed
from sites.boundaries import current
from sites.parts import in_force
from sites.records import PartEnding, SitePart


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part to be made: its number, name and purpose.

    Attributes:
        shape: EPSG:27700; None where the site has no boundary, or a cut gives the shape.
    """

    no: int
    name: str
    purpose: str
    shape: MultiPolygon | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A part that a split or a merge made or left.

    Attributes:
        area_m2: None where nothing is drawn.
        place: easting and northing of a point inside it.
    """

    no: int
    name: str
    purpose: str
    area_m2: float | None
    place: tuple[float, float] | None


def made_of(session: Session, site_ref: str) -> list[Made]:
    """The parts as they stand."""
    made = []
    for part in in_force(session, site_ref):
        shape = current(session, site_ref, part.no)
        at = None if shape is None else shape.representative_point()
        made.append(
            Made(
                part.no, part.name, part.purpose, None if shape is None else shape.area,
                None if at is None else (at.x, at.y),
            )
        )  # fmt: skip
    return made


def end_part(
    session: Session, part: SitePart, stamp: Stamp, *, because: str, into_no: int | None
) -> None:
    """Record that a part is no more, and into which number it went."""
    session.add(
        validated(
            PartEnding,
            {
                "part_id": part.id, "site_ref": part.site_ref, "no": part.no,
                "ended_on": stamp.on, "because": because, "into_no": into_no,
                "recorded_by": stamp.by, "recorded_at": stamp.at,
            },
        )
    )  # fmt: skip
    session.flush()


def refuse_on_sale(session: Session, site_ref: str, numbers: Iterable[int]) -> None:
    """Refuse to end a part while a disposal of it goes on."""
    ending = set(numbers)
    for case in going_on(session, site_ref):
        if case.part_no in ending:
            raise NotAllowed(
                f"Part {case.part_no} is being sold as {case.ref}, so it can't end. Withdraw that "
                f'first: `disposals withdraw {case.ref} --because "…"`.'
            )


def going_on(session: Session, site_ref: str) -> list[Disposal]:
    """The disposals of a site, and of its parts, that have not come to an end."""
    cases = session.exec(
        select(Disposal)
        .join(Holding, col(Holding.disposal_ref) == col(Disposal.ref))
        .where(col(Holding.site_ref) == site_ref)
        .order_by(col(Disposal.ref))
    )
    return [case for case in cases if not definition_of(session, case).is_end(case.stage)]


def drawn_parts(session: Session, site_ref: str, numbers: Iterable[int]) -> dict[int, MultiPolygon]:
    """The shapes of those parts that are drawn, by number, EPSG:27700."""
    found = ((no, current(session, site_ref, no)) for no in numbers)
    return {no: shape for no, shape in found if shape is not None}


def shape_of_site(session: Session, site_ref: str) -> MultiPolygon:
    """The boundary of a site, EPSG:27700.

    Raises:
        NotAllowed: it has none.
    """
    shape = current(session, site_ref)
    if shape is None:
        raise NotAllowed(f"{site_ref} has no boundary, so its parts can't be drawn.")
    return shape


def listed_numbers(numbers: Collection[int]) -> str:
    """Part numbers in a sentence: 1, 2 and 4."""
    return listed(map(str, sorted(numbers))) if numbers else "none"
