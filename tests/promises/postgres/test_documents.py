"""The folder of documents that an address names: it is there, or what needs it is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from disposals import database
from disposals.backup import back_up, restore, verified
from disposals.casework.documents import attach, keeping
from disposals.disclosure import documents
from disposals.disclosure.seen import versions
from disposals.errors import CannotWriteRegister, NoDocuments
from disposals.filing import hashed, place_of
from disposals.moving import move
from disposals.register import Register, is_there, open_register
from disposals.storage import storage_of
from disposals.storage.address import Address, Place
from tests.conftest import AT, stamp
from tests.postgres import Server

ONE = "steele-avenue/part-1"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    made = tmp_path / "notice.txt"
    made.write_text("Notice of intention to dispose")
    return made


@pytest.fixture
def essex(place: Address, server: Server) -> Iterator[Address]:
    """A schema beside, in which nothing is; its documents in a folder that is not there."""
    yield Address.read(
        str(place).replace("=kent", "=essex").replace("register.documents", "essex/papers")
    )
    server.run("DROP SCHEMA IF EXISTS essex CASCADE", database="estates")


def without_a_folder(place: Place) -> Address:
    return Address.read(str(place).partition("&documents")[0])


def attached(register: Register, paper: Path) -> None:
    facts = {"title": "Notice", "kind": "notice"}
    attach(register, ONE, paper, facts, stamp(), seen=versions(register, ONE)[ONE])


def told(place: Place) -> str:
    """What `db check` says of the documents, which comes last."""
    found = database.check(place)[-1]
    return f"{'✓' if found.is_well else '✗'} {found.what}"


def test_a_folder_that_is_mistyped_or_not_mounted_is_not_made(kent: Register, paper: Path) -> None:
    mistyped = Address.read(f"{kent.place}".replace("register.documents", "regster.documents"))
    register = open_register(mistyped)
    with pytest.raises(NoDocuments, match="it may be mistyped, or its disk not mounted"):
        attached(register, paper)
    assert not register.storage.documents.exists()
    assert versions(register, ONE) == versions(kent, ONE)
    register.close()
    assert told(mistyped).startswith(f"✗ There is no folder {mistyped.folder}")


def test_a_register_that_comes_back_may_make_its_folder_and_none_above_it(
    kent: Register, paper: Path, essex: Address, tmp_path: Path
) -> None:
    assert essex.folder is not None
    attached(kent, paper)
    back_up(kent.place, tmp_path / "estate.backup", at=AT)
    with pytest.raises(NoDocuments, match="its disk not mounted"):
        restore(tmp_path / "estate.backup", essex)
    assert not essex.folder.parent.exists()
    assert not is_there(essex)
    essex.folder.parent.mkdir()
    restore(tmp_path / "estate.backup", essex)
    back = open_register(essex)
    assert documents.verified(back).sound == 1
    back.close()


def test_a_document_that_another_register_may_name_is_never_removed(
    kent: Register, paper: Path
) -> None:
    """Two registers may have been given one folder, and only the other may name it by now."""
    paper.write_text("A draft that is attached nowhere")
    sha256, _ = hashed(paper)
    assert not place_of(kent.storage.documents, sha256).exists()

    def fails_at_its_end() -> None:
        with keeping(kent, {sha256: paper}) as keep:
            keep()
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 (whatever it is)
        fails_at_its_end()
    there = place_of(kent.storage.documents, sha256)
    assert there.exists()
    there.unlink()


def test_a_restore_that_is_refused_leaves_no_document(
    kent: Register, paper: Path, server: Server, tmp_path: Path
) -> None:
    attached(kent, paper)
    back_up(kent.place, tmp_path / "estate.backup", at=AT)
    joes = server.address("estates", tmp_path, user="joe")
    with pytest.raises(CannotWriteRegister):
        restore(tmp_path / "estate.backup", Address.read(f"{joes}".replace("=kent", "=essex")))
    assert joes.folder is not None
    assert [path for path in joes.folder.rglob("*") if path.is_file()] == []


def test_without_a_folder_all_works_while_there_are_no_documents(
    place: Address, tmp_path: Path
) -> None:
    bare = without_a_folder(place)
    assert told(bare) == "✓ It has no documents, and its address names no folder for them."
    back_up(bare, tmp_path / "estate.backup", at=AT)
    assert verified(tmp_path / "estate.backup").holds["document"] == 0
    assert move(bare, tmp_path / "county.sqlite").documents == 0
    assert told(tmp_path / "county.sqlite") == (
        f"✓ It has no documents yet; they will lie in {tmp_path / 'county.sqlite.documents'}."
    )


def test_without_a_folder_documents_are_not_left_behind(
    kent: Register, paper: Path, tmp_path: Path
) -> None:
    attached(kent, paper)
    bare = without_a_folder(kent.place)
    assert told(bare).startswith("✗ The documents of a register in PostgreSQL lie in a folder")
    with pytest.raises(NoDocuments, match="documents=/the/folder"):
        back_up(bare, tmp_path / "estate.backup", at=AT)
    with pytest.raises(NoDocuments, match="documents=/the/folder"):
        move(bare, tmp_path / "county.sqlite")
    assert [path.name for path in tmp_path.glob("*.*")] == ["notice.txt"]


def test_a_move_that_has_no_place_for_documents_carries_nothing_over(
    kent: Register, paper: Path, essex: Address
) -> None:
    attached(kent, paper)
    unmounted = Address.read(f"{essex}".replace("essex/papers", "nowhere/papers"))
    for target in (without_a_folder(essex), unmounted):
        with pytest.raises(NoDocuments):
            move(kent.place, target)
        assert not storage_of(target).aside().is_there()
