"""Which land has left the council: the day, site by site and part by part."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from disposals.casefile import in_force
from disposals.disclosure.fields import Audience
from disposals.disclosure.rows import Shown
from disposals.records.completion import Departure
from sites.parts import of_sites

_WANTED = frozenset({"site_ref", "part_no", "left_on"})


def left(
    session: Session, sites: Collection[str], audience: Audience, *, on: date
) -> dict[str, date]:
    """By reference, the day on which a whole site had left: at once, or with its last part."""
    gone = gone_by_part(session, sites, audience, on=on)
    if not gone:
        return {}
    found = {site: day for (site, part), day in gone.items() if part is None}
    parts: dict[str, list[int]] = {}
    for part in of_sites(session, list({site for site, _ in gone})):
        parts.setdefault(part.site_ref, []).append(part.no)
    for site, numbers in parts.items():
        days = [gone.get((site, no)) for no in numbers]
        known = [day for day in days if day is not None]
        if site not in found and len(known) == len(numbers):
            found[site] = max(known)
    return found


def gone_by_part(
    session: Session, sites: Collection[str], audience: Audience, *, on: date
) -> dict[tuple[str, int | None], date]:
    """By site and part, the day on which it left; the part is None where the site went whole."""
    there = col(Departure.site_ref).in_(list(sites))
    told = Shown(
        in_force(session.exec(select(Departure).where(there, Departure.left_on <= on)).all()),
        audience,
        _WANTED,
    ).rows
    return {(row.site_ref, row.part_no): row.left_on for row in told}
