"""Verify a bundle of one case: `python verify.py case.zip`, or `python verify.py` in its folder."""

import json
import zipfile
from argparse import ArgumentParser
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PERSONAL, PARSED = ("by", "recorded_by", "officer"), ("report", "details")
# What the hash of a row leaves out, its key first; of every other table it is the id.
OUT = {"history_entry": "id hash", "person": "id name salt", "site": "ref", "disposal": "ref"}
FILES = ("README.txt", "history.json", "ledger.json", "rows.json", "verify.py", "manifest.txt")


def bad(what: str) -> NoReturn:
    raise SystemExit(f"BAD: {what}")


def hashed(*parts: str) -> str:
    return sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def seal_of(entries: int, hash_: str) -> str:
    bits = int(hash_[:20], 16)
    code = bits << 10 | (entries << 80 | bits) % 1021
    said = "".join(SYMBOLS[code >> 5 * i & 31] for i in reversed(range(18)))
    return f"{entries}-" + "-".join(said[i : i + 4] for i in range(0, 18, 4))


def typed(code: str) -> str:
    """A seal as it is printed, from one as it was typed."""
    plain = "".join(code.upper().replace("-", " ").split())
    entries, said = plain[:-18], plain[-18:].translate(str.maketrans("ILO", "110"))
    bits = int("0" + "".join(f"{SYMBOLS.find(symbol) & 31:05b}" for symbol in said[:16]), 2)
    seal = seal_of(int(entries) if entries.isdecimal() else 0, f"{bits:020x}")
    return seal if seal.replace("-", "") == entries + said else bad(f"seal {code} was misread")


def digest(table: str, row: Any, commitments: Any) -> str:
    """The hash of a row: every field that is not empty, by name, each with kind and length."""
    said = ""
    for name in sorted(set(row) - {*OUT.get(table, "id").split()}):
        value = row[name] if name.isidentifier() else bad(f"{table} has no field {name}")
        kind, text = ("f" if isinstance(value, float) else "i"), repr(value)
        if name in PERSONAL:
            kind, text = "p", commitments.get(value, f"?{value}")
        elif isinstance(value, (dict, str)):
            kind, text = ("s", value) if isinstance(value, str) else ("b", *value.values())
        said += f"{name}={kind}{len(text)}:{text}" if value is not None else ""
    return sha256(said.encode()).hexdigest()


def read(place: Path) -> Any:
    """What the manifest says, and the history, ledger and rows; each file held against it."""
    there = zipfile.ZipFile(place) if place.is_file() else None
    files = {n: there.read(n) if there else (place / n).read_bytes() for n in FILES}
    head, *lines = files["manifest.txt"].decode().split("\n")
    if lines[5:] != [""] or (there and sorted(there.namelist()) != sorted(FILES)):
        bad("there are other files than the manifest lists")
    for name, line in zip(FILES, lines[:5]):
        if line != f"{sha256(files[name]).hexdigest()}  {name}":
            bad(f"{name} is not the file that the manifest lists")
    told = [json.loads(files[name]) for name in FILES[1:4]]
    for name, value in zip(FILES[1:4], told):  # else one name could stand there with two values
        if json.dumps(value, ensure_ascii=False, indent=1).encode() != files[name]:
            bad(f"{name} is not written as in a bundle")
    return head, told


def follow(ledger: Any, seal: Any) -> Any:
    """The ledger of the whole register, and what it says of the rows that it tells of openly."""
    previous, told, units, stood = "", {}, [], not seal
    for no, entry in enumerate(ledger, start=1):
        said = [entry[n] for n in ("rows", "marks", "because")] if isinstance(entry, dict) else []
        previous = hashed(previous, str(no), hashed(*said) if said else entry)
        stood = stood or seal_of(no, previous) == seal
        written = json.loads(said[0]) if said else []
        told.update({(table, key): (no, row) for table, key, row in written})
        units.append({(table, key) for table, key, _ in written})
    if not stood:
        bad(f"the seal {seal} was put on another register, or on another history of it")
    return seal_of(len(ledger), previous), told, units


def compare(tables: Any, told: Any, units: Any) -> None:
    """Every row as the ledger recorded it, and none left out of what this case alone wrote."""
    commitments, there, gone = {}, set(), [e["person_id"] for e in tables.get("erasure", ())]
    for who in tables["person"]:
        known = hashed(who["salt"], who["name"]) if who["name"] else who["id"] in gone
        if known not in (True, who["commitment"]):
            bad(f"person {who['id']}: the name or the salt was changed")
        commitments[who["name"] or f"(name {who['id']} erased)"] = who["commitment"]
    for table, rows in tables.items():
        for row in rows:
            key = row[OUT.get(table, "id").split()[0]]
            no, was = told.get((table, key), (0, ""))
            as_recorded = digest(table, row, commitments) == row.get("hash", was) == was
            if not as_recorded or (table, key) in there:
                bad(f"{table} {key} is not as ledger entry {no} recorded it, or stands there twice")
            there.add((table, key))
    for unit in units:
        acts = {row for row in unit if row[0] == "history_entry"}
        if acts and acts <= there and (gone := unit - there):
            bad(f"{gone} was left out of the bundle")
    print(f"{len(there)} rows are as {len(units)} ledger entries tell of them.")
    for table, count in Counter(table for table, _ in told.keys() - there).items():
        print(f"Written together with them, and not here as not of this case: {table}, {count}.")


def chains(tables: Any, history: Any) -> None:
    """Each case's entries follow one another, and the readable history says what they say."""
    heads, parsed = dict[str, Any](), []
    for row in tables["history_entry"]:
        no, head = heads.get(row["disposal_ref"], (0, ""))
        if (row["no"], row["previous_hash"]) != (no + 1, head):
            bad(f"entry {row['no']} of {row['disposal_ref']} does not follow entry {no}")
        heads[row["disposal_ref"]] = row["no"], row["hash"]
        parsed.append({n: json.loads(v) if n in PARSED and v else v for n, v in row.items()})
    if json.dumps(parsed) != json.dumps(history):
        bad("history.json tells another story than rows.json")
    for row in tables["disposal"]:
        if row["version"] != heads.get(row["ref"], (0, ""))[0]:
            bad(f"the history of {row['ref']} lacks its last entries")
        print(f"{row['ref']} ends with entry {row['version']}, at {row['stage']}.")


if __name__ == "__main__":
    words = ArgumentParser(description="Ends with 1 if anything is bad.", allow_abbrev=False)
    words.add_argument("place", nargs="?", type=Path, default=Path(), metavar="case.zip")
    words.add_argument("--seal", metavar="CODE", type=typed, help="from a paper")
    asked = words.parse_args()
    try:
        listed, (history, ledger, rows) = read(asked.place)
        seal, *recorded = follow(ledger, asked.seal)
        if listed != f"seal {seal}":
            bad(f"the manifest says “{listed}”, and the seal of this ledger is {seal}")
        compare(rows, *recorded)
        chains(rows, history)
        print(f"Seal {seal}" + (f"; it holds the state of {asked.seal}." if asked.seal else "."))
        print("No sign of tampering. Hold the seal against one on paper: see README.txt.")
    except BrokenPipeError:  # whoever was reading has read enough
        raise SystemExit(1) from None
    except Exception as error:  # noqa: BLE001 (whatever it is, no bundle was made so)
        bad(f"{asked.place} can't be read as a bundle: {type(error).__name__}: {error}")
