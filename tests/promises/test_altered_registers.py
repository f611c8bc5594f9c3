"""A register that someone wrote into by hand is told so in words, by whatever meets it first."""

from collections.abc import Callable
from pathlib import Path

import pytest

from disposals.register import Register
from tests.conftest import Said
from tests.places import past_the_guards

PART_1 = "steele-avenue/part-1"


@pytest.mark.parametrize(
    ("change", "command"),
    [
        ("UPDATE bid SET recorded_on = 'soon'", ("show", PART_1)),
        ("UPDATE bid SET price_pence = 'lots'", ("bid", "list", PART_1)),
        ("UPDATE bid SET price_pence = 'lots'", ("bid", "evaluate", PART_1)),
        ("UPDATE bid SET recorded_on = 'soon'", ("advance", PART_1)),
        ("UPDATE history_entry SET report = '{', details = '{'", ("history", PART_1)),
        ("UPDATE history_entry SET report = '{'", ("audit", "bundle", PART_1, "-o", "case.zip")),
        ("UPDATE ledger_entry SET rows = '{'", ("audit", "bundle", PART_1, "-o", "case.zip")),
        ("UPDATE ledger_entry SET hash = ''", ("audit", "seal")),
    ],
)
def test_what_can_not_be_read_is_told_with_what_was_changed(
    kent: Register,
    path: Path,
    disposals: Callable[..., Said],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    change: str,
    command: tuple[str, ...],
) -> None:
    kent.close()
    with past_the_guards(path) as hand:
        hand.execute(change)
    monkeypatch.chdir(tmp_path)
    said = disposals(*command)
    assert said.status == 1
    assert "holds what no act recorded, so this came to no good end" in said.err
    assert "look with `disposals history` whether it was recorded" in said.err
    assert "`disposals audit verify` names all that was changed" in said.err
    assert not Path("case.zip").exists()
    named = disposals("audit", "verify")
    assert (named.status, "✗" in named.out) == (1, True)


def test_what_a_register_says_of_itself_is_looked_at_first(
    kent: Register, path: Path, disposals: Callable[..., Said]
) -> None:
    kent.close()
    with past_the_guards(path) as hand:
        hand.execute("UPDATE register SET stands_on = 'soon'")
    for command in (("list",), ("audit", "verify"), ("db", "check")):
        said = disposals(*command)
        assert (said.status, "what it says of itself can't be read" in said.err) == (1, True)


def test_a_ledger_that_was_emptied_has_no_seal(
    kent: Register, path: Path, disposals: Callable[..., Said]
) -> None:
    kent.close()
    with past_the_guards(path) as hand:
        hand.execute("DELETE FROM ledger_entry")
    said = disposals("audit", "seal")
    assert (said.status, "The ledger is empty" in said.err) == (1, True)
    assert "the ledger: emptied" in disposals("audit", "verify").out


def test_a_fault_of_the_program_is_not_told_as_tampering(
    kent: Register, disposals: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_fault(*_: object, **__: object) -> None:
        raise ValueError(PART_1)

    kent.close()
    monkeypatch.setattr("disposals.disclosure.cases.whole_case", at_fault)
    with pytest.raises(ValueError, match=PART_1):
        disposals("show", PART_1)


def test_nor_is_it_told_as_a_register_that_is_not_there(
    disposals: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_fault(*_: object, **__: object) -> None:
        raise ValueError(PART_1)

    monkeypatch.setattr("disposals.cli.output.table", at_fault)
    with pytest.raises(ValueError, match=PART_1):
        disposals("--register=nowhere.sqlite", "workflow", "list")
