"""The revisions of a boundary, and what one gained or lost against another, for an audience."""

from dataclasses import dataclass
from typing import Any

from shapely import MultiPolygon
from sqlmodel import Session

from disposals.disclosure.fields import Audience, fields_of
from disposals.errors import NotRecorded
from disposals.finding import find_site
from disposals.register import Register
from sites.areas import acres, hectares
from sites.boundaries import current_revision, revisions
from sites.comparing import Difference, compared
from sites.geometry import from_wkb
from sites.parts import located
from sites.records import Boundary


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision as an audience may see it.

    Attributes:
        is_current: it is the boundary today.
        facts: the open fields, with areas in hectares and acres.
    """

    no: int
    is_current: bool
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What the boundary of a site or part was, what it became, and the land between the two.

    Attributes:
        title: the name of the site, for whoever draws it.
        land: the later boundary, EPSG:27700.
    """

    reference: str
    title: str
    before: Revision
    after: Revision
    difference: Difference
    land: MultiPolygon


def history(register: Register, ref: str, *, audience: Audience) -> list[Revision]:
    """Every revision of the boundary of a site or a part, the oldest first.

    Args:
        ref: `steele-avenue`, or `steele-avenue/part-1`.

    Raises:
        NotRecorded: there is no such site, or it has no boundary.
    """
    with register.read() as session:
        return _history(session, ref, audience)


def change(
    register: Register,
    ref: str,
    *,
    audience: Audience,
    before: int | None = None,
    after: int | None = None,
) -> Change:
    """What a revision gained and lost.

    Args:
        after: the revision asked about; the current one without it.
        before: the one it is held against; without it, the one before.

    Raises:
        NotRecorded: there is no such site or revision, or nothing to hold it against.
    """
    with register.read() as session:
        known = {each.no: each for each in _history(session, ref, audience)}
        standing = next((no for no, each in known.items() if each.is_current), max(known))
        later = standing if after is None else after
        earlier = later - 1 if before is None else before
        for asked in (later, earlier):
            if asked not in known:
                raise NotRecorded(
                    f"{ref} has no revision {asked}: it has {_numbers(list(known))}. "
                    f"`disposals site history {ref}` lists them."
                )
        site_ref, part_no = located(ref)
        rows = {row.revision: row for row in revisions(session, site_ref, part_no)}
        land = from_wkb(rows[later].shape)
        return Change(
            reference=ref,
            title=find_site(session, site_ref).name,
            before=known[earlier],
            after=known[later],
            difference=compared(from_wkb(rows[earlier].shape), land),
            land=land,
        )


def _history(session: Session, ref: str, audience: Audience) -> list[Revision]:
    site_ref, part_no = located(ref)
    find_site(session, site_ref)
    rows = revisions(session, site_ref, part_no)
    if not rows:
        raise NotRecorded(
            f"{ref} has no boundary. Draw it: `disposals site draw {site_ref} FILE --source … "
            "--because …`."
        )
    standing = current_revision(session, site_ref, part_no)
    return [_revision(row, is_current=row is standing, audience=audience) for row in rows]


def _revision(row: Boundary, *, is_current: bool, audience: Audience) -> Revision:
    facts = fields_of(row, audience)
    facts.pop("shape", None)
    if "area_m2" in facts:
        facts["area_hectares"] = round(float(hectares(row.area_m2)), 4)
        facts["area_acres"] = round(float(acres(row.area_m2)), 2)
    return Revision(row.revision, is_current, facts)


def _numbers(known: list[int]) -> str:
    return str(known[0]) if len(known) == 1 else f"{min(known)} to {max(known)}"
