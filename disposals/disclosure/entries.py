"""Entries of evidence on a case: what stands, and what stood before it was corrected."""

from collections.abc import Iterable, Mapping
from typing import Any

from disposals.disclosure.fields import Audience
from disposals.disclosure.rows import facts_of, of_case, own_in_force
from disposals.errors import NotRecorded
from disposals.finding import find_case
from disposals.records import evidence_kinds
from disposals.records.base import Evidence
from disposals.register import Register

SEALED = "sealed until the opening"
# What locks and opens sealed bids is nobody's to read.
NEVER = frozenset({"public_key", "locked_key"})


def entries(
    register: Register, ref: str, kinds: Iterable[str], *, audience: Audience
) -> list[dict[str, Any]]:
    """The entries in force on a case itself, of some kinds, oldest first.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        find_case(session, ref)
        return [
            {"entry": named(kind, row), **told}
            for kind in kinds
            for row in own_in_force(session, evidence_kinds()[kind], ref, audience)
            if (told := _told(row))
        ]


def versions_of(
    register: Register, ref: str, kind: str, entry: int, *, audience: Audience
) -> list[dict[str, Any]]:
    """An entry as it stands, and every one that it corrected or carried forward, newest first.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: it has no such entry that the audience may see.
    """
    with register.read() as session:
        find_case(session, ref)
        rows = {row.id: row for row in of_case(session, evidence_kinds()[kind], ref, audience)}
        told = [
            {"entry": named(kind, row), **seen}
            for row in _back_from(rows, entry)
            if (seen := _told(row))
        ]
    if not told:
        raise NotRecorded(
            f"{ref} has no {kind.replace('_', '-')}-{entry} of its own. Its list shows those there "
            "are."
        )
    return told


def later_than(register: Register, ref: str, kind: str, entry: int) -> str | None:
    """The entry that stands in place of one that was corrected; None where that one stands.

    For officers alone, who would correct it.
    """
    with register.read() as session:
        rows = of_case(session, evidence_kinds()[kind], ref, Audience.OFFICER)
    after = {row.replaces: row for row in rows}
    found = after.get(entry)
    if found is None:
        return None
    while (later := after.get(found.id)) is not None:
        found = later
    return named(kind, found)


def named(kind: str, row: Evidence) -> str:
    """An entry as people name it: bid-12, statement-line-3."""
    return f"{kind.replace('_', '-')}-{row.id}"


def _back_from(rows: Mapping[int | None, Evidence], entry: int) -> Iterable[Evidence]:
    row = rows.get(entry)
    while row is not None:
        yield row
        row = None if row.replaces is None else rows.get(row.replaces)


def _told(row: Evidence) -> dict[str, Any]:
    values = {name: value for name, value in facts_of(row).items() if name not in NEVER}
    if values.get("sealed"):
        values["sealed"] = SEALED
    return values
