"""What an officer has seen: references, and the version of a case that every act hands back."""

from collections.abc import Iterable

from sqlmodel import col, select

from disposals.finding import find_case, parts_of, references
from disposals.records.cases import Disposal, Holding
from disposals.register import Register


def versions(register: Register, ref: str) -> dict[str, int]:
    """The version of a case and of each of its parts: what an officer has seen before acting.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        cases = [find_case(session, ref), *parts_of(session, ref)]
        return {case.ref: case.version for case in cases}


def versions_of_family(register: Register, ref: str) -> dict[str, int]:
    """The version of a case, of its whole and of all its parts.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        whole = find_case(session, find_case(session, ref).whole_ref or ref)
        return {case.ref: case.version for case in (whole, *parts_of(session, whole.ref))}


def versions_of_those_there(register: Register, refs: Iterable[str]) -> dict[str, int]:
    """The version of each case that there is among some references."""
    with register.read() as session:
        rows = session.exec(
            select(Disposal.ref, Disposal.version).where(col(Disposal.ref).in_(list(refs)))
        )
        return dict(rows.all())


def refuse_unknown(register: Register, ref: str) -> None:
    """Refuse a reference that no case has.

    Raises:
        NoSuchCase: suggests the nearest.
    """
    with register.read() as session:
        find_case(session, ref)


def known(register: Register) -> list[str]:
    """Every reference, for completion in the shell."""
    with register.read() as session:
        return references(session)


def versions_of_decision(register: Register, number: str) -> dict[str, int]:
    """The version of every case on which a decision of that number is recorded."""
    from disposals.records.decisions import Decision

    with register.read() as session:
        refs = session.exec(
            select(Decision.disposal_ref).where(col(Decision.number) == number).distinct()
        ).all()
        return {ref: find_case(session, ref).version for ref in refs}


def versions_of_site(register: Register, site_ref: str) -> dict[str, int]:
    """The version of every disposal that takes a site in."""
    with register.read() as session:
        rows = session.exec(
            select(Disposal.ref, Disposal.version)
            .join(Holding, col(Holding.disposal_ref) == col(Disposal.ref))
            .where(Holding.site_ref == site_ref)
        )
        return dict(rows.all())
