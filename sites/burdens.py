"""What lies on land, as it stands: the constraints and occupations that no later row corrects."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from sqlmodel import Session, col, select

from sites.records import Constraint, Occupation

B = TypeVar("B", Constraint, Occupation)


def standing(session: Session, kind: type[B], site_refs: Iterable[str]) -> list[B]:
    """The rows of a kind on some sites that no later row replaces, by site and number."""
    query = select(kind).where(col(kind.site_ref).in_(list(site_refs)))
    rows = session.exec(query.order_by(col(kind.site_ref), col(kind.id))).all()
    replaced = {row.replaces for row in rows}
    return [row for row in rows if row.id not in replaced]


def every(session: Session, site_ref: str) -> list[Constraint | Occupation]:
    """The constraints of a site as they stand, then its occupations."""
    return [
        *standing(session, Constraint, [site_ref]), *standing(session, Occupation, [site_ref]),
    ]  # fmt: skip


def counts_on(burden: Constraint | Occupation, day: date) -> bool:
    """Whether a burden has begun by a day and has not ended before it, as far as is known."""
    begun = burden.effective_from is None or burden.effective_from <= day
    return begun and (burden.effective_to is None or day <= burden.effective_to)
