"""The completion statement as a paper: what it says, what it lacks, and that it is marked."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from disposals.casework import completion, recording, terms
from disposals.disclosure.seen import versions
from disposals.register import Register
from tests.conftest import Said, stamp
from tests.papers import PAPER_KINDS, under_headings, words_in

Line = Callable[..., Said]
REF = "mill-lane"
EXCHANGED, COMPLETED = date(2021, 7, 9), date(2021, 8, 2)


@pytest.fixture
def exchanged(register: Register, mill_lane: str) -> Register:
    """A conditional sale at £900,000, exchanged with a tenth as deposit."""
    price: dict[str, Any] = {"buyer": "A developer", "price_pence": 90_000_000}
    note(register, "heads_of_terms", EXCHANGED, **price)
    seen = versions(register, mill_lane)[mill_lane]
    terms.agree(register, mill_lane, stamp(EXCHANGED), seen=seen, version=1, agreed_on=EXCHANGED)
    note(
        register, "contract", EXCHANGED, **price, exchanged_on=EXCHANGED,
        deposit_pence=9_000_000, is_conditional=True, paragraphs="3",
        exempt_because="The price would tell the next bidder what the council takes.",
        overage="a quarter of the uplift", overage_guaranteed_pence=5_000_000,
        overage_until=date(2026, 8, 2),
    )  # fmt: skip
    note(register, "condition", EXCHANGED, title="Planning permission", owner="the buyer")
    return register


def note(register: Register, what: str, on: date, /, **facts: Any) -> None:
    """Record a fact on the case."""
    seen = versions(register, REF)[REF]
    recording.record(register, REF, what, facts, stamp(on), seen=seen)


@pytest.fixture
def completed(exchanged: Register) -> Register:
    """The same with its condition waived, its account filled in, paid and conveyed."""
    completion.waive(
        exchanged, REF, "Planning permission", stamp(COMPLETED),
        seen=versions(exchanged, REF)[REF], waived_by="the buyer", because="it builds later",
    )  # fmt: skip
    for kind, what, amount in (
        ("apportionment", "Rates from 2 August", 120_000),
        ("holding cost", "Security", -450_000),
        ("fee", "Legal costs", -700_000),
    ):
        note(exchanged, "statement_line", COMPLETED, kind=kind, what=what, amount_pence=amount)
    note(
        exchanged, "receipt", EXCHANGED,
        amount_pence=9_000_000, received_on=EXCHANGED, kind="deposit",
    )  # fmt: skip
    note(exchanged, "deed", COMPLETED, form="TR1", dated_on=COMPLETED, title_nos="K123456")
    note(
        exchanged, "paper_section", COMPLETED,
        paper="completion", section="author", text="Disposals Surveyor",
    )  # fmt: skip
    return exchanged


@pytest.mark.usefixtures("completed")
@pytest.mark.parametrize("suffix", PAPER_KINDS)
def test_a_final_statement_gives_the_account_and_how_the_sale_was_made(
    disposals: Line, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"statement.{suffix}"
    said = disposals("paper", "completion", REF, "-o", str(out), "--final", "--as-of", "2021-08-02")
    assert said.status == 0, said.err
    told = words_in(out)
    assert "EXEMPT – NOT FOR PUBLICATION" in told
    assert "By virtue of paragraph(s) 3 of" in told
    for words in ("9 July 2021", "2 August 2021", "TR1", "K123456", "a quarter of the uplift"):
        assert words in told
    assert "waived by the buyer, 2 August 2021: it builds later" in told
    assert "[Missing" not in told


@pytest.mark.usefixtures("completed")
def test_the_account_adds_up(disposals: Line, tmp_path: Path) -> None:
    out = tmp_path / "statement.docx"
    said = disposals("paper", "completion", REF, "-o", str(out), "--as-of", "2021-08-02")
    assert said.status == 0, said.err
    account = under_headings(out)["1. The account"]
    assert "Net receipt £889,700" in account  # 900,000 + 1,200 − 4,500 − 7,000
    assert "Due from the buyer in all £901,200" in account
    assert "Outstanding £811,200" in account
    assert "Still to come: £50,000" in under_headings(out)["3. Overage"]


@pytest.mark.usefixtures("exchanged")
def test_what_is_missing_is_marked_with_its_command_and_is_not_final(
    disposals: Line, tmp_path: Path
) -> None:
    out = tmp_path / "statement.docx"
    line = ("paper", "completion", REF, "-o", str(out), "--as-of", "2021-07-10")
    said = disposals(*line, "--final")
    assert said.status == 1
    assert f"disposals completion deed {REF}" in said.err
    assert not out.exists()
    assert disposals(*line).status == 0
    told = words_in(out)
    for what in ("the day of completion", "fees", "that “Planning permission” is met or waived"):
        assert f"[Missing: {what}]" in told


@pytest.mark.usefixtures("register")
def test_without_a_contract_there_is_no_statement(
    disposals: Line, mill_lane: str, tmp_path: Path
) -> None:
    out = tmp_path / "statement.pdf"
    said = disposals("paper", "completion", mill_lane, "-o", str(out))
    assert said.status == 1
    assert f"disposals completion contract {mill_lane}" in said.err
    assert not out.exists()
