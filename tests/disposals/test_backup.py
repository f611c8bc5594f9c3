"""A backup brings back every row and every document, or says why it can't be relied on."""

import errno
import hashlib
import json
import os
import shlex
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disposals.backup import Manifest, NotABackup, back_up, restore, verified
from disposals.backup.archive import Packing
from disposals.errors import AlreadyRecorded, CannotWriteRegister, NewerRegister, NotARegister
from disposals.filing import DamagedDocument
from disposals.records import FORMAT
from disposals.register import Register
from sites.errors import CannotWrite
from tests.conftest import AT, Said
from tests.places import past_the_guards


def rows(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump())


@pytest.fixture
def attached(
    kent: Register,  # noqa: ARG001 (it lies at the path)
    path: Path,
    tmp_path: Path,
    disposals: Callable[..., Said],
) -> Path:
    """The Kent example with one document; its path."""
    (tmp_path / "particulars.txt").write_text("Particulars of sale")
    said = disposals(
        "document", "add", "steele-avenue", str(tmp_path / "particulars.txt"),
        "--title", "Particulars", "--kind", "particulars",
    )  # fmt: skip
    assert said.status == 0, said.err
    return path


@pytest.fixture
def backup(attached: Path, tmp_path: Path) -> Path:
    made = tmp_path / "estate.backup"
    back_up(attached, made, at=AT)
    return made


def document_of(register: Path) -> Path:
    (found,) = register.with_name(f"{register.name}.documents").rglob("*/*")
    return found


def test_every_row_and_every_document_comes_back(
    attached: Path, backup: Path, tmp_path: Path
) -> None:
    back = tmp_path / "elsewhere" / "register.sqlite"
    manifest = restore(backup, back)
    assert rows(back) == rows(attached)
    assert document_of(back).read_text() == "Particulars of sale"
    with closing(sqlite3.connect(attached)) as connection:
        (entries,) = connection.execute("SELECT count(*) FROM history_entry").fetchone()
    assert manifest.holds == {"disposal": 8, "site": 10, "history_entry": entries, "document": 1}


def test_nothing_lies_beside_a_backup_when_it_is_made(backup: Path) -> None:
    assert [path.name for path in backup.parent.iterdir() if path.name.startswith(".")] == []
    assert zipfile.ZipFile(backup).testzip() is None


def test_a_register_is_backed_up_as_at_one_moment_while_others_write(
    attached: Path, tmp_path: Path
) -> None:
    each = [sys.executable, "-m", "disposals", "--register", str(attached), "milestone", "add"]
    steps = " && ".join(
        shlex.join([*each, "bensted-house", "--when", "Jul 2022", "--name", f"Step {number}"])
        for number in range(8)
    )
    writer = subprocess.Popen(["sh", "-c", steps], stdout=subprocess.DEVNULL)
    backups: list[Path] = []
    while writer.poll() is None or not backups:
        backups.append(tmp_path / f"{len(backups)}.backup")
        back_up(attached, backups[-1], at=AT)
    assert writer.returncode == 0
    for number, made in enumerate(backups):
        back = tmp_path / f"{number}.sqlite"
        restore(made, back)
        with closing(sqlite3.connect(back)) as connection:
            told = connection.execute(
                "SELECT (SELECT count(*) FROM milestone WHERE disposal_ref = 'bensted-house'), "
                "(SELECT count(*) FROM milestone_date WHERE disposal_ref = 'bensted-house'), "
                "(SELECT count(*) FROM history_entry WHERE act = 'milestone set' AND "
                "disposal_ref = 'bensted-house')"
            ).fetchone()
        assert len(set(told)) == 1, "a milestone, its date and its history entry are one act"


