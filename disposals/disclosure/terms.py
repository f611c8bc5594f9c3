"""Heads of terms for officers: a version under its headings, and what changed between two."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from disposals.disclosure.papers.stamped import stamped
from disposals.errors import BadFact, NotRecorded
from disposals.finding import find_case, holdings_of, own_in_force, rows_of
from disposals.policy import council
from disposals.records.cases import Disposal, Holding
from disposals.records.clauses import Clause
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register
from disposals.words import area, counted, day, listed, money
from sites.areas import acres, hectares
from sites.boundaries import current_revision
from sites.records import Site

_WHOLE = 100
_HEADINGS = (
    "Property", "Seller", "Buyer", "Price", "Deposit", "Payment", "Conditions", "Longstop date",
    "Overage", "Clawback", "Rights reserved", "Collaboration agreement", "Exclusivity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """What stands under one heading.

    Attributes:
        no: of a further clause; None under the usual headings.
        text: None where it no longer stands.
        was: what stood there in the version compared with; None where nothing did.
        is_new: another version was compared with, and had nothing there.
    """

    no: str | None
    heading: str
    text: str | None
    was: str | None = None
    is_new: bool = False

    @property
    def is_changed(self) -> bool:
        """It differs from the version compared with."""
        return self.is_new or (self.was is not None and self.was != self.text)


@dataclass(frozen=True, slots=True)
class TermsSheet:
    """A version of the heads of terms, for the two sides alone.

    Attributes:
        against: the version that the terms are compared with.
        standing: who has agreed and when, as a sentence.
        is_illustrative: its figures are not from published papers.
    """

    reference: str
    title: str
    council: str
    buyer: str
    version: int
    against: int | None
    drafted_on: date
    standing: str
    seller_agreed_on: date | None
    buyer_agreed_on: date | None
    terms: tuple[Term, ...]
    is_illustrative: bool
    stamp: str


def terms_sheet(
    register: Register, ref: str, *, version: int | None = None, against: int | None = None
) -> TermsSheet:
    """A version of the terms of a case under its headings.

    Args:
        version: the latest without.
        against: a version to compare with: what differs says what it was.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: it has no heads of terms, or no such version.
        BadFact: a version is compared with itself.
    """
    with register.read() as session:
        case = find_case(session, ref)
        terms = _version(session, ref, version)
        told = _told(session, case, terms)
        if against is not None:
            earlier = _version(session, ref, against)
            if earlier.terms_version == terms.terms_version:
                raise BadFact(f"Version {against} is the one asked for; compare it with another.")
            told = tuple(_compared(_told(session, case, earlier), told))
        return TermsSheet(
            reference=ref,
            title=case.name,
            council=council(case.authority),
            buyer=terms.buyer,
            version=terms.terms_version,
            against=against,
            drafted_on=_drafted_on(session, terms),
            standing=_standing(terms, council(case.authority)),
            seller_agreed_on=terms.seller_agreed_on,
            buyer_agreed_on=terms.buyer_agreed_on,
            terms=told,
            is_illustrative=terms.is_illustrative or register.example is not None,
            stamp=stamped(session, case),
        )


def _version(session: Session, ref: str, number: int | None) -> HeadsOfTerms:
    versions = {terms.terms_version: terms for terms in own_in_force(session, HeadsOfTerms, ref)}
    if not versions:
        raise NotRecorded(
            f"{ref} has no heads of terms. Draft a version first: `disposals terms add {ref}`."
        )
    found = versions.get(max(versions) if number is None else number)
    if found is None:
        raise NotRecorded(
            f"{ref} has no version {number} of heads of terms; it has "
            f"{counted(len(versions), 'version')}: {listed(str(no) for no in sorted(versions))}."
        )
    return found


def _drafted_on(session: Session, terms: HeadsOfTerms) -> date:
    """The day of the version's first entry; who agreed, and any correction, came after it."""
    return min(
        row.recorded_on
        for row in rows_of(session, HeadsOfTerms, [terms.disposal_ref])
        if row.terms_version == terms.terms_version
    )


def _standing(terms: HeadsOfTerms, seller: str) -> str:
    if terms.lapsed_on is not None:
        return f"Lapsed on {day(terms.lapsed_on)}."
    if terms.agreed_on is not None:
        return f"Agreed by both sides on {day(terms.agreed_on)}, subject to contract."
    agreed = {seller: terms.seller_agreed_on, terms.buyer: terms.buyer_agreed_on}
    one = next(((side, on) for side, on in agreed.items() if on is not None), None)
    if one is None:
        return "Draft; neither side has agreed."
    return f"Draft; agreed by {one[0]} on {day(one[1])}, and not yet by the other side."


