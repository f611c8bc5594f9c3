"""The report to the committee, in the sections that Kent's reports have."""

from collections.abc import Iterator, Sequence

from disposals.disclosure.papers.report import ReportFacts
from disposals.disclosure.papers.wording import in_a_sentence, recommended
from disposals.exports.paper import (
    Block,
    Heading,
    Labelled,
    Listing,
    Paper,
    Point,
    Said,
    Sheet,
)
from disposals.exports.papers.draft import Draft, Drafted, lines, paragraphs, split_numbered
from disposals.exports.papers.remedies import deciding, opening_or
from disposals.exports.papers.report_sections import SECTIONS, no_option_chosen
from disposals.vocabulary import PaperKind
from disposals.words import counted, day, listed

_ACT = "Schedule 12A of the Local Government Act 1972, as amended"


def report_paper(facts: ReportFacts, plans: Sequence[Sheet]) -> Drafted:
    """The report on a disposal; with no plans, the plan is missing.

    Args:
        plans: Appendix 1, each on a page of its own.
    """
    draft = Draft(PaperKind.REPORT, facts.reference, facts.written)
    committee = facts.decision.get("committee")
    paper = Paper(
        title=str(facts.decision.get("title") or f"Disposal of {facts.name}"),
        subtitle=f"Report to the {committee}" if committee else "Report",
        author=facts.council,
        on=facts.on,
        marking="UNRESTRICTED",
        foot=f"{facts.council} · report · {facts.stamp}",
        blocks=tuple(_blocks(facts, draft, plans)),
    )
    return Drafted(paper, tuple(draft.gaps))


def _blocks(facts: ReportFacts, draft: Draft, plans: Sequence[Sheet]) -> Iterator[Block]:
    yield Labelled(tuple(_head(facts, draft)))
    yield Heading("Summary")
    yield from paragraphs(draft.text("summary") or _summary(facts, draft))
    recommendation = tuple(_recommendation(facts, draft))
    yield Heading("Recommendation(s)")
    yield from recommendation
    for number, (name, section) in enumerate(SECTIONS, start=1):
        yield Heading(f"{number}. {name}")
        yield from section(facts, draft, number)
    last = len(SECTIONS)
    yield Heading(f"{last + 1}. Recommendation(s)")
    yield from recommendation
    yield Heading(f"{last + 2}. Background documents")
    yield Listing(tuple(_background(facts, draft)))
    yield Heading(f"{last + 3}. Author details")
    yield Listing(tuple(lines(draft.text("author"))))
    yield Heading("Appendix 1 – Location and site plans")
    yield from _plans(facts, draft, plans)


def _head(facts: ReportFacts, draft: Draft) -> Iterator[tuple[str, str]]:
    proposed_by = _decided(facts, draft, "proposed_by", "the role that puts the decision forward")
    yield "From:", f"{_taker(facts, draft)}\n{proposed_by}"
    considered_on = facts.decision.get("considered_on")
    when = day(considered_on) if considered_on else draft.lack(
        "the day of the meeting", _of_decision(facts, "considered_on", "DATE")
    )  # fmt: skip
    yield "To:", f"{_committee(facts, draft)} – {when}"
    yield "Subject:", _decided(facts, draft, "title", "the title of the decision")
    yield "Classification:", _classification(facts, draft)
    yield "Past pathway of report:", draft.text("past-pathway") or ""
    yield "Future pathway of report:", draft.text("future-pathway") or ""
    divisions = dict.fromkeys(site["division"] for site in facts.sites if site.get("division"))
    yield (
        "Electoral division:",
        draft.need(
            listed(divisions) if divisions else None,
            "the electoral division",
            "disposals site import FILE --update",
        ),
    )


def _classification(facts: ReportFacts, draft: Draft) -> str:
    if not facts.has_appendix:
        return "UNRESTRICTED"
    if facts.paragraphs:
        few = len(facts.paragraphs) == 1
        paragraph = f"Paragraph{'' if few else 's'} {listed(facts.paragraphs)}"
        refers = f"{paragraph} of {_ACT}, refer{'s' if few else ''}."
    else:
        refers = draft.lack(
            "the paragraph under which the appendix is exempt",
            f"disposals paper write {facts.reference} --paper exempt-appendix --section financial "
            "--text TEXT --paragraphs 3",
        )
    return f"UNRESTRICTED report\nEXEMPT Appendix 2 – not for publication. {refers}"


def _summary(facts: ReportFacts, draft: Draft) -> str:
    areas = dict.fromkeys(site["stated_area"] for site in facts.sites if site.get("stated_area"))
    land = in_a_sentence(facts.name) + (f" ({'; '.join(areas)})" if areas else "")
    if len(facts.sites) == 1 and facts.sites[0].get("address"):
        land += f": {in_a_sentence(facts.sites[0]['address'])}"
    chosen = [told["no"] for told in facts.options if told["is_recommended"]]
    considered = (
        f"sets out the {counted(len(facts.options), 'option')} considered and "
        if facts.options
        else ""
    )
    return (
        f"This paper relates to the intention to dispose of {land}. It {considered}recommends "
        f"{f'option {chosen[0]}' if chosen else no_option_chosen(facts, draft)}."
    )


def _recommendation(facts: ReportFacts, draft: Draft) -> Iterator[Block]:
    act = draft.text("recommendation") or recommended({}, facts.name)
    delegated = split_numbered(facts.decision.get("delegated_to"))
    yield Said(
        f"The {_committee(facts, draft)} is asked to consider and endorse or make recommendations "
        f"to the {_taker(facts, draft)} on the proposed decision to {act.rstrip('. ')}"
        + (" and delegate authority to:" if delegated else ".")
    )
    yield from (Point(f"{no}.", text) for no, text in enumerate(delegated, start=1))


def _background(facts: ReportFacts, draft: Draft) -> Iterator[str]:
    yield "Appendix 1 – Location and site plans"
    if facts.has_appendix:
        yield "Appendix 2 – Exempt report"
    yield from (told["title"] for told in facts.documents)
    yield from lines(draft.text("background"))


def _plans(facts: ReportFacts, draft: Draft, plans: Sequence[Sheet]) -> Iterator[Block]:
    if not plans:
        lacking = draft.lack(
            "a boundary, so no plan can be drawn",
            f"disposals site draw {facts.reference.partition('/')[0]} FILE --source SOURCE "
            "--because REASON",
        )
        yield Said(lacking)
    for number, plan in enumerate(plans, start=1):
        yield Point(f"{number}.", plan.caption)
    yield from plans


def _taker(facts: ReportFacts, draft: Draft) -> str:
    return _decided(facts, draft, "taker", "who takes the decision")


def _committee(facts: ReportFacts, draft: Draft) -> str:
    return _decided(facts, draft, "committee", "the committee")


def _decided(facts: ReportFacts, draft: Draft, field: str, what: str) -> str:
    told: str | None = facts.decision.get(field)
    if told:
        return told
    return draft.lack(what, _of_decision(facts, field))


def _of_decision(facts: ReportFacts, field: str, value: str = "WORDS") -> str | None:
    if facts.decision:
        return deciding(facts.decision, field, value)
    return opening_or(
        facts.kept_back["decision"],
        f"disposals decision add {facts.reference} --number NUMBER --title TITLE --taker WHO "
        "--key/--not-key --open",
    )
