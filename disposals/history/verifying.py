"""Following the chain from its first entry: every row as the ledger says it was written.

Plain rows, a table at a time; marks are looked at only where a row differs.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import getitem, itemgetter
from typing import Any

from orjson import loads

from disposals.history.digests import (
    LEFT_OUT,
    Column,
    commitment,
    covered,
    digest,
    entry_hash,
    erased,
)
from disposals.history.faults import Fault, Naming, broken
from disposals.history.raw import Raw, columns_of
from disposals.history.seals import Seal
from disposals.words import plainly

Row = Sequence[Any]
_UNTOLD, _NO_HEAD = (None, None), (0, "", None, "")
_HISTORY, _NO_HASH = "history_entry", "0" * 64
_CHAINED = ("id", "disposal_ref", "no", "to_stage", "previous_hash", "hash")
_LAST = 1 << 60  # a fault that no entry tells of comes after those that one does


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found.

    Attributes:
        entries: ledger entries followed.
        acts: entries of history among them.
        rows: rows of the register that they vouch for.
        seal: on the register as it is.
        faults: the first one first.
        taken_over: ledger entries that took over what was there already, and why.
    """

    entries: int
    acts: int
    rows: int
    seal: Seal
    faults: tuple[Fault, ...]
    taken_over: Mapping[int, str]