def _told(session: Session, case: Disposal, terms: HeadsOfTerms) -> tuple[Term, ...]:
    usual = (
        _property(session, case, terms),
        _party(council(case.authority), terms.seller_solicitor),
        _party(terms.buyer, terms.buyer_solicitor),
        money(terms.price_pence),
        f"{money(terms.deposit_pence)}, on exchange" if terms.deposit_pence else None,
        terms.payments,
        terms.conditions,
        day(terms.longstop_on) if terms.longstop_on else None,
        _overage(terms),
        terms.clawback,
        terms.easements_reserved,
        terms.collaboration_agreement,
        f"Until {day(terms.exclusivity_until)}" if terms.exclusivity_until else None,
    )
    further = [
        Term(clause.no, clause.heading, _clause(clause))
        for clause in own_in_force(session, Clause, case.ref)
        if clause.terms_version == terms.terms_version and not clause.is_struck_out
    ]
    under = zip(_HEADINGS, usual, strict=True)
    told = [*(Term(None, heading, said) for heading, said in under if said), *further]
    return tuple(sorted(told, key=_place))


def _property(session: Session, case: Disposal, terms: HeadsOfTerms) -> str:
    land = [
        _land(session, holding, terms.recorded_on) for holding in holdings_of(session, case.ref)
    ]
    said = listed(words for words, _ in land) if land else case.name
    sizes = [size for _, size in land if size is not None]
    size = terms.area_m2 or (sum(sizes) if sizes and len(sizes) == len(land) else None)
    return f"{said}, {area(hectares(size), acres(size))}" if size else said


def _land(session: Session, holding: Holding, on: date) -> tuple[str, float | None]:
    """One site of the sale in words, and its area in square metres."""
    site = session.get(Site, holding.site_ref)
    assert site is not None  # noqa: S101 (the register's foreign key holds it)
    words = site.name if holding.part_no is None else f"{site.name}, Part {holding.part_no}"
    if holding.share_percent < _WHOLE:
        words += f" ({holding.share_percent} % share)"
    if holding.interest is not None:
        words += f", {holding.interest}"
    boundary = current_revision(session, site.ref, holding.part_no, on=on)
    return words, boundary.area_m2 if boundary else None


def _party(name: str, solicitor: str | None) -> str:
    return f"{name}. Solicitor: {solicitor}" if solicitor else name


def _overage(terms: HeadsOfTerms) -> str | None:
    if not terms.overage_guaranteed_pence:
        return terms.overage
    sure = (
        f"{money(terms.overage_guaranteed_pence)} is paid in any case, after "
        f"{counted(terms.overage_after_months or 0, 'month')}"
    )
    return f"{terms.overage}; {sure}" if terms.overage else sure


def _clause(clause: Clause) -> str:
    last = f" Last day: {day(clause.longstop_on)}." if clause.longstop_on else ""
    return f"{clause.text}{last}"


def _place(term: Term) -> tuple[int, tuple[tuple[int, str], ...]]:
    """The usual headings first; then clauses 2, 2.1, 10 and 10a in the order of their numbers."""
    if term.no is None:
        return _HEADINGS.index(term.heading), ()
    pieces = term.no.split(".")
    return len(_HEADINGS), tuple(
        (int("".join(filter(str.isdecimal, piece)) or 0), piece) for piece in pieces
    )


def _compared(earlier: Iterable[Term], later: Iterable[Term]) -> list[Term]:
    """The later terms, each with what it was, and in its place what no longer stands."""
    before = {_key(term): term for term in earlier}
    now = {_key(term): term for term in later}
    shown = [
        replace(term, was=_former(before[key], term))
        if key in before
        else replace(term, is_new=True)
        for key, term in now.items()
    ]
    gone = [
        replace(term, text=None, was=term.text) for key, term in before.items() if key not in now
    ]
    return sorted(shown + gone, key=_place)


def _key(term: Term) -> tuple[str | None, str | None]:
    """A further clause is the same one while its number is; a usual heading stands for itself."""
    return (term.no, None) if term.no is not None else (None, term.heading)


def _former(before: Term, now: Term) -> str | None:
    """What stood there; with its heading where that is another now."""
    if before.heading == now.heading:
        return before.text
    return f"{before.heading}: {before.text}"
