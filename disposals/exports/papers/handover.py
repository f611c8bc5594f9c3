"""The handover sheet: where a case stands and what to see to, for the officer who takes it over."""

from collections.abc import Iterator, Sequence

from disposals.deadlines.clock import Clock
from disposals.disclosure.papers.handover import HandoverFacts
from disposals.exports.paper import (
    Block,
    Boxed,
    Cell,
    Heading,
    Labelled,
    Listing,
    Paper,
    Said,
    Table,
)
from disposals.exports.papers.draft import Drafted
from disposals.words import counted, day, listed, plainly

_MOST_MILESTONES = 15
_NONE = Said("None.")


def handover_paper(facts: HandoverFacts) -> Drafted:
    """The handover sheet of a case and its parts, marked on its first page and on every other."""
    paper = Paper(
        title="Handover sheet",
        subtitle=facts.name,
        author=facts.council,
        on=facts.on,
        marking="FOR OFFICERS ONLY – NOT FOR PUBLICATION",
        foot=f"{facts.council} · handover sheet · FOR OFFICERS ONLY · {facts.stamp}",
        blocks=tuple(_blocks(facts)),
    )
    return Drafted(paper, ())


def _blocks(facts: HandoverFacts) -> Iterator[Block]:
    yield Boxed("For officers alone: it quotes what is exempt and what stops the case.")
    yield Labelled((("Case:", facts.reference), ("As at:", day(facts.on))))
    yield Heading("1. Where it stands")
    stands = [
        (each.reference, plainly(each.stage) + (f", on hold: {each.held}" if each.held else ""),
         day(each.since), each.officer or "–")
        for each in facts.stands
    ]  # fmt: skip
    yield _table(("Case", "Stage", "Since", "Officer"), stands, (5, 4, 4, 4))
    yield Heading("2. What stops it, and whose it is")
    yield from _stopping(facts)
    yield Heading("3. On the agenda")
    items = [
        (item.matter.value.capitalize(), day(item.on) if item.on else "now", _short(item.reference),
         item.what, item.who)
        for item in facts.agenda
    ]  # fmt: skip
    yield _table(("Matter", "On", "Case", "What", "Whose"), items, (3, 4, 3, 8, 3))
    yield Heading("4. Clocks")
    running = [(clock.name, _days(clock), clock.rule.cited) for clock in facts.clocks]
    yield _table(("What runs", "When", "Rule"), running, (6, 6, 6))
    if facts.steps:
        yield _table(("Step", "Lawful from", "Waits for", "Cases"), _steps(facts), (4, 4, 6, 4))
    yield Heading("5. Milestones overdue and ahead")
    yield from _milestones(facts)
    yield Heading("6. Whom the council spoke to")
    spoken = [
        (each.consultee, each.capacity, day(each.held_on) if each.held_on else "no day recorded",
         each.said + (f" Answered: {each.answer}" if each.answer else ""))
        for each in facts.consulted
    ]  # fmt: skip
    yield _table(("Whom", "Capacity", "On", "What they said"), spoken, (4, 3, 3, 9))
    yield Heading("7. Documents")
    papers = [(e.reference, f"document-{e.entry}", e.title, e.kind) for e in facts.documents]
    yield _table(("Case", "Entry", "Title", "Kind"), papers, (4, 3, 7, 3))
    yield Heading("8. Declared exempt, and when to weigh it again")
    withheld = [
        (each.reference, each.entry, each.paragraphs or "–",
         day(each.review_on) if each.review_on else "no day set")
        for each in facts.withheld
    ]  # fmt: skip
    yield _table(("Case", "Entry", "Paragraphs", "Review"), withheld, (4, 5, 3, 4))
    yield Heading("9. What was done last")
    happened = [
        (day(each.on), _short(each.reference),
         each.act + (f", {counted(each.times, 'time')}" if each.times > 1 else ""), each.by,
         each.because or "–")
        for each in facts.happened
    ]  # fmt: skip
    yield _table(("On", "Case", "Act", "By", "Why"), happened, (5, 3, 5, 4, 5))


def _stopping(facts: HandoverFacts) -> Iterator[Block]:
    for each in facts.outlook:
        if each.held:
            yield Said(f"{each.reference} is on hold: {each.held}")
        if each.report is None or each.to_stage is None:
            yield Said(f"{each.reference} is at an end.")
            continue
        to = f"{each.reference}, to {plainly(each.to_stage)}"
        stopping = [(finding.reason, finding.owner) for finding in each.report.stopping]
        if stopping:
            yield Said(f"{to}: {counted(len(stopping), 'gate')} not met.", is_strong=True)
            yield _table(("Why", "Whose"), stopping, (13, 5))
        else:
            yield Said(f"{to}: nothing stops it.", is_strong=True)
        if warned := [f"Warned of ({w.owner}): {w.reason}" for w in each.report.warnings]:
            yield Listing(tuple(warned))


def _milestones(facts: HandoverFacts) -> Iterator[Block]:
    shown = facts.milestones[:_MOST_MILESTONES]
    rows = tuple(
        (
            Cell(line["when"], mark="overdue" if line["is_overdue"] else None),
            Cell(_short(line["reference"])),
            Cell(line["name"]),
            Cell(line["owner"] or "–"),
        )
        for line in shown
    )
    yield Table(("When", "Case", "What", "Whose"), rows, (4, 3, 8, 3)) if rows else _NONE
    if more := len(facts.milestones) - len(shown):
        yield Said(f"And {counted(more, 'later one')}: `disposals milestones {facts.reference}`.")


def _steps(facts: HandoverFacts) -> list[tuple[str, ...]]:
    """The steps to come, with the cases for which they may be done from the same day."""
    found: dict[tuple[str, ...], list[str]] = {}
    for case in facts.steps:
        for step in case.lawful:
            from_ = day(step.earliest_on) if step.earliest_on else "no day yet"
            waits = listed(step.waits_for) if step.waits_for else "–"
            found.setdefault((step.step, from_, waits), []).append(_short(case.reference))
    return [(*key, listed(cases)) for key, cases in found.items()]


def _short(reference: str) -> str:
    """A part without the name of its whole, which stands at the head."""
    return reference.rpartition("/")[2]


def _days(clock: Clock) -> str:
    begun = ", not begun" if clock.is_assumed else ""
    if clock.ends_on is None:
        return f"since {day(clock.starts_on)}{begun}"
    if clock.starts_on == clock.ends_on:
        return f"{day(clock.starts_on)}{begun}"
    return f"{day(clock.starts_on)} to {day(clock.ends_on)}{begun}"


def _table(
    columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]
) -> Table | Said:
    """A table, or the word that there is nothing to put into it."""
    if not rows:
        return _NONE
    return Table(columns, tuple(tuple(map(Cell, row)) for row in rows), widths)
