"""A stage is reached by a move and explained by history; assigning it is refused, whoever tries."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session

from disposals.casework import workflows
from disposals.errors import StageWithoutHistory
from disposals.finding import find_case, own_in_force
from disposals.looking_back import MIGRATED
from disposals.records import evidence_kinds
from disposals.records.bids import Bid
from disposals.records.cases import Disposal
from disposals.register import Register
from tests.conftest import stamp
from workflows import definition

ONE = "steele-avenue/part-1"


def test_assigning_a_stage_to_a_record_is_refused(kent: Register) -> None:
    with pytest.raises(StageWithoutHistory, match="never assigned"), kent.write() as session:
        find_case(session, ONE).stage = "completed"
    with kent.read() as session:
        assert find_case(session, ONE).stage == "bid_shortlist"


def test_raising_the_version_along_with_it_does_not_help(kent: Register) -> None:
    def sneak(session: Session) -> None:
        case = find_case(session, ONE)
        case.stage, case.version = "completed", case.version + 1

    with pytest.raises(StageWithoutHistory), kent.write() as session:
        sneak(session)


def test_a_case_made_at_a_stage_without_an_entry_is_refused(kent: Register) -> None:
    def sneak(session: Session) -> None:
        case = find_case(session, ONE).model_dump() | {"ref": "sneaked", "stage": "completed"}
        session.add(Disposal.model_validate(case))

    with pytest.raises(StageWithoutHistory), kent.write() as session:
        sneak(session)


def test_changing_what_was_recorded_is_refused(kent: Register) -> None:
    with pytest.raises(StageWithoutHistory, match="record a correction"), kent.write() as session:
        own_in_force(session, Bid, ONE)[0].price_pence = 1


def test_a_hand_in_the_database_is_refused_too(kent: Register) -> None:
    hand = sqlite3.connect(kent.place)
    for table in ("history_entry", "boundary", *evidence_kinds()):
        if hand.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:  # noqa: S608
            for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):  # noqa: S608
                with pytest.raises(sqlite3.IntegrityError, match="never altered or removed"):
                    hand.execute(statement)
    with pytest.raises(sqlite3.IntegrityError, match="unexplained"):
        hand.execute("UPDATE disposal SET stage = 'completed'")
    with pytest.raises(sqlite3.IntegrityError, match="unexplained"):
        hand.execute("UPDATE disposal SET workflow = 'direct-sale', version = version + 1")
    with pytest.raises(sqlite3.IntegrityError, match="never altered"):
        hand.execute("INSERT OR REPLACE INTO history_entry SELECT * FROM history_entry LIMIT 1")
    with pytest.raises(sqlite3.IntegrityError, match="never removed"):
        hand.execute("DELETE FROM disposal")
    hand.close()


def entered(hand: sqlite3.Connection, act: str) -> None:
    """A history entry for the next act on a case, written by hand."""
    hand.execute(
        'INSERT INTO history_entry (disposal_ref, no, act, by, "on", at, to_stage, previous_hash, '
        "hash) SELECT ref, version + 1, ?, 'hand', '2021-09-30', '2021-09-30 09:00:00', stage, "
        "'', '' "
        "FROM disposal WHERE ref = ?",
        (act, ONE),
    )


@pytest.mark.parametrize(
    "setting",
    [
        "workflow_version = workflow_version + 1, version = version + 1",
        "workflow_version = workflow_version + 1",
        "workflow = 'direct-sale', version = version + 1",
    ],
)
def test_a_case_changes_its_workflow_by_no_hand(kent: Register, setting: str) -> None:
    change = f"UPDATE disposal SET {setting} WHERE ref = ?"  # noqa: S608
    with closing(sqlite3.connect(kent.place)) as hand:
        with pytest.raises(sqlite3.IntegrityError, match="unexplained"):
            hand.execute(change, (ONE,))
        entered(hand, "advance")  # an entry of another act explains nothing
        with pytest.raises(sqlite3.IntegrityError, match="unexplained"):
            hand.execute(change, (ONE,))


def test_a_version_of_the_workflow_changes_with_the_entry_that_says_so(kent: Register) -> None:
    with closing(sqlite3.connect(kent.place)) as hand:
        entered(hand, MIGRATED)
        with pytest.raises(sqlite3.IntegrityError, match="unexplained"):
            hand.execute(
                "UPDATE disposal SET workflow = 'direct-sale', version = version + 1 WHERE ref = ?",
                (ONE,),
            )
        changed = hand.execute(
            "UPDATE disposal SET workflow_version = workflow_version + 1, version = version + 1 "
            "WHERE ref = ?",
            (ONE,),
        )
        assert changed.rowcount == 1


def test_a_workflow_that_the_register_keeps_is_never_altered(kent: Register) -> None:
    shipped = Path(definition.__file__).parent / "definitions" / "lease-1.toml"
    ours = shipped.read_text("utf-8").replace('name = "lease"', 'name = "ours"', 1)
    workflows.add(kent, ours, "ours.toml", stamp())
    with closing(sqlite3.connect(kent.place)) as hand:
        for statement in (
            "DELETE FROM own_workflow",
            "UPDATE own_workflow SET text = ''",
            "INSERT OR REPLACE INTO own_workflow SELECT * FROM own_workflow",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="never altered or removed"):
                hand.execute(statement)
        assert hand.execute("SELECT text FROM own_workflow").fetchone() == (ours.strip(),)


def test_every_constraint_is_named() -> None:
    evidence_kinds()
    for table in Disposal.metadata.sorted_tables:
        for constraint in table.constraints:
            assert constraint.name, (table.name, constraint)
