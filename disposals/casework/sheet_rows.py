"""One row of the programme as a spreadsheet: which milestone it is about, and what it changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disposals.errors import BadFact
from disposals.milestones import When, when
from disposals.network import Key
from disposals.records.programme import MilestoneDate
from disposals.timetable import Entry, Timetable
from disposals.vocabulary import DateKind, SheetColumn
from disposals.words import day
from sites.reading.rows import Row

_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Change:
    """What one row changes.

    Attributes:
        where: the row as a person finds it, such as "row 7".
        kind: a forecast, or the actual day.
    """

    where: str
    key: Key
    name: str
    kind: DateKind
    before: str
    after: When
    because: str | None


def entry_of(row: Row, refs: Mapping[str, object], found: Timetable) -> Entry:
    """The milestone that a row is about.

    Args:
        refs: the references that there are.

    Raises:
        BadFact: there is none, or a cell holds a formula.
    """
    if row.doubts:
        raise BadFact("; ".join(row.doubts) + ".")
    ref, no = row.fields[SheetColumn.DISPOSAL] or "", row.fields[SheetColumn.NO] or ""
    if ref not in refs:
        raise wrong(SheetColumn.DISPOSAL, f"there is no disposal “{ref}”.")
    entry = found.entries.get((ref, number)) if (number := whole_number(no)) else None
    if entry is None:
        raise wrong(
            SheetColumn.NO,
            f"{ref} has no milestone “{no}”. A new one is set with `disposals milestone add "
            f"{ref}`.",
        )
    return entry


def change_of(row: Row, entry: Entry, on: date) -> Change | None:
    """What a row says otherwise than the register; None where it says the same.

    Args:
        on: the day on which it is taken back.

    Raises:
        BadFact: names the column that can't be right, and why.
    """
    _refuse_what_is_not_written_in(row, entry)
    planned = [each for each in entry.dates if each.kind is not DateKind.ACTUAL][-1]
    forecast = _other_date(row, SheetColumn.FORECAST, planned)
    actual = _newly_met(row, entry, on)
    because = (row.fields[SheetColumn.BECAUSE] or "").strip() or None
    if forecast is None and actual is None:
        if because is not None:
            raise wrong(SheetColumn.BECAUSE, "it gives a reason, but no date of the row is new.")
        return None
    if forecast is not None and (actual is not None or entry.is_met):
        raise wrong(SheetColumn.FORECAST, "what is met is forecast no more; leave it as it was.")
    if actual is not None and entry.milestone.met_by is not None:
        raise wrong(
            SheetColumn.ACTUAL,
            f"the milestone is met by the evidence: {entry.milestone.met_by}. Nobody ticks it.",
        )
    if forecast is not None and because is None:
        raise wrong(
            SheetColumn.BECAUSE,
            f"“{forecast.as_written}” is another forecast than “{planned.as_written}”: say why.",
        )
    kind = DateKind.FORECAST if actual is None else DateKind.ACTUAL
    after = actual or forecast
    assert after is not None  # noqa: S101 (one of them is)
    name = entry.milestone.name
    return Change(f"row {row.no}", entry.key, name, kind, planned.as_written, after, because)


def whole_number(written: str) -> int | None:
    """A number that counts something; None for anything else."""
    return int(written) if written.isdecimal() and len(written) < _DIGITS else None


def wrong(column: SheetColumn, why: str) -> BadFact:
    """The refusal of one cell."""
    return BadFact(f"column “{column}”: {why}")


def _refuse_what_is_not_written_in(row: Row, entry: Entry) -> None:
    texts = (
        (SheetColumn.MILESTONE, entry.milestone.name),
        (SheetColumn.OWNER, entry.milestone.owner or ""),
    )
    for column, stands in texts:
        if _plain(row.fields[column] or "") != _plain(stands):
            raise wrong(column, f"it is “{stands}”, and a sheet does not change that.")
    try:
        is_other = _other_date(row, SheetColumn.BASELINE, entry.baseline) is not None
    except BadFact:
        is_other = True
    if is_other:
        raise wrong(
            SheetColumn.BASELINE,
            f"it says “{row.fields[SheetColumn.BASELINE] or ''}”; the baseline "
            f"“{entry.baseline.as_written}” is never altered. Write the new date under “forecast”.",
        )


def _other_date(row: Row, column: SheetColumn, stands: MilestoneDate) -> When | None:
    """A date that is another than stands; the same interval in other words is none."""
    written = (row.fields[column] or "").strip()
    if written == stands.as_written:
        return None
    if not written:
        raise wrong(column, f"it is blank; it was “{stands.as_written}”.")
    read = _read(written, column)
    same = (read.earliest, read.latest) == (stands.earliest_on, stands.latest_on)
    return None if same else read


def _newly_met(row: Row, entry: Entry, on: date) -> When | None:
    """The day on which it was met, if the row is the first to say so."""
    written = (row.fields[SheetColumn.ACTUAL] or "").strip()
    read = _read(written, SheetColumn.ACTUAL) if written else None
    if entry.is_met:
        met = entry.now.latest_on
        if read is None or (read.earliest, read.latest) != (met, met):
            raise wrong(
                SheetColumn.ACTUAL, f"it was met on {day(met)}, and a sheet does not change that."
            )
        return None
    if read is None:
        return None
    if read.earliest != read.latest:
        raise wrong(SheetColumn.ACTUAL, f"“{written}” is no single day, such as 15 July 2022.")
    if read.latest > on:
        raise wrong(
            SheetColumn.ACTUAL,
            f"{day(read.latest)} lies after {day(on)}; what has not happened can't be recorded.",
        )
    return When(read.latest, read.latest, day(read.latest))


def _read(written: str, column: SheetColumn) -> When:
    try:
        return when(written)
    except BadFact as error:
        raise wrong(column, str(error)) from None


def _plain(text: str) -> str:
    """A text as it comes back from a spreadsheet: without what can't be seen."""
    return " ".join("".join(c for c in text if c.isprintable()).split())
