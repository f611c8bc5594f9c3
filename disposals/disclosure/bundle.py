"""One case as an auditor outside the council needs it: rows as they are stored, and what vouches.

For officers alone, to hand on: it holds what is exempt. There is none for the public, because a
digest of a row whose other fields are known would give an exempt figure away to whoever guesses.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from disposals.errors import NotARegister
from disposals.finding import find_case, parts_of
from disposals.history.digests import PERSONAL, body, erased
from disposals.history.raw import Raw, columns_of, raw_of
from disposals.history.seals import Seal
from disposals.records import vouched_for
from disposals.register import Register

_PARSED = ("report", "details")
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is recorded about a case, its whole and its parts.

    Attributes:
        rows: by table, each row as it is stored, in order of its key; blobs as {"hex": …}.
        history: the entries with facts and gates, as they stood, as objects.
        ledger: of the whole register; an entry that tells of none of the rows as its hash alone.
    """

    rows: Mapping[str, list[_Row]]
    history: list[_Row]
    ledger: list[str | _Row]
    seal: str


def bundle_of(register: Register, ref: str) -> Bundle:
    """All that an auditor needs to verify a case without this program.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotARegister: the file is damaged, so that a row of the case could be passed over.
    """
    damaged = register.storage.damage()
    if damaged:
        raise NotARegister(
            f"{register.place} is damaged ({damaged[0]}), so no bundle was made of it: something "
            "could be missing. docs/audit.md says how to go on."
        )
    with register.read() as session:
        case = find_case(session, ref)
        family = [ref, *([case.whole_ref] if case.whole_ref else [])]
        family += [part.ref for part in parts_of(session, ref)]
        raw, keys = raw_of(session.connection()), vouched_for()
        return _gathered(raw, keys, family)


def _gathered(raw: Raw, keys: Mapping[str, str], family: list[str]) -> Bundle:
    found: dict[str, dict[Any, _Row]] = {table: {} for table in keys}
    sites = [row["site_ref"] for row in _where(raw, "holding", "disposal_ref", family)]
    for table in keys:
        names = columns_of(raw, table)
        if table in {"disposal", "site"}:
            rows = _where(raw, table, "ref", family if table == "disposal" else sites)
        elif "disposal_ref" in names:
            rows = _where(raw, table, "disposal_ref", family)
        else:
            rows = _where(raw, table, "site_ref", sites) if "site_ref" in names else iter(())
        found[table] = {row[keys[table]]: row for row in rows}
    told = _ledger(raw)
    _with_all_they_wrote(raw, keys, found, told)
    _with_people(raw, found)
    history = sorted(found["history_entry"].values(), key=lambda row: row["id"])
    return Bundle(
        rows={
            table: sorted(rows.values(), key=lambda row: row[keys[table]])
            for table, rows in found.items()
            if rows
        },
        history=[
            {n: json.loads(v) if n in _PARSED and v else v for n, v in row.items()}
            for row in history
        ],
        ledger=[
            {"rows": rows, "marks": marks, "because": because or ""}
            if any(key in found[table] for table, key, _ in json.loads(rows))
            else body(rows, marks, because)
            for _, rows, marks, because, _ in told
        ],
        seal=str(Seal.of(told[-1][0], told[-1][-1])),
    )


def _ledger(raw: Raw) -> list[tuple[Any, ...]]:
    asked = "SELECT no, rows, marks, because, hash FROM ledger_entry ORDER BY no"
    return raw.execute(asked).fetchall()


def _with_all_they_wrote(
    raw: Raw,
    keys: Mapping[str, str],
    found: dict[str, dict[Any, _Row]],
    told: list[tuple[Any, ...]],
) -> None:
    """What the acts on these cases alone wrote, nothing of which may then be left out."""
    for _, rows, *_ in told:
        lines = json.loads(rows)
        acts = [key for table, key, _ in lines if table == "history_entry"]
        if acts and all(key in found["history_entry"] for key in acts):
            for table, key, _ in lines:
                for row in _where(raw, table, keys[table], [key]):
                    found[table][key] = row


def _with_people(raw: Raw, found: dict[str, dict[Any, _Row]]) -> None:
    """Those who acted on these rows, with the salt of each, or with the erasure of their name."""
    acted = {
        row[name]
        for rows in found.values()
        for row in rows.values()
        for name in PERSONAL & row.keys()
    }
    people = list(_where(raw, "person", "name", sorted(acted - {None})))
    people += [
        row
        for (key,) in raw.execute("SELECT id FROM person WHERE name IS NULL").fetchall()
        if erased(key) in acted
        for row in _where(raw, "person", "id", [key])
    ]
    found["person"] |= {row["id"]: row for row in people}
    gone = [row["id"] for row in people if row["name"] is None]
    erasures = {row["id"]: row for row in _where(raw, "erasure", "person_id", gone)}
    if not erasures.keys() <= found["erasure"].keys():
        found["erasure"] |= erasures
        _with_people(raw, found)  # who erased acted, too


def _where(raw: Raw, table: str, column: str, values: list[Any]) -> Iterator[_Row]:
    if not values:  # of nothing no question can be asked
        return
    asked = ", ".join("?" * len(values))
    cursor = raw.execute(f"SELECT * FROM {table} WHERE {column} IN ({asked})", values)  # noqa: S608
    names = [about[0] for about in cursor.description]
    for row in cursor:
        yield {
            name: {"hex": value.hex()} if isinstance(value, bytes) else value
            for name, value in zip(names, row, strict=True)
        }
