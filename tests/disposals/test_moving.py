"""A register moves house: every row and every hash, or not at all."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import LiteralString

import pytest

from disposals.casework import cases
from disposals.casework.documents import attach
from disposals.casework.erasing import Erased, erase_name
from disposals.casework.sites import add_site
from disposals.database import check
from disposals.disclosure.audit import seal, verified
from disposals.disclosure.seen import versions
from disposals.errors import (
    AlreadyRecorded,
    CannotReachRegister,
    CannotWriteRegister,
    NoRegister,
    NotARegister,
    RegisterInUse,
    RegisterMoved,
)
from disposals.filing import DamagedDocument
from disposals.moving import NotMoved, move
from disposals.register import (
    Register,
    create_register,
    guard,
    is_there,
    open_register,
    writing,
)
from disposals.storage import storage_of
from disposals.storage.address import Address, Place, place_of
from disposals.storage.postgres import PostgresSchema
from disposals.storage.sqlite import SqliteFile
from disposals.upgrade import downgrade
from tests.conftest import AT, Said, stamp
from tests.places import as_it_is, past_the_guards
from tests.postgres import Server

PART = "steele-avenue/part-1"


class CutOffError(Exception):
    pass


@pytest.fixture(params=["to a file", "to a database"])
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Where the register is to be."""
    if request.param == "to a file":
        yield tmp_path / "county" / "register.sqlite"
        return
    server: Server = request.getfixturevalue("server")
    (tmp_path / "county").mkdir()
    yield server.database("county", tmp_path / "county")
    server.run("DROP DATABASE county WITH (FORCE)")


@pytest.fixture
def another(tmp_path: Path) -> Path:
    place = tmp_path / "another.sqlite"
    create_register(place, authority="kent", at=AT)
    return place


def by_hand(place: Place, statement: LiteralString) -> None:
    """Change what lies at a place, past its guards."""
    storage = storage_of(place)
    with writing(place) as connection:
        storage.unguard(connection)
        connection.exec_driver_sql(statement)
        guard(storage, connection)


def hold(register: Register, because: str, by: str = "Disposals Surveyor") -> None:
    cases.hold(register, PART, stamp(by=by), seen=versions(register, PART)[PART], because=because)
    cases.resume(register, PART, stamp(), seen=versions(register, PART)[PART])


def seal_at(place: Place) -> str:
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


def test_what_arrives_is_what_left(kent: Register, new: Place) -> None:
    before = seal(kent)
    done = move(kent.place, new)
    assert done.seal == before == seal_at(new)
    assert done.entries == int(before.partition("-")[0])


def test_the_old_register_can_be_read_and_says_where_the_new_one_is(
    kent: Register, new: Place
) -> None:
    move(kent.place, new)
    with pytest.raises(RegisterMoved, match=re.escape(f"moved to {new}")):
        hold(kent, "Buyer asks for time")
    assert not verified(kent).faults
    assert any("It was moved" in each.what for each in check(kent.place) if not each.is_well)


def test_a_place_that_the_old_register_could_not_tell_of_is_refused(
    kent: Register, tmp_path: Path
) -> None:
    folder = tmp_path / os.fsdecode(b"\xff")
    folder.mkdir()
    with pytest.raises(CannotWriteRegister, match="no UTF-8 text"):
        move(kent.place, folder / "register.sqlite")
    assert list(folder.iterdir()) == []


def test_no_other_format_opens_the_old_one_again(kent: Register, new: Place) -> None:
    move(kent.place, new)
    with pytest.raises(RegisterMoved, match="takes no other format"):
        downgrade(kent.place, 4, losing=True)
    with pytest.raises(RegisterMoved, match=re.escape(f"moved to {new}")):
        hold(kent, "Buyer asks for time")


