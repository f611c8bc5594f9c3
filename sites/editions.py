"""The edition of a site: a short mark that changes with anything a GIS may bring back."""

import hashlib
import json
from collections.abc import Mapping

from sqlmodel import Session

from sites.boundaries import standing_of_sites
from sites.records import Site

RETURNED = ("name", "district", "tenure")  # the fields of a site that come back from a GIS
_DIGITS = 12


def edition(facts: Mapping[str, str | None], revisions: Mapping[int | None, int]) -> str:
    """Twelve hex digits of SHA-256 over a site's returned fields and its current revisions.

    A layer carries it with every feature of the site, so that what comes back from a GIS can be
    held against the register: another edition means that the register has moved on.

    Args:
        facts: the fields of `RETURNED`.
        revisions: by part number (None for the site itself), of the boundaries that count.
    """
    told = [
        [facts.get(name) for name in RETURNED],
        sorted((no or 0, revision) for no, revision in revisions.items()),
    ]
    written = json.dumps(told, ensure_ascii=False).encode()
    return hashlib.sha256(written).hexdigest()[:_DIGITS]


def edition_of(session: Session, site: Site) -> str:
    """The edition of a site as it stands."""
    standing = standing_of_sites(session, [site.ref])
    return edition(
        {name: getattr(site, name) for name in RETURNED},
        {part_no: boundary.revision for (_, part_no), boundary in standing.items()},
    )
