"""What was found changed, in words: the row, what was done to it, and since which act."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from disposals.history.digests import covered, fields, marks
from disposals.history.raw import Raw
from disposals.history.seals import Seal
from disposals.words import counted, day, listed, plainly


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was recorded.

    Attributes:
        entry: the ledger entry that it contradicts; None for a row of which none tells.
        row: such as “bid 12”.
        what: what was done to it, as a clause.
        since: the act after which it was done, as the history tells it.
    """

    entry: int | None
    row: str
    what: str
    since: str | None = None

    def __str__(self) -> str:
        """As a sentence."""
        since = f" since {self.since}" if self.since else ""
        at = f" (ledger entry {self.entry})" if self.entry is not None else ""
        return f"{self.row}: {self.what}{since}{at}."


class Naming:
    """Says of a row that differs which it is, what of it was changed, and since when."""

    def __init__(self, raw: Raw, keys: Mapping[str, str], commitments: Mapping[Any, str]) -> None:
        self._raw, self._keys, self._commitments = raw, keys, commitments

    def differs(
        self, entry: int | None, table: str, names: Sequence[str], row: Sequence[Any]
    ) -> Fault:
        """A row that is there, but not as the ledger says; or of which no entry tells."""
        value = dict(zip(names, row, strict=True))
        called, key = _called(table, value, self._keys[table]), value[self._keys[table]]
        if entry is None:
            return Fault(None, called, "written by no act")
        at = covered(table, self._keys[table], names)
        now = marks(fields([names[i] for i in at], [row[i] for i in at], self._commitments))
        changed = self._changed(entry, table, key, now)
        what = listed(map(plainly, changed)) if changed else "what it says"
        verb = "were" if len(changed) > 1 else "was"
        return Fault(entry, called, f"{what} {verb} changed", self._since(entry, value))

    def removed(self, entry: int, table: str, key: Any) -> Fault:
        """A row that the ledger tells of and that is not there."""
        return Fault(entry, f"{plainly(table)} {key}", "removed", self._since(entry, {}))

    def _changed(self, entry: int, table: str, key: Any, now: Mapping[str, str]) -> list[str]:
        told = self._told(entry)
        was = next((mark for row, mark in told if row[:2] == [table, key]), {})
        return [name for name in sorted({*was, *now}) if was.get(name) != now.get(name)]

    def _since(self, entry: int, value: Mapping[str, Any]) -> str | None:
        """The act of a ledger entry, on the same case if it was one on several."""
        [(taken_over,)] = self._raw.execute(
            "SELECT because FROM ledger_entry WHERE no = ?", (entry,)
        )
        if taken_over is not None:
            return f"it was {taken_over}"
        ids = [row[1] for row, _ in self._told(entry) if row[0] == "history_entry"]
        found = [
            act
            for id_ in ids
            for act in self._raw.execute(
                'SELECT disposal_ref, no, act, "on" FROM history_entry WHERE id = ?', (id_,)
            )
        ]
        own = [act for act in found if act[0] == value.get("disposal_ref", value.get("ref"))]
        for ref, no, act, on in (own or found)[:1]:
            return f"entry {no} of {ref} ({act}, {_day(on)})"
        return None

    def _told(self, entry: int) -> list[tuple[list[Any], dict[str, str]]]:
        """The rows of a ledger entry with their marks.

        Nothing where the entry itself was changed past reading, which is a fault of its own.
        """
        rows, told = self._raw.execute(
            "SELECT rows, marks FROM ledger_entry WHERE no = ?", (entry,)
        ).fetchone()
        try:
            return [
                (row, mark)
                for row, mark in zip(json.loads(rows), json.loads(told), strict=False)
                if isinstance(row, list) and isinstance(mark, dict) and _is_key(row[1])
            ]
        except (ValueError, TypeError, IndexError):
            return []


def _is_key(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, int) and 0 <= value < 1 << 63)


def _called(table: str, value: Mapping[str, Any], key: str) -> str:
    """What a row is called: an entry of history by its case."""
    if table == "history_entry":
        return f"entry {value['no']} of {value['disposal_ref']}"
    return f"{plainly(table)} {value[key]}"


def broken(seal: Seal, there: int) -> Fault:
    """A seal whose state the register no longer holds.

    Args:
        there: how many ledger entries there are.
    """
    sealed = counted(seal.entries, "ledger entry", "ledger entries")
    if there < seal.entries:
        return Fault(
            there + 1, "the register",
            f"cut short: the seal {seal} was put on {sealed}, and of these the last "
            f"{seal.entries - there} are gone",
        )  # fmt: skip
    return Fault(
        None, "the register",
        f"written anew: its first {sealed} are not those that the seal {seal} was put on",
    )  # fmt: skip


def _day(written: Any) -> str:
    try:
        return day(date.fromisoformat(written))
    except (TypeError, ValueError):  # it may be what was tampered with
        return str(written)