def test_what_bears_the_name_of_the_guard_that_closes_does_not_keep_it_open(
    kent: Register, path: Path, tmp_path: Path
) -> None:
    kent.close()
    with past_the_guards(path) as hand:
        hand.execute("CREATE TRIGGER moved AFTER INSERT ON touch BEGIN SELECT 1; END")
    with pytest.raises(NotARegister, match="trigger moved on touch, which this program did not"):
        move(path, tmp_path / "new.sqlite")
    with writing(path) as connection:
        SqliteFile(path).close_to_writing(connection, "This register was moved to the attic.")
    with pytest.raises(RegisterMoved, match="moved to the attic"):
        hold(kent, "Buyer asks for time")


def test_whoever_reads_the_old_register_is_told_once_where_it_went(
    disposals: Callable[..., Said], kent: Register, new: Place, tmp_path: Path
) -> None:
    in_use = disposals("list")
    assert "moved" not in in_use.err
    move(kent.place, new)
    sealed = str(tmp_path / "handover.pdf")
    for asked in (
        ("show", PART, "--json"), ("list", "--json"), ("agenda", "--json"), ("audit", "seal"),
        ("workflow", "list"), ("advance", PART, "--on", "2022-02-01", "--dry-run"),
        ("backup", str(tmp_path / "old.backup")), ("paper", "handover", PART, "-o", sealed),
    ):  # fmt: skip
        told = disposals(*asked)
        assert told.err.count(f"This register was moved to {new}. What is told") == 1, asked
        if "--json" in asked:
            assert told.status == 0
            assert told.json
    assert disposals("list").out == in_use.out


def test_an_act_in_the_old_register_is_refused_before_all_else(
    disposals: Callable[..., Said], kent: Register, new: Place
) -> None:
    move(kent.place, new)
    refused = disposals("hold", "no-such-case", "--because", "Buyer asks for time")
    assert refused.status == 1
    assert refused.err.count(f"This register was moved to {new}. Nothing was recorded") == 1
    assert "no-such-case" not in refused.err


def test_work_goes_on_in_the_new_one(kent: Register, new: Place) -> None:
    move(kent.place, new)
    moved = open_register(new)
    hold(moved, "Buyer asks for time")
    assert not verified(moved).faults
    moved.close()


@pytest.mark.parametrize("table", ["history_entry", "ledger_entry"])
def test_a_move_that_was_cut_off_goes_on(kent: Register, new: Place, table: str) -> None:
    with pytest.raises(CutOffError):
        move(kent.place, new, told=cut_off_after(table))
    assert not is_there(new)
    hold(kent, "Meanwhile the work went on")
    carried: dict[str, tuple[int, int]] = {}

    def told(reached: str, done: int, count: int) -> None:
        carried.setdefault(reached, (done, count))

    assert move(kent.place, new, told=told).seal == seal(kent) == seal_at(new)
    done, count = carried[table]
    assert 0 < done < count, "only what was new came over again"


def test_a_name_erased_between_two_tries_is_erased_there_too(kent: Register, new: Place) -> None:
    hold(kent, "Buyer asks for time", by="Relief Surveyor")
    with pytest.raises(CutOffError):
        move(kent.place, new, told=cut_off_after("ledger_entry"))
    erase_name(kent, "Relief Surveyor", stamp(by="Head of Law"), because="Asked to")
    move(kent.place, new)
    assert seal_at(new) == seal(kent)
    if isinstance(new, Path):
        assert b"Relief Surveyor" not in new.read_bytes()


@contextmanager
def cut_off_at(step: str, *, done: bool) -> Iterator[None]:
    """Stops whoever comes to a step of a storage, before it or when it is done."""
    with pytest.MonkeyPatch.context() as cut:
        for kind in (SqliteFile, PostgresSchema):
            cut.setattr(kind, step, stopping(getattr(kind, step), done=done))
        yield


def stopping(step: Callable[..., None], *, done: bool) -> Callable[..., None]:
    def stopped(*given: object) -> None:
        if done:
            step(*given)
        raise CutOffError

    return stopped


