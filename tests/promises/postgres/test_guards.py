"""What is recorded in PostgreSQL is what a file holds, and whoever alters it by hand is found."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from disposals import examples
from disposals.backup import back_up
from disposals.casework.recording import record
from disposals.disclosure.audit import verified
from disposals.disclosure.seen import versions
from disposals.errors import KeptOut, NotARegister, StageWithoutHistory
from disposals.history.raw import raw_of
from disposals.records import evidence_kinds
from disposals.register import Register
from tests.conftest import AT, stamp
from tests.places import as_stored, past_the_guards
from tests.postgres import Server
from tests.tampering import KEYS

ONE = "steele-avenue/part-1"
# What salts and hashes make different in every register.
DRAWN = {"person", "ledger_entry"}


def test_every_row_is_stored_as_in_a_file(kent: Register, tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    examples.create("kent", path, at=AT)
    here, there = as_stored(path), as_stored(kent.place)
    assert sum(map(len, here.values())) > 300
    for table in here.keys() - DRAWN - {"history_entry"}:
        assert here[table] == there[table], table
    for one, other in zip(here["history_entry"], there["history_entry"], strict=True):
        assert one[:-2] == other[:-2]  # all but what is chained with who acted


def every_change(server: Server) -> Iterator[list[tuple[str, str, str]]]:
    """Columns to change at once, one of each table; with each the SQL of another value."""
    other = {
        "bigint": "CASE WHEN {0} = 100 THEN 99 ELSE coalesce({0}, 0) + 1 END",
        "boolean": "NOT coalesce({0}, false)",
        "character varying": "coalesce({0}, '') || 'x'",
        "double precision": "coalesce({0}, 0) + 0.5", "date": "coalesce({0}, '2021-01-01') + 1",
        "timestamp with time zone": "coalesce({0}, now()) + interval '1 microsecond'",
        "bytea": "coalesce({0}, '') || '\\x00'",
    }  # fmt: skip
    with server.connected("estates") as connection:
        told = connection.execute(
            "SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c "
            "JOIN information_schema.tables t USING (table_schema, table_name) "
            "WHERE c.table_schema = 'kent' AND t.table_type = 'BASE TABLE' "
            "AND NOT (c.column_name = ANY('{id,no,ref,name,salt,commitment,hash,previous_hash}')) "
            "AND c.table_name NOT IN ('ledger_entry', 'erasure') ORDER BY 1, c.ordinal_position"
        ).fetchall()
    by_table: dict[str, list[tuple[str, str, str]]] = {}
    for table, column, kind in told:
        changed = other[kind].format(f'"{column}"')
        by_table.setdefault(table, []).append((table, column, changed))
    for step in range(max(map(len, by_table.values()))):
        yield [changes[step] for changes in by_table.values() if step < len(changes)]


def test_every_field_that_is_changed_by_hand_is_found_and_named(
    kent: Register, server: Server
) -> None:
    tried = 0
    for changes in every_change(server):
        server.bring_back("estates")
        with past_the_guards(kent.place) as hand:
            made = [
                (table, column)
                for table, column, changed in changes
                if hand.execute(
                    f'UPDATE {table} SET "{column}" = {changed} WHERE {KEYS[table]} = '  # noqa: S608
                    f"(SELECT max({KEYS[table]}) FROM {table})"
                ).rowcount
            ]
        found = verified(kent).faults
        for table, column in made:
            words = column.replace("_", " ")
            assert [each for each in found if words in each.what], (table, column)
        tried += len(made)
    assert tried > 250


def test_what_is_removed_or_blanked_by_hand_is_found(kent: Register) -> None:
    with past_the_guards(kent.place) as hand:
        hand.execute("DELETE FROM bid WHERE id = 1")
        hand.execute("UPDATE ledger_entry SET because = '' WHERE no = 3")
    told = {str(fault.row) for fault in verified(kent).faults}
    assert {"bid 1", "ledger entry 3"} <= told


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bid SET price_pence = 1",
        "DELETE FROM bid",
        "TRUNCATE bid",
        "TRUNCATE history_entry, disposal CASCADE",
        "UPDATE history_entry SET by = 'Someone'",
        "UPDATE person SET name = 'Someone' WHERE id = 1",
        "UPDATE disposal SET stage = 'completed'",
        "UPDATE disposal SET officer = 'Someone'",
        "DELETE FROM disposal",
        (
            "INSERT INTO disposal SELECT 'sneaked', name, NULL, NULL, authority, officer, "
            "workflow, workflow_version, 'completed', NULL, NULL, NULL, opened_on, 1 "
            "FROM disposal LIMIT 1"
        ),
        "INSERT INTO bid SELECT * FROM bid LIMIT 1 ON CONFLICT (id) DO UPDATE SET price_pence = 1",
    ],
)
def test_even_its_owner_is_refused_what_nobody_may_do(kent: Register, statement: str) -> None:
    with pytest.raises(StageWithoutHistory), kent.write() as session:
        raw_of(session.connection()).execute(statement)


def test_a_guard_finds_nothing_of_others_in_its_way(kent: Register) -> None:
    """A function of someone else's in the search path is never called by a guard."""
    with kent.write() as session:
        raw = raw_of(session.connection())
        raw.execute("CREATE FUNCTION pg_temp.format(text, VARIADIC text[]) RETURNS text LANGUAGE "
                    "sql AS $$ SELECT 'SELECT ''advance''::text' $$")  # fmt: skip
        raw.execute("CREATE TEMP TABLE history_entry (LIKE kent.history_entry)")
        raw.execute(
            """INSERT INTO pg_temp.history_entry (id, disposal_ref, no, act, by, "on", at,
            to_stage, previous_hash, hash) VALUES (1, ?, 99, 'advance', 'x', now(), now(),
            'completed', '', '')""",
            (ONE,),
        )
        with pytest.raises(psycopg.errors.RaiseException, match="unexplained"):
            raw.execute("UPDATE kent.disposal SET stage = 'completed' WHERE ref = ?", (ONE,))


