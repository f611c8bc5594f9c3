"""The work programme and the list of forthcoming executive decisions as papers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from disposals.disclosure.meetings import Line, Sitting
from disposals.exports.paper import Block, Boxed, Cell, Heading, Paper, Said, Table, write_paper
from disposals.words import day, listed


def write_programme(
    path: Path,
    sittings: Sequence[Sitting],
    *,
    council: str,
    committee: str | None,
    on: date,
    stamp: str,
) -> None:
    """Write the work programme, a table a meeting.

    Raises:
        BadFact: the file's name is not one of a paper.
        CannotWrite: the file can't be written; what was there before stays.
    """
    paper = Paper(
        title="Work programme",
        subtitle=committee or "All committees",
        author=council,
        on=on,
        marking="Open. An item may be moved; the reason is given where one was.",
        foot=f"{council} · work programme as at {day(on)} · {stamp}",
        blocks=tuple(_programme(sittings)),
    )
    write_paper(path, paper)


def write_forthcoming(
    path: Path, lines: Sequence[Mapping[str, object]], *, council: str, on: date, stamp: str
) -> None:
    """Write the forthcoming executive decision list.

    Raises:
        BadFact: the file's name is not one of a paper.
        CannotWrite: the file can't be written; what was there before stays.
    """
    paper = Paper(
        title="Forthcoming executive decisions",
        subtitle="Notice under regulation 9 of SI 2012/2089",
        author=council,
        on=on,
        marking="Open.",
        foot=f"{council} · forthcoming executive decisions as at {day(on)} · {stamp}",
        blocks=tuple(_forthcoming(lines)),
    )
    write_paper(path, paper)


def _programme(sittings: Iterable[Sitting]) -> Iterable[Block]:
    for sitting in sittings:
        review = " (date under review)" if sitting.is_under_review else ""
        yield Heading(f"{day(sitting.held_on)}{review}: {sitting.committee}")
        if sitting.is_cancelled:
            yield Boxed(f"Cancelled: {sitting.because}")
        if sitting.moved_from:
            yield Said(f"Moved from {listed(sitting.moved_from)}.")
        yield Said(
            f"Agenda set on {day(sitting.agenda_set_on)}; agenda and reports published by "
            f"{day(sitting.papers_by)}."
        )
        if sitting.items:
            rows = tuple(_row(item) for item in sitting.items)
            yield Table(("Item", "For", "Added by", "Added on"), rows, (6, 2, 3, 2))
        else:
            yield Said("Nothing is put down yet.")
    if not sittings:
        yield Said("No meeting is planned.")


def _row(item: Line) -> tuple[Cell, ...]:
    deferred = f" (moved from {listed(item.deferred_from)})" if item.deferred_from else ""
    about = f" [{item.reference}]" if item.reference else ""
    return (
        Cell(f"{item.title}{about}{deferred}"),
        Cell(item.kind),
        Cell(item.added_by or ""),
        Cell(day(item.added_on) if item.added_on else ""),
    )


def _forthcoming(lines: Sequence[Mapping[str, object]]) -> Iterable[Block]:
    if not lines:
        yield Said("No decision is noticed that has not been taken.")
    for line in lines:
        yield Heading(f"{line['number']}: {line['title']}")
        told = {
            "Decision": f"Not before {_day(line.get('not_before'))}",
            "Key decision": "Yes" if line.get("is_key") else "No",
            "Criterion": line.get("key_criterion"),
            "To be taken by": line.get("taker"),
            "Notice first published": _day(line.get("notice_on")) or None,
            "Considered first by": "; ".join(map(str, line.get("considered_by") or ())),  # type: ignore[call-overload]
            "Anticipated restriction": line.get("restriction"),
            "Reason for urgency": line.get("urgency"),
        }
        rows = tuple((Cell(name), Cell(str(value))) for name, value in told.items() if value)
        yield Table(("Heading", "What is noticed"), rows, (3, 7))


def _day(on: object) -> str:
    return day(on) if isinstance(on, date) else ""
