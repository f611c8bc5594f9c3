"""The notice that a key decision is to be made (SI 2012/2089, reg 9(1)(a) to (h))."""

from collections.abc import Iterator

from disposals.disclosure.papers.notice import NoticeFacts
from disposals.exports.paper import Block, Heading, Labelled, Listing, Paper, Said
from disposals.exports.papers.draft import Draft, Drafted, lines, paragraphs
from disposals.exports.papers.remedies import deciding, opening_or
from disposals.exports.papers.urgency import urgency
from disposals.vocabulary import PaperKind
from disposals.words import day, listed


def notice_paper(facts: NoticeFacts) -> Drafted:
    """The notice of a key decision, with the eight particulars that the law asks for."""
    draft = Draft(PaperKind.NOTICE, facts.reference, facts.written)
    paper = Paper(
        title="Notice of key decision",
        subtitle=f"{facts.council} · decision {facts.number}",
        author=facts.council,
        on=facts.on,
        marking=f"{facts.council.upper()} – NOTICE OF KEY DECISION",
        foot=f"{facts.council} · notice of key decision {facts.number} · {facts.stamp}",
        blocks=tuple(_blocks(facts, draft)),
    )
    return Drafted(paper, tuple(draft.gaps))


def _blocks(facts: NoticeFacts, draft: Draft) -> Iterator[Block]:
    decision = facts.decision
    if not decision:
        lacking = draft.lack(
            "the decision, which is recorded but not declared open",
            opening_or(facts.kept_back, f"disposals decision show {facts.number}"),
        )
        yield Said(lacking)
        return
    yield Said(
        f"A key decision is to be made on behalf of {facts.council}. This notice is published "
        "under regulation 9 of the Local Authorities (Executive Arrangements) (Meetings and "
        "Access to Information) (England) Regulations 2012."
    )
    yield Labelled(tuple(_head(facts, draft)))
    yield Heading("When the decision is to be made")
    yield from paragraphs(draft.text("day-or-period"))
    yield from _earliest(facts)
    if decision.get("exception") or decision.get("urgency"):
        yield Heading("Urgency")
        yield from urgency(decision, draft)
    yield Heading("Documents submitted to the decision maker")
    yield Listing(tuple(_documents(facts, draft)))
    if facts.has_appendix:
        yield Said(_part_exempt(facts))
    yield Heading("Where copies may be had")
    yield Said(
        "Subject to any prohibition or restriction on their disclosure, copies of, or extracts "
        "from, the documents listed are available from:"
    )
    yield from paragraphs(_said("address-for-copies", facts, draft))
    yield Heading("Other documents")
    yield Said(
        "Other documents relevant to the matter may be submitted to the decision maker. To ask "
        "for details of those documents as they become available:"
    )
    yield from paragraphs(_said("how-to-ask", facts, draft))


def _said(section: str, facts: NoticeFacts, draft: Draft) -> str:
    """What officers wrote for this notice, else what the council always says."""
    return draft.text(section) or facts.usual[section]


def _head(facts: NoticeFacts, draft: Draft) -> Iterator[tuple[str, str]]:
    decision = facts.decision
    yield "Decision no:", facts.number
    yield "Matter:", decision["title"]
    maker = draft.text("decision-maker")
    yield "To be made by:", "\n".join(filter(None, (maker, decision.get("taker"))))
    key = draft.need(
        decision.get("key_criterion"), "what makes the decision key",
        deciding(decision, "key_criterion"),
    )  # fmt: skip
    yield "Why it is key:", key
    if decision.get("divisions"):
        yield "Divisions affected:", decision["divisions"]
    for committee, on in facts.considered_by:
        yield "Considered first by:", f"{committee}, {day(on)}"


def _earliest(facts: NoticeFacts) -> Iterator[Block]:
    if facts.not_before is None:
        return
    noticed = facts.decision.get("notice_on")
    if facts.decision.get("exception"):
        yield Said(f"It will not be made before {day(facts.not_before)}.")
    elif noticed:
        yield Said(
            f"Notice was published on {day(noticed)}; the decision will not be made before "
            f"{day(facts.not_before)}."
        )
    else:
        yield Said(
            f"With notice published on {day(facts.on)}, the decision will not be made before "
            f"{day(facts.not_before)}."
        )


def _documents(facts: NoticeFacts, draft: Draft) -> Iterator[str]:
    written = lines(draft.text("documents"))
    yield from (f"Report to the {committee}" for committee, _ in facts.considered_by)
    yield from facts.documents
    yield from written
    if not (facts.considered_by or facts.documents or written):
        yield draft.lack(
            "the documents submitted to the decision maker",
            f"disposals paper write {draft.reference} --paper notice --section documents "
            "--text TEXT --open",
        )


def _part_exempt(facts: NoticeFacts) -> str:
    under = (
        f"{'paragraph' if len(facts.paragraphs) == 1 else 'paragraphs'} {listed(facts.paragraphs)}"
        if facts.paragraphs
        else "a paragraph still to be stated"
    )
    return (
        f"An appendix to the report is not for publication: it is exempt under {under} of Part 1 "
        "of Schedule 12A to the Local Government Act 1972."
    )
