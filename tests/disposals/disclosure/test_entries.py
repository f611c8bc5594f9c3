"""A correction is a new entry that refers to the old; what stood before is never lost."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from disposals.casework import corrections, documents, recording
from disposals.disclosure.documents import content, verified
from disposals.disclosure.entries import entries, versions_of
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import BadFact, NotRecorded
from disposals.filing import DamagedDocument
from disposals.register import Register
from sites.errors import UnreadableFile
from tests.conftest import stamp

TODAY = date(2021, 9, 30)
OFFICER, PUBLIC = Audience.OFFICER, Audience.PUBLIC


def add(register: Register, ref: str, kind: str, **facts: Any) -> None:
    seen = versions(register, ref)[ref]
    recording.record(register, ref, kind, facts, stamp(TODAY), seen=seen)


def correct(register: Register, ref: str, kind: str, entry: int, **changes: Any) -> int:
    return corrections.correct(
        register, ref, kind, entry, changes, stamp(date(2021, 10, 4)),
        seen=versions(register, ref)[ref], because="As the letter says",
    )  # fmt: skip


@pytest.fixture
def valued(register: Register, mill_lane: str) -> int:
    """The number of a valuation at £800,000."""
    add(register, mill_lane, "valuation", valuer="V", value_pence=80_000_000, valued_on=TODAY)
    (entry,) = entries(register, mill_lane, ["valuation"], audience=OFFICER)
    return int(entry["id"])


def test_a_correction_stands_in_place_of_the_entry_and_refers_to_it(
    register: Register, mill_lane: str, valued: int
) -> None:
    new = correct(register, mill_lane, "valuation", valued, value_pence=82_000_000)
    (standing,) = entries(register, mill_lane, ["valuation"], audience=OFFICER)
    assert standing["entry"] == f"valuation-{new}"
    assert (standing["value_pence"], standing["replaces"]) == (82_000_000, valued)
    told = versions_of(register, mill_lane, "valuation", new, audience=OFFICER)
    assert [(each["id"], each["value_pence"]) for each in told] == [
        (new, 82_000_000), (valued, 80_000_000),
    ]  # fmt: skip
    assert told[1]["recorded_on"] == TODAY


def test_what_was_corrected_is_not_corrected_again_and_nothing_is_not_a_correction(
    register: Register, mill_lane: str, valued: int
) -> None:
    new = correct(register, mill_lane, "valuation", valued, valuer="W")
    with pytest.raises(NotRecorded, match="was corrected or carried forward already"):
        correct(register, mill_lane, "valuation", valued, valuer="X")
    with pytest.raises(BadFact, match="says so already"):
        correct(register, mill_lane, "valuation", new, valuer="W")
    with pytest.raises(NotRecorded, match="is not there"):
        correct(register, mill_lane, "valuation", 999, valuer="X")


def test_an_entry_of_another_case_is_not_shown(
    register: Register, kent: Register, mill_lane: str, valued: int
) -> None:
    assert kent is not None
    with pytest.raises(NotRecorded, match="mill-lane has no valuation-99"):
        versions_of(register, mill_lane, "valuation", 99, audience=OFFICER)
    assert valued


def test_the_public_sees_open_entries_and_of_them_open_fields(
    register: Register, mill_lane: str, valued: int
) -> None:
    assert valued
    add(
        register, mill_lane, "consultation", consultee="Parish council", capacity="parish council",
        held_on=TODAY, said="Content", disclosure="open",
    )  # fmt: skip
    kinds = ["valuation", "consultation"]
    (told,) = entries(register, mill_lane, kinds, audience=PUBLIC)
    assert told["consultee"] == "Parish council"
    assert not {"recorded_by", "id", "replaces"} & told.keys()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_bytes("Item 10: 1.29 acres, £.\r\n".encode())
    return path


def attach(register: Register, ref: str, path: Path, **facts: Any) -> int:
    told = {"title": "Report", "kind": "report", **facts}
    documents.attach(register, ref, path, told, stamp(TODAY), seen=versions(register, ref)[ref])
    return int(entries(register, ref, ["document"], audience=OFFICER)[-1]["id"])


def kept(register: Register) -> Path:
    (file,) = (each for each in register.storage.documents.rglob("*") if each.is_file())
    return file


def test_a_document_comes_back_byte_for_byte(
    register: Register, mill_lane: str, report: Path
) -> None:
    entry = attach(register, mill_lane, report)
    as_attached = report.read_bytes()
    report.write_text("Changed since.", encoding="utf-8")
    told = content(register, mill_lane, entry, audience=OFFICER)
    assert told == ("report.txt", as_attached)
    assert (verified(register).sound, verified(register).damaged) == (1, ())


def test_an_exempt_document_is_not_there_for_the_public(
    register: Register, mill_lane: str, report: Path
) -> None:
    entry = attach(register, mill_lane, report)
    with pytest.raises(NotRecorded, match="has no document"):
        content(register, mill_lane, entry, audience=PUBLIC)


def test_an_altered_document_and_a_missing_one_are_told(
    register: Register, mill_lane: str, report: Path
) -> None:
    entry = attach(register, mill_lane, report)
    kept(register).write_bytes(b"Item 10: 1.30 acres")
    with pytest.raises(DamagedDocument, match="is not what was attached"):
        content(register, mill_lane, entry, audience=OFFICER)
    assert "is not what was attached" in verified(register).damaged[0]
    kept(register).unlink()
    assert "is not at" in verified(register).damaged[0]


def test_a_file_that_is_not_there_or_empty_is_not_attached(
    register: Register, mill_lane: str, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    for name, said in (("nowhere.txt", "no such file"), ("empty.txt", "it is empty")):
        with pytest.raises(UnreadableFile, match=said):
            attach(register, mill_lane, tmp_path / name)
    assert entries(register, mill_lane, ["document"], audience=OFFICER) == []
