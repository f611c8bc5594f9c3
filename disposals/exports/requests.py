"""What is given in answer to a request for information: one archive, the same bytes each time."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from disposals.disclosure import documents
from disposals.disclosure.answers import Bundle
from disposals.disclosure.fields import Audience
from disposals.disclosure.statement import Paper as Attached
from disposals.disclosure.statement import Statement, Withheld
from disposals.exemption import FOI_USUALLY
from disposals.exports.paper import Block, Boxed, Cell, Heading, Paper, Said, Table, pdf
from disposals.register import Register
from disposals.words import day, listed, plainly
from sites.writing import whole_file

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can tell
_SUFFIXES = frozenset(
    {".csv", ".docx", ".geojson", ".html", ".jpg", ".md", ".odt", ".pdf", ".png", ".txt", ".xlsx"}
)
_COLUMNS = (
    "disposal", "kind", "values", "schedule_12a_paragraphs", "foi_exemption", "because",
    "review_on", "until",
)  # fmt: skip


def write_bundle(register: Register, path: Path, told: Bundle) -> int:
    """Write the bundle, whole or not at all; says how many documents are in it.

    In it: `records.json`, a CSV file for each kind of record, the documents that are open, each
    held against its hash, and the schedule of what is withheld as PDF and as CSV.

    Raises:
        DamagedDocument: a document that is open is gone, or is not what was attached.
        CannotWrite: the file can't be written; what was there before stays.
    """
    papers, stood = _documents(told), register.as_it_stood(told.on)
    with whole_file(path) as file, zipfile.ZipFile(file, "w") as archive:
        for name, content in _records(told):
            _put(archive, name, content)
        for name, paper in papers.items():
            _, inside = documents.content(
                stood, paper.reference, paper.entry, audience=Audience.PUBLIC
            )
            _put(archive, name, inside)
        _put(archive, "withheld.csv", _csv(_COLUMNS, map(dict, _withheld_rows(told))))
        _put(archive, "withheld.pdf", pdf.content(_schedule(told)))
    return len(papers)


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    about = zipfile.ZipInfo(name, _EPOCH)
    about.compress_type = zipfile.ZIP_DEFLATED
    about.create_system = 3  # on every machine the same
    about.external_attr = 0o644 << 16
    archive.writestr(about, content, compresslevel=9)


def _records(told: Bundle) -> Iterator[tuple[str, bytes]]:
    papers = {paper.sha256: name for name, paper in _documents(told).items()}
    whole = {
        "council": told.council,
        "as_at": told.on,
        "request": told.request,
        "disposals": [
            {
                "reference": each.reference,
                "open": each.open,
                "documents": [papers[paper.sha256] for paper in each.documents],
            }
            for each in told.statements
        ],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=2, default=str)
    yield "records.json", f"{text}\n".encode()
    kinds = dict.fromkeys(kind for each in told.statements for kind in each.open)
    for kind in sorted(kinds):
        rows = [
            {"disposal": each.reference, **row}
            for each in told.statements
            for row in each.open.get(kind, ())
        ]
        columns = dict.fromkeys(name for row in rows for name in row)
        yield f"records/{kind}.csv", _csv(tuple(columns), rows)


def _csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows({name: _safe(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is shown as text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@"} else value


def _documents(told: Bundle) -> dict[str, Attached]:
    """By its name in the archive each open document, once however many cases it counts for."""
    once = {paper.sha256: paper for each in told.statements for paper in each.documents}
    return {
        f"documents/{number}{paper.suffix if paper.suffix in _SUFFIXES else ''}": paper
        for number, paper in enumerate(once.values(), start=1)
    }


def _withheld_rows(told: Bundle) -> Iterator[dict[str, Any]]:
    for each in told.statements:
        for kept in each.withheld:
            yield {
                "disposal": each.reference,
                "kind": plainly(kept.kind),
                "values": listed(map(plainly, kept.fields)),
                "schedule_12a_paragraphs": ", ".join(map(str, kept.paragraphs)),
                "foi_exemption": _exemption(told, kept),
                "because": kept.because,
                "review_on": kept.review_on or "",
                "until": kept.until or "",
            }


def _exemption(told: Bundle, kept: Withheld) -> str:
    """The sections that usually go with the paragraphs, marked where the answer names them not."""
    usual = dict.fromkeys(FOI_USUALLY[n] for n in kept.paragraphs if n in FOI_USUALLY)
    named = told.exemptions or ""
    return ", ".join(
        section if section in named else f"{section} (not named in the answer)" for section in usual
    )


def _schedule(told: Bundle) -> Paper:
    reference = told.request["reference"]
    return Paper(
        title="What is withheld, and why",
        subtitle=f"Request {reference}, received {day(told.request['received_on'])}",
        author=told.council,
        on=told.on,
        marking="Freedom of Information Act 2000: schedule to the answer.",
        foot=f"{told.council} · {reference} · as at {day(told.on)} · {told.stamp}",
        blocks=tuple(_blocks(told)),
    )


def _blocks(told: Bundle) -> Iterator[Block]:
    yield Boxed(
        f"This schedule names each value that is withheld as at {day(told.on)}, and shows none. "
        "What is recorded of these disposals and is not named here is in the bundle, save what "
        "the register keeps for its own working and the shapes of the land."
    )
    if told.exemptions is None:
        yield Said("No answer is recorded yet, so the sections named here are the usual ones.")
    else:
        yield Said(f"Exemptions relied on: {told.exemptions}.")
    if told.public_interest:
        yield Said(f"The public interest: {told.public_interest}")
    for each in told.statements:
        yield Heading(each.reference)
        yield from _case(told, each)


def _case(told: Bundle, each: Statement) -> Iterator[Block]:
    if not each.withheld:
        yield Said("Nothing is withheld.")
        return
    yield Table(
        ("What", "Values", "Schedule 12A paragraph", "FOI Act", "Why", "Until"),
        tuple(
            (
                Cell(plainly(kept.kind)),
                Cell(listed(map(plainly, kept.fields))),
                Cell(", ".join(map(str, kept.paragraphs)) or "not classified"),
                Cell(_exemption(told, kept)),
                Cell(kept.because),
                Cell(kept.until or "not set"),
            )
            for kept in each.withheld
        ),
        (3, 6, 3, 3, 6, 3),
    )
