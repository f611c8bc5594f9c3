"""The public summary of a site: one page in plain words."""

from collections.abc import Iterator

from disposals.disclosure.papers.summary import Reached, SummaryFacts
from disposals.exports.paper import (
    Block,
    Cell,
    Drawing,
    Heading,
    Labelled,
    Paper,
    Said,
    Steps,
    Table,
)
from disposals.exports.papers.draft import Draft, Drafted, paragraphs
from disposals.exports.papers.remedies import opening_or
from disposals.vocabulary import PaperKind
from disposals.words import counted, day, listed

_MOST_PICTURES = 2  # of how far sales have come; more are told in words alone


def summary_paper(
    facts: SummaryFacts, plan: Drawing | None, notices: tuple[str, ...], *, most_steps: int
) -> Drafted:
    """The summary; it may not be longer than a page.

    Args:
        plan: where the land lies; None where it is not drawn.
        notices: whose maps the plan is of.
        most_steps: of what happens next.
    """
    draft = Draft(PaperKind.SUMMARY, facts.reference, facts.written)
    paper = Paper(
        title=facts.name,
        subtitle="What the council is doing with this land",
        author=facts.council,
        on=facts.on,
        marking=f"FOR EVERYBODY TO READ · {day(facts.on)}",
        foot=f"{facts.council} · public summary · {facts.stamp}",
        blocks=tuple(_blocks(facts, draft, plan, notices, most_steps)),
        most_pages=1,
    )
    return Drafted(paper, tuple(draft.gaps))


def _blocks(
    facts: SummaryFacts, draft: Draft, plan: Drawing | None, notices: tuple[str, ...], most: int
) -> Iterator[Block]:
    yield from paragraphs(draft.text("about"))
    yield Labelled(tuple(_head(facts)))
    if plan is None:
        lacking = draft.lack(
            "a boundary, so no plan can be drawn",
            f"disposals site draw {facts.reference.partition('/')[0]} FILE --source SOURCE "
            "--because REASON",
        )
        yield Said(lacking)
    else:
        yield plan
        yield Said(" ".join(("The land is edged red.", *notices)))
    yield Heading("How far it has come")
    for each in facts.reached:
        yield from _reached(each, in_picture=len(facts.reached) <= _MOST_PICTURES)
    yield Heading("What happens next")
    yield from _next(facts, draft, most)
    yield Heading("Whom to ask")
    yield from paragraphs(draft.text("contact"))
    yield Said(_withheld(facts))


def _head(facts: SummaryFacts) -> Iterator[tuple[str, str]]:
    yield "Where:", listed(facts.where or (facts.name,))
    if facts.areas:
        yield "Size:", listed(facts.areas)
    if facts.decision_no:
        yield "Decision:", f"number {facts.decision_no}{_stands(facts)}"


def _stands(facts: SummaryFacts) -> str:
    if facts.decision_stands is None or facts.decision_stands == "withdrawn":
        return f", {facts.decision_stands}" if facts.decision_stands else ""
    return f", {facts.decision_stands} by the {facts.taker}" if facts.taker else ""


def _reached(told: Reached, *, in_picture: bool) -> Iterator[Block]:
    name = f"{told.name}: " if told.name else ""
    yield Said(f"{name}{told.title}. {told.means}")
    if in_picture and told.at is not None:
        yield Steps(told.stages, told.at)


def _next(facts: SummaryFacts, draft: Draft, most: int) -> Iterator[Block]:
    if not facts.next_steps:
        lacking = draft.lack(
            "what happens next",
            opening_or(
                facts.step_kept_back,
                f"disposals milestone add {facts.reference} --name NAME --when DATE --open",
            ),
        )
        yield Said(lacking)
        return
    shown = facts.next_steps[:most]
    rows = tuple((Cell(when), Cell(name)) for when, name in shown)
    yield Table(("When", "What"), rows, (1, 4))
    more = len(facts.next_steps) - len(shown)
    later = f" {counted(more, 'later step is', 'later steps are')} planned." if more else ""
    yield Said(f"Dates may change.{later}")


def _withheld(facts: SummaryFacts) -> str:
    if not facts.withheld:
        return "Nothing that the council has recorded about this sale is kept from you."
    return (
        "Not everything is published yet: some of what the council has recorded about this sale "
        f"is exempt. The law that allows this: {'; '.join(facts.withheld)}."
    )
