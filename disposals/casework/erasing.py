"""The name of someone who acted, erased from the register; what they did stays, and is vouched for.

UK GDPR, article 17: a name that is no longer needed. What vouches for a row is not the name but a
commitment to it, salted, which tells nothing once name and salt are gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import String
from sqlmodel import Session

from disposals.casework.acts import Stamp
from disposals.casework.validating import required, validated
from disposals.errors import NotAllowed, NotRecorded
from disposals.history.digests import PERSONAL, erased
from disposals.history.raw import raw_in
from disposals.records import vouched_for
from disposals.records.ledger import Erasure
from disposals.register import Register
from sites.record import Record


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did.

    Attributes:
        stands_as: what stands in place of the name.
        rows: how many rows it stood in.
        left: where the name still stands because it is part of what was recorded: table, column
            and number of rows.
    """

    stands_as: str
    rows: int
    left: tuple[tuple[str, str, int], ...]


def erase_name(register: Register, name: str, stamp: Stamp, *, because: str | None) -> Erased:
    """Erase the name of someone who acted, from every row that says who recorded it.

    Raises:
        BadFact: no reason is given.
        NotRecorded: nobody of that name has acted.
        NotAllowed: they would erase their own name, which the erasure itself would bear.
    """
    reason = required(because, "erase a name")
    with register.write() as session:
        raw = raw_in(session)
        register.storage.forgets(raw)
        found = raw.execute("SELECT id FROM person WHERE name = ?", (name,)).fetchone()
        if found is None:
            raise NotRecorded(
                f"Nobody called “{name}” has acted in this register. Write the name as "
                "`disposals history` shows it."
            )
        if name == stamp.by:
            raise NotAllowed(
                f"The erasure would bear the name that it erases. Let someone other than {name} "
                "do it, with `--by`."
            )
        person = int(found[0])
        _enter(session, person, reason, stamp)
        stands_as = erased(person)
        rows = sum(
            raw.execute(
                f'UPDATE {table} SET "{column}" = ? WHERE "{column}" = ?',  # noqa: S608
                (stands_as, name),
            ).rowcount
            for table, column, _ in _texts()
            if column in PERSONAL
        )
        raw.execute("UPDATE person SET name = NULL, salt = NULL WHERE id = ?", (person,))
        left = tuple(
            (table, column, count)
            for table, column, asked in _texts()
            if (count := raw.execute(asked, (name,)).fetchone()[0])
        )
    register.storage.overwrite_freed()
    return Erased(stands_as, rows, left)


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


def _texts() -> Iterator[tuple[str, str, str]]:
    """Every column of text, and a question that counts where a name stands in it."""
    for table in vouched_for():
        for column in Record.metadata.tables[table].columns:
            if isinstance(getattr(column.type, "impl", column.type), String):
                within = f"""replace("{column.name}", ?, '') <> "{column.name}\""""
                asked = f"SELECT count(*) FROM {table} WHERE {within}"  # noqa: S608
                yield table, column.name, asked
