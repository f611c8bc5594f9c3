"""The exempt appendix to the report: risk, bids and money, for members and officers alone."""

import re
from collections.abc import Iterator
from decimal import Decimal

from disposals.disclosure.appraisals import Appraised
from disposals.disclosure.evaluation import Evaluation, Offer
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.appendix import AppendixFacts
from disposals.exports.paper import Block, Boxed, Cell, Heading, Paper, Point, Said, Table
from disposals.exports.papers.draft import Draft, Drafted
from disposals.vocabulary import PaperKind
from disposals.words import day, listed, money

# A note to officers names the command that helps; members need none.
_ACTS = re.compile(r"[,:] `disposals [^`]*`")

_FOR_MEMBERS = (
    "This copy is for members of the council. It has what is exempt under paragraphs 3 and 6 of "
    "the Schedule alone (Local Government Act 1972 s.100F(2A)); the rest is left out, and said to "
    "be."
)
_LEFT_OUT = "What members may not see under s.100F(2A) is left out here."


def appendix_paper(facts: AppendixFacts) -> Drafted:
    """The exempt appendix, marked on its first page and at the foot of every other."""
    draft = Draft(PaperKind.EXEMPT_APPENDIX, facts.reference, facts.written)
    by_virtue = _by_virtue(facts, draft)
    copy = " · members’ copy" if facts.audience is Audience.MEMBER else ""
    paper = Paper(
        title="Appendix 2 – Exempt report",
        subtitle=facts.name,
        author=facts.council,
        on=facts.on,
        marking="EXEMPT – NOT FOR PUBLICATION",
        foot=f"{facts.council} · EXEMPT, not for publication{copy} · {facts.stamp}",
        blocks=(Boxed(by_virtue), *_blocks(facts, draft)),
    )
    return Drafted(paper, tuple(draft.gaps))


def _by_virtue(facts: AppendixFacts, draft: Draft) -> str:
    numbers = ", ".join(facts.paragraphs) or draft.lack(
        "the paragraph under which it is exempt",
        f"disposals paper write {facts.reference} --paper exempt-appendix --section financial "
        "--text TEXT --paragraphs 3",
    )
    return (
        f"By virtue of paragraph(s) {numbers} of Part 1 of Schedule 12A of the Local Government "
        "Act 1972. Document is restricted."
    )


def _blocks(facts: AppendixFacts, draft: Draft) -> Iterator[Block]:
    if facts.is_illustrative:
        yield Said("Illustrative: the published papers do not give these figures.", is_strong=True)
    if facts.audience is Audience.MEMBER:
        yield Said(_FOR_MEMBERS, is_strong=True)
    yield Heading("Why it is exempt")
    yield from _because(facts, draft)
    yield Heading("1. Options and their risk")
    yield from _options(facts)
    yield from _left_out(facts, "options")
    yield from draft.numbered(1, draft.text("risk"))
    yield Heading("2. Bids")
    for name, bids in facts.bids:
        yield from _bids(name, bids)
    yield from _left_out(facts, "bids")
    if not facts.bids:
        yield Said("No bids are recorded.")
    yield from draft.numbered(2, draft.text("bids"))
    yield Heading("3. Financial considerations")
    yield from _valuations(facts, draft)
    yield from draft.numbered(3, draft.text("financial"))
    if further := draft.text("further"):
        yield Heading("4. Further considerations")
        yield from draft.numbered(4, further)


def _because(facts: AppendixFacts, draft: Draft) -> Iterator[Block]:
    yield from map(Said, facts.because)
    # A reason may be withheld from members with what it is the reason of.
    if not facts.because and facts.audience is Audience.OFFICER:
        lacking = draft.lack(
            "why exemption outweighs the public interest in disclosure",
            f"disposals paper write {facts.reference} --paper exempt-appendix --section financial "
            "--text TEXT --exempt-because REASON",
        )
        yield Said(lacking)


def _left_out(facts: AppendixFacts, name: str) -> Iterator[Block]:
    if name in facts.left_out:
        yield Said(_LEFT_OUT)


def _valuations(facts: AppendixFacts, draft: Draft) -> Iterator[Block]:
    yield from _left_out(facts, "valuations")
    if facts.valuations:
        yield Table(
            ("Valuer", "Basis", "Value", "On"),
            tuple(
                (Cell(each.valuer), Cell(each.basis), Cell(money(each.value_pence)),
                 Cell(day(each.valued_on)))
                for each in facts.valuations
            ),
            (4, 3, 3, 3), figures=(2,),
        )  # fmt: skip
    elif "valuations" not in facts.left_out:
        lacking = draft.lack(
            "a valuation",
            f"disposals valuation add {facts.reference} --valuer NAME --value POUNDS --on DATE",
        )
        yield Said(f"Valuation: {lacking}")


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
    yield Said(_rate(facts.appraisal.rate))


def _named(option: Appraised) -> Cell:
    return Cell(f"{option.no}{' (recommended)' if option.is_recommended else ''}. {option.title}")


def _option(option: Appraised) -> tuple[Cell, ...]:
    has_figures = option.present_value is not None
    return (
        _named(option),
        Cell(option.risks or "–"),
        Cell(money(option.costs) if has_figures else "–"),
        Cell(money(option.receipts) if has_figures else "–"),
        Cell(_sum(option.present_value)),
        Cell(f"{option.quality:f}" if option.quality is not None else "–"),
    )


def _rate(percent: Decimal) -> str:
    return f"Present values are at {percent.normalize():f} % a year."


def _bids(name: str, bids: Evaluation) -> Iterator[Block]:
    if name:
        yield Heading(name, level=3)
    if not bids.offers:
        return
    yield Table(
        ("Bidder", "Standing", "Depends on", "Price", "Consideration", "Present value"),
        tuple(map(_bid, bids.offers)),
        (5, 5, 5, 6, 9, 6), figures=(3, 4, 5),
    )  # fmt: skip
    yield Said(_rate(bids.rate))
    yield from (Said(_ACTS.sub("", note)) for note in bids.notes)


def _bid(offer: Offer) -> tuple[Cell, ...]:
    if offer.is_sealed:
        return (Cell(offer.bidder), Cell("sealed until the opening"), *(Cell("–"),) * 4)
    late = ", late" if offer.is_late else ""
    return (
        Cell(offer.bidder),
        Cell(f"{offer.standing}{late}"),
        Cell(listed(offer.hurdles) if offer.hurdles else "–"),
        Cell(_sum(offer.price)),
        Cell(_sum(offer.consideration)),
        Cell(_sum(offer.present_value)),
    )


def _sum(pence: int | None) -> str:
    return money(pence) if pence is not None else "–"
