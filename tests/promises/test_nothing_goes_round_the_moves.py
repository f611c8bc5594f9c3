"""A stage is reached by a move and explained by history; assigning it is refused, whoever tries."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session

from disposals.casework import workflows
from disposals.errors import StageWithoutHistory
from disposals.finding import find_case, own_in_force
from disposals.history.raw import Rows, raw_of
from disposals.looking_back import MIGRATED
from disposals.records import vouched_for
from disposals.records.bids import Bid
from disposals.records.cases import Disposal
from disposals.register import Register
from sites.record import Record
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


def filled(register: Register) -> dict[str, str]:
    """The tables that hold anything, with the column of their key."""
    with register.read() as session:
        raw = raw_of(session.connection())
        found = {
            table: key
            for table, key in {**vouched_for(), "ledger_entry": "no"}.items()
            if raw.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()  # noqa: S608
        }
    assert len(found) > 25
    return found


def test_a_hand_in_the_database_is_refused_too(kent: Register) -> None:
    for table, key in filled(kent).items():
        statements = [f"DELETE FROM {table}"]  # noqa: S608
        if table not in {"disposal", "site"}:
            statements.append(f"UPDATE {table} SET {key} = {key}")  # noqa: S608
        for statement in statements:
            with pytest.raises(StageWithoutHistory, match="never altered or removed"):
                by_hand(kent, statement)
    for statement in (
        "UPDATE disposal SET stage = 'completed'",
        "UPDATE disposal SET workflow = 'direct-sale', version = version + 1",
    ):
        with pytest.raises(StageWithoutHistory, match="never assigned"):
            by_hand(kent, statement)


def test_nothing_takes_the_place_of_a_row_in_a_file(kent: Register, path: Path) -> None:
    """SQLite asks no trigger on DELETE about a row that another one replaces."""
    workflows.add(kent, OURS, "ours.toml", stamp())
    for table, key in filled(kent).items():
        for statement in replacing(table, key):
            with closing(sqlite3.connect(path)) as hand:
                before = hand.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
                with pytest.raises(sqlite3.IntegrityError, match=r"^(kept|unexplained):"):
                    hand.execute(statement)
                assert hand.execute(f"SELECT * FROM {table}").fetchall() == before  # noqa: S608


def replacing(table: str, key: str) -> Iterator[str]:
    """Ways to put a row in the place of another without an update or a delete."""
    yield f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"  # noqa: S608
    yield f"UPDATE OR REPLACE {table} SET rowid = 2 WHERE rowid = 1"  # noqa: S608
    if key == "ref":  # a text, so that another number tells the place
        names = [each.name for each in Record.metadata.tables[table].columns if each.name != key]
        others = ", ".join(f'"{each}"' for each in names)
        yield (
            f"INSERT OR REPLACE INTO {table} (rowid, ref, {others}) "  # noqa: S608
            f"SELECT rowid, 'another', {others} FROM {table} WHERE rowid = 1"
        )


def test_no_case_takes_the_place_of_another_by_an_act_that_is_explained(
    kent: Register, path: Path
) -> None:
    entered(kent, "advance")
    for change in ("rowid = 1", "rowid = rowid + 100"):
        with (
            closing(sqlite3.connect(path)) as hand,
            pytest.raises(sqlite3.IntegrityError, match="withdrawn, never removed"),
        ):
            hand.execute(
                f"UPDATE OR REPLACE disposal SET version = version + 1, {change} WHERE ref = ?",  # noqa: S608
                (ONE,),
            )


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
