"""What an audience may see of a disposal, and each value that is withheld from it, with the reason.

A value that is withheld is named, never shown; nor does the statement tell how many entries there
are of a kind, for the number of bids is not for the public to count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from disposals.disclosure.fields import Audience, fields_of, may_see
from disposals.disclosure.grounds import Ground, ground_of, unsaid
from disposals.disclosure.openness import Ruling, openness_of
from disposals.disclosure.own_development import warnings_of
from disposals.exemption import paragraph
from disposals.finding import counting, find_case, holdings_of
from disposals.records import evidence_kinds
from disposals.records.base import Evidence
from disposals.records.cases import HistoryEntry
from disposals.register import Register
from sites.record import Record
from sites.records import Constraint, Occupation, Site

_NOT_SHOWN = frozenset({"classification", "information_request"})
UNSAID = "Not classified: exempt until somebody declares it open, with a reason."


@dataclass(frozen=True, slots=True)
class Withheld:
    """Values of one kind that are withheld for one reason.

    Attributes:
        fields: their names; “content” stands for what is in a document.
        paragraphs: of Schedule 12A; none where nobody has classified it.
        because: the reason, in words that may be published.
        sources: what the paragraphs say, as cited.
        review_on: when the public interest is weighed again.
        until: when it is released, in words; None where nothing is set.
    """

    kind: str
    fields: tuple[str, ...]
    paragraphs: tuple[int, ...]
    because: str
    sources: tuple[str, ...]
    review_on: date | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """How one entry stands, for officers alone.

    Attributes:
        entry: its name, as in bid-12.
        field: the one field of it that was classified on its own.
    """

    entry: str
    field: str | None
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Paper:
    """An open document: the case on which it is recorded, its number, and the kind of its file.

    Attributes:
        sha256: the hash of what is in it.
        suffix: such as .pdf; the name itself may tell what is not open.
    """

    reference: str
    entry: int
    sha256: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What is open to an audience on a day, and what is withheld from it.

    Attributes:
        open: by kind, the values of each entry that has any.
        documents: each open document; what is in one is asked of `documents.content`.
        entries: how each entry stands; for officers alone, else empty.
        warnings: where the law may take an exemption away, naming entries and no value.
    """

    reference: str
    audience: Audience
    on: date
    open: Mapping[str, tuple[Mapping[str, Any], ...]]
    documents: tuple[Paper, ...]
    withheld: tuple[Withheld, ...]
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...]


def statement(register: Register, ref: str, *, audience: Audience, on: date) -> Statement:
    """State what an audience may see of a disposal on a day, and what is withheld and why.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.asked(on).read() as session:
        case = find_case(session, ref)
        shown: dict[str, list[Mapping[str, Any]]] = {}
        kept: dict[tuple[str, Ground], dict[str, None]] = {}
        entries: list[Entry] = []
        documents: list[Paper] = []
        for row in _rows(session, ref):
            name = str(row.__tablename__)
            workings = unsaid(name)
            told = {k: v for k, v in fields_of(row, audience).items() if k not in workings}
            if told:
                shown.setdefault(name, []).append(told)
            for field, key in _withheld(row, told, audience):
                kept.setdefault(key, {})[field] = None
            if isinstance(row, Evidence) and audience is Audience.OFFICER:
                entries += _entries(row)
            if name == "document" and may_see(row, audience):
                document: Any = row
                documents.append(
                    Paper(
                        document.disposal_ref, document.id, document.sha256,
                        Path(document.file_name).suffix.lower(),
                    )
                )  # fmt: skip
        found = tuple(warnings_of(session, case, on))
        withheld = [
            _as_told(key, tuple(fields), case.authority, on) for key, fields in kept.items()
        ]
    return Statement(
        reference=ref,
        audience=audience,
        on=on,
        open={name: tuple(rows) for name, rows in shown.items()},
        documents=tuple(documents),
        withheld=tuple(withheld),
        entries=tuple(entries),
        warnings=found,
    )


def _rows(session: Session, ref: str) -> Iterator[Record]:
    """The case, its sites and what lies on them, its moves, and every entry that counts for it."""
    case = find_case(session, ref)
    yield case
    for holding in holdings_of(session, ref):
        yield holding
        site = session.get(Site, holding.site_ref)
        if site is not None:
            yield site
        for kind in (Constraint, Occupation):
            of_site = col(kind.site_ref) == holding.site_ref
            yield from session.exec(select(kind).where(of_site).order_by(col(kind.id)))
    moves = select(HistoryEntry).where(
        HistoryEntry.disposal_ref == ref,
        col(HistoryEntry.from_stage).is_distinct_from(col(HistoryEntry.to_stage)),
    )
    yield from session.exec(moves.order_by(col(HistoryEntry.no)))
    for name, evidence in evidence_kinds().items():
        if name not in _NOT_SHOWN:
            yield from counting(session, evidence, case)


def _entries(row: Evidence) -> Iterator[Entry]:
    openness = openness_of(row)
    name = f"{str(row.__tablename__).replace('_', '-')}-{row.id}"
    yield Entry(name, None, openness.ruling(row))
    for field, ruling in openness.of_fields(row).items():
        yield Entry(name, field, ruling)


def _withheld(
    row: Record, told: Mapping[str, Any], audience: Audience
) -> Iterator[tuple[str, tuple[str, Ground]]]:
    """Each field with a value that the audience does not see, and on which ground."""
    if audience is Audience.OFFICER:
        return
    name = str(row.__tablename__)
    names = [*type(row).model_fields, *(["content"] if name == "document" else [])]
    for field in names:
        if field in told or field in unsaid(name) or getattr(row, field, "") is None:
            continue
        if field == "content" and may_see(row, audience):
            continue
        yield field, (name, ground_of(row, field))


def _as_told(
    key: tuple[str, Ground], fields: tuple[str, ...], authority: str, on: date
) -> Withheld:
    kind, ground = key
    sources = tuple(paragraph(authority, on, number).cited for number in ground.paragraphs)
    reason = ground.because or ("; ".join(sources) if sources else UNSAID)
    return Withheld(
        kind, fields, ground.paragraphs, reason, sources, ground.review_on, ground.until
    )
