"""The bid evaluation: bids on one footing, who is taken further and why, and whether it is best."""

from collections.abc import Iterator

from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.evaluation import EvaluationFacts
from disposals.exports.paper import Block, Cell, Heading, Labelled, Listing, Paper, Said, Table
from disposals.exports.papers.draft import Draft, Drafted, lines, paragraphs
from disposals.exports.papers.evaluation_tables import (
    composition,
    how_likely,
    merits,
    qualities,
    sensitivities,
)
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
    valuations,
    why_exempt,
)
from disposals.vocabulary import Concern, PaperKind, Standing
from disposals.words import counted, day, listed

_SHORTLISTED = {Standing.SHORTLISTED, Standing.PREFERRED, Standing.RESERVE}
_CONCERNS = {
    Concern.LOWER_BID: "A bid that is not the highest",
    Concern.UNDERVALUE: "Less than the unrestricted value",
    Concern.SUBSIDY: "A subsidy to the buyer",
}


def evaluation_paper(facts: EvaluationFacts) -> Drafted:
    """The evaluation of the bids of a campaign, marked on its first page and on every other."""
    draft = Draft(PaperKind.EVALUATION, facts.reference, facts.written)
    paper = Paper(
        title="Bid evaluation",
        subtitle=facts.name,
        author=facts.council,
        on=facts.on,
        marking=MARKING,
        foot=f"{facts.council} · bid evaluation · EXEMPT, not for publication"
        f"{copy_of(facts.audience)} · {facts.stamp}",
        blocks=tuple(_blocks(facts, draft)),
    )
    return Drafted(paper, tuple(draft.gaps))


def _blocks(facts: EvaluationFacts, draft: Draft) -> Iterator[Block]:
    write = (
        f"disposals paper write {facts.reference} --paper evaluation --section due-diligence "
        "--text TEXT"
    )
    yield by_virtue(facts.paragraphs, draft, f"{write} --paragraphs 3")
    if facts.is_illustrative:
        yield illustrative()
    yield Labelled(tuple(_head(facts)))
    yield from for_members(facts.audience)
    is_for_officers = facts.audience is Audience.OFFICER
    if is_for_officers:
        yield from why_exempt(facts.because, draft, f"{write} --exempt-because REASON")
    if recommendation := draft.text("recommendation"):
        yield Heading("Recommendation")
        yield from paragraphs(recommendation)
    yield Heading("1. The bids on one footing")
    yield from _bids(facts, draft)
    yield Heading("2. How certain they are")
    yield from _certainty(facts, draft)
    yield Heading("3. What counts as consideration")
    yield from _consideration(facts, draft)
    yield Heading("4. What the bids bring beside money")
    yield from _merits(facts)
    yield Heading("5. Who is taken further, and why")
    yield from _standing(facts, draft)
    yield Heading("6. Valuation, and whether the price is below it")
    add = f"disposals valuation add {facts.reference} --valuer NAME --value POUNDS --on DATE"
    yield from left_out("valuations", facts.left_out)
    if facts.valuations or "valuations" not in facts.left_out:
        yield from valuations(facts.valuations, draft, add=add)
    yield from _tests(facts, draft)
    if not is_for_officers:
        yield Said("How the tests of value stand is for officers: it quotes what they alone see.")
    yield Heading("7. Reasons for less, and who answers for them")
    yield from _justified(facts, draft)
    yield from left_out("reasons", facts.left_out)
    yield Heading("8. Due diligence")
    yield from paragraphs(draft.text("due-diligence"))
    yield Heading("9. How the bids were compared")
    yield from _method(facts)
    yield Heading("Author")
    yield Listing(tuple(lines(draft.text("author"))))


def _head(facts: EvaluationFacts) -> Iterator[tuple[str, str]]:
    yield "As at:", day(facts.on)
    yield "Campaign:", str(facts.bids.campaign)
    yield from facts.campaign
    yield "Bids:", counted(len(facts.bids.offers), "bid")
    preferred = [offer for offer in facts.bids.offers if offer.standing == Standing.PREFERRED]
    if preferred:
        yield "Preferred:", listed(offer.bidder for offer in preferred)


def _bids(facts: EvaluationFacts, draft: Draft) -> Iterator[Block]:
    told = facts.bids
    yield from left_out("bids", facts.left_out)
    if not told.offers and told.is_part_withheld:
        return
    if not told.offers:
        lacking = draft.lack(
            "the bids",
            f"disposals bid add {facts.reference} --bidder NAME --price POUNDS",
        )
        yield Said(lacking)
        return
    yield bids_table(told)
    yield Said(rate_said(told.rate))
    priceless = [o.bidder for o in told.offers if o.price is None and not o.is_sealed]
    if priceless:
        lacking = draft.lack(
            f"the price of {listed(priceless)}",
            f"disposals bid add {facts.reference} --bidder {priceless[0]!r} --price POUNDS",
        )
        yield Said(lacking)
    if sealed := [offer.bidder for offer in told.offers if offer.is_sealed]:
        lacking = draft.lack(
            f"what is in the sealed bids of {listed(sealed)}",
            f"disposals bid open {facts.reference} --opener NAME --opener NAME",
        )
        yield Said(lacking)
    if any(offer.quality is not None for offer in told.offers):
        yield qualities(told)
    yield from notes(told.notes)


