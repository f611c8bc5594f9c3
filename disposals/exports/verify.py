"""Verify a bundle of one case: `python verify.py case.zip`, or `python verify.py` in its folder.

Python 3.9 or later and nothing else. `--seal CODE` seeks a seal from a paper among the states that
the ledger went through. Ends with status 1 at the first thing that is not as it was recorded.
"""

import hashlib
import json
import sys
import zipfile
from pathlib import Path

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PERSONAL = ("by", "recorded_by", "officer")
PARSED = ("report", "details")
LEFT_OUT = {"history_entry": ("hash",), "person": ("name", "salt")}
FILES = ("README.txt", "history.json", "ledger.json", "rows.json", "verify.py")


def bad(what):
    sys.exit("BAD: " + what)


def hashed(*parts):
    text = "".join("%d:%s" % (len(part), part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def symbols(number, width):
    return "".join(SYMBOLS[number >> 5 * i & 31] for i in reversed(range(width)))


def seal_of(entries, hash_):
    bits = int(hash_[:20], 16)
    code = symbols(bits, 16) + symbols((entries << 80 | bits) % 1021, 2)
    return "%d-" % entries + "-".join(code[i : i + 4] for i in range(0, 18, 4))


def digest(table, key, row, commitments):
    """A row's hash: every field that is not empty, by name, each with kind and length."""
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
        said += "%s=%s%d:%s" % (name, kind, len(text), text)
    return hashlib.sha256(said.encode()).hexdigest()


def read(place):
    """Every file of the bundle, each held against the manifest."""
    try:
        if place.is_file():
            with zipfile.ZipFile(place) as bundle:
                files = {name: bundle.read(name) for name in bundle.namelist()}
        else:
            files = {each.name: each.read_bytes() for each in place.iterdir() if each.is_file()}
        manifest = files.pop("manifest.txt").decode().split("\n")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        bad("%s can't be read as a bundle: %s" % (place, error))
    listed = ["%s  %s" % (hashlib.sha256(files.get(name, b"")).hexdigest(), name) for name in FILES]
    for line, told in zip(listed, manifest[1:]):
        if line != told:
            bad("%s is not the file that the manifest lists" % line.split("  ")[1])
    if manifest[1 + len(FILES) :] != [""] or (place.is_file() and len(files) > len(FILES)):
        bad("the manifest lists other files than there are")
    return manifest[0], {n: json.loads(files[n]) for n in FILES if n.endswith(".json")}


def follow(ledger, seal):
    """The ledger of the whole register; what it says of the rows of this case."""
    previous, told, stood, units = "", {}, False, {}
    for no, entry in enumerate(ledger, start=1):
        is_open = isinstance(entry, dict)
        body = hashed(entry["rows"], entry["marks"], entry["because"]) if is_open else entry
        previous = hashed(previous, str(no), body)
        stood = stood or seal_of(no, previous) == seal
        for table, key, row in json.loads(entry["rows"]) if is_open else ():
            told[table, key] = no, row
            units.setdefault(no, []).append((table, key))
    if seal and not stood:
        bad("the seal %s was put on another register, or on another history of it" % seal)
    return seal_of(len(ledger), previous), told, units


def people(rows):
    """The commitment of each who acted, by name or by what stands for an erased one."""
    for each in rows:
        if each["name"] and hashed(each["salt"], each["name"]) != each["commitment"]:
            bad("person %d: the name or the salt was changed" % each["id"])
    return {each["name"] or "(name %d erased)" % each["id"]: each["commitment"] for each in rows}


def compare(tables, keys, told, units):
    """Every row as the ledger recorded it, and none left out of what only this case wrote."""
    commitments, there = people(tables["person"]), set()
    for table, rows in sorted(tables.items(), key=lambda each: each[0] != "history_entry"):
        for row in rows:
            key = row[keys[table]]
            no, was = told.get((table, key), (0, ""))
            if digest(table, keys[table], row, commitments) != was:
                bad("%s is not as ledger entry %d recorded it" % (called(table, key, row), no))
            there.add((table, key))
    for rows in units.values():
        acts = [row for row in rows if row[0] == "history_entry"]
        for table, key in rows if acts and there.issuperset(acts) else ():
            if (table, key) not in there:
                bad("%s %s was left out of the bundle" % (table, key))
    return len(there)


def called(table, key, row):
    is_act = table == "history_entry"
    return "entry %d of %s" % (row["no"], row["disposal_ref"]) if is_act else f"{table} {key}"


def chains(tables, history):
    """Each case's entries follow one another, and the readable history says what they say."""
    heads = {}
    for row, told in zip(tables["history_entry"], history + [{}] * len(tables["history_entry"])):
        no, head = heads.get(row["disposal_ref"], (0, ""))
        if (row["no"], row["previous_hash"]) != (no + 1, head):
            bad("%s does not follow entry %d" % (called("history_entry", 0, row), no))
        heads[row["disposal_ref"]] = row["no"], row["hash"]
        if told != {n: json.loads(v) if n in PARSED and v else v for n, v in row.items()}:
            bad("%s: history.json tells another story" % called("history_entry", 0, row))
    for row in tables["disposal"]:
        if row["version"] != heads.get(row["ref"], (0, ""))[0]:
            bad("the history of %s lacks its last entries" % row["ref"])


def main():
    words = sys.argv[1:]
    asked = words.pop(words.index("--seal") + 1).upper() if "--seal" in words[:-1] else ""
    places = [word for word in words if not word.startswith("--")]
    head, files = read(Path(places[0] if places else "."))
    rows, ledger = files["rows.json"], files["ledger.json"]
    seal, told, units = follow(ledger, asked)
    if head != "seal " + seal:
        bad("the manifest's “%s” is not the seal of this ledger, %s" % (head, seal))
    count = compare(rows["rows"], rows["keys"], told, units)
    chains(rows["rows"], files["history.json"])
    print("Verified %d rows against %d ledger entries." % (count, len(ledger)))
    print("Seal %s%s." % (seal, "; it holds the state of " + asked if asked else ""))
    print("No sign of tampering. Hold the seal against one on paper: see README.txt.")


if __name__ == "__main__":
    main()
