"""The edition of a site: a short mark that changes with anything a GIS may bring back."""

import hashlib
from collections.abc import Iterable, Sequence

import orjson
from sqlmodel import Session

from sites.boundaries import standing_of_sites
from sites.records import Site

RETURNED = ("name", "district", "tenure")  # the fields of a site that come back from a GIS
_DIGITS = 12


def edition(facts: Sequence[str | None], revisions: Iterable[tuple[int | None, int]]) -> str:
    """Twelve hex digits of SHA-256 over a site's returned fields and its current revisions.

    A layer carries it with every feature of the site, so that what comes back from a GIS can be
    held against the register: another edition means that the register has moved on.

    Args:
        facts: the fields of `RETURNED`, in this order.
        revisions: part numbers (None for the site itself) with the revision that counts.
    """
    told = [*facts, *sorted((no or 0, revision) for no, revision in revisions)]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()[:_DIGITS]


def edition_of(session: Session, site: Site) -> str:
    """The edition of a site as it stands."""
    standing = standing_of_sites(session, [site.ref])
    return edition(
        [getattr(site, name) for name in RETURNED],
        [(part_no, boundary.revision) for (_, part_no), boundary in standing.items()],
    )
