"""What the register holds of a case: the case itself, its parts, its evidence, its case file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from sqlmodel import Session, col, select

from disposals.casefile import CaseFile, counting_for, in_force
from disposals.errors import NoSuchCase, NoSuchSite, NotYetOpen
from disposals.history.raw import raw_in
from disposals.loading import loaded
from disposals.looking_back import opened_on
from disposals.policy import Policy
from disposals.records.base import Evidence
from disposals.records.cases import Disposal, Holding
from sites.record import Record

if TYPE_CHECKING:
    from sites.records import Site

K = TypeVar("K", bound=Evidence)
H = TypeVar("H", bound=Evidence | Holding)
_AHEAD, _LAND_AHEAD, _PARTS_AHEAD = "read ahead", "read ahead of land", "read ahead of parts"
_BY_SITE = frozenset({"site", "site_part", "boundary"})  # in their order; others in that of entry
_SEVERAL = 2


def find_case(session: Session, ref: str) -> Disposal:
    """The case of a reference.

    Raises:
        NoSuchCase: the register holds none; the error suggests the nearest reference. One that
            was opened after the day asked about says so.
    """
    case = next(iter(loaded(session, Disposal, "ref", [ref], order="ref")), None)
    if case is None:
        later = opened_on(session, ref)
        if later is not None:
            raise NotYetOpen(ref, later)
        near = get_close_matches(ref, references(session), n=1, cutoff=0.5)
        raise NoSuchCase(ref, near[0] if near else None)
    return case


def find_site(session: Session, ref: str) -> "Site":
    """The site of a reference.

    Raises:
        NoSuchSite: the register holds none; the error suggests the nearest reference.
    """
    from sites.records import Site

    site = session.get(Site, ref)
    if site is None:
        alike = select(Site.ref).where(col(Site.ref).startswith(ref[:1], autoescape=True))
        near = get_close_matches(ref, session.exec(alike).all(), n=1, cutoff=0.6)
        raise NoSuchSite(ref, near[0] if near else None)
    return site


def references(session: Session) -> list[str]:
    """Every reference in the register, in order."""
    return list(session.exec(select(Disposal.ref).order_by(col(Disposal.ref))))


def parts_of(session: Session, ref: str) -> list[Disposal]:
    """The parts of a whole, by number."""
    ahead: Mapping[str, list[Disposal]] = session.info.get(_PARTS_AHEAD, {})
    if ref in ahead:
        return ahead[ref]
    return loaded(session, Disposal, "whole_ref", [ref], order="part_no")


def case_file(
    session: Session,
    case: Disposal,
    *,
    policy: Policy,
    reads: Iterable[type[Record]],
    across: Iterable[type[Record]] = (),
) -> CaseFile:
    """Load what is recorded about a case, of the kinds asked for and no others.

    Args:
        policy: the rules in force on the day of judging, which becomes the file's day.
        reads: kinds wanted for the case; a part inherits from its whole.
        across: kinds wanted over the whole and all its parts.
    """
    of_case, of_family = list(reads), list(across)
    whole_ref = case.whole_ref or case.ref
    parts = parts_of(session, whole_ref) if of_family else []
    # A part that was withdrawn brings nothing, and costs the council nothing.
    family = [whole_ref, *(part.ref for part in parts if part.stage != "withdrawn")]
    return CaseFile(
        disposal=case,
        on=policy.on,
        policy=policy,
        evidence={kind: _counting(session, case, kind, policy.on) for kind in of_case},
        throughout={kind: _throughout(session, kind, family) for kind in of_family},
    )


def _throughout(session: Session, kind: type[Any], family: Sequence[str]) -> list[Any]:
    return in_force(rows_of(session, kind, family))


def rows_of(session: Session, kind: type[H], refs: Iterable[str]) -> list[H]:
    """All rows of a kind on some cases, replaced ones too, oldest first."""
    wanted = list(refs)
    ahead: Mapping[str, list[H]] = session.info.get(_AHEAD, {}).get(kind, {})
    if ahead and all(ref in ahead for ref in wanted):
        found = [ahead[ref] for ref in dict.fromkeys(wanted) if ahead[ref]]
        if len(found) < _SEVERAL:  # in their order already
            return list(chain.from_iterable(found))
        return sorted(chain.from_iterable(found), key=lambda row: row.id or 0)
    return loaded(session, kind, "disposal_ref", wanted, order="id")


def read_ahead(
    session: Session, refs: Iterable[str], kinds: Iterable[type[Evidence | Holding]]
) -> None:
    """Read kinds of many cases with a query each, for who then asks case by case.

    For sessions that only read: what is recorded afterwards is not seen.
    """
    wanted, asked = list(refs), list(kinds)
    parts: dict[str, list[Disposal]] = {ref: [] for ref in wanted}
    for part in loaded(session, Disposal, "whole_ref", wanted, order="part_no"):
        parts[str(part.whole_ref)].append(part)
    session.info.setdefault(_PARTS_AHEAD, {}).update(parts)
    there = _recorded(session, wanted, asked)
    for kind in asked:
        by_case: dict[str, list[Evidence | Holding]] = {ref: [] for ref in wanted}
        for row in rows_of(session, kind, wanted) if kind in there else ():
            by_case[row.disposal_ref].append(row)
        session.info.setdefault(_AHEAD, {})[kind] = by_case


def _recorded(
    session: Session, refs: Sequence[str], kinds: Iterable[type[Evidence | Holding]]
) -> Collection[type[Evidence | Holding]]:
    """Those kinds of which there is anything on some cases: most are asked for in vain."""
    by_name = {str(kind.__tablename__): kind for kind in kinds}
    if not refs or not by_name:
        return ()
    asked = _asked_at_once(tuple(sorted(by_name)), len(refs))
    found = raw_in(session).execute(asked, refs)
    return {by_name[name] for (name,) in found}


@lru_cache
def _asked_at_once(tables: Iterable[str], refs: int) -> str:
    """The question which of some tables have a row on any of so many cases."""
    each = (
        f"SELECT '{name}' WHERE EXISTS "  # noqa: S608
        f'(SELECT 1 FROM "{name}" WHERE disposal_ref IN (SELECT ref FROM wanted))'
        for name in tables
    )
    wanted = ", ".join(["(?)"] * refs)
    return f"WITH wanted (ref) AS (VALUES {wanted}) {' UNION ALL '.join(each)}"


def read_land_ahead(
    session: Session, refs: Iterable[str], kinds: Iterable[type[Record]], *, on: date
) -> None:
    """The same of what lies on the sites of many cases, as it counts on a day."""
    sites = {each.site_ref for ref in refs for each in holdings_of(session, ref)}
    for kind in kinds if sites else ():
        by_site: dict[str, list[Any]] = {ref: [] for ref in sites}
        for row in _on_land(session, kind, sorted(sites), on):
            by_site[row.ref if kind.__tablename__ == "site" else row.site_ref].append(row)
        session.info.setdefault(_LAND_AHEAD, {})[kind] = by_site


def own_in_force(session: Session, kind: type[K], ref: str) -> list[K]:
    """The rows of a kind recorded on a case itself that no later row replaces, oldest first."""
    return in_force(rows_of(session, kind, [ref]))


def counting(session: Session, kind: type[K], case: Disposal) -> list[K]:
    """The rows of a kind that count for a case: its own, and what a part has from its whole."""
    inherits = kind.inherited and case.whole_ref is not None
    refs = [case.ref, case.whole_ref] if inherits and case.whole_ref else [case.ref]
    rows = in_force(rows_of(session, kind, refs))
    own = [row for row in rows if row.disposal_ref == case.ref]
    return counting_for(kind, own, [row for row in rows if row.disposal_ref != case.ref])


def holdings_of(session: Session, ref: str) -> list[Holding]:
    """What a case takes in of which sites."""
    return sorted(rows_of(session, Holding, [ref]), key=lambda holding: holding.site_ref)


def _counting(session: Session, case: Disposal, kind: type[Record], on: date) -> list[Any]:
    if issubclass(kind, Evidence):
        return counting(session, kind, case)
    holdings = holdings_of(session, case.ref)
    if kind is Holding:
        return holdings
    refs = [holding.site_ref for holding in holdings]
    ahead: Mapping[str, list[Any]] = session.info.get(_LAND_AHEAD, {}).get(kind, {})
    if ahead and all(ref in ahead for ref in refs):
        rows = [row for ref in dict.fromkeys(refs) for row in ahead[ref]]
        return rows if kind.__tablename__ in _BY_SITE else sorted(rows, key=lambda row: row.id)
    return _on_land(session, kind, refs, on)


def _on_land(session: Session, kind: Any, refs: Sequence[str], on: date) -> list[Any]:
    """What counts of a kind on some sites on a day; by site, or else in the order of recording."""
    if kind.__tablename__ == "site":
        return list(loaded(session, kind, "ref", refs, order="ref"))
    if kind.__tablename__ == "site_part":
        from sites.parts import of_sites

        return list(of_sites(session, refs))
    if kind.__tablename__ == "boundary":
        from sites.boundaries import standing_of_sites

        return list(standing_of_sites(session, refs, on=on).values())
    rows = loaded(session, kind, "site_ref", refs, order="id")
    replaced = {getattr(row, "replaces", None) for row in rows}
    return [row for row in rows if row.id not in replaced]
