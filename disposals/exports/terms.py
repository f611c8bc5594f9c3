"""Heads of terms as a paper for the two sides: PDF or Word."""

from collections.abc import Iterable
from pathlib import Path

from disposals.disclosure.terms import Term, TermsSheet
from disposals.exports.paper import Block, Boxed, Cell, Heading, Paper, Said, Table, write_paper
from disposals.words import day

_EFFECT = (
    "These heads of terms are not a contract and bind neither side. The sale depends on a written "
    "contract (Law of Property (Miscellaneous Provisions) Act 1989, section 2) and on the "
    "council's own decision."
)


def write_terms(path: Path, sheet: TermsSheet) -> None:
    """Write a version of the heads of terms; what it was compared with stands struck through.

    Raises:
        BadFact: the file's name ends in none of .pdf, .docx and .html.
        CannotWrite: the file can't be written; what was there before stays.
    """
    paper = Paper(
        title="Heads of terms",
        subtitle=sheet.title,
        author=sheet.council,
        on=sheet.drafted_on,
        marking="Confidential. Subject to contract and to the council's decision.",
        foot=f"{sheet.council} · heads of terms {sheet.version} of {day(sheet.drafted_on)} · "
        f"{sheet.stamp}",
        blocks=tuple(_blocks(sheet)),
    )
    write_paper(path, paper)


def _blocks(sheet: TermsSheet) -> Iterable[Block]:
    yield Boxed(f"Version {sheet.version} of {day(sheet.drafted_on)}. {sheet.standing}")
    if sheet.is_illustrative:
        yield Said("Illustrative: the published papers do not give these terms.", is_strong=True)
    if sheet.against is not None:
        changed = any(term.is_changed for term in sheet.terms)
        yield Said(
            f"Compared with version {sheet.against}: what no longer stands is struck through."
            if changed
            else f"Nothing differs from version {sheet.against}."
        )
    yield Heading("Terms")
    usual = [term for term in sheet.terms if term.no is None]
    yield Table(("Heading", "Term"), tuple(map(_row, usual)), (3, 8))
    if further := [term for term in sheet.terms if term.no is not None]:
        yield Heading("Further clauses")
        yield Table(("Clause", "Text"), tuple(map(_row, further)), (3, 8))
    yield Heading("Agreed, subject to contract")
    sides = ((sheet.council, sheet.seller_agreed_on), (sheet.buyer, sheet.buyer_agreed_on))
    yield Table(
        ("For", "Signed", "Agreed on"),
        tuple(
            (Cell(side), Cell("", is_tall=True), Cell(day(on) if on else "")) for side, on in sides
        ),
        (5, 4, 3),
    )
    yield Said(_EFFECT)


def _row(term: Term) -> tuple[Cell, ...]:
    name = term.heading if term.no is None else f"{term.no}. {term.heading}"
    mark = None
    if term.is_changed:
        mark = "new" if term.is_new else "struck out" if term.text is None else "changed"
    was = term.was if term.is_changed else None
    return Cell(name, mark=mark), Cell(term.text or "", was=was)
