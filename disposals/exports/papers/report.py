"""The report to the committee, in the sections that Kent's reports have."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from disposals.disclosure.papers.report import Facts, ReportFacts
from disposals.disclosure.papers.wording import in_a_sentence, recommended
from disposals.exports.paper import (
    Block,
    Cell,
    Heading,
    Labelled,
    Listing,
    Paper,
    Point,
    Said,
    Sheet,
    Table,
)
from disposals.exports.papers.draft import Draft, Drafted, lines, paragraphs
from disposals.vocabulary import PaperKind, Screening
from disposals.words import counted, day, listed

_ACT = "Schedule 12A of the Local Government Act 1972, as amended"
_SCREENED = {
    Screening.DATA_PROTECTION: "Data Protection Impact Assessment (DPIA)",
    Screening.EQUALITY: "Equalities Impact Assessment (EqIA)",
}


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
    for number, (name, section) in enumerate(_SECTIONS, start=1):
        yield Heading(f"{number}. {name}")
        yield from section(facts, draft, number)
    last = len(_SECTIONS)
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
        "the day of the meeting", _edit_of_decision(facts, "considered-on=DATE")
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
        f"{f'option {chosen[0]}' if chosen else _no_option_chosen(facts, draft)}."
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


def split_numbered(text: str | None) -> list[str]:
    """The items of a text that counts them: “1. The Director … 2. The Director …”."""
    return [each.strip() for each in re.split(r"(?:^|\s)\d{1,2}\.\s", text or "") if each.strip()]


def _written(name: str, _facts: ReportFacts, draft: Draft, no: int) -> Iterable[Block]:
    return draft.numbered(no, draft.text(name))


def _options(facts: ReportFacts, draft: Draft, no: int) -> Iterator[Block]:
    if not facts.options:
        yield Point(f"{no}.1", _no_option_chosen(facts, draft))
        return
    yield Point(f"{no}.1", "The following options were considered for the disposal of the site:")
    numbers = {}
    for at, told in enumerate(facts.options, start=1):
        # A number with dots is the report's own; a bare one is the option's.
        numbers[told["no"]] = told["no"] if "." in told["no"] else f"{no}.1.{at}"
        reason = told.get("reasons_against")
        yield Point(numbers[told["no"]], told["title"] + (f" {reason}" if reason else ""))
    chosen = next((told for told in facts.options if told["is_recommended"]), None)
    why = chosen.get("reasons_for") if chosen else None
    details = " (see Exempt Appendix 2)" if facts.has_appendix else ""
    following = (
        f"Following consideration of the options and their risk profile{details}, "
        f"it is recommended to proceed with the option at {numbers[chosen['no']]} above"
        if chosen
        else _no_option_chosen(facts, draft)
    )
    if chosen and not why:
        why = draft.lack(
            "why the option is recommended",
            f"disposals option add {facts.reference} --no {chosen['no']} --title TITLE "
            "--reasons-for REASON --recommended --open",
        )
    yield Point(f"{no}.2", f"{following}: {why}" if why else f"{following}")
    for at, block in enumerate(paragraphs(draft.text("options")), start=3):
        yield Point(f"{no}.{at}", block.text) if isinstance(block, Said) else block


def _marketing(facts: ReportFacts, draft: Draft, no: int) -> Iterable[Block]:
    told = [_campaign(campaign) for campaign in facts.campaigns]
    written = draft.text("marketing")
    if not told and not written:
        told = [draft.lack(
            "how the land was marketed",
            f"disposals campaign add {facts.reference} --method METHOD --agent NAME --open",
        )]  # fmt: skip
    return draft.numbered(no, *told, written)


def _campaign(told: Facts) -> str:
    closes = told.get("closes_as_written") or (day(told["closes_on"]) if told["closes_on"] else "")
    return " ".join(
        filter(
            None,
            (
                told.get("scope"),
                f"Marketing method: {told['method']}. Agent: {told['agent']}.",
                f"Advertised in: {told['advertised_in']}." if told["advertised_in"] else "",
                f"Closing date for offers: {closes}." if closes else "",
            ),
        )
    )


def _financial(facts: ReportFacts, draft: Draft, no: int) -> Iterable[Block]:
    details = "Exempt Appendix 2 sets out the financial considerations in more detail."
    opening = details if facts.has_appendix else None
    return draft.numbered(no, opening, draft.text("financial"))


def _governance(facts: ReportFacts, draft: Draft, no: int) -> Iterable[Block]:
    outcomes = {told["kind"]: told["outcome"] for told in facts.assessments}
    screened = [
        f"{name}. "
        + draft.need(
            outcomes.get(kind), f"the outcome of the {kind} screening",
            f"disposals decision screen {facts.reference} --kind '{kind}' --outcome OUTCOME --open",
        )
        for kind, name in _SCREENED.items()
    ]  # fmt: skip
    return draft.numbered(no, draft.text("governance"), *screened)


def _consultations(facts: ReportFacts, draft: Draft, no: int) -> Iterable[Block]:
    said = [_consulted(told) for told in facts.consultations] or [
        draft.lack(
            "who was consulted, and what they said",
            f"disposals consultation add {facts.reference} --consultee WHO --capacity "
            "'local member' --said WORDS --open",
        )
    ]
    return draft.numbered(no, *said, draft.text("consultations"))


def _consulted(told: Facts) -> str:
    when = f" ({day(told['held_on'])})" if told.get("held_on") else ""
    answer = f" Answer: {told['answer']}" if told.get("answer") else ""
    return f"{told['consultee']}{when}: {told['said']}{answer}"


def _next_steps(facts: ReportFacts, draft: Draft, no: int) -> Iterator[Block]:
    if facts.milestones:
        yield Point(f"{no}.1", "The key milestones are:")
        rows = tuple((Cell(when), Cell(name)) for when, name in facts.milestones)
        yield Table(("When", "Milestone"), rows, (1, 4))
    else:
        command = f"disposals milestone add {facts.reference} --name NAME --when DATE --open"
        yield Point(f"{no}.1", draft.lack("the key milestones", command))
    for at, block in enumerate(paragraphs(draft.text("next-steps")), start=2):
        yield Point(f"{no}.{at}", block.text) if isinstance(block, Said) else block


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
    return draft.lack(what, _edit_of_decision(facts, f"{field.replace('_', '-')}=WORDS"))


def _edit_of_decision(facts: ReportFacts, setting: str) -> str:
    if not facts.decision:
        return (
            f"disposals decision add {facts.reference} --number NUMBER --title TITLE --taker WHO "
            "--key --open"
        )
    return f"disposals decision edit {facts.reference} ENTRY --set {setting} --because REASON"


def _no_option_chosen(facts: ReportFacts, draft: Draft) -> str:
    return draft.lack(
        "the option that is recommended",
        f"disposals option add {facts.reference} --no NO --title TITLE --reasons-for REASON "
        "--recommended --open",
    )


_Section = Callable[[ReportFacts, Draft, int], Iterable[Block]]
_SECTIONS: tuple[tuple[str, _Section], ...] = (
    ("Site context", partial(_written, "site-context")),
    ("Occupational history", partial(_written, "occupational-history")),
    ("History – planning", partial(_written, "planning")),
    ("Disposal options and marketing", _options),
    ("Marketing", _marketing),
    ("Financial considerations", _financial),
    ("Governance", _governance),
    ("Consultations", _consultations),
    ("Next steps and timing", _next_steps),
)