def _certainty(facts: EvaluationFacts, draft: Draft) -> Iterator[Block]:
    yield from left_out("likelihoods", facts.left_out)
    known = [offer for offer in facts.bids.offers if not offer.is_sealed]
    if any(offer.hurdles for offer in known):
        yield how_likely(facts)
        if any(offer.sensitivity for offer in known):
            yield Said(
                "If every likelihood were so many points lower or higher, the present value times "
                "the likelihoods would be:"
            )
            yield sensitivities(facts.bids)
    elif known:
        yield Said("No bid is recorded as depending on planning, funding or a board's approval.")
    for offer in known:
        unknown = [name for name, percent in offer.hurdles.items() if percent is None]
        if unknown and "likelihoods" not in facts.left_out:
            lacking = draft.lack(
                f"how likely {listed(unknown)} is for {offer.bidder}",
                f"disposals bid likelihood {facts.reference} --bidder {offer.bidder!r} "
                f"--condition {unknown[0]} --percent PERCENT --because REASON",
            )
            yield Said(lacking)


def _consideration(facts: EvaluationFacts, draft: Draft) -> Iterator[Block]:
    yield Said(
        "Consideration is what the council receives in money or money's worth (Local Government "
        "Act 1972, section 123(2)). A guaranteed overage counts; what goes to others, such as "
        "section 106 sums, levies and affordable homes, does not."
    )
    if facts.composed:
        yield composition(facts.composed)
        for each in facts.composed:
            if each.other and each.other_note:
                yield Said(f"{each.bidder}, money's worth: {each.other_note}")
    yield from paragraphs(draft.text("abnormals"))


def _merits(facts: EvaluationFacts) -> Iterator[Block]:
    yield Said("These are compared and never added to the consideration.")
    told = merits(facts.bids)
    yield told if told.rows else Said("None are recorded.")


def _standing(facts: EvaluationFacts, draft: Draft) -> Iterator[Block]:
    rows = []
    for offer in facts.bids.offers:
        why = "–" if offer.is_sealed else facts.reasons_of_standing.get(offer.bidder)
        if offer.standing == Standing.RECEIVED and not offer.is_sealed:
            why = draft.lack(
                f"whether {offer.bidder} is taken further",
                f"disposals bid shortlist {facts.reference} --bidder NAME --because REASON "
                "--declined-because REASON",
            )
        elif not why:
            what = "is taken further" if offer.standing in _SHORTLISTED else "is not"
            why = draft.lack(f"why {offer.bidder} {what}", _because(facts, offer.standing))
        rows.append((Cell(offer.bidder), Cell(offer.standing), Cell(why)))
    if rows:
        yield Table(("Bidder", "Standing", "Why"), tuple(rows), (3, 3, 9))


def _because(facts: EvaluationFacts, standing: str) -> str:
    if standing == Standing.PREFERRED:
        return f"disposals bid prefer {facts.reference} --bidder NAME --because REASON"
    if standing == Standing.RESERVE:
        return f"disposals bid reserve {facts.reference} --bidder NAME --because REASON"
    return (
        f"disposals bid shortlist {facts.reference} --bidder NAME --because REASON "
        "--declined-because REASON"
    )


def _tests(facts: EvaluationFacts, draft: Draft) -> Iterator[Block]:
    rows = []
    for each in facts.findings:
        reason = each.reason
        if each.is_open:
            lacking = draft.lack(f"an answer to “{each.asks}”", f"disposals next {facts.reference}")
            reason = f"{reason} {lacking}"
        rows.append((Cell(each.asks), Cell(each.verdict.value), Cell(reason), Cell(each.source)))
    if rows:
        yield Table(("Question", "Answer", "Why", "Rule"), tuple(rows), (4, 2, 6, 4))


def _justified(facts: EvaluationFacts, draft: Draft) -> Iterator[Block]:
    if not facts.justified and "reasons" not in facts.left_out:
        yield Said("No reason for less than the highest, or less than value, is recorded.")
    for each in facts.justified:
        yield Heading(_CONCERNS[Concern(each.concern)], level=3)
        yield from paragraphs(each.because)
        rows = []
        if facts.audience is Audience.OFFICER:
            signed = draft.need(
                each.signed_off_by, f"who signs off the reason on the {each.concern}",
                f"disposals bid edit {facts.reference} ENTRY --set signed-off-by=ROLE "
                "--because REASON",
            )  # fmt: skip
            rows = [("Advice:", each.advised_by or ""), ("Signed off by:", signed)]
        if each.purpose:
            rows.append(("Well-being served:", each.purpose))
        if each.consent:
            rows.append(("Secretary of State:", each.consent))
        if rows:
            yield Labelled(tuple(rows))


def _method(facts: EvaluationFacts) -> Iterator[Block]:
    rate = f"{facts.bids.rate.normalize():f} % a year"
    told = [
        f"Every sum is discounted to the day it is paid, at {rate} ({facts.rate_source}).",
        "Every figure is rounded once, to the penny.",
        "The bids stand in the order of their present value, and not of their price.",
        "Abnormal costs that a bid takes off its price are less consideration.",
        "A likelihood is a judgement that somebody recorded, with its reason.",
        "The risk-adjusted value is the present value times every likelihood, where all are known.",
        "Quality is weighted points, of 100.",
    ]
    if any(offer.price_per_point is not None for offer in facts.bids.offers):
        told.append("The particulars said that bids are compared by price for each point.")
    yield Listing(tuple(told))