def test_triggers_and_rules_that_are_no_guards_are_named(kent: Register) -> None:
    with kent.write() as session:
        raw = raw_of(session.connection())
        assert kent.storage.strangers(raw, evidence_kinds()) == []
        raw.execute("CREATE RULE swallows AS ON INSERT TO valuation DO INSTEAD NOTHING")
        raw.execute(
            "CREATE TRIGGER notes AFTER INSERT ON site "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal()"
        )
        raw.execute("ALTER TABLE bid DISABLE TRIGGER bid_is_kept")
        told = kent.storage.strangers(raw, evidence_kinds())
        session.rollback()
    assert told == ["rule swallows on valuation", "trigger notes on site"]


def test_what_a_trigger_swallows_is_not_said_to_be_recorded_and_not_backed_up(
    kent: Register, server: Server, tmp_path: Path
) -> None:
    server.run(
        "CREATE FUNCTION kent.swallow() RETURNS trigger "
        "LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER swallows BEFORE INSERT ON kent.valuation "
        "FOR EACH ROW EXECUTE FUNCTION kent.swallow()",
        database="estates",
    )  # fmt: skip
    try:
        facts = {"valuer": "District Valuer", "value_pence": 500_000, "valued_on": date(2021, 9, 1)}
        with pytest.raises(KeptOut):
            record(kent, ONE, "valuation", facts, stamp(), seen=versions(kent, ONE)[ONE])
        with pytest.raises(NotARegister, match="trigger swallows on valuation"):
            back_up(kent.place, tmp_path / "kent.backup", at=AT)
    finally:
        server.run("DROP FUNCTION kent.swallow() CASCADE", database="estates")
    assert verified(kent).faults == ()
