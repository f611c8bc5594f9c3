"""Documents out: the content of one, and whether all are still what they were."""

from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, select

from disposals.casefile import in_force
from disposals.disclosure.fields import Audience, may_see
from disposals.disclosure.rows import seen
from disposals.errors import NotRecorded
from disposals.filing import DamagedDocument, content_of
from disposals.finding import find_case, rows_of
from disposals.records.documents import Document
from disposals.register import Register


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of reading every document.

    Attributes:
        damaged: for each that is not what it was, a sentence.
    """

    sound: int
    damaged: tuple[str, ...]


def content(register: Register, ref: str, entry: int, *, audience: Audience) -> tuple[str, bytes]:
    """A document's file name and content, held against its hash.

    The name is that of its entry where its own is kept back: it may tell what is not open.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: it has no such document that the audience may see.
        DamagedDocument: it is gone, or was altered.
    """
    with register.read() as session:
        find_case(session, ref)
        found = next(
            (
                (seen(row, audience), row.file_name, row.sha256)
                for row in in_force(rows_of(session, Document, [ref]))
                if row.id == entry and may_see(row, audience)
            ),
            None,
        )
    if found is None:
        raise NotRecorded(f"{ref} has no document {entry}. `disposals document list {ref}` lists.")
    told, name, sha256 = found
    shown = told.file_name or f"document-{entry}{Path(name).suffix.lower()}"
    return shown, content_of(register.storage.documents, sha256)


def verified(register: Register) -> Verified:
    """Read every document of the register against its hash; for officers, titles are told."""
    with register.read() as session:
        rows = session.exec(select(Document).order_by(col(Document.id))).all()
    sound, damaged = 0, []
    for row in {row.sha256: row for row in rows}.values():
        try:
            content_of(register.storage.documents, row.sha256)
            sound += 1
        except DamagedDocument as error:
            damaged.append(f"{row.disposal_ref}, “{row.title}”: {error}")
    return Verified(sound, tuple(damaged))
