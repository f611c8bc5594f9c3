"""The completion statement: what the sale brings, what it costs, and on what it rested."""

from collections.abc import Iterator

from disposals.disclosure.papers.completion import CompletionFacts
from disposals.exports.paper import Block, Cell, Heading, Labelled, Listing, Paper, Said, Table
from disposals.exports.papers.draft import Draft, Drafted, lines, paragraphs
from disposals.exports.papers.exempt import MARKING, by_virtue, illustrative, why_exempt
from disposals.vocabulary import LineKind, PaperKind
from disposals.words import day, money

_KINDS = {
    LineKind.APPORTIONMENT: "Apportionments",
    LineKind.HOLDING_COST: "Holding costs",
    LineKind.FEE: "Fees",
}


def completion_paper(facts: CompletionFacts) -> Drafted:
    """The completion statement of a case, marked on its first page and on every other."""
    draft = Draft(PaperKind.COMPLETION, facts.reference, facts.written)
    paper = Paper(
        title="Completion statement",
        subtitle=facts.name,
        author=facts.council,
        on=facts.on,
        marking=MARKING,
        foot=f"{facts.council} · completion statement · EXEMPT, not for publication · "
        f"{facts.stamp}",
        blocks=tuple(_blocks(facts, draft)),
    )
    return Drafted(paper, tuple(draft.gaps))


def _blocks(facts: CompletionFacts, draft: Draft) -> Iterator[Block]:
    write = (
        f"disposals paper write {facts.reference} --paper completion --section remarks --text TEXT"
    )
    yield by_virtue(facts.paragraphs, draft, f"{write} --paragraphs 3")
    if facts.is_illustrative:
        yield illustrative()
    yield Labelled(tuple(_head(facts, draft)))
    yield from why_exempt(facts.because, draft, f"{write} --exempt-because REASON")
    yield Heading("1. The account")
    yield _account(facts, draft)
    yield Said(
        "A sum with a minus is borne by the council. The net receipt is the price with all lines, "
        "and without overage."
    )
    yield Heading("2. What has come in")
    yield from _received(facts)
    yield Heading("3. Overage")
    yield from _overage(facts, draft)
    yield Heading("4. Conditions")
    yield from _conditions(facts, draft)
    if remarks := draft.text("remarks"):
        yield Heading("Remarks")
        yield from paragraphs(remarks)
    yield Heading("Author")
    yield Listing(tuple(lines(draft.text("author"))))


def _head(facts: CompletionFacts, draft: Draft) -> Iterator[tuple[str, str]]:
    record = f"disposals completion deed {facts.reference} --form TR1 --title-nos NUMBERS --on DATE"
    titles = (
        f"disposals completion edit {facts.reference} {facts.deed} --set title-nos=NUMBERS "
        "--because REASON"
    )
    completed = day(facts.completed_on) if facts.completed_on else None
    yield "As at:", day(facts.on)
    yield "Buyer:", facts.statement.buyer
    yield "Exchanged:", day(facts.statement.exchanged_on)
    yield "Completed:", draft.need(completed, "the day of completion", record)
    yield "Deed:", draft.need(facts.deed_form, "the deed", record)
    numbers = draft.need(facts.title_nos, "the title numbers", titles if facts.deed else record)
    yield "Title:", numbers


def _account(facts: CompletionFacts, draft: Draft) -> Table:
    told = facts.statement
    rows = [("Price", money(told.price))]
    for kind, heading in _KINDS.items():
        of_kind = [(what, amount) for each, what, amount in told.lines if each == kind]
        rows += [(f"{kind.value.capitalize()}: {what}", money(amount)) for what, amount in of_kind]
        if not of_kind:
            command = (
                f"disposals completion line {facts.reference} --kind {kind.value!r} --what TEXT "
                "--amount POUNDS (0 where there are none)"
            )
            rows.append((heading, draft.lack(heading.lower(), command)))
    rows += [
        ("Due from the buyer in all", money(told.due)),
        ("Of which deposit on exchange", _deposit(facts, draft)),
        ("Received", money(told.received)),
        ("Outstanding", money(told.outstanding)),
        ("Net receipt", money(told.net_receipt)),
    ]
    cells = tuple((Cell(name), Cell(said)) for name, said in rows)
    return Table(("", "Pounds"), cells, (10, 5), figures=(1,))


def _deposit(facts: CompletionFacts, draft: Draft) -> str:
    if facts.deposit is not None:
        return money(facts.deposit)
    return draft.lack("the deposit", _correct(facts, "deposit=POUNDS"))


def _received(facts: CompletionFacts) -> Iterator[Block]:
    if not facts.received:
        yield Said("Nothing is recorded.")
        return
    rows = [
        (Cell(each.kind.capitalize()), Cell(day(each.on)), Cell(money(each.amount)))
        for each in facts.received
    ]
    yield Table(("What", "On", "Pounds"), tuple(rows), (6, 5, 4), figures=(2,))


def _overage(facts: CompletionFacts, draft: Draft) -> Iterator[Block]:
    told = facts.statement
    if not told.overage and not told.overage_to_come:
        yield Said("None is agreed.")
        return
    until = day(told.overage_until) if told.overage_until else None
    lacking = "the last day on which overage may fall due"
    yield Labelled((
        ("Agreed:", draft.need(
            told.overage, "what overage is agreed", _correct(facts, "overage=TEXT")
        )),
        ("Still to come:", money(told.overage_to_come)),
        ("Until:", draft.need(until, lacking, _correct(facts, "overage-until=DATE"))),
    ))  # fmt: skip


def _conditions(facts: CompletionFacts, draft: Draft) -> Iterator[Block]:
    ref = facts.reference
    if not facts.conditions:
        add = f"disposals completion condition {ref} --title TEXT --owner ROLE"
        unconditional = "The contract is unconditional."
        yield Said(
            draft.lack("the conditions of the contract", add)
            if facts.is_conditional
            else unconditional
        )
        return
    rows = []
    for each in facts.conditions:
        became = draft.need(
            each.outcome, f"that “{each.title}” is met or waived",
            f"disposals completion satisfy {ref} --title {each.title!r} --on DATE",
        )  # fmt: skip
        on = f", {day(each.outcome_on)}" if each.outcome_on else ""
        why = f": {each.because}" if each.because else ""
        longstop = day(each.longstop_on) if each.longstop_on else "–"
        rows.append((Cell(each.title), Cell(each.owner), Cell(longstop), Cell(became + on + why)))
    yield Table(("Condition", "Whose", "Longstop", "Outcome"), tuple(rows), (5, 3, 3, 5))


def _correct(facts: CompletionFacts, what: str) -> str:
    return (
        f"disposals completion edit {facts.reference} {facts.contract} --set {what} "
        "--because REASON"
    )
