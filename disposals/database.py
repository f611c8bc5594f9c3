"""The place of a register, for whoever looks after the machine: made ready, and looked at."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from disposals.disclosure.audit import verified
from disposals.errors import BadFact, NoDocuments
from disposals.filing import DamagedDocument, content_of, refuse_no_folder
from disposals.history.raw import raw_of
from disposals.records import FORMAT, evidence_kinds
from disposals.register import Register, create_register, is_there, open_register
from disposals.storage import Storage
from disposals.storage.address import Address, Place
from disposals.storage.findings import Finding, ill, well
from disposals.storage.structure import lost
from disposals.words import counted, some


@dataclass(frozen=True, slots=True)
class Created:
    """What was made, of what was not there.

    Attributes:
        register: whether the register itself was made.
        roles: the roles that were made.
        elsewhere: other databases of the server in which these roles may do something.
    """

    register: bool
    roles: tuple[str, ...]
    elsewhere: tuple[str, ...]


def create(place: Place, *, authority: str | None, at: datetime) -> Created:
    """Make a database ready: PostGIS, an empty register where there is none, roles, their rights.

    What is there stays, so that it can be said again after an upgrade; rights that the roles have
    beyond theirs are taken away.

    Args:
        authority: without it, of a new register England's, and of one that is there its own.

    Raises:
        AlreadyRecorded: the register that is there is another authority's.
        BadFact: the place is a file.
        CannotReachRegister: the server can't be reached, or does not let this user in.
        CannotWriteRegister: this user may not do it, or PostGIS is missing.
    """
    if not isinstance(place, Address):
        raise BadFact(
            f"{place} is a file, which needs no database made ready: `disposals init` makes it."
        )
    from disposals.storage.postgres.making_ready import add_postgis, add_roles, in_turn

    with in_turn(place):
        add_postgis(place)
        made = not is_there(place)
        if made:
            create_register(place, authority=authority or "england", at=at)
        else:
            register = open_register(place)
            register.close()
            if authority is not None:
                register.refuse_other(authority)
        roles, elsewhere = add_roles(place)
    return Created(made, tuple(roles), tuple(elsewhere))


def check(place: Place) -> list[Finding]:
    """Look at a register and its place from the outside in.

    Raises:
        NoRegister, NotARegister, NewerRegister, OlderRegister: there is none of this version.
        CannotReachRegister: the server can't be reached, or does not let this user in.
        CannotWriteRegister: its PostGIS is missing, or it or the server is too old.
    """
    register = open_register(place)
    try:
        with register.storage.in_words():
            return list(_findings(register))
    finally:
        register.close()


def _findings(register: Register) -> Iterator[Finding]:
    storage = register.storage
    yield well(f"It is a register of format {FORMAT}, for {register.authority}.")
    yield from storage.findings()
    with register.read() as session:
        gone = lost(session.connection())
    if any(gone):
        yield ill(
            "Of what a register is built of, this is missing: "
            f"{some([*gone.kept, *gone.seen_to])}. Bring the register back from a backup, or ask "
            "who changed it."
        )
    else:
        yield well("Tables, columns, constraints and indexes are all there.")
    if gone.kept:
        return
    with register.read() as session:
        raw, kinds = raw_of(session.connection()), evidence_kinds()
        amiss, strangers = storage.guards_amiss(raw, kinds), storage.strangers(raw, kinds)
    yield Finding(
        not amiss,
        f"Of what keeps history and evidence unaltered, this is missing or changed: {some(amiss)}. "
        "Bring the register back from a backup, or ask who changed it."
        if amiss
        else "What keeps history and evidence unaltered is all there.",
    )
    if strangers:
        yield ill(
            "This could alter what is written or told, or keep it out, and was not made by this "
            f"program: {some(strangers)}. Ask who made it; look at what was recorded since; then "
            "drop it."
        )
    found = verified(register)
    yield Finding(
        not found.faults,
        f"{found.faults[0]} `disposals audit verify` names all."
        if found.faults
        else f"No sign of tampering in {counted(found.rows, 'row')}; the seal is {found.seal}.",
    )
    yield _documents(register, storage)


def _documents(register: Register, storage: Storage) -> Finding:
    with register.read() as session:
        asked = raw_of(session.connection()).execute("SELECT DISTINCT sha256 FROM document")
        held = [sha256 for (sha256,) in asked]
    named = not isinstance(register.place, Address) or register.place.folder is not None
    if not (held or named):
        return well("It has no documents, and its address names no folder for them.")
    try:
        folder = storage.documents
        if isinstance(register.place, Address):
            refuse_no_folder(folder)
        for sha256 in held:
            content_of(folder, sha256)
    except (NoDocuments, DamagedDocument) as error:
        return ill(str(error))
    may_write = os.access(_nearest(folder), os.W_OK | os.X_OK)
    told = f"{counted(len(held), 'document')} in {folder}"
    if not may_write:
        return ill(f"{told}, where you may not write.")
    if not held:
        return well(f"It has no documents yet; they will lie in {folder}.")
    return well(f"{told}, each as it was attached.")


def _nearest(folder: Path) -> Path:
    """A folder, or the one in which it would be made."""
    return next(each for each in (folder, *folder.absolute().parents) if each.exists())
