"""The numbered parts of a site: which are in force on a day, which numbers were ever given."""

import re
from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from sites.errors import NoSuchPlace
from sites.records import PartEnding, SitePart

_REFERENCE = re.compile(r"(?P<site>[^/]+)(/part-(?P<no>[1-9]\d{0,5}))?")


def in_force(session: Session, site_ref: str, *, on: date | None = None) -> list[SitePart]:
    """The parts of a site by number: those that no ending names.

    Args:
        on: the day asked about; a part made later is left out, one ended later is not. Without
            it, the parts as they stand.
    """
    return list(of_sites(session, [site_ref], on=on))


def of_sites(
    session: Session, site_refs: Iterable[str], *, on: date | None = None
) -> list[SitePart]:
    """The parts in force of several sites, by site and number."""
    ended = select(PartEnding.part_id)
    query = select(SitePart).where(col(SitePart.site_ref).in_(list(site_refs)))
    if on is not None:
        ended = ended.where(col(PartEnding.ended_on) <= on)
        query = query.where(col(SitePart.made_on).is_(None) | (col(SitePart.made_on) <= on))
    query = query.where(col(SitePart.id).not_in(ended))
    return list(session.exec(query.order_by(col(SitePart.site_ref), col(SitePart.no))))


def numbers_given(session: Session, site_ref: str) -> set[int]:
    """Every number that a part of the site has or ever had."""
    return set(session.exec(select(SitePart.no).where(SitePart.site_ref == site_ref)))


def located(ref: str) -> tuple[str, int | None]:
    """The site and the part number of a reference such as `steele-avenue/part-2`.

    Returns:
        The site's reference, and the part's number or None for the site itself.

    Raises:
        NoSuchPlace: the reference is of another form.
    """
    found = _REFERENCE.fullmatch(ref)
    if found is None:
        raise NoSuchPlace(
            f"“{ref}” is neither a site, such as steele-avenue, nor a part of one, such as "
            "steele-avenue/part-2."
        )
    return found["site"], int(found["no"]) if found["no"] else None
