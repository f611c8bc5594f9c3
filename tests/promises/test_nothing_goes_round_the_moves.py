"""A stage is reached by a move and explained by history; assigning it is refused, whoever tries."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session

from disposals.casework import workflows
from disposals.errors import StageWithoutHistory
from disposals.finding import find_case, own_in_force
from disposals.history.raw import Rows, raw_of
from disposals.looking_back import MIGRATED
from disposals.records import evidence_kinds
from disposals.records.bids import Bid
from disposals.records.cases import Disposal
from disposals.register import Register
from tests.conftest import stamp
from workflows import definition

ONE = "steele-avenue/part-1"
_SHIPPED = Path(definition.__file__).parent / "definitions" / "lease-1.toml"
OURS = _SHIPPED.read_text("utf-8").replace('name = "lease"', 'name = "ours"', 1)


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


def by_hand(register: Register, statement: str, *values: object) -> Rows:
    """What a hand in a database tool does, past everything but the register itself."""
    with register.write() as session:
        return raw_of(session.connection()).execute(statement, values)


def test_a_hand_in_the_database_is_refused_too(kent: Register) -> None:
    with kent.read() as session:
        raw = raw_of(session.connection())
        filled = [
            table
            for table in ("history_entry", "boundary", *evidence_kinds())
            if raw.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()  # noqa: S608
        ]
    assert len(filled) > 10
    for table in filled:
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):  # noqa: S608
            with pytest.raises(StageWithoutHistory, match="never altered or removed"):
                by_hand(kent, statement)
    for statement in (
        "UPDATE disposal SET stage = 'completed'",
        "UPDATE disposal SET workflow = 'direct-sale', version = version + 1",
    ):
        with pytest.raises(StageWithoutHistory, match="never assigned"):
            by_hand(kent, statement)
    with pytest.raises(StageWithoutHistory, match="never altered or removed"):
        by_hand(kent, "DELETE FROM disposal")


def test_nothing_takes_the_place_of_an_entry_in_a_file(kent: Register, path: Path) -> None:
    workflows.add(kent, OURS, "ours.toml", stamp())
    for table in ("history_entry", "own_workflow"):
        with (
            closing(sqlite3.connect(path)) as hand,
            pytest.raises(sqlite3.IntegrityError, match="never altered"),
        ):
            hand.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")  # noqa: S608


def entered(register: Register, act: str) -> None:
    """A history entry for the next act on a case, written by hand."""
    by_hand(
        register,
        'INSERT INTO history_entry (disposal_ref, no, act, by, "on", at, to_stage, previous_hash, '
        "hash) SELECT ref, version + 1, ?, 'hand', '2021-09-30', '2021-09-30 09:00:00', stage, "
        "'', '' "
        "FROM disposal WHERE ref = ?",
        act,
        ONE,
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
    with pytest.raises(StageWithoutHistory, match="never assigned"):
        by_hand(kent, change, ONE)
    entered(kent, "advance")  # an entry of another act explains nothing
    with pytest.raises(StageWithoutHistory, match="never assigned"):
        by_hand(kent, change, ONE)


def test_a_version_of_the_workflow_changes_with_the_entry_that_says_so(kent: Register) -> None:
    entered(kent, MIGRATED)
    with pytest.raises(StageWithoutHistory, match="never assigned"):
        by_hand(
            kent,
            "UPDATE disposal SET workflow = 'direct-sale', version = version + 1 WHERE ref = ?",
            ONE,
        )
    changed = by_hand(
        kent,
        "UPDATE disposal SET workflow_version = workflow_version + 1, version = version + 1 "
        "WHERE ref = ?",
        ONE,
    )
    assert changed.rowcount == 1


def test_a_workflow_that_the_register_keeps_is_never_altered(kent: Register) -> None:
    workflows.add(kent, OURS, "ours.toml", stamp())
    for statement in ("DELETE FROM own_workflow", "UPDATE own_workflow SET text = ''"):
        with pytest.raises(StageWithoutHistory, match="never altered or removed"):
            by_hand(kent, statement)
    with kent.read() as session:
        kept = raw_of(session.connection()).execute("SELECT text FROM own_workflow")
        assert kept.fetchone() == (OURS.strip(),)
