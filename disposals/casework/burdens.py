"""What lies on land, recorded: constraints and occupations, drawn or not, corrected by new rows."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from disposals.casework.acts import Stamp
from disposals.casework.sites import tell_disposals
from disposals.casework.touches import touch_again
from disposals.casework.validating import validated
from disposals.errors import NotAllowed, NotRecorded
from disposals.finding import find_site
from disposals.register import Register
from sites.records import Constraint, Occupation

_KINDS: Mapping[str, Any] = {"constraint": Constraint, "occupation": Occupation}


def add_burden(
    register: Register,
    site_ref: str,
    kind: str,
    facts: Mapping[str, Any],
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
) -> None:
    """Enter what lies on a site, and see which of its parts that touches.

    Args:
        kind: "constraint" or "occupation".
        facts: its fields; `shape` as WKB in EPSG:27700, `replaces` the row that this one corrects.
        seen: the version of each disposal that takes the site in.

    Raises:
        NotRecorded: there is no such site, or no such row to correct.
        NotAllowed: that row was corrected already.
        BadFact: a field is missing, unknown or can't be right.
    """
    with register.write() as session:
        find_site(session, site_ref)
        if facts.get("replaces") is not None:
            _refuse_wrong_row(session, site_ref, kind, facts["replaces"])
        session.add(
            validated(
                _KINDS[kind],
                {**facts, "site_ref": site_ref, "recorded_by": stamp.by, "recorded_at": stamp.at},
            )
        )
        session.flush()
        touch_again(session, site_ref, stamp)
        told = {name: value for name, value in facts.items() if name != "shape"}
        tell_disposals(session, site_ref, f"{kind} recorded", stamp, seen, None, told)


def _refuse_wrong_row(session: Session, site_ref: str, kind: str, row_id: int) -> None:
    model = _KINDS[kind]
    row = session.get(model, row_id)
    if row is None or row.site_ref != site_ref:
        raise NotRecorded(
            f"{site_ref} has no {kind} {row_id}. `disposals site constraints {site_ref}` lists "
            "them with their numbers."
        )
    if session.exec(select(model).where(col(model.replaces) == row_id)).first() is not None:
        raise NotAllowed(
            f"The {kind} {row_id} was corrected already; correct the row that stands in its place."
        )
