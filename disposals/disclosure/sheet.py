"""The programme as the rows of a spreadsheet, each with the version of its case as seen."""

from sqlmodel import col, select

from disposals.disclosure.programme import family_of
from disposals.finding import references
from disposals.readiness import spellings_of
from disposals.records.cases import Disposal
from disposals.register import Register
from disposals.timetable import Entry, timetable
from disposals.vocabulary import DateKind, SheetColumn

Row = dict[SheetColumn, str | int]


def rows(register: Register, ref: str | None, *, officer: str | None = None) -> list[Row]:
    """Every milestone of a case and its parts, or of all cases, by case and number.

    Names and owners may be exempt, so it is for officers alone.

    Args:
        officer: only those of this officer's cases.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        refs = references(session) if ref is None else family_of(session, ref)
        query = select(Disposal).where(col(Disposal.ref).in_(refs))
        if officer is not None:
            query = query.where(col(Disposal.officer).in_(spellings_of(session, officer)))
        versions = {case.ref: case.version for case in session.exec(query)}
        entries = timetable(session, versions).entries
    return [_row(entries[key], versions[key[0]]) for key in sorted(entries)]


def _row(entry: Entry, version: int) -> Row:
    planned = [each for each in entry.dates if each.kind is not DateKind.ACTUAL][-1]
    return {
        SheetColumn.DISPOSAL: entry.key[0],
        SheetColumn.VERSION: version,
        SheetColumn.NO: entry.key[1],
        SheetColumn.MILESTONE: entry.milestone.name,
        SheetColumn.OWNER: entry.milestone.owner or "",
        SheetColumn.BASELINE: entry.baseline.as_written,
        SheetColumn.FORECAST: planned.as_written,
        SheetColumn.ACTUAL: entry.now.latest_on.isoformat() if entry.is_met else "",
        SheetColumn.BECAUSE: "",
    }