def takes_acts(place: Place) -> bool:
    if not is_there(place):
        return False
    register = open_register(place)
    try:
        hold(register, "Buyer asks for time")
    except RegisterMoved:
        return False
    finally:
        register.close()
    return True


@pytest.mark.parametrize(
    ("step", "done"), [("close_to_writing", True), ("take", False), ("take", True)]
)
def test_of_two_registers_one_takes_acts_wherever_a_move_is_stopped(
    kent: Register, new: Place, step: str, *, done: bool
) -> None:
    with pytest.raises(CutOffError), cut_off_at(step, done=done):
        move(kent.place, new)
    assert not (takes_acts(kent.place) and takes_acts(new))
    with suppress(AlreadyRecorded):  # it is all there, and only that is to be said
        move(kent.place, new)
    assert takes_acts(new)
    assert not takes_acts(kent.place)
    assert not storage_of(new).aside().is_there()


def test_a_register_that_has_not_arrived_yet_says_how_to_end_its_move(
    kent: Register, new: Place
) -> None:
    with pytest.raises(CutOffError), cut_off_at("take", done=False):
        move(kent.place, new)
    with pytest.raises(RegisterMoved, match=r"cut short.*db move"):
        hold(kent, "Buyer asks for time")
    with pytest.raises(NoRegister, match=r"cut short.*db move"):
        open_register(new)


def test_the_other_name_of_a_file_that_took_its_place_is_removed(
    kent: Register, tmp_path: Path
) -> None:
    new = tmp_path / "county.sqlite"
    move(kent.place, new)
    other = SqliteFile(new).aside().place
    other.hardlink_to(new)  # as if it had been stopped before that
    with pytest.raises(AlreadyRecorded, match="holds this register already"):
        move(kent.place, new)
    assert not other.exists()


def test_a_register_made_meanwhile_stays_and_so_does_the_old_one(
    kent: Register, new: Place
) -> None:
    def made(table: str, _: int, __: int) -> None:
        if table == "ledger_entry" and not is_there(new):
            create_register(new, authority="kent", at=AT)

    with pytest.raises(AlreadyRecorded, match="meanwhile"):
        move(kent.place, new, told=made)
    assert takes_acts(kent.place)


@pytest.mark.parametrize("table", ["person", "history_entry", "disposal"])
def test_a_name_erased_while_rows_come_over_is_erased_there_too(
    kent: Register, new: Place, table: str
) -> None:
    hold(kent, "Buyer asks for time", by="Relief Surveyor")

    def told(reached: str, _: int, __: int) -> None:
        if reached == table and not erased:
            erased.append(erase_name(kent, "Relief Surveyor", stamp(), because="Asked to"))

    erased: list[Erased] = []
    assert move(kent.place, new, told=told).seal == seal(kent) == seal_at(new)
    assert erased
    if isinstance(new, Path):
        assert b"Relief Surveyor" not in new.read_bytes()


def test_a_name_erased_before_a_move_was_cut_off_is_erased_there_too(
    kent: Register, new: Place
) -> None:
    add_site(kent, "old-mill", {"name": "The Old Mill"}, stamp(by="Relief Surveyor"))

    def told(reached: str, _: int, __: int) -> None:
        if reached == "site":
            erase_name(kent, "Relief Surveyor", stamp(), because="Asked to")
        elif reached == "touch":  # the last of all
            raise CutOffError

    with pytest.raises(CutOffError):
        move(kent.place, new, told=told)
    assert move(kent.place, new).seal == seal(kent) == seal_at(new)
    if isinstance(new, Path):
        assert b"Relief Surveyor" not in new.read_bytes()


