"""A register moves house: every row and every hash, or not at all."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from disposals.casework import cases
from disposals.casework.documents import attach
from disposals.casework.erasing import erase_name
from disposals.disclosure.audit import seal, verified
from disposals.disclosure.seen import versions
from disposals.errors import AlreadyRecorded, NotARegister, RegisterMoved
from disposals.moving import NotMoved, move
from disposals.register import Register, create_register, open_register
from tests.conftest import AT, Said, stamp

PART = "steele-avenue/part-1"


class CutOffError(Exception):
    pass


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "county" / "register.sqlite"


@pytest.fixture
def another(tmp_path: Path) -> Path:
    place = tmp_path / "another.sqlite"
    create_register(place, authority="kent", at=AT)
    return place


def hold(register: Register, because: str, by: str = "Disposals Surveyor") -> None:
    cases.hold(register, PART, stamp(by=by), seen=versions(register, PART)[PART], because=because)
    cases.resume(register, PART, stamp(), seen=versions(register, PART)[PART])


def seal_at(place: Path) -> str:
    register = open_register(place)
    try:
        assert not verified(register).faults
        return seal(register)
    finally:
        register.close()


def cut_off_after(table: str) -> Callable[[str, int, int], None]:
    def told(reached: str, _: int, __: int) -> None:
        if reached == table:
            raise CutOffError

    return told


def test_what_arrives_is_what_left(kent: Register, new: Path) -> None:
    before = seal(kent)
    done = move(kent.place, new)
    assert done.seal == before == seal_at(new)
    assert done.entries == int(before.partition("-")[0])


def test_the_old_register_can_be_read_and_says_where_the_new_one_is(
    kent: Register, new: Path
) -> None:
    move(kent.place, new)
    with pytest.raises(RegisterMoved, match=f"moved to {new}"):
        hold(kent, "Buyer asks for time")
    assert not verified(kent).faults


def test_work_goes_on_in_the_new_one(kent: Register, new: Path) -> None:
    move(kent.place, new)
    moved = open_register(new)
    hold(moved, "Buyer asks for time")
    assert not verified(moved).faults
    moved.close()


@pytest.mark.parametrize("table", ["disposal", "history_entry", "bid", "ledger_entry"])
def test_a_move_that_was_cut_off_goes_on(kent: Register, new: Path, table: str) -> None:
    with pytest.raises(CutOffError):
        move(kent.place, new, told=cut_off_after(table))
    assert not new.exists()
    hold(kent, "Meanwhile the work went on")
    assert move(kent.place, new).seal == seal(kent) == seal_at(new)


def test_a_name_erased_between_two_tries_is_erased_there_too(kent: Register, new: Path) -> None:
    hold(kent, "Buyer asks for time", by="Relief Surveyor")
    with pytest.raises(CutOffError):
        move(kent.place, new, told=cut_off_after("ledger_entry"))
    erase_name(kent, "Relief Surveyor", stamp(by="Head of Law"), because="Asked to")
    move(kent.place, new)
    assert seal_at(new) == seal(kent)
    assert b"Relief Surveyor" not in new.read_bytes()


def test_a_move_cut_off_at_its_very_end_is_ended(kent: Register, new: Path, tmp_path: Path) -> None:
    as_it_was = tmp_path / "as-it-was.sqlite"
    shutil.copy(kent.place, as_it_was)
    move(kent.place, new)
    with pytest.raises(AlreadyRecorded, match="holds this register already"):
        move(as_it_was, new)
    old = open_register(as_it_was)
    with pytest.raises(RegisterMoved):
        hold(old, "Buyer asks for time")
    old.close()


def test_documents_come_along(kent: Register, new: Path, tmp_path: Path) -> None:
    deed = tmp_path / "deed.txt"
    deed.write_text("This deed")
    facts = {"title": "Deed", "kind": "other"}
    attach(kent, PART, deed, facts, stamp(), seen=versions(kent, PART)[PART])
    assert move(kent.place, new).documents == 1
    moved = open_register(new)
    (document,) = [each for each in moved.storage.documents.rglob("*") if each.is_file()]
    assert document.read_text() == "This deed"
    moved.close()


def test_nothing_moves_over_another_register_or_onto_itself(kent: Register, another: Path) -> None:
    for place, said in ((another, "and another one"), (kent.place, "already")):
        before = place.read_bytes()
        with pytest.raises(AlreadyRecorded, match=said):
            move(kent.place, place)
        assert place.read_bytes() == before
    hold(kent, "It still takes everything")


def test_half_of_another_register_is_not_gone_on_from(
    kent: Register, another: Path, new: Path
) -> None:
    with pytest.raises(CutOffError):
        move(another, new, told=cut_off_after("ledger_entry"))
    with pytest.raises(AlreadyRecorded, match="left over from the move of another"):
        move(kent.place, new)


def test_an_altered_register_does_not_move(kent: Register, new: Path) -> None:
    with closing(sqlite3.connect(kent.place)) as connection, connection:
        connection.execute("UPDATE site SET name = 'Another' WHERE ref = 'steele-avenue'")
    with pytest.raises(NotARegister, match="site steele-avenue"):
        move(kent.place, new)
    assert not new.exists()


def test_a_copy_that_is_not_the_same_is_thrown_away(kent: Register, new: Path) -> None:
    tampered: list[str] = []

    def altered(table: str, _: int, __: int) -> None:
        if table == "bid" and not tampered:
            tampered.append(table)
            with closing(sqlite3.connect(f"{new}.moving")) as connection, connection:
                connection.execute("UPDATE bid SET bidder = 'Another'")

    with pytest.raises(NotMoved):
        move(kent.place, new, told=altered)
    assert list(new.parent.iterdir()) == []
    hold(kent, "It still takes everything")


def test_the_command_says_that_all_is_equal(
    kent: Register, new: Path, disposals: Callable[..., Said]
) -> None:
    before = seal(kent)
    done = disposals("db", "move", str(new), "--json")
    assert done.json["seal"] == before == seal_at(new)
    assert "takes nothing more" in disposals("db", "move", str(new)).err
