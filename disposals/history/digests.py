"""What is hashed, and how: one canonical, length-prefixed form for every row of every table.

Only what SQLite stores is hashed, as it stores it: text, whole numbers, floats, blobs; another
database's rows are read as SQLite would have them. An empty field is left out, so that a column
that later versions add leaves older digests as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import sha256
from re import compile as pattern
from typing import Any
from zlib import crc32

# Who acted. A row's digest holds a salted commitment in its place, so that the name can be erased.
PERSONAL = frozenset({"by", "recorded_by", "officer"})
# What a digest leaves out: a hash can't cover itself, and what is erased is not covered in clear.
LEFT_OUT: Mapping[str, frozenset[str]] = {
    "history_entry": frozenset({"hash"}),
    "person": frozenset({"name", "salt"}),
}
_NUMBER = pattern(r"\d{1,18}")
_SHORT, _MOST = 40, 10_000


def hashed(*parts: str) -> str:
    """SHA-256 (hex) of some texts, each with its length before it."""
    return sha256("".join([f"{len(part)}:{part}" for part in parts]).encode()).hexdigest()


def commitment(salt: str, name: str) -> str:
    """What stands for a name in every digest; without salt and name it tells neither."""
    return hashed(salt, name)


def entry_hash(no: int, previous: str, rows: str, marks: str, because: str | None) -> str:
    """The hash of a ledger entry, over the one before it and all that it says."""
    count, told = str(no), body(rows, marks, because)  # as `hashed` has it, unrolled for speed
    said = f"{len(previous)}:{previous}{len(count)}:{count}{len(told)}:{told}"
    return sha256(said.encode()).hexdigest()


def body(rows: str, marks: str, because: str | None) -> str:
    """What a ledger entry says, hashed alone: the rest of a chain can be followed without it."""
    why = because or ""
    said = f"{len(rows)}:{rows}{len(marks)}:{marks}{len(why)}:{why}"
    return sha256(said.encode()).hexdigest()


def erased(person_id: int) -> str:
    """What stands in the place of a name that was erased."""
    return f"(name {person_id} erased)"


def erased_person(told: str) -> int | None:
    """The key of the person in the place of whose name this stands; None where it is a name."""
    found = _NUMBER.search(told)
    return int(found[0]) if found and told == erased(int(found[0])) else None


def covered(table: str, key: str, columns: Iterable[str]) -> list[int]:
    """The positions of the columns that a digest covers, by name; the key stands beside it."""
    left_out = LEFT_OUT.get(table, frozenset()) | {key}
    found = sorted((name, i) for i, name in enumerate(columns) if name not in left_out)
    return [i for _, i in found]


def fields(
    names: Sequence[str], values: Sequence[Any], commitments: Mapping[Any, str]
) -> list[str]:
    """Every field that is not empty as `name=kind length:text`.

    Args:
        commitments: by name of who acted; asked for every name.
    """
    return [
        field(name, value, commitments)
        for name, value in zip(names, values, strict=True)
        if value is not None
    ]


def field(name: str, value: Any, commitments: Mapping[Any, str]) -> str:
    """A field that is not empty, likewise."""
    if name in PERSONAL:
        text, kind = commitments[value], "p"
    elif isinstance(value, str):
        text, kind = value, "s"
    elif isinstance(value, bytes):
        text, kind = value.hex(), "b"
    else:
        text, kind = repr(value), "f" if isinstance(value, float) else "i"
    return f"{name}={kind}{len(text)}:{text}"


class Column(dict[Any, str]):
    """What a column says in digests, by value: dates, names and stages come again and again.

    Only short texts are kept, for a number may be equal to one of another kind; and not without
    end.
    """

    __slots__ = ("_commitments", "_name")

    def __init__(self, name: str, commitments: Mapping[Any, str]) -> None:
        super().__init__({None: ""})
        self._name, self._commitments = name, commitments

    def __missing__(self, value: Any) -> str:
        said = field(self._name, value, self._commitments)
        if isinstance(value, str) and len(value) <= _SHORT and len(self) < _MOST:
            self[value] = said
        return said


def digest(said: Iterable[str]) -> str:
    """SHA-256 (hex) of a row's fields, which come in the order of their names."""
    return sha256("".join(said).encode()).hexdigest()


def marks(said: Iterable[str]) -> dict[str, str]:
    """A short mark for each field: no safeguard, but it tells later which field was changed."""
    return {field.partition("=")[0]: f"{crc32(field.encode()) & 0xFFFF:04x}" for field in said}


def stored(value: Any) -> Any:
    """A value of a record as SQLite will keep it.

    Raises:
        ValueError: a moment without a time zone.
    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            message = "a moment without a time zone can't be kept"
            raise ValueError(message)
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return int(value) if isinstance(value, bool) else value
