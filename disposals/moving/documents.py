"""The documents of a register, carried to where those of another place lie."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from disposals.filing import bringing, content_of, place_of
from disposals.storage import Storage

_TOLD = text("SELECT DISTINCT sha256 FROM document ORDER BY sha256")


def see_to_folders(register: Connection, source: Storage, target: Storage) -> None:
    """See, before anything is carried over, that documents have a place to come from and go to.

    Raises:
        NoDocuments: there are some, and one of the places does not say where they lie.
        CannotWriteRegister: the folder at the target can't be made.
    """
    if register.execute(_TOLD).first() is not None:
        _ = source.documents
        target.take_documents(new=True)


@contextmanager
def carried(register: Connection, source: Storage, target: Storage) -> Iterator[int]:
    """Copy the documents a register tells of, each held against its hash; says how many there are.

    If the block raises, those that were not there before are removed again.

    Raises:
        NoDocuments: there are some, and one of the places does not say where they lie.
        DamagedDocument: one is missing or altered at the source.
        CannotWrite: one can't be written at the target.
    """
    names = register.execute(_TOLD).scalars().all()
    if not names:
        yield 0
        return
    there = source.documents
    with bringing(target.take_documents(new=True)) as bring:
        for sha256 in names:
            content_of(there, sha256)
            bring(sha256, place_of(there, sha256))
        yield len(names)
