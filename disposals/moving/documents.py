"""The documents of a register, carried to where those of another place lie."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from disposals.filing import bringing, content_of, place_of
from disposals.storage import Storage


@contextmanager
def carried(register: Connection, source: Storage, target: Storage) -> Iterator[int]:
    """Copy the documents a register tells of, each held against its hash; says how many there are.

    If the block raises, those that were not there before are removed again.

    Raises:
        NoDocuments: there are some, and one of the places does not say where they lie.
        DamagedDocument: one is missing or altered at the source.
        CannotWrite: one can't be written at the target.
    """
    told = text("SELECT DISTINCT sha256 FROM document ORDER BY sha256")
    names = register.execute(told).scalars().all()
    if not names:
        yield 0
        return
    there = source.documents
    with bringing(target.take_documents(new=True)) as bring:
        for sha256 in names:
            content_of(there, sha256)
            bring(sha256, place_of(there, sha256))
        yield len(names)
