"""Evidence from a file: TOML, JSON, CSV or XLSX, read row by row; one wrong row stops them all."""

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from disposals.casework.forms import Form, NoSuchEntry, single_day
from disposals.casework.recording import Told, read_each
from disposals.errors import BadFact, DisposalsError
from disposals.filing import hashed
from disposals.words import counted
from sites.errors import UnreadableFile
from sites.reading.spreadsheets import read_spreadsheet

_CASE = frozenset({"disposal", "case", "ref"})
_DAY = frozenset({"on", "date"})
_OPEN = frozenset({"open", "disclosure"})
_SHEETS = {".csv", ".tsv", ".xlsx", ".xlsm"}


def rows_in(
    path: Path,
    asked: Form,
    on: date,
    *,
    fixed: Mapping[str, Any],
    ref: str | None,
    refuse_unknown: Callable[[str], None],
    sheet: str | None = None,
) -> list[Told]:
    """The rows of a file, each as the facts of one piece of evidence.

    A column is called as the option of the command, or as the field; “disposal” says on which
    case, “on” the day of the act. An empty cell is not told. A column called “note” is left alone.

    Args:
        on: the day of the act where a row names none.
        fixed: facts of every row.
        ref: the case of every row that names none.
        refuse_unknown: refuses the reference of a case that there is not.

    Raises:
        UnreadableFile: it can't be read, or is of another kind.
        BadFact: names every row that can't be right, and all that is wrong with it.
    """
    told, wrong = list[Told](), list[tuple[str, list[DisposalsError]]]()
    refuse = cache(partial(_refusal, refuse_unknown))
    for where, cells, doubts in _read(path, asked.kind, sheet):
        row, faults = _row(where, cells, doubts, asked, on, fixed, ref)
        if row.ref and (unknown := refuse(row.ref)):
            faults.insert(0, unknown)
        told.append(row)
        if faults:
            wrong.append((where, faults))
    _refuse_all_for(wrong, path.name)
    if not told:
        raise BadFact(f"{path.name} holds no rows.")
    return told


def with_files(path: Path, rows: Iterable[Told]) -> list[Told]:
    """The rows of a list of documents, each with the file that it names, its hash and its size.

    Args:
        path: the list; its files are named from the folder in which it lies.

    Raises:
        BadFact: names every row whose file can't be read.
    """
    told, wrong = list[Told](), list[tuple[str, list[DisposalsError]]]()
    for row in rows:
        source = path.parent / row.facts["file_name"]
        try:
            sha256, size = hashed(source)
        except UnreadableFile as error:
            wrong.append((row.where, [BadFact(str(error))]))
            continue
        known = {"file_name": source.name, "sha256": sha256, "size_bytes": size}
        told.append(replace(row, facts={**row.facts, **known}, file=source))
    _refuse_all_for(wrong, path.name)
    return told


def _refuse_all_for(wrong: Sequence[tuple[str, Sequence[DisposalsError]]], name: str) -> None:
    """Refuse a file for the faults of its rows; a wrong column is told once, for all of them."""
    if not wrong:
        return
    columns = dict[str, list[str]]()
    lines = []
    for where, faults in wrong:
        for fault in faults:
            if isinstance(fault, NoSuchEntry):
                columns.setdefault(str(fault), []).append(where)
        said = " ".join(str(fault) for fault in faults if not isinstance(fault, NoSuchEntry))
        if said:
            lines.append(f"{where}: {said}")
    shared = [
        f"{where}{f' and {len(others)} more' if others else ''}: {said}"
        for said, (where, *others) in columns.items()
    ]
    raise BadFact(
        f"Nothing was recorded, for {counted(len(wrong), 'row')} of {name} can't be right.\n"
        + "\n".join([*shared, *lines])
    )


def _refusal(refuse_unknown: Callable[[str], None], ref: str) -> DisposalsError | None:
    try:
        refuse_unknown(ref)
    except DisposalsError as error:
        return error
    return None


def _row(
    where: str,
    cells: Mapping[str, str],
    doubts: tuple[str, ...],
    asked: Form,
    on: date,
    fixed: Mapping[str, Any],
    ref: str | None,
) -> tuple[Told, list[DisposalsError]]:
    """What a row tells, and all that is wrong with it."""
    if doubts:
        return Told("", {}, where), [BadFact("; ".join(doubts) + ".")]
    wrong: list[DisposalsError] = []
    rest, case, day, disclosure = dict(cells), ref or "", on, {}
    for name in cells:
        plain = name.strip().lower()
        if plain in _CASE:
            case = rest.pop(name)
        elif plain in _DAY:
            try:
                day = single_day(rest.pop(name))
            except BadFact as error:
                wrong.append(error)
        elif plain in _OPEN:
            said = rest.pop(name).lower()
            disclosure = {"disclosure": "open" if said in {"open", "yes"} else "exempt"}
        elif plain == "note":
            rest.pop(name)
    if not case:
        wrong.append(
            BadFact("it names no disposal. Add a column “disposal”, or name it on the line.")
        )
    read, amiss = read_each(asked.kind, rest)
    facts: dict[str, Any] = {**fixed, **disclosure, **read}
    if asked.dated:
        facts.setdefault(asked.dated, day)
    missing = [BadFact(f"{each.name} is missing: {each.asks}") for each in asked.missing(facts)]
    return Told(case, facts, where), [*wrong, *amiss, *missing]


def _read(
    path: Path, kind: str, sheet: str | None
) -> Iterator[tuple[str, Mapping[str, str], tuple[str, ...]]]:
    if path.suffix.lower() in _SHEETS:
        for row in read_spreadsheet(path, sheet).rows:
            told = {name: value for name, value in row.fields.items() if value is not None}
            if told or row.doubts:
                yield f"row {row.no}", told, row.doubts
        return
    for no, each in enumerate(_tables(path, kind), start=1):
        given: dict[str, Any] = {name: it for name, it in each.items() if it is not None}
        lists = tuple(
            f"{name}: one value is asked for, and a list or table stands there"
            for name, it in given.items()
            if isinstance(it, list | dict)
        )
        yield f"entry {no}", {name: _text(it) for name, it in given.items()}, lists


def _tables(path: Path, kind: str) -> list[dict[str, Any]]:
    """The entries of a TOML or JSON file: a list, or a table that holds one list."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() == ".toml":
            read: Any = tomllib.loads(text)
        elif path.suffix.lower() == ".json":
            read = json.loads(text)
        else:
            raise UnreadableFile(path, "it must be TOML, JSON, CSV or XLSX.")
    except OSError as error:
        raise UnreadableFile(path, f"it can't be read: {error.strerror}.") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(path, f"it is not what its name says: {error}.") from None
    if isinstance(read, dict):
        read = read.get(kind) or next((v for v in read.values() if isinstance(v, list)), None)
    if not isinstance(read, list) or not all(isinstance(each, dict) for each in read):
        raise UnreadableFile(path, f"it must hold a list of entries, such as [[{kind}]] tables.")
    return read


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
