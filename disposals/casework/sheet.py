"""The programme brought back from a spreadsheet: row by row, all of it or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session, col, or_, select

from disposals.casework.acts import Stamp, acting
from disposals.casework.meanwhile import refuse_unseen
from disposals.casework.programme import Moved, enter_date
from disposals.casework.sheet_rows import Change, change_of, entry_of, whole_number, wrong
from disposals.errors import BadFact, DisposalsError
from disposals.milestones import shown
from disposals.network import Node, moved, too_early
from disposals.records.cases import Disposal
from disposals.register import Register
from disposals.timetable import Entry, Timetable, timetable
from disposals.vocabulary import SHEET_TITLE, DateKind, SheetColumn
from disposals.words import counted, day
from sites.errors import UnreadableFile
from sites.reading.rows import Row
from sites.reading.spreadsheets import read_spreadsheet


@dataclass(frozen=True, slots=True)
class Taken:
    """What a sheet changes, or has changed.

    Attributes:
        pushed: milestones that stand too early once it is done, and are left where they are.
    """

    changes: tuple[Change, ...]
    unchanged: int
    pushed: tuple[Moved, ...]
    is_written: bool


def take(register: Register, path: Path, stamp: Stamp, *, apply: bool) -> Taken:
    """Compare a sheet with the programme and, if asked to, record what it changes.

    Each changed row becomes one act on its case with the reason that stands in the row. The row
    names the version of its case as it was written; one that differs from a case that has moved
    on since is refused. Milestones that are not in the sheet stay as they are.

    Args:
        apply: record it, in one transaction; else only say what it would change.

    Raises:
        UnreadableFile: the file is no sheet of the programme.
        BadFact: names every row that is refused, and why; nothing was recorded.
    """
    rows = _read(path)
    with register.write() if apply else register.read() as session:
        cases, found = _programme(session, rows)
        changes = _changes(session, rows, cases, found, stamp.on)
        pushed = _pushed(found, changes)
        for change in changes if apply else ():
            _record(session, cases[change.key[0]], found.entries[change.key], change, stamp)
    return Taken(tuple(changes), len(rows) - len(changes), pushed, apply and bool(changes))


def _read(path: Path) -> list[Row]:
    table = read_spreadsheet(path, SHEET_TITLE)
    missing = [column for column in SheetColumn if column not in table.columns]
    if missing:
        raise UnreadableFile(
            path,
            f"it has no column “{missing[0]}”. Write the sheet with `disposals milestone sheet`, "
            "and leave its columns as they are.",
        )
    return list(table.rows)


def _programme(session: Session, rows: Iterable[Row]) -> tuple[dict[str, Disposal], Timetable]:
    """The cases that the rows name, and the timetable of all that hangs together with them."""
    named = {str(row.fields[SheetColumn.DISPOSAL]) for row in rows}
    wholes = {ref.partition("/")[0] for ref in named}
    family = or_(col(Disposal.ref).in_(wholes), col(Disposal.whole_ref).in_(wholes))
    cases = {case.ref: case for case in session.exec(select(Disposal).where(family))}
    return cases, timetable(session, cases)


def _changes(
    session: Session,
    rows: Iterable[Row],
    cases: Mapping[str, Disposal],
    found: Timetable,
    on: date,
) -> list[Change]:
    changes: list[Change] = []
    refused: list[str] = []
    told: dict[object, int] = {}
    for row in rows:
        try:
            entry = entry_of(row, cases, found)
            if entry.key in told:
                raise wrong(SheetColumn.NO, f"row {told[entry.key]} is about this one already.")
            told[entry.key] = row.no
            change = _change(session, row, entry, cases[entry.key[0]], on)
            changes += [change] if change else []
        except DisposalsError as error:
            refused.append(f"row {row.no}: {error}")
    refused = refused or _too_early(found, changes)
    if refused:
        raise BadFact(
            f"Nothing was recorded, for {counted(len(refused), 'row is', 'rows are')} refused.\n"
            + "\n".join(refused)
        )
    return changes


def _change(session: Session, row: Row, entry: Entry, case: Disposal, on: date) -> Change | None:
    """What a row changes; where it differs from a case that has moved on, nobody knows which."""
    try:
        change = change_of(row, entry, on)
    except BadFact:
        _refuse_unseen(session, row, case)
        raise
    if change is not None:
        _refuse_unseen(session, row, case)
    return change


def _refuse_unseen(session: Session, row: Row, case: Disposal) -> None:
    seen = row.fields[SheetColumn.VERSION] or ""
    version = whole_number(seen)
    if version is None:
        raise wrong(SheetColumn.VERSION, f"“{seen}” is no version; leave the column as it was.")
    refuse_unseen(session, case, version)


def _too_early(found: Timetable, changes: Iterable[Change]) -> list[str]:
    """The rows whose new forecast comes before what the milestone comes after."""
    new = {change.key: change for change in changes}
    nodes = [
        Node(node.key, new[node.key].after.earliest, new[node.key].after.latest,
             node.is_fixed or new[node.key].kind is DateKind.ACTUAL)
        if node.key in new else node
        for node in found.nodes()
    ]  # fmt: skip
    return [
        f"{new[link.milestone].where}: column “{SheetColumn.FORECAST}”: milestone "
        f"{link.milestone[1]} comes after milestone {link.after[1]}, which allows "
        f"{day(allowed)} at the earliest."
        for link, allowed in too_early(nodes, found.links)
        if link.milestone in new
    ]


def _pushed(found: Timetable, changes: Iterable[Change]) -> tuple[Moved, ...]:
    told = {change.key: (change.after.earliest, change.after.latest) for change in changes}
    return tuple(
        Moved(move.key, found.entries[move.key].milestone.name, shown(*move.after), move.because)
        for move in moved(found.nodes(), found.links, told)
    )


def _record(session: Session, case: Disposal, entry: Entry, change: Change, stamp: Stamp) -> None:
    act_name = "milestone forecast" if change.kind is DateKind.FORECAST else "milestone met"
    with acting(
        session, case.ref, act_name, stamp, seen=case.version, because=change.because
    ) as act:
        enter_date(
            act, change.key[1], change.kind, change.after, because=change.because,
            disclosure=entry.milestone.disclosure, source=None,
        )  # fmt: skip
