"""Whatever is done to whatever row by hand, the register tells; undone, it tells no more."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disposals.errors import BadFact
from disposals.history.seals import Seal
from tests import tampering
from tests.places import unguarded
from tests.tampering import KEYS, TABLES, audited, columns, keys

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.fixture(scope="module")
def hand(kent_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A register with a row in every table, in memory, its guards taken away."""
    path = tmp_path_factory.mktemp("full") / "register.sqlite"
    tampering.a_register_with_every_table(kent_file, path)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        with closing(sqlite3.connect(path)) as file:
            file.backup(memory)
        unguarded(memory)
        yield memory


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_value_in_any_field_of_any_row_is_found(
    hand: sqlite3.Connection, data: st.DataObject
) -> None:
    table = data.draw(st.sampled_from(TABLES))
    key = data.draw(st.sampled_from(keys(hand, table)))
    column = data.draw(st.sampled_from(columns(hand, table)))
    value: Any = data.draw(
        st.none() | st.text() | st.integers(-(2**63), 2**63 - 1) | st.binary() | st.floats(width=32)
    )
    where = f'"{KEYS[table]}" = ?'
    hand.execute("SAVEPOINT before")
    try:
        [(was,)] = hand.execute(f'SELECT "{column}" FROM {table} WHERE {where}', (key,))  # noqa: S608
        hand.execute(f'UPDATE OR IGNORE {table} SET "{column}" = ? WHERE {where}', (value, key))  # noqa: S608
        [(now,)] = hand.execute(f'SELECT "{column}" FROM {table} WHERE {where}', (key,))  # noqa: S608
        changed = (type(was), was) != (type(now), now)
        assert bool(audited(hand).faults) == changed
    except sqlite3.IntegrityError:  # an empty value where the table takes none
        pass
    finally:
        hand.execute("ROLLBACK TO before")
    assert audited(hand).faults == ()


seals = st.builds(Seal, st.integers(1, 10**9), st.integers(0, 2**80 - 1))


@given(seal=seals, at=st.integers(0, 17), symbol=st.sampled_from(SYMBOLS))
def test_a_seal_with_one_wrong_symbol_is_never_taken(seal: Seal, at: int, symbol: str) -> None:
    head, *groups = str(seal).split("-")
    code = "".join(groups)
    wrong = code[:at] + symbol + code[at + 1 :]
    written = f"{head}-{wrong}"
    if wrong == code:
        assert Seal.read(written) == seal
    else:
        with pytest.raises(BadFact, match="misread"):
            Seal.read(written)


@given(seal=seals, at=st.integers(0, 16))
def test_a_seal_with_two_symbols_that_changed_places_is_never_taken(seal: Seal, at: int) -> None:
    head, *groups = str(seal).split("-")
    code = "".join(groups)
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if swapped != code:
        with pytest.raises(BadFact, match="misread"):
            Seal.read(f"{head}-{swapped}")


def test_a_blank_put_in_place_of_no_reason_is_found(hand: sqlite3.Connection) -> None:
    hand.execute("SAVEPOINT before")
    hand.execute("UPDATE ledger_entry SET because = '' WHERE no = 1")
    assert [fault.row for fault in audited(hand).faults] == ["ledger entry 1"]
    hand.execute("ROLLBACK TO before")
