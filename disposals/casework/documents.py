"""Documents attached to a case: kept first, then recorded."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from disposals.casework.acts import Act, Stamp, acting
from disposals.casework.cases import refuse_if_ended
from disposals.errors import BadFact
from disposals.filing import kept
from disposals.finding import find_case, own_in_force
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
        CannotWrite: the folder of documents can't be written.
    """
    with register.read() as session:  # a reference that is wrong leaves no file behind
        find_case(session, ref)
    sha256, size = kept(register.storage.documents, path)
    with (
        register.write() as session,
        acting(session, ref, "document attached", stamp, seen=seen) as act,
    ):
        enter(act, {**facts, "file_name": path.name, "sha256": sha256, "size_bytes": size})
    return sha256


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
