"""Verify a bundle of one case: `python verify.py case.zip`, or `python verify.py` in its folder.

Python 3.9 or later and nothing else. `--seal CODE` seeks a seal from a paper among the states that
the ledger went through. Ends with status 1 at the first thing that is not as it was recorded.
"""

import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Any, Dict, List, NoReturn, Tuple

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PERSONAL, PARSED = ("by", "recorded_by", "officer"), ("report", "details")
LEFT_OUT = {"history_entry": ("hash",), "person": ("name", "salt")}
FILES = ("README.txt", "history.json", "ledger.json", "rows.json", "verify.py")
Row = Dict[str, Any]
Told = Dict[Tuple[str, Any], Tuple[int, str]]
Units = Dict[int, List[Tuple[str, Any]]]


def bad(what: str) -> NoReturn:
    sys.exit(f"BAD: {what}")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def hashed(*parts: str) -> str:
    return sha256("".join(f"{len(part)}:{part}" for part in parts))


def seal_of(entries: int, hash_: str) -> str:
    bits = int(hash_[:20], 16)
    code = bits << 10 | (entries << 80 | bits) % 1021
    said = "".join(SYMBOLS[code >> 5 * i & 31] for i in reversed(range(18)))
    return f"{entries}-" + "-".join(said[i : i + 4] for i in range(0, 18, 4))


def digest(table: str, key: str, row: Row, commitments: Dict[str, str]) -> str:
    """The hash of a row: every field that is not empty, by name, each with kind and length."""
    said = ""
    for name in sorted(row):
        value = row[name]
        if value is None or name in (key, *LEFT_OUT.get(table, ())):
            continue
        if name in PERSONAL:
            kind, text = "p", commitments.get(value, str(value))
        elif isinstance(value, dict):
            kind, text = "b", value["hex"]
        elif isinstance(value, str):
            kind, text = "s", value
        else:
            kind, text = ("f" if isinstance(value, float) else "i"), repr(value)
        said += f"{name}={kind}{len(text)}:{text}"
    return sha256(said)


def read(place: Path) -> Tuple[str, Dict[str, Any]]:
    """Every file of the bundle, each held against the manifest."""
    if place.is_file():
        with zipfile.ZipFile(place) as bundle:
            files = {name: bundle.read(name) for name in bundle.namelist()}
    else:
        files = {each.name: each.read_bytes() for each in place.iterdir() if each.is_file()}
    head, *lines = files.pop("manifest.txt").decode().split("\n")
    for name, line in zip(FILES, [*lines, *FILES]):
        if line != f"{hashlib.sha256(files.get(name, b'')).hexdigest()}  {name}":
            bad(f"{name} is not the file that the manifest lists")
    if lines[len(FILES) :] != [""] or (place.is_file() and set(files) != {*FILES}):
        bad("there are other files than the manifest lists")
    return head, {name: json.loads(files[name]) for name in FILES if name.endswith(".json")}


def follow(ledger: List[Any], seal: str) -> Tuple[str, Told, Units]:
    """The ledger of the whole register, and what it says of the rows that it tells of openly."""
    previous, told, stood = "", {}, False
    units: Units = {}
    for no, entry in enumerate(ledger, start=1):
        is_open = isinstance(entry, dict)
        body = hashed(entry["rows"], entry["marks"], entry["because"]) if is_open else entry
        previous = hashed(previous, str(no), body)
        stood = stood or seal_of(no, previous) == seal
        for table, key, row in json.loads(entry["rows"]) if is_open else ():
            told[table, key] = no, row
            units.setdefault(no, []).append((table, key))
    if seal and not stood:
        bad(f"the seal {seal} was put on another register, or on another history of it")
    return seal_of(len(ledger), previous), told, units


def compare(tables: Dict[str, List[Row]], keys: Dict[str, str], told: Told, units: Units) -> int:
    """Every row as the ledger recorded it, and none left out of what this case alone wrote."""
    commitments, there = {}, set()
    for who in tables["person"]:
        if who["name"] and hashed(who["salt"], who["name"]) != who["commitment"]:
            bad(f"person {who['id']}: the name or the salt was changed")
        commitments[who["name"] or f"(name {who['id']} erased)"] = who["commitment"]
    for table, rows in tables.items():
        for row in rows:
            key = row[keys[table]]
            no, was = told.get((table, key), (0, ""))
            if digest(table, keys[table], row, commitments) != was:
                bad(f"{table} {key} is not as ledger entry {no} recorded it")
            there.add((table, key))
    for unit in units.values():
        acts = [row for row in unit if row[0] == "history_entry"]
        if acts and there.issuperset(acts) and not there.issuperset(unit):
            bad(f"of {unit}, something was left out of the bundle")
    return len(there)


def chains(tables: Dict[str, List[Row]], history: List[Row]) -> None:
    """Each case's entries follow one another, and the readable history says what they say."""
    heads: Dict[str, Tuple[int, str]] = {}
    parsed = []
    for row in tables["history_entry"]:
        no, head = heads.get(row["disposal_ref"], (0, ""))
        if (row["no"], row["previous_hash"]) != (no + 1, head):
            bad(f"entry {row['no']} of {row['disposal_ref']} does not follow entry {no}")
        heads[row["disposal_ref"]] = row["no"], row["hash"]
        parsed.append({n: json.loads(v) if n in PARSED and v else v for n, v in row.items()})
    if parsed != history:
        bad("history.json tells another story than rows.json")
    for row in tables["disposal"]:
        if row["version"] != heads.get(row["ref"], (0, ""))[0]:
            bad(f"the history of {row['ref']} lacks its last entries")


if __name__ == "__main__":
    words = sys.argv[1:]
    asked = words.pop(words.index("--seal") + 1).upper() if "--seal" in words[:-1] else ""
    place = Path(next((word for word in words if not word.startswith("--")), "."))
    try:
        listed, found = read(place)
        seal_now, recorded, written = follow(found["ledger.json"], asked)
        if listed != f"seal {seal_now}":
            bad(f"the manifest says “{listed}”, and the seal of this ledger is {seal_now}")
        count = compare(found["rows.json"]["rows"], found["rows.json"]["keys"], recorded, written)
        chains(found["rows.json"]["rows"], found["history.json"])
        print(f"Verified {count} rows against {len(found['ledger.json'])} ledger entries.")
        print(f"Seal {seal_now}" + (f"; it holds the state of {asked}." if asked else "."))
        print("No sign of tampering. Hold the seal against one on paper: see README.txt.")
    except Exception as error:  # noqa: BLE001 (whatever it is, no bundle was made so)
        bad(f"{place} can't be read as a bundle: {type(error).__name__}: {error}")
