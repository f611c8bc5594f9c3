"""A register with a row in every table, and a hand in a database tool that nothing stops."""

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, get_args

from disposals.casework.erasing import erase_name
from disposals.history.seals import Seal
from disposals.history.verifying import Verified, verify
from disposals.kept import kept
from disposals.records import evidence_kinds, vouched_for
from disposals.register import open_register
from sites.record import Record
from tests.conftest import AT, stamp

KEYS = {**vouched_for(), "ledger_entry": "no"}
TABLES = sorted(KEYS)


def a_register_with_every_table(kent_file: Path, path: Path) -> Path:
    """The Kent example, with a name erased and two rows in each table that it leaves empty."""
    shutil.copy(kent_file, path)
    register = open_register(path)
    erase_name(register, "Disposals Surveyor", stamp(by="Clerk"), because="Left the council")
    with register.write() as session:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for kind in _kinds():
            name = str(kind.__tablename__)
            count = session.connection().exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()  # noqa: S608
            for number in range(count or 0, 2 if name not in {"erasure", "register"} else 0):
                session.add(kind(**_some(kind, number)))
    register.close()
    return path


def _kinds(kind: type[Record] = Record) -> Iterator[type[Record]]:
    evidence_kinds()
    for each in kind.__subclasses__():
        if "__table__" in vars(each) and each.__tablename__ in vouched_for():
            yield each
        yield from _kinds(each)


def _some(kind: type[Record], number: int) -> dict[str, Any]:
    """Something in each field that must not be empty."""
    references = {"disposal_ref": "steele-avenue", "site_ref": "steele-avenue"}
    simple: dict[Any, Any] = {
        str: f"some {number}", int: number + 1, float: 1.0, bool: False, bytes: b"some",
        date: date(2021, 9, 1), datetime: AT,
    }  # fmt: skip
    made: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        of = next((each for each in (field.annotation, *get_args(field.annotation)) if each), None)
        if name in references:
            made[name] = references[name]
        elif field.is_required() and isinstance(of, type) and issubclass(of, Enum):
            made[name] = next(iter(of))
        elif field.is_required():
            made[name] = simple[of]
    return made


def audited(hand: sqlite3.Connection, *seals: str) -> Verified:
    """What `disposals audit verify` finds."""
    return verify(hand, vouched_for(), kept(evidence_kinds()), [Seal.read(code) for code in seals])


def keys(hand: sqlite3.Connection, table: str) -> list[Any]:
    """The keys of a table, in order."""
    key = KEYS[table]
    return [found for (found,) in hand.execute(f"SELECT {key} FROM {table} ORDER BY {key}")]  # noqa: S608


def columns(hand: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table, without its key."""
    told = hand.execute(f"PRAGMA table_info({table})")
    return [name for _, name, *_ in told if name != KEYS[table]]


def flip(hand: sqlite3.Connection, table: str, key: Any, column: str) -> None:
    """Change one field of one row, and nothing else."""
    where = f"{table} WHERE {KEYS[table]} = ?"
    [(was,)] = hand.execute(f'SELECT "{column}" FROM {where}', (key,))  # noqa: S608
    hand.execute(
        f'UPDATE {table} SET "{column}" = ? WHERE {KEYS[table]} = ?',  # noqa: S608
        (_other(was), key),
    )


def _other(value: Any) -> Any:
    if value is None:
        return 7
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    return f"{value}x" if isinstance(value, str) else value + 1


def delete(hand: sqlite3.Connection, table: str, key: Any) -> None:
    """Take a row away."""
    hand.execute(f"DELETE FROM {table} WHERE {KEYS[table]} = ?", (key,))  # noqa: S608


def insert_like(hand: sqlite3.Connection, table: str, key: Any) -> Any:
    """Add a row that is like another one, as far as unique columns let it; gives its key."""
    new = f"{key}-copy" if isinstance(key, str) else 99_999
    _without_unique(hand)
    asked = f"SELECT * FROM {table} WHERE {KEYS[table]} = ?"  # noqa: S608
    hand.execute(f"CREATE TEMP TABLE copied AS {asked.replace('?', repr(key))}")
    hand.execute(f"UPDATE copied SET {KEYS[table]} = ?", (new,))  # noqa: S608
    told = hand.execute(f"PRAGMA index_list({table})").fetchall()
    unique = [name for _, name, is_unique, origin, _ in told if is_unique and origin == "u"]
    for index in unique:
        *_, (_, _, column) = hand.execute(f"PRAGMA index_info({index})").fetchall()
        [(was,)] = hand.execute(f"SELECT {column} FROM copied")  # noqa: S608
        if was is not None and column != KEYS[table]:
            other = f"{was}-copy" if isinstance(was, str) else 99_999
            hand.execute(f"UPDATE copied SET {column} = ?", (other,))  # noqa: S608
    hand.execute(f"INSERT INTO {table} SELECT * FROM copied")  # noqa: S608
    hand.execute("DROP TABLE copied")
    return new


def _without_unique(hand: sqlite3.Connection) -> None:
    named = hand.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%'"
    )
    for (name,) in named.fetchall():
        hand.execute(f"DROP INDEX {name}")


def swap(hand: sqlite3.Connection, table: str, one: Any, other: Any) -> None:
    """Let two rows change places."""
    aside = "aside" if isinstance(one, str) else 99_999
    for was, now in ((one, aside), (other, one), (aside, other)):
        hand.execute(f"UPDATE {table} SET {KEYS[table]} = ? WHERE {KEYS[table]} = ?", (now, was))  # noqa: S608