def test_a_move_cut_off_at_its_very_end_is_ended(kent: Register, new: Place) -> None:
    move(kent.place, new)
    of = "" if isinstance(kent.place, Path) else "ON ledger_entry"
    with writing(kent.place) as connection:  # as if it had been cut off before the old was closed
        connection.exec_driver_sql(f"DROP TRIGGER moved {of}")
    with pytest.raises(AlreadyRecorded, match="holds this register already"):
        move(kent.place, new)
    with pytest.raises(RegisterMoved):
        hold(kent, "Buyer asks for time")


def test_two_do_not_move_a_register_to_one_place_at_once(kent: Register, new: Place) -> None:
    with storage_of(new).alone(), pytest.raises(RegisterInUse, match="at this moment"):
        move(kent.place, new)
    assert not is_there(new)
    hold(kent, "It takes acts")
    assert move(kent.place, new).rows


def test_of_two_places_to_which_a_register_is_moved_at_once_one_has_it(
    kent: Register, new: Place, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite"

    def meanwhile(table: str, *_: int) -> None:
        if table == "milestone" and not is_there(elsewhere):
            move(kent.place, elsewhere)

    with pytest.raises(RegisterMoved, match="elsewhere"):
        move(kent.place, new, told=meanwhile)
    assert is_there(elsewhere)
    assert not is_there(new)
    assert not storage_of(new).aside().is_there()


def test_a_move_that_is_refused_at_once_makes_no_folder(kent: Register, tmp_path: Path) -> None:
    move(kent.place, tmp_path / "elsewhere.sqlite")
    with pytest.raises(RegisterMoved):
        move(kent.place, tmp_path / "another" / "folder" / "register.sqlite")
    assert not (tmp_path / "another").exists()


def test_a_server_that_is_down_is_told_in_words(kent: Register, tmp_path: Path) -> None:
    away = f"postgresql://nobody@127.0.0.1:1/county?schema=kent&documents={tmp_path / 'papers'}"
    with pytest.raises(CannotReachRegister, match="reached"):
        move(kent.place, place_of(away))
    hold(kent, "It takes acts")


def test_nothing_is_left_beside_a_register_that_was_moved(kent: Register, tmp_path: Path) -> None:
    move(kent.place, tmp_path / "county" / "register.sqlite")
    assert [each.name for each in (tmp_path / "county").iterdir()] == ["register.sqlite"]


def test_a_register_that_was_moved_does_not_move_to_yet_another_place(
    kent: Register, new: Place, tmp_path: Path
) -> None:
    move(kent.place, new)
    with pytest.raises(RegisterMoved, match=re.escape(f"moved to {new}")):
        move(kent.place, tmp_path / "third.sqlite")
    assert not (tmp_path / "third.sqlite").exists()


def test_a_register_does_not_move_back_over_what_it_was(kent: Register, new: Place) -> None:
    move(kent.place, new)
    with pytest.raises(AlreadyRecorded, match="was moved from there"):
        move(new, kent.place)
    assert takes_acts(new)


def test_documents_come_along(kent: Register, new: Place, tmp_path: Path) -> None:
    deed = tmp_path / "deed.txt"
    deed.write_text("This deed")
    facts = {"title": "Deed", "kind": "other"}
    attach(kent, PART, deed, facts, stamp(), seen=versions(kent, PART)[PART])
    assert move(kent.place, new).documents == 1
    moved = open_register(new)
    (document,) = [each for each in moved.storage.documents.rglob("*") if each.is_file()]
    assert document.read_text() == "This deed"
    moved.close()


def test_a_move_goes_on_once_a_document_that_was_missing_is_back(
    kent: Register, new: Place, tmp_path: Path
) -> None:
    deed = tmp_path / "deed.txt"
    deed.write_text("This deed")
    facts = {"title": "Deed", "kind": "other"}
    attach(kent, PART, deed, facts, stamp(), seen=versions(kent, PART)[PART])
    (document,) = [each for each in kent.storage.documents.rglob("*") if each.is_file()]
    document.rename(deed)
    with pytest.raises(DamagedDocument):
        move(kent.place, new)
    deed.rename(document)
    assert move(kent.place, new).documents == 1


def test_nothing_moves_over_another_register_or_onto_itself(kent: Register, another: Path) -> None:
    for place, said in ((another, "and another one"), (kent.place, "already")):
        before = as_it_is(place)
        with pytest.raises(AlreadyRecorded, match=said):
            move(kent.place, place)
        assert as_it_is(place) == before
    hold(kent, "It still takes everything")


def test_an_empty_register_that_was_made_too_early_is_told_from_one_in_use(
    kent: Register, new: Place
) -> None:
    if isinstance(new, Path):
        new.parent.mkdir()
    create_register(new, authority="kent", at=AT)
    how = "Remove it" if isinstance(new, Path) else "Drop it, with `DROP SCHEMA kent CASCADE`"
    with pytest.raises(AlreadyRecorded, match=f"nothing is recorded yet. {re.escape(how)}"):
        move(kent.place, new)
    made = open_register(new)
    add_site(made, "yard", {"name": "The yard"}, stamp())
    made.close()
    with pytest.raises(AlreadyRecorded, match="and another one"):
        move(kent.place, new)


def test_a_register_does_not_move_onto_itself_by_another_spelling(
    kent: Register, tmp_path: Path
) -> None:
    if isinstance(kent.place, Path):
        link = tmp_path / "link.sqlite"
        link.symlink_to(kent.place)
        hard = tmp_path / "hard.sqlite"
        hard.hardlink_to(kent.place)
        (tmp_path / "county").mkdir()
        round_about = tmp_path / "county" / ".." / kent.place.name
        spelt: list[Place] = [link, hard, round_about]
    else:
        spelt = [Address.read(f"{kent.place}&application_name=another")]
    for place in spelt:
        with pytest.raises(AlreadyRecorded, match="Name another place"):
            move(kent.place, place)
        assert takes_acts(kent.place)


def test_what_was_brought_together_aside_does_not_take_its_own_place(
    kent_file: Path, tmp_path: Path
) -> None:
    new = tmp_path / "register.sqlite"
    aside = SqliteFile(new).aside().place
    shutil.copy(kent_file, aside)
    with pytest.raises(AlreadyRecorded, match="Name another place"):
        move(aside, new)
    assert aside.read_bytes() == kent_file.read_bytes()


def test_half_of_another_register_is_not_gone_on_from(
    kent: Register, another: Path, new: Place
) -> None:
    with pytest.raises(CutOffError):
        move(another, new, told=cut_off_after("ledger_entry"))
    with pytest.raises(AlreadyRecorded, match="left over from the move of another"):
        move(kent.place, new)


def test_an_altered_register_does_not_move(kent: Register, new: Place) -> None:
    by_hand(kent.place, "UPDATE site SET name = 'Another' WHERE ref = 'steele-avenue'")
    with pytest.raises(NotARegister, match="site steele-avenue"):
        move(kent.place, new)
    assert not is_there(new)
    assert not is_there(storage_of(new).aside().place)


def test_a_copy_that_is_not_the_same_is_thrown_away(kent: Register, new: Place) -> None:
    tampered: list[str] = []
    aside = storage_of(new).aside()

    def altered(table: str, _: int, __: int) -> None:
        if table == "bid" and not tampered:
            tampered.append(table)
            with writing(aside.place) as connection:
                connection.exec_driver_sql("UPDATE bid SET bidder = 'Another'")

    with pytest.raises(NotMoved):
        move(kent.place, new, told=altered)
    assert not is_there(new)
    assert not is_there(aside.place)
    hold(kent, "It still takes everything")


def test_the_command_says_that_all_is_equal(
    kent: Register, new: Place, disposals: Callable[..., Said]
) -> None:
    before = seal(kent)
    done = disposals("db", "move", str(new), "--json")
    assert done.json["seal"] == before == seal_at(new)
    assert "takes nothing more" in disposals("db", "move", str(new)).err
