"""Documents attached to a case: recorded and kept, or neither."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlmodel import Session, select

from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.errors import BadFact, DisposalsError
from disposals.filing import hashed, keep, lies_at, place_of
from disposals.finding import own_in_force
from disposals.records.documents import Document
from disposals.register import Register


def attach(
    register: Register,
    ref: str,
    path: Path,
    facts: Mapping[str, Any],
    stamp: Stamp,
    *,
    seen: int,
) -> str:
    """Attach a file to a case; says the hash of its content (SHA-256).

    Raises:
        UnreadableFile: it can't be read, or is empty.
        BadFact: the same content is attached to the case already.
        NoDocuments: the folder of documents is not there.
        DamagedDocument: something else lies under its hash in that folder.
        CannotWrite, CannotWriteRegister: it can't be written.
    """
    sha256, size = hashed(path)
    with (
        keeping(register, {sha256: path}) as keep_it,
        register.write() as session,
        acting(session, ref, "document attached", stamp, seen=seen) as act,
    ):
        enter(act, {**facts, "file_name": path.name, "sha256": sha256, "size_bytes": size})
        before_commit(session, keep_it)
    return sha256


@contextmanager
def keeping(register: Register, files: Mapping[str, Path]) -> Iterator[Callable[[], None]]:
    """What keeps files under their hashes, as the last thing before the commit.

    If that fails, those that were not there before are removed again from the folder of a file, but
    not what a row names: someone else may have attached the same since, or the commit have come to
    its end. A folder that an address names may be another register's, too, so there they stay.
    """
    kept: list[Path] = []

    def keep_all() -> None:
        if files:
            folder = register.storage.take_documents()
            for sha256, source in files.items():
                if not lies_at(place_of(folder, sha256)):
                    kept.append(place_of(folder, sha256))
                keep(folder, sha256, source)

    try:
        yield keep_all
    except BaseException:
        if kept and isinstance(register.place, Path):
            # Where the register does not answer they stay, for it may name them.
            with suppress(DisposalsError, OSError), register.write() as session:
                _remove_unnamed(session, kept)
        raise


def before_commit(session: Session, keep: Callable[[], None]) -> None:
    """Keep files when all else of a write unit is done and nothing can be refused any more."""
    event.listen(session, "before_commit", lambda _: keep(), once=True)


def _remove_unnamed(session: Session, kept: Iterable[Path]) -> None:
    """Remove documents that no row names, while nobody else can attach them."""
    for path in kept:
        if session.exec(select(Document.id).where(Document.sha256 == path.name)).first() is None:
            path.unlink(missing_ok=True)


def enter(act: Act, facts: Mapping[str, Any]) -> None:
    """Record a document that is kept already, within an act that has begun.

    Raises:
        BadFact: the same content is attached to the case already.
    """
    ref = act.case.ref
    if act.case.stage != "in_parts":  # the papers of a site go on while its parts are sold
        refuse_if_ended(act.case)
    for other in own_in_force(act.session, Document, ref):
        if other.sha256 == facts["sha256"]:
            raise BadFact(
                f"{facts['file_name']} is attached to {ref} already, as document {other.id}, "
                f"“{other.title}”."
            )
    act.record(Document, facts)
