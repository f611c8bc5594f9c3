"""The auditor's bundle, verified by the script in it: Python alone, in an empty folder."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from disposals.casework.cases import hold
from disposals.casework.erasing import erase_name
from disposals.casework.moves import advance
from disposals.disclosure.audit import seal
from disposals.disclosure.seen import versions, versions_of_family
from disposals.exports import bundle as module
from disposals.exports.bundle import case_bundle
from disposals.register import Register
from tests.conftest import Said, stamp

PART_1 = "steele-avenue/part-1"
SCRIPT = Path(module.__file__).with_name("verify.py")
FILES = ["README.txt", "history.json", "ledger.json", "manifest.txt", "rows.json", "verify.py"]


@pytest.fixture
def made(kent: Register, tmp_path: Path) -> Path:
    """The bundle of Part 1."""
    path = tmp_path / "case.zip"
    case_bundle(kent, PART_1, path)
    return path


def verify(bundle: Path, *words: str) -> tuple[int, str]:
    """The script alone, by a bare Python in a folder with nothing else in it."""
    folder = bundle.parent / "auditor"
    folder.mkdir(exist_ok=True)
    (folder / "check.py").write_bytes(SCRIPT.read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", "-S", "check.py", str(bundle), *words],
        cwd=folder, env={}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, files: dict[str, bytes], *, listed_again: bool = False) -> None:
    if listed_again:
        head = files["manifest.txt"].decode().split("\n")[0]
        names = sorted(set(files) - {"manifest.txt"})
        told = [f"{sha256(files[name]).hexdigest()}  {name}" for name in names]
        files["manifest.txt"] = "\n".join([head, *told, ""]).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def as_written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def test_a_bundle_verifies_with_nothing_installed(made: Path, kent: Register) -> None:
    status, said = verify(made, "--seal", seal(kent))
    assert status == 0, said
    assert "it holds the state of" in said
    assert "No sign of tampering" in said
    assert len(SCRIPT.read_text("utf-8").splitlines()) < 150


def test_it_verifies_where_it_was_unpacked(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(made) as archive:
        archive.extractall(folder)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"],
        cwd=folder, env={}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_it_holds_the_gates_as_they_stood_and_the_boundaries_by_revision(
    kent: Register, made: Path
) -> None:
    moved = advance(
        kent, "steele-avenue", stamp(), seen=versions_of_family(kent, "steele-avenue")
    ).moved
    assert [case.reference for case in moved] == [PART_1]
    case_bundle(kent, PART_1, made)
    files = unpacked(made)
    history = json.loads(files["history.json"])
    gates = [gate for entry in history for gate in entry["report"] or ()]
    rows = json.loads(files["rows.json"])
    assert {entry["disposal_ref"] for entry in history} == {PART_1, "steele-avenue"}
    assert [gate["gate"] for gate in gates] == [each.gate for each in moved[0].report.findings]
    assert {"verdict", "reason"} <= gates[0].keys()
    assert {row["revision"] for row in rows["boundary"]} >= {1, 2}
    assert "bensted" not in "".join(map(str, rows.values()))


@pytest.mark.parametrize("name", FILES)
def test_one_byte_that_is_flipped_in_any_file_is_found(made: Path, name: str) -> None:
    sound = unpacked(made)
    for at in (0, len(sound[name]) // 2, len(sound[name]) - 1):
        content = bytearray(sound[name])
        content[at] ^= 1
        packed(made, sound | {name: bytes(content)})
        status, said = verify(made)
        assert (status, said[:4], "Traceback" in said) == (1, "BAD:", False), (at, said)


def _another_price(rows: Any) -> None:
    bid = rows["bid"][0]
    bid["bidder"] = "Someone else"


def _a_bid_left_out(rows: Any) -> None:
    del rows["bid"][0]


def _a_last_entry_left_out(rows: Any) -> None:
    del rows["history_entry"][-1]


def _fields_of_a_bid_swapped(rows: Any) -> None:
    """The key, of which no digest tells, put where no figure stood."""
    for bid in rows["bid"]:
        bid["deposit_pence"] = bid.pop("id")


def _a_name_that_is_a_commitment(rows: Any) -> None:
    known = {who["name"]: who["commitment"] for who in rows["person"]}
    for entry in rows["history_entry"]:
        entry["by"] = known[entry["by"]]


def _a_price_that_is_a_field_of_another_name(rows: Any) -> None:
    """Names are hashed as they stand, so one could hold what belongs to another."""
    bid = next(each for each in rows["bid"] if each["price_pence"] and each["received_as_written"])
    price, bid["price_pence"] = str(bid["price_pence"]), None
    said = bid.pop("received_as_written")
    bid[f"price_pence=i{len(price)}:{price}received_as_written"] = said


def _a_shape_that_says_more(rows: Any) -> None:
    rows["boundary"][0]["shape"]["says"] = "something else"


def _a_bid_twice(rows: Any) -> None:
    rows["bid"].append(rows["bid"][0])


def _a_name_taken_away(rows: Any) -> None:
    for table in rows.values():
        for row in table:
            for name in {"by", "recorded_by", "officer"} & row.keys():
                row[name] = f"(name {rows['person'][0]['id']} erased)"
    rows["person"][0] |= {"name": None, "salt": None}


def _a_last_hash_changed(rows: Any) -> None:
    rows["history_entry"][-1]["hash"] = "0" * 64


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (_another_price, "is not as ledger entry"),
        (_a_bid_left_out, "left out of the bundle"),
        (_a_last_entry_left_out, "another story"),
        (_fields_of_a_bid_swapped, "KeyError"),
        (_a_name_that_is_a_commitment, "is not as ledger entry"),
        (_a_last_hash_changed, "is not as ledger entry"),
        (_a_price_that_is_a_field_of_another_name, "bid has no field"),
        (_a_shape_that_says_more, "can't be read as a bundle"),
        (_a_bid_twice, "stands there twice"),
        (_a_name_taken_away, "the name or the salt was changed"),
    ],
)
def test_a_bundle_whose_manifest_was_written_anew_is_found_too(
    made: Path, tamper: Callable[[Any], None], found: str
) -> None:
    files = unpacked(made)
    rows = json.loads(files["rows.json"])
    tamper(rows)
    packed(made, files | {"rows.json": as_written(rows)}, listed_again=True)
    status, said = verify(made)
    assert (status, found in said) == (1, True), said


@pytest.mark.parametrize(
    ("name", "was", "now"),
    [
        ("rows.json", b'"price_pence": ', b'"price_pence": 1, "price_pence": '),
        ("history.json", b'"act": ', b'"act": "nothing", "act": '),
        ("history.json", b'"is_illustrative": true', b'"is_illustrative": 1'),
    ],
)
def test_what_another_reader_would_read_otherwise_is_found(
    made: Path, name: str, was: bytes, now: bytes
) -> None:
    files = unpacked(made)
    assert was in files[name]
    packed(made, files | {name: files[name].replace(was, now, 1)}, listed_again=True)
    status, said = verify(made)
    assert (status, name in said) == (1, True), said


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_stands_twice_in_it_is_found(made: Path) -> None:
    true = unpacked(made)
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("rows.json", true["rows.json"].replace(b'"price_pence": ', b'"price": '))
        for name, content in true.items():
            archive.writestr(name, content)
    status, said = verify(made)
    assert (status, "other files than the manifest lists" in said) == (1, True)


def test_whoever_reads_but_its_beginning_accuses_nobody(made: Path) -> None:
    line = f"{sys.executable} {SCRIPT} {made} | head -c 1"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert "BAD" not in done.stderr


def test_it_tells_with_what_entry_each_case_ends_and_what_is_not_here(made: Path) -> None:
    files = unpacked(made)
    rows = json.loads(files["rows.json"])
    ends = max(entry["no"] for entry in rows["history_entry"] if entry["disposal_ref"] == PART_1)
    whole = verify(made)[1]
    assert f"{PART_1} ends with entry {ends}, at bid_shortlist." in whole
    assert "not here" not in whole
    gone = len(rows.pop("boundary"))
    packed(made, files | {"rows.json": as_written(rows)}, listed_again=True)
    assert f"not here as not of this case: boundary, {gone}." in verify(made)[1]


def test_a_bundle_of_another_history_does_not_hold_the_seal_of_this_one(made: Path) -> None:
    status, said = verify(made, "--seal", "412-NENT-QAXB-NENT-QAXB-S0")
    assert (status, "another register" in said) == (1, True)


def test_a_seal_is_taken_as_it_is_typed_and_a_misread_one_is_no_sign_of_tampering(
    made: Path, kent: Register
) -> None:
    right = seal(kent)
    head, _, rest = right.partition("-")
    for typed in (
        f" {right.lower()} ",
        head + "-" + rest.replace("-", " "),
        right.replace("0", "O"),
    ):
        status, said = verify(made, f"--seal={typed}")
        assert (status, f"holds the state of {right}" in said) == (0, True), said
    wrong = right[:-1] + ("A" if right[-1] != "A" else "B")
    for words in (["--seal", wrong], ["--seal", "a code"]):
        status, said = verify(made, *words)
        assert (status, "misread" in said) == (1, True), said
    for words in (["--seal"], ["--seals", right], [str(made)]):
        status, said = verify(made, *words)
        assert (status, "usage:" in said) == (2, True), said


def test_a_folder_that_is_no_bundle_is_told_so(tmp_path: Path) -> None:
    status, said = verify(tmp_path)
    assert (status, said[:4], "Traceback" in said) == (1, "BAD:", False), said


def test_the_same_register_gives_the_same_bytes(kent: Register, made: Path) -> None:
    before = made.read_bytes()
    case_bundle(kent, PART_1, made)
    assert made.read_bytes() == before


def test_it_verifies_after_a_name_was_erased_and_bears_it_no_more(
    kent: Register, made: Path
) -> None:
    who = "Officer A"  # the papers name the surveyor's role in what they say, which stays
    hold(kent, PART_1, stamp(by=who), seen=versions(kent, PART_1)[PART_1], because="Survey awaited")
    printed = seal(kent)
    case_bundle(kent, PART_1, made)
    assert who.encode() in b"".join(unpacked(made).values())
    erase_name(kent, who, stamp(by="Clerk"), because="Left the council")
    case_bundle(kent, PART_1, made)
    assert verify(made, "--seal", printed)[0] == 0
    assert who.encode() not in b"".join(unpacked(made).values())
    erase_name(kent, "Clerk", stamp(by="Clerk of the Clerk"), because="Left the council")
    case_bundle(kent, PART_1, made)
    assert verify(made)[0] == 0
    rows = json.loads(unpacked(made)["rows.json"])
    del rows["erasure"][0]
    packed(made, unpacked(made) | {"rows.json": as_written(rows)}, listed_again=True)
    assert "the name or the salt was changed" in verify(made)[1]


def test_a_bundle_is_written_whole_or_not_at_all(
    kent: Register, tmp_path: Path, disposals: Callable[..., Said]
) -> None:
    assert kent.authority == "kent"
    said = disposals("audit", "bundle", "nowhere", "-o", str(tmp_path / "none.zip"))
    assert said.status == 1
    assert not (tmp_path / "none.zip").exists()
    said = disposals("audit", "bundle", PART_1, "-o", str(tmp_path / "no" / "folder.zip"))
    assert said.status == 1
    assert "Traceback" not in said.err
