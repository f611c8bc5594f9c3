"""A register brought to this version's format, or back: a verified copy first, then all at once."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from sqlalchemy import Connection

from disposals.errors import BadFact, CannotWriteRegister, NotARegister, WouldLose
from disposals.history.taking_over import take_over
from disposals.history.verifying import verify
from disposals.migrations import bring, gained
from disposals.records import evidence_kinds, vouched_for
from disposals.register import FORMAT, format_of, guard, open_register, writing
from disposals.storage.sqlite import SqliteFile
from disposals.triggers import kept
from disposals.words import counted, day, listed, plainly
from sites.writing.whole import whole_made

_FIRST_WITH_LEDGER = 5


@dataclass(frozen=True, slots=True)
class Migrated:
    """What an upgrade or a downgrade did.

    Attributes:
        before, after: formats.
        copy: the register as it was; None where there was nothing to do.
    """

    before: int
    after: int
    copy: Path | None


def upgrade(path: Path, *, on: date | None = None) -> Migrated:
    """Bring a register to the format of this version; the register as it was is kept beside it.

    Args:
        on: the day, from which the chain of its history vouches for what was there already.

    Raises:
        NoRegister: nothing is there.
        NotARegister: something else is there, or the copy of it does not verify.
        NewerRegister: a newer version of this software wrote it.
        CannotWriteRegister: another register is there under the copy's name.
        CannotWrite: the copy can't be written.
        RegisterInUse: someone else is writing to it.
    """
    before = format_of(path)
    if before == FORMAT:
        return Migrated(before, before, None)
    told = f"brought up from format {before}" + (f" on {day(on)}" if on else "")
    return _migrated(path, before, FORMAT, because=told)


def downgrade(path: Path, to: int, *, losing: bool = False) -> Migrated:
    """Bring a register back to an older format, for the version of this software that wants it.

    Args:
        losing: whether what only newer formats can hold may be lost; the copy keeps it.

    Raises:
        BadFact: there is no such older format.
        WouldLose: something would be lost; says what and how much.
        Others as `upgrade`.
    """
    open_register(path).close()
    if not 1 <= to < FORMAT:
        raise BadFact(
            f"{path} has format {FORMAT}, and there is no older format {to} to bring it back to. "
            f"Name one from 1 to {FORMAT - 1}."
        )
    lost = {} if losing else _would_lose(path, to)
    if lost:
        told = listed(f"{plainly(table)} ({counted(rows, 'row')})" for table, rows in lost.items())
        raise WouldLose(
            f"In format {to} there is no room for all that {path} holds, so nothing was changed. "
            f"Lost would be records, or fields of records, of these kinds: {told}. A copy as it is "
            "would be kept; repeat with `--lose` if they may go."
        )
    return _migrated(path, FORMAT, to, because="")


def _would_lose(path: Path, to: int) -> Mapping[str, int]:
    """How many rows hold something that an older format can't, by table."""
    lost: dict[str, int] = {}
    with SqliteFile(path).in_words(), writing(path) as connection:
        for format_ in gained(to, FORMAT):
            for table, rows in format_.held(connection):
                lost[table] = max(lost.get(table, 0), rows)
    return {table: rows for table, rows in sorted(lost.items()) if rows}


def _migrated(path: Path, before: int, after: int, *, because: str) -> Migrated:
    copy = path.with_name(f"{path.name}.format-{before}")
    if copy.exists() and not _says_the_same(path, copy):
        raise CannotWriteRegister(
            f"The register as it is would be kept as {copy}, and another one is there. Move that "
            "file elsewhere, then repeat; nothing was changed."
        )
    storage = SqliteFile(path)
    with storage.in_words():
        if not copy.exists():  # one that an interrupted migration left is as good as a new one
            _copied(path, copy)
        with writing(path, checks_references=False) as connection:
            storage.unguard(connection)
            bring(connection, before, after)
            if before < _FIRST_WITH_LEDGER <= after:
                take_over(connection, vouched_for(), because=because)
            guard(storage, connection)
            _refuse_loose_ends(connection, path)
    return Migrated(before, after, copy)


def _refuse_loose_ends(connection: Connection, path: Path) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise NotARegister(
            f"{path} holds a row of {broken[0]} that refers to nothing, so its format was not "
            "changed. Restore it from a backup."
        )


def _copied(path: Path, copy: Path) -> None:
    with whole_made(copy) as made:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(made)) as target:
            source.backup(target)
            verdict = target.execute("PRAGMA integrity_check").fetchone()[0]
            faults = verdict == "ok" and _faults(made, target)
        if verdict != "ok" or faults:
            told = verdict if not faults else "`disposals audit verify` names what was changed"
            raise NotARegister(
                f"{path} is damaged ({told}), so its format was not changed. Restore it from a "
                "backup."
            )


def _faults(made: Path, connection: sqlite3.Connection) -> bool:
    """Whether a register of this format is other than its ledger says; older ones are not asked."""
    if format_of(made) != FORMAT:
        return False
    return bool(verify(connection, vouched_for(), kept(evidence_kinds())).faults)


def _says_the_same(one: Path, other: Path) -> bool:
    """Whether two registers hold the same rows in the same tables."""
    with (
        SqliteFile(other).in_words(),
        closing(sqlite3.connect(one)) as a,
        closing(sqlite3.connect(other)) as b,
    ):
        return all(x == y for x, y in zip_longest(a.iterdump(), b.iterdump()))
