"""The history of a case: an entry for every act on it, chained to the entry before.

Plain SQL on the connection of the write unit, like the ledger: an entry is written in every act.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from disposals.errors import KeptOut
from disposals.history.digests import covered, digest, fields, stored
from disposals.history.ledger import People, written_in
from disposals.history.raw import raw_in


def write(session: Session, entry: Mapping[str, Any]) -> None:
    """Write the next entry of a case, after all else that its act has written so far.

    Args:
        entry: the fields of the entry but its key and its hashes.

    Raises:
        KeptOut: the entry is not there.
    """
    session.flush()
    raw, written = raw_in(session), written_in(session)
    ref = entry["disposal_ref"]
    last = raw.execute(
        "SELECT hash FROM history_entry WHERE disposal_ref = ? ORDER BY no DESC LIMIT 1", (ref,)
    ).fetchone()
    told = {name: stored(value) for name, value in entry.items()}
    told["previous_hash"] = last[0] if last else ""
    names = list(told)
    at = covered("history_entry", "id", names)
    values = [told[names[i]] for i in at]
    told["hash"] = digest(fields([names[i] for i in at], values, People(raw, written)))
    columns = ", ".join(f'"{name}"' for name in told)
    entered = raw.execute(
        f"INSERT INTO history_entry ({columns}) "  # noqa: S608
        f"VALUES ({', '.join('?' * len(told))}) RETURNING id",
        list(told.values()),
    ).fetchone()
    if entered is None:
        raise KeptOut
    written["history_entry", "id", entered[0]] = None
    written["disposal", "ref", ref] = None  # an act changes its case, too


def latest_day(session: Session, refs: Iterable[str]) -> date:
    """The day of the latest entry of some cases."""
    wanted = list(refs)
    asked = ", ".join("?" * len(wanted))
    (found,) = (
        raw_in(session)
        .execute(f'SELECT max("on") FROM history_entry WHERE disposal_ref IN ({asked})', wanted)  # noqa: S608
        .fetchone()
    )
    return date.fromisoformat(found)
