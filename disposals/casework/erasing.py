"""The name of someone who acted, erased from the register; what they did stays, and is vouched for.

UK GDPR, article 17: a name that is no longer needed. What vouches for a row is not the name but a
commitment to it, salted, which tells nothing once name and salt are gone.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from sqlalchemy import String
from sqlmodel import Session

from disposals.casework.acts import Stamp
from disposals.casework.validating import required, validated
from disposals.errors import NotAllowed, NotRecorded
from disposals.history.digests import PERSONAL, erased
from disposals.history.raw import Raw, raw_in
from disposals.records import vouched_for
from disposals.records.ledger import Erasure
from disposals.register import Register
from disposals.words import is_same_name, listed
from sites.record import Record


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did.

    Attributes:
        stands_as: what stands in place of the name; two where an older release kept it in two ways.
        rows: how many rows it stood in.
        left: where the name still stands because it is part of what was recorded: table, column
            and number of rows.
    """

    stands_as: str
    rows: int
    left: tuple[tuple[str, str, int], ...]


def erase_name(register: Register, name: str, stamp: Stamp, *, because: str | None) -> Erased:
    """Erase the name of someone who acted, from every row that says who recorded it.

    A name that is kept in several ways, an é as one character and as two, is erased in all of them.

    Raises:
        BadFact: no reason is given.
        NotRecorded: nobody of that name has acted.
        NotAllowed: they would erase their own name, which the erasure itself would bear.
    """
    reason = required(because, "erase a name")
    with register.write() as session:
        raw = raw_in(session)
        register.storage.forgets(raw)
        people = raw.execute("SELECT id, name FROM person WHERE name IS NOT NULL ORDER BY id")
        found = [(person, kept) for person, kept in people if is_same_name(kept, name)]
        if not found:
            raise NotRecorded(
                f"Nobody called “{name}” has acted in this register. Write the name as "
                "`disposals history` shows it."
            )
        if is_same_name(name, stamp.by):
            raise NotAllowed(
                f"The erasure would bear the name that it erases. Let someone other than "
                f"{stamp.by} do it, with `--by`."
            )
        rows = 0
        for person, kept in found:
            _enter(session, person, reason, stamp)
            rows += _give_way(raw, person, kept)
        left = tuple(_left(raw, {kept for _, kept in found}))
    register.storage.overwrite_freed()
    return Erased(listed(erased(person) for person, _ in found), rows, left)


def _give_way(raw: Raw, person: int, name: str) -> int:
    """Put what stands for a person in place of their name; in how many rows it stood."""
    rows = sum(
        raw.execute(
            f'UPDATE {table} SET "{column}" = ? WHERE "{column}" = ?',  # noqa: S608
            (erased(person), name),
        ).rowcount
        for table, column in _texts()
        if column in PERSONAL
    )
    raw.execute("UPDATE person SET name = NULL, salt = NULL WHERE id = ?", (person,))
    return rows


def _enter(session: Session, person: int, reason: str, stamp: Stamp) -> None:
    """The erasure first: the register lets a name give way only to one that is recorded."""
    session.add(
        validated(
            Erasure,
            {
                "person_id": person, "because": reason,
                "recorded_by": stamp.by, "recorded_at": stamp.at,
            },
        )
    )  # fmt: skip
    session.flush()


def _left(raw: Raw, names: set[str]) -> Iterator[tuple[str, str, int]]:
    """Where a name stands as a word of its own in what was recorded, with the number of rows."""
    typed = names | {normalize(form, name) for name in names for form in ("NFC", "NFD")}
    # The details of an act are kept as JSON, where a quote stands behind a stroke.
    ways = typed | {json.dumps(name, ensure_ascii=False)[1:-1] for name in typed}
    stands = re.compile("|".join(rf"(?<!\w){re.escape(way)}(?!\w)" for way in ways))
    for table, column in _texts():
        if column in PERSONAL:
            continue
        for_each = " OR ".join([f"""replace("{column}", ?, '') <> "{column}\""""] * len(ways))
        told = raw.execute(f'SELECT "{column}" FROM {table} WHERE {for_each}', (*ways,))  # noqa: S608
        if count := sum(1 for (text,) in told if stands.search(text)):
            yield table, column, count


def _texts() -> Iterator[tuple[str, str]]:
    """Every column of text, by table."""
    for table in vouched_for():
        for column in Record.metadata.tables[table].columns:
            if isinstance(getattr(column.type, "impl", column.type), String):
                yield table, column.name