@dataclass(slots=True)
class _Ledger:
    """The ledger as it was read: of every row, the entry and digest that count."""

    rows: dict[str, dict[Any, tuple[int, str]]]
    entries: int = 0
    last: str = _NO_HASH
    taken_over: dict[int, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class _Commitments(dict[Any, str]):
    """The commitment of each who acted; of whoever is not known, nothing that could be one."""

    def __missing__(self, name: Any) -> str:
        return f"?{name}"


def verify(
    raw: Raw, keys: Mapping[str, str], kept: Collection[str], seals: Collection[Seal] = ()
) -> Verified:
    """Follow the chain, and compare every row with what the ledger says of it.

    Args:
        keys: the column of the key of every table that the ledger vouches for.
        kept: the tables whose rows are written once and never again.
        seals: earlier states, which must be found on the way.
    """
    ledger = _follow(raw, keys, frozenset(kept), seals)
    commitments = _people(raw, ledger)
    naming = Naming(raw, keys, commitments)
    counts = {}
    for table, key in keys.items():
        names = _names(raw, table, key)
        rows = _compared(raw, table, names, names.index(key), ledger, commitments, naming)
        counts[table] = (
            _chained(raw, rows, names, ledger) if table == _HISTORY else sum(1 for _ in rows)
        )
    faults = sorted(ledger.faults, key=lambda fault: fault.entry or _LAST)
    return Verified(
        ledger.entries, counts[_HISTORY], sum(counts.values()),
        Seal.of(ledger.entries, ledger.last), tuple(faults), ledger.taken_over,
    )  # fmt: skip


def _follow(
    raw: Raw, keys: Mapping[str, str], once: Collection[str], seals: Collection[Seal]
) -> _Ledger:
    ledger = _Ledger({table: {} for table in keys})
    blame, sealed, stood = ledger.faults.append, {seal.entries for seal in seals}, {}
    count, previous, own = 0, "", ledger.last
    for no, rows, marks, because, hash_ in raw.execute(
        "SELECT no, rows, marks, because, hash FROM ledger_entry ORDER BY no"
    ):
        try:
            own = entry_hash(no, previous, rows, marks, because)
        except TypeError:  # something in it is no text
            own = _NO_HASH
        count += 1
        if no != count:
            blame(_misnumbered(no, count))
            count = max(no, 0)
        elif own != hash_ or (because is not None and not because):
            blame(Fault(no, f"ledger entry {no}", "changed, or not what followed the one before"))
        previous = hash_
        if because is not None:
            ledger.taken_over[no] = because
        if no in sealed:
            stood[no] = Seal.of(no, own)
        _enter(ledger, no, rows, once if because is None else ())
    ledger.entries, ledger.last = count, own
    if not count:
        blame(Fault(1, "the ledger", "emptied: the making of a register is its first entry"))
    ledger.faults.extend(broken(seal, count) for seal in seals if stood.get(seal.entries) != seal)
    return ledger


def _misnumbered(no: int, expected: int) -> Fault:
    """An entry that does not come after the one before."""
    if no < expected:
        return Fault(no, f"ledger entry {no}", "numbered below the first")
    what = "is missing" if no == expected + 1 else f"to {no - 1} are missing"
    return Fault(expected, f"ledger entry {expected}", what)


def _enter(ledger: _Ledger, no: int, rows: str, once: Collection[str]) -> None:
    """Take up what a ledger entry says of each row; the last to tell of a row counts."""
    kept = ledger.rows
    try:
        for table, key, told in loads(rows):
            found = kept[table]
            if table in once and key in found:
                what = "written a second time, which no act does"
                ledger.faults.append(Fault(no, f"{plainly(table)} {key}", what))
            found[key] = no, told
    except (ValueError, KeyError, TypeError):
        ledger.faults.append(Fault(no, f"ledger entry {no}", "its list of rows can't be read"))


def _people(raw: Raw, ledger: _Ledger) -> _Commitments:
    """Who acted, by name or by what stands in its place."""
    known, blame = _Commitments(), ledger.faults.append
    gone = {found for (found,) in raw.execute("SELECT person_id FROM erasure")}
    for key, name, salt, told in raw.execute("SELECT id, name, salt, commitment FROM person"):
        known[erased(key) if name is None else name] = str(told)
        entry = ledger.rows["person"].get(key, (None, ""))[0]
        if key in gone:
            if name is not None or salt is not None:
                blame(Fault(entry, f"person {key}", "named again after erasure"))
        elif name is None:
            blame(Fault(entry, f"person {key}", "name taken away, and no erasure tells of it"))
        elif salt is None or commitment(salt, name) != told:
            blame(Fault(entry, f"person {key}", "name or salt was changed"))
    return known


def _names(raw: Raw, table: str, key: str) -> list[str]:
    """The columns of a table: those that a digest covers, in their order, the key, and others."""
    names = columns_of(raw, table)
    return [*(names[i] for i in covered(table, key, names)), key, *LEFT_OUT.get(table, ())]


def _compared(
    raw: Raw, table: str, names: list[str], key: int,
    ledger: _Ledger, known: _Commitments, naming: Naming,
) -> Iterator[Row]:  # fmt: skip
    """The rows of a table, each as the last ledger entry that tells of it says; acts in order.

    Args:
        key: the place of the key among the names.
    """
    columns = [Column(name, known) for name in names[:key]]
    asked = ", ".join(f'"{name}"' for name in names)
    in_order = f" ORDER BY {names[key]}" if table == _HISTORY else ""
    kept = dict(ledger.rows[table])
    for row in raw.execute(f"SELECT {asked} FROM {table}{in_order}"):  # noqa: S608
        entry, told = kept.pop(row[key], _UNTOLD)
        if digest(map(getitem, columns, row)) != told:  # the row goes on, the columns do not
            ledger.faults.append(naming.differs(entry, table, names, row))
        yield row
    ledger.faults.extend(naming.removed(entry, table, gone) for gone, (entry, _) in kept.items())


def _chained(raw: Raw, rows: Iterable[Row], names: list[str], ledger: _Ledger) -> int:
    """Each case's entries follow one another, and the case stands where the last one left it."""
    of = itemgetter(*map(names.index, _CHAINED))
    kept, blame, count = ledger.rows[_HISTORY], ledger.faults.append, 0
    heads: dict[str, tuple[int, str, int | None, str]] = {}
    for key, ref, no, stage, before, own in map(of, rows):
        count += 1
        entry, told = kept.get(key, (None, own))
        head_no, head, *_ = heads.get(ref, _NO_HEAD)
        if before != head or no != head_no + 1:
            what = f"not what followed entry {head_no}: one was removed, added or moved"
            blame(Fault(entry, f"entry {no} of {ref}", what))
        elif own != told:
            blame(Fault(entry, f"entry {no} of {ref}", "hash was changed"))
        heads[ref] = no if isinstance(no, int) else head_no + 1, own, entry, stage
    for ref, version, stage in raw.execute("SELECT ref, version, stage FROM disposal"):
        entry = ledger.rows["disposal"].get(ref, (None, ""))[0]
        if ref not in heads or (version, entry, stage) != (heads[ref][0], *heads[ref][2:]):
            blame(Fault(entry, f"disposal {ref}", "not as its last act left it"))
    return count
