"""A stage is reached by a move and explained by history; assigning it is refused, whoever tries."""

import sqlite3

import pytest
from sqlmodel import Session

from disposals.errors import StageWithoutHistory
from disposals.finding import find_case, own_in_force
from disposals.records import evidence_kinds
from disposals.records.bids import Bid
from disposals.records.cases import Disposal
from disposals.register import Register

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
    hand = sqlite3.connect(kent.path)
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


def test_every_constraint_is_named() -> None:
    evidence_kinds()
    for table in Disposal.metadata.sorted_tables:
        for constraint in table.constraints:
            assert constraint.name, (table.name, constraint)
