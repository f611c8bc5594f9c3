"""A ledger for a register that had none: what is there is taken as it is.

The chain vouches from that day on. What was done to the rows before it, nothing can tell.
"""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Connection

from disposals.history.digests import PERSONAL, covered, digest, erased_person, fields
from disposals.history.ledger import People, Written, append
from disposals.history.raw import Raw, columns_of, raw_of


def take_over(
    connection: Connection,
    keys: Mapping[str, str],
    *,
    because: str,
    continue_keys: Callable[[Connection], None],
) -> None:
    """Chain the history of every case as it stands, and enter every row in the ledger.

    Args:
        keys: the column of the key of every table.
        because: what tells an auditor that these rows were there before.
        continue_keys: lets every sequence of keys go on from the highest that there is.
    """
    raw = raw_of(connection)
    written: Written = {}
    people = People(raw, written)
    for name, number in _erased_before(raw, keys).items():
        people.keep(name, number)
    continue_keys(connection)
    cursor = raw.execute("SELECT * FROM history_entry ORDER BY disposal_ref, no")
    names = [about[0] for about in cursor.description]
    at = covered("history_entry", "id", names)
    heads: dict[str, str] = {}
    for row in cursor.fetchall():
        entry = dict(zip(names, row, strict=True))
        entry["previous_hash"] = heads.get(entry["disposal_ref"], "")
        hash_ = digest(fields([names[i] for i in at], [entry[names[i]] for i in at], people))
        raw.execute(
            "UPDATE history_entry SET previous_hash = ?, hash = ? WHERE id = ?",
            (entry["previous_hash"], hash_, entry["id"]),
        )
        heads[entry["disposal_ref"]] = hash_
    for table, key in keys.items():
        for (found,) in raw.execute(f"SELECT {key} FROM {table} ORDER BY {key}"):  # noqa: S608
            written[table, key, found] = None
    append(connection, written, because=because)


def _erased_before(raw: Raw, tables: Iterable[str]) -> Mapping[str, int]:
    """What stands for names that were erased under an earlier ledger, with their numbers."""
    found = {
        name
        for table in tables
        for column in PERSONAL.intersection(columns_of(raw, table))
        for (name,) in raw.execute(
            f"""SELECT DISTINCT "{column}" FROM {table} WHERE "{column}" LIKE '(name %'"""  # noqa: S608
        ).fetchall()
    }
    numbers = ((name, erased_person(name)) for name in sorted(found))
    return {name: number for name, number in numbers if number is not None}