def test_of_two_backups_made_to_one_name_at_once_one_is_refused(
    attached: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "same.backup"
    finish = Packing.finish

    def someone_else_is_first(under_way: Packing, manifest: Manifest) -> None:
        monkeypatch.setattr(Packing, "finish", finish)
        back_up(attached, made, at=AT)
        finish(under_way, manifest)

    monkeypatch.setattr(Packing, "finish", someone_else_is_first)
    with pytest.raises(AlreadyRecorded, match="never takes the place of another"):
        back_up(attached, made, at=AT.replace(year=AT.year + 1))
    assert verified(made).made_at == AT
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_a_register_that_is_there_is_never_written_over(attached: Path, backup: Path) -> None:
    before = attached.read_bytes()
    with pytest.raises(AlreadyRecorded, match="never restored over a register"):
        restore(backup, attached)
    assert attached.read_bytes() == before


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_a_stale_journal_stands_in_the_way(suffix: str, backup: Path, tmp_path: Path) -> None:
    (tmp_path / f"new.sqlite{suffix}").touch()
    with pytest.raises(AlreadyRecorded, match="left over"):
        restore(backup, tmp_path / "new.sqlite")
    assert not (tmp_path / "new.sqlite").exists()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_an_altered_byte_is_found_or_changes_nothing(
    backup: Path, tmp_path: Path, where: float, flip: int
) -> None:
    altered, back = tmp_path / "altered.backup", tmp_path / "back.sqlite"
    content = bytearray(backup.read_bytes())
    content[int(where * len(content))] ^= flip
    altered.write_bytes(content)
    try:
        restore(altered, back)
    except NotABackup:
        assert not back.exists()
        return
    with zipfile.ZipFile(backup) as archive:
        assert back.read_bytes() == archive.read("register.sqlite")
    back.unlink()


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.99])
def test_a_backup_that_is_cut_short_is_refused(kept: float, backup: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(NotABackup):
        restore(backup, tmp_path / "new.sqlite")
    assert not (tmp_path / "new.sqlite").exists()


def files_in(backup: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(backup) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(backup: Path, files: dict[str, bytes], as_: int = zipfile.ZIP_STORED) -> Path:
    """A backup of other files, each of which its manifest tells the hash of."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != "manifest.json"
    }
    with zipfile.ZipFile(backup, "w", as_) as archive:
        for name, content in files.items():
            text = json.dumps(manifest) if name == "manifest.json" else content
            archive.writestr(name, text)
    return backup


def altered(backup: Path, **changes: object) -> Path:
    """A backup whose manifest says something else, and whose files are its own."""
    files = files_in(backup)
    manifest = json.loads(files["manifest.json"]) | changes
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in files.items():
            text = json.dumps(manifest) if name == "manifest.json" else content
            archive.writestr(name, text)
    return backup


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"files": {}}, "can't be read"),
        ({"files": ["register.sqlite"]}, "can't be read"),
        ({"files": {"register.sqlite": "0" * 64}}, "other files"),
        ({"files": {"register.sqlite": "0" * 64, "documents/../../evil": "0" * 64}}, "can't be"),
        ({"format": FORMAT - 1}, "another format"),
        ({"colour": "red"}, "can't be read"),
        ({"holds": {"disposals": 8}}, "can't be read"),
        ({"holds": {"disposal": "8", "site": 9, "history_entry": 40, "document": 0}}, "can't be"),
        ({"holds": {"disposal": 107, "site": 10, "history_entry": 40, "document": 1}}, "else than"),
        ({"authority": "essex"}, "something else than"),
    ],
)
def test_a_manifest_that_does_not_hold_is_refused(
    changes: dict[str, object], why: str, backup: Path
) -> None:
    with pytest.raises(NotABackup, match=why):
        verified(altered(backup, **changes))


def test_a_backup_without_a_document_that_its_register_names_is_refused(
    backup: Path, tmp_path: Path
) -> None:
    files = files_in(backup)
    (document,) = [name for name in files if name.startswith("documents/")]
    del files[document]
    with pytest.raises(NotABackup, match="not those that its register names"):
        verified(packed(backup, files))
    with pytest.raises(NotABackup, match="not those that its register names"):
        restore(backup, tmp_path / "new.sqlite")
    assert not list(tmp_path.glob("new.sqlite*"))


def test_a_backup_with_another_document_under_the_name_of_one_is_refused(backup: Path) -> None:
    files = files_in(backup)
    (document,) = [name for name in files if name.startswith("documents/")]
    with pytest.raises(NotABackup, match=f"{document} is not the document that its name says"):
        verified(packed(backup, {**files, document: b"Particulars of another sale"}))


def test_a_backup_with_a_document_that_its_register_does_not_name_is_refused(backup: Path) -> None:
    stray = b"Attached to nothing"
    name = f"documents/{hashlib.sha256(stray).hexdigest()}"
    with pytest.raises(NotABackup, match="not those that its register names"):
        verified(packed(backup, {**files_in(backup), name: stray}))


# Formats 1 and 2 have no table of documents; of the one of format 3 the documents were not kept.
OLDER = sorted((Path(__file__).parents[1] / "data" / "registers").glob("format-[124].sqlite"))


@pytest.mark.parametrize("old", OLDER, ids=lambda path: str(path.stem))
def test_a_backup_of_an_older_register_comes_back(old: Path, backup: Path, tmp_path: Path) -> None:
    files = files_in(backup)
    with closing(sqlite3.connect(old)) as connection:
        counted = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("disposal", "site", "history_entry")
        }
        ((told,),) = connection.execute("SELECT format FROM register")
    manifest = json.loads(files["manifest.json"])
    manifest |= {"format": told, "seal": None, "holds": {**counted, "document": 0}}
    made = {"register.sqlite": old.read_bytes(), "manifest.json": json.dumps(manifest).encode()}
    assert restore(packed(backup, made), tmp_path / "back.sqlite").is_older
    assert (tmp_path / "back.sqlite").read_bytes() == old.read_bytes()


def test_a_backup_of_something_else_than_a_register_is_refused(
    backup: Path, tmp_path: Path
) -> None:
    files = files_in(backup)
    with pytest.raises(NotABackup, match=r"estate\.backup is not .*its register is none"):
        verified(packed(backup, {**files, "register.sqlite": b"A list of sites"}))
    bare = tmp_path / "bare.sqlite"
    bare.write_bytes(OLDER[0].read_bytes())
    with closing(sqlite3.connect(bare)) as connection:
        connection.execute("DROP TABLE history_entry")
    manifest = json.loads(files["manifest.json"]) | {"format": 1, "seal": None}
    made = {"register.sqlite": bare.read_bytes(), "manifest.json": json.dumps(manifest).encode()}
    with pytest.raises(NotABackup, match="its register lacks tables"):
        verified(packed(backup, made))


@pytest.mark.parametrize("as_", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_backup_that_someone_has_compressed_is_refused(as_: int, backup: Path) -> None:
    with pytest.raises(NotABackup, match="compressed, which nothing in a backup is"):
        verified(packed(backup, files_in(backup), as_))


def with_a_name_that_is_no_utf8(content: bytes) -> bytes:
    directory = content.rindex(b"PK\x01\x02")
    flags, name = directory + 8, directory + 46
    changed = bytearray(content)
    changed[flags : flags + 2] = (0x800).to_bytes(2, "little")
    changed[name] = 0xFF
    return bytes(changed)


def with_a_directory_elsewhere(content: bytes) -> bytes:
    at = content.rindex(b"PK\x05\x06") + 16
    offset = int.from_bytes(content[at : at + 4], "little") + 1000
    return content[:at] + offset.to_bytes(4, "little") + content[at + 4 :]


@pytest.mark.parametrize("change", [with_a_name_that_is_no_utf8, with_a_directory_elsewhere])
def test_an_archive_that_leads_nowhere_is_told_as_damaged(
    change: Callable[[bytes], bytes], backup: Path, tmp_path: Path
) -> None:
    backup.write_bytes(change(backup.read_bytes()))
    for act in (verified, lambda it: restore(it, tmp_path / "new.sqlite")):
        with pytest.raises(NotABackup, match="it is damaged, or is something else"):
            act(backup)


def test_a_backup_is_not_written_into_a_pipe_or_a_folder(attached: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for target in (tmp_path / "pipe", tmp_path):
        with pytest.raises(AlreadyRecorded, match="is a folder, a pipe or a device"):
            back_up(attached, target, at=AT)


def test_a_place_below_a_file_is_refused_as_that(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").touch()
    for below in ("paper.txt/x.sqlite", "paper.txt/deep/x.sqlite"):
        with pytest.raises(CannotWriteRegister, match=r"paper\.txt is a file\. .* name a place in"):
            restore(backup, tmp_path / below)


def test_a_restore_that_fails_at_the_very_end_leaves_no_document(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("disposals.backup.put_in_place", full)
    back = tmp_path / "there" / "back.sqlite"
    with pytest.raises(CannotWriteRegister, match=r"No space left on device\. See that you may"):
        restore(backup, back)
    assert [path for path in back.parent.rglob("*") if path.is_file()] == []


def test_a_pipe_is_no_backup_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for act in (verified, lambda it: restore(it, tmp_path / "new.sqlite")):
        with pytest.raises(NotABackup, match="is not a file but a folder, a pipe or a device"):
            act(tmp_path / "pipe")


def test_what_is_no_backup_is_refused(kent_file: Path, tmp_path: Path) -> None:
    for stray in (kent_file, tmp_path / "nothing.backup", tmp_path):
        with pytest.raises(NotABackup):
            verified(stray)


def test_a_missing_document_is_named_and_nothing_is_backed_up(
    attached: Path, tmp_path: Path
) -> None:
    document_of(attached).unlink()
    with pytest.raises(DamagedDocument, match="Bring the folder of documents back"):
        back_up(attached, tmp_path / "estate.backup", at=AT)
    assert not (tmp_path / "estate.backup").exists()


def test_a_damaged_register_is_not_backed_up(attached: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(attached)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TRIGGER disposal_refuses_delete")
        connection.execute("DELETE FROM disposal WHERE ref = 'wayfarers'")
    with pytest.raises(NotARegister, match="damaged"):
        back_up(attached, tmp_path / "estate.backup", at=AT)
    assert not (tmp_path / "estate.backup").exists()


def test_a_register_that_was_altered_is_not_backed_up(attached: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(attached)) as connection, connection:
        connection.execute("DROP TRIGGER bid_refuses_update")
        connection.execute("UPDATE bid SET price_pence = 1 WHERE id = 11")
    with pytest.raises(NotARegister, match="bid 11 is not as it was recorded"):
        back_up(attached, tmp_path / "estate.backup", at=AT)
    assert not (tmp_path / "estate.backup").exists()


def test_documents_that_are_still_there_stay_and_altered_ones_are_named(
    attached: Path, backup: Path
) -> None:
    attached.unlink()
    restore(backup, attached)
    attached.unlink()
    document_of(attached).write_text("Something else")
    with pytest.raises(DamagedDocument, match="not what was attached"):
        restore(backup, attached)
    assert not attached.exists()


def test_a_backup_of_a_newer_version_is_refused(attached: Path, tmp_path: Path) -> None:
    made = tmp_path / "newer.backup"
    back_up(attached, made, at=AT)
    with zipfile.ZipFile(made) as archive:
        archive.extractall(tmp_path / "open")
    newer = tmp_path / "open" / "register.sqlite"
    with past_the_guards(newer) as hand:
        hand.execute("UPDATE register SET format = ?", (FORMAT + 1,))
    manifest = json.loads((tmp_path / "open" / "manifest.json").read_text())
    manifest["files"]["register.sqlite"] = hashlib.sha256(newer.read_bytes()).hexdigest()
    with zipfile.ZipFile(made, "w") as archive:
        for name in manifest["files"]:
            archive.write(tmp_path / "open" / name, name)
        archive.writestr("manifest.json", json.dumps(manifest | {"format": FORMAT + 1}))
    with pytest.raises(NewerRegister):
        restore(made, tmp_path / "new.sqlite")


@pytest.mark.parametrize("where", [0.0, 0.5, 0.999])
def test_a_disk_that_does_not_keep_what_is_written_is_found_out(
    where: float, attached: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = Packing.to_disk

    def to_disk(packing: Packing) -> "Future[None]":
        written = true(packing)
        handle = packing._file.fileno()
        at = int(where * os.fstat(handle).st_size)
        os.pwrite(handle, b"\xfe\xed", at)
        return written

    monkeypatch.setattr(Packing, "to_disk", to_disk)
    with pytest.raises(CannotWrite, match="the disk does not keep"):
        back_up(attached, tmp_path / "estate.backup", at=AT)
    assert not (tmp_path / "estate.backup").exists()


LIMITED = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from disposals.backup import back_up, restore
from disposals.errors import DisposalsError
from sites.errors import SiteError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    if sys.argv[4] == "backup":
        back_up(Path(sys.argv[1]), Path(sys.argv[2]), at=datetime.now(UTC))
    else:
        restore(Path(sys.argv[1]), Path(sys.argv[2]))
except (DisposalsError, SiteError) as error:
    print(error)
    sys.exit(1)
"""


@pytest.mark.parametrize("room", [0, 100_000, 700_000])
@pytest.mark.parametrize("act", ["backup", "restore"])
def test_where_the_disk_takes_no_more_no_half_is_left(
    act: str, room: int, attached: Path, backup: Path, tmp_path: Path
) -> None:
    source = attached if act == "backup" else backup
    target = tmp_path / "target" / "made"
    target.parent.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(source), str(target), str(room), act],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert list(target.parent.rglob("*")) == [] or act == "restore"
    assert not target.exists()
