"""The exempt appendix to the report: risk, bids and money, for members and officers alone."""

from collections.abc import Iterator

from disposals.disclosure.appraisals import Appraised
from disposals.disclosure.evaluation import Evaluation
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.appendix import AppendixFacts
from disposals.exports.paper import Block, Cell, Heading, Paper, Point, Said, Table
from disposals.exports.papers.draft import Draft, Drafted
from disposals.exports.papers.exempt import (
    MARKING,
    bids_table,
    by_virtue,
    copy_of,
    for_members,
    illustrative,
    left_out,
    notes,
    rate_said,
    sum_said,
    valuations,
    why_exempt,
)
from disposals.vocabulary import PaperKind
from disposals.words import money


def appendix_paper(facts: AppendixFacts) -> Drafted:
    """The exempt appendix, marked on its first page and at the foot of every other."""
    draft = Draft(PaperKind.EXEMPT_APPENDIX, facts.reference, facts.written)
    write = (
        f"disposals paper write {facts.reference} --paper exempt-appendix --section financial "
        "--text TEXT"
    )
    marked = by_virtue(facts.paragraphs, draft, f"{write} --paragraphs 3")
    copy = copy_of(facts.audience)
    paper = Paper(
        title="Appendix 2 – Exempt report",
        subtitle=facts.name,
        author=facts.council,
        on=facts.on,
        marking=MARKING,
        foot=f"{facts.council} · EXEMPT, not for publication{copy} · {facts.stamp}",
        blocks=(marked, *_blocks(facts, draft, write)),
    )
    return Drafted(paper, tuple(draft.gaps))


def _blocks(facts: AppendixFacts, draft: Draft, write: str) -> Iterator[Block]:
    if facts.is_illustrative:
        yield illustrative()
    yield from for_members(facts.audience)
    if facts.audience is Audience.OFFICER:
        yield from why_exempt(facts.because, draft, f"{write} --exempt-because REASON")
    yield Heading("1. Options and their risk")
    yield from _options(facts)
    yield from left_out("options", facts.left_out)
    yield from draft.numbered(1, draft.text("risk"))
    yield Heading("2. Bids")
    for name, bids in facts.bids:
        yield from _bids(name, bids)
    yield from left_out("bids", facts.left_out)
    if not facts.bids:
        yield Said("No bids are recorded.")
    yield from draft.numbered(2, draft.text("bids"))
    yield Heading("3. Financial considerations")
    yield from left_out("valuations", facts.left_out)
    if facts.valuations or "valuations" not in facts.left_out:
        add = f"disposals valuation add {facts.reference} --valuer NAME --value POUNDS --on DATE"
        yield from valuations(facts.valuations, draft, add=add)
    yield from draft.numbered(3, draft.text("financial"))
    if further := draft.text("further"):
        yield Heading("4. Further considerations")
        yield from draft.numbered(4, further)


def _options(facts: AppendixFacts) -> Iterator[Block]:
    options = facts.appraisal.options
    if not any(option.present_value is not None or option.risks for option in options):
        for option in options:
            chosen = " (recommended)" if option.is_recommended else ""
            yield Point(option.no, f"{option.title}{chosen}")
        return
    if not any(option.present_value is not None for option in options):
        yield Table(
            ("Option", "Risks"),
            tuple((_named(option), Cell(option.risks or "–")) for option in options),
            (3, 2),
        )
        return
    yield Table(
        ("Option", "Risks", "Costs", "Receipts", "Present value", "Quality"),
        tuple(map(_option, options)),
        (7, 5, 3, 3, 3, 2), figures=(2, 3, 4, 5),
    )  # fmt: skip
    yield Said(rate_said(facts.appraisal.rate))


def _named(option: Appraised) -> Cell:
    return Cell(f"{option.no}{' (recommended)' if option.is_recommended else ''}. {option.title}")


def _option(option: Appraised) -> tuple[Cell, ...]:
    has_figures = option.present_value is not None
    return (
        _named(option),
        Cell(option.risks or "–"),
        Cell(money(option.costs) if has_figures else "–"),
        Cell(money(option.receipts) if has_figures else "–"),
        Cell(sum_said(option.present_value)),
        Cell(f"{option.quality:f}" if option.quality is not None else "–"),
    )


def _bids(name: str, bids: Evaluation) -> Iterator[Block]:
    if name:
        yield Heading(name, level=3)
    if not bids.offers:
        return
    yield bids_table(bids)
    yield Said(rate_said(bids.rate))
    yield from notes(bids.notes)
