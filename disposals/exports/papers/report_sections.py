"""The numbered sections of the report, each from its facts and from what officers wrote."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from disposals.disclosure.papers.report import Facts, ReportFacts
from disposals.exports.paper import Block, Cell, Point, Said, Table
from disposals.exports.papers.draft import Draft, paragraphs
from disposals.exports.papers.remedies import correcting, opening_or, recommending
from disposals.vocabulary import Screening
from disposals.words import day

_SCREENED = {
    Screening.DATA_PROTECTION: "Data Protection Impact Assessment (DPIA)",
    Screening.EQUALITY: "Equalities Impact Assessment (EqIA)",
}


def _written(name: str, _facts: ReportFacts, draft: Draft, no: int) -> Iterable[Block]:
    return draft.numbered(no, draft.text(name))


def _options(facts: ReportFacts, draft: Draft, no: int) -> Iterator[Block]:
    if not facts.options:
        yield Point(f"{no}.1", no_option_chosen(facts, draft))
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
        else no_option_chosen(facts, draft)
    )
    if chosen and not why:
        lacking = "why the option is recommended"
        why = draft.lack(lacking, correcting("option", chosen, "reasons_for", "REASON"))
    yield Point(f"{no}.2", f"{following}: {why}" if why else f"{following}")
    for at, block in enumerate(paragraphs(draft.text("options")), start=3):
        yield Point(f"{no}.{at}", block.text) if isinstance(block, Said) else block


def _marketing(facts: ReportFacts, draft: Draft, no: int) -> Iterable[Block]:
    told = [_campaign(campaign) for campaign in facts.campaigns]
    written = draft.text("marketing")
    if not told and not written:
        told = [draft.lack(
            "how the land was marketed",
            opening_or(
                facts.kept_back["campaign"],
                f"disposals campaign add {facts.reference} --method METHOD --agent NAME --open",
            ),
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
            opening_or(
                facts.kept_back[kind],
                f"disposals decision screen {facts.reference} --kind '{kind}' --outcome OUTCOME "
                "--open",
            ),
        )
        for kind, name in _SCREENED.items()
    ]  # fmt: skip
    return draft.numbered(no, draft.text("governance"), *screened)


def _consultations(facts: ReportFacts, draft: Draft, no: int) -> Iterable[Block]:
    said = [_consulted(told) for told in facts.consultations] or [
        draft.lack(
            "who was consulted, and what they said",
            opening_or(
                facts.kept_back["consultation"],
                f"disposals consultation add {facts.reference} --consultee WHO --capacity "
                "'local member' --said WORDS --open",
            ),
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
        command = opening_or(
            facts.kept_back["milestone"],
            f"disposals milestone add {facts.reference} --name NAME --when DATE --open",
        )
        yield Point(f"{no}.1", draft.lack("the key milestones", command))
    for at, block in enumerate(paragraphs(draft.text("next-steps")), start=2):
        yield Point(f"{no}.{at}", block.text) if isinstance(block, Said) else block


def no_option_chosen(facts: ReportFacts, draft: Draft) -> str:
    """The mark that no option is recommended."""
    command = recommending(
        facts.reference,
        facts.kept_back,
        adding=f"disposals option add {facts.reference} --no NO --title TITLE "
        "--reasons-for REASON --recommended --open",
        has_options=bool(facts.options),
    )
    return draft.lack("the option that is recommended", command)


_Section = Callable[[ReportFacts, Draft, int], Iterable[Block]]
SECTIONS: tuple[tuple[str, _Section], ...] = (
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
