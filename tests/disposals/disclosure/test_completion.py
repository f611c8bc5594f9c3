"""The completion statement adds up: what is due, what came in, what is left to the council."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from disposals.casework import corrections, recording, terms
from disposals.disclosure.completion import Statement, statement
from disposals.disclosure.entries import entries
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.completion import completion_facts
from disposals.disclosure.seen import versions
from disposals.errors import BadFact, NotRecorded
from disposals.prospects import prospects
from disposals.register import Register
from tests.conftest import stamp

REF = "mill-lane"
EXCHANGED, COMPLETED = date(2021, 7, 9), date(2021, 8, 2)
Note = Callable[..., None]


@pytest.fixture
def note(register: Register, mill_lane: str) -> Note:
    """Record on a sale at £900,000, exchanged with a tenth as deposit."""

    def record(what: str, on: date = COMPLETED, /, **facts: Any) -> None:
        seen = versions(register, mill_lane)[mill_lane]
        recording.record(register, mill_lane, what, facts, stamp(on), seen=seen)

    record("heads_of_terms", EXCHANGED, buyer="A developer", price_pence=90_000_000)
    seen = versions(register, mill_lane)[mill_lane]
    terms.agree(register, mill_lane, stamp(EXCHANGED), seen=seen, version=1, agreed_on=EXCHANGED)
    record(
        "contract", EXCHANGED, exchanged_on=EXCHANGED, buyer="A developer",
        price_pence=90_000_000, deposit_pence=9_000_000, is_conditional=False,
        overage="a quarter of the uplift", overage_guaranteed_pence=5_000_000,
        overage_until=date(2026, 8, 2),
    )  # fmt: skip
    return record


def told(register: Register, on: date = COMPLETED) -> Statement:
    return statement(register, REF, on=on)


def test_before_anything_is_paid_the_price_is_due(register: Register, note: Note) -> None:
    assert note is not None
    found = told(register, EXCHANGED)
    assert (found.due, found.received, found.outstanding) == (90_000_000, 0, 90_000_000)
    assert found.net_receipt == 90_000_000
    assert found.overage_to_come == 5_000_000


def test_what_the_buyer_owes_beside_the_price_is_due_and_what_the_council_bears_is_not(
    register: Register, note: Note
) -> None:
    note("statement_line", kind="apportionment", what="Rates from 2 August", amount_pence=120_000)
    note("statement_line", kind="holding cost", what="Security", amount_pence=-450_000)
    found = told(register)
    assert found.due == 90_120_000
    assert found.net_receipt == 90_000_000 + 120_000 - 450_000
    assert [amount for *_, amount in found.lines] == [120_000, -450_000]


def test_deposit_and_balance_settle_the_sale_and_overage_stands_apart(
    register: Register, note: Note
) -> None:
    note("receipt", EXCHANGED, amount_pence=9_000_000, received_on=EXCHANGED, kind="deposit")
    assert told(register).outstanding == 81_000_000
    note("receipt", amount_pence=81_000_000, received_on=COMPLETED)
    assert told(register).outstanding == 0
    assert told(register, date(2021, 8, 1)).outstanding == 81_000_000  # the day before
    later = date(2024, 8, 2)
    note("receipt", later, amount_pence=2_000_000, received_on=later, kind="overage")
    found = told(register, later)
    assert (found.outstanding, found.overage_to_come) == (0, 3_000_000)


def test_more_than_is_due_is_refused(register: Register, note: Note) -> None:
    with pytest.raises(BadFact, match="does not add up"):
        note("receipt", amount_pence=90_000_001, received_on=COMPLETED)
    assert told(register).received == 0


def test_a_receipt_recorded_by_mistake_is_taken_back_and_counts_as_nothing(
    register: Register, mill_lane: str, note: Note
) -> None:
    note("receipt", amount_pence=9_000_000, received_on=COMPLETED, kind="deposit")
    note("receipt", amount_pence=80_000_000, received_on=COMPLETED)
    [_, mistaken] = entries(register, mill_lane, ["receipt"], audience=Audience.OFFICER)
    corrections.correct(
        register, mill_lane, "receipt", mistaken["id"], {"amount_pence": 0}, stamp(COMPLETED),
        seen=versions(register, mill_lane)[mill_lane], because="Another buyer's",
    )  # fmt: skip
    assert told(register).received == 9_000_000
    with register.read() as session:
        [facts] = prospects(session, on=COMPLETED, refs=[mill_lane])
    assert [each.amount_pence for each in facts.receipts] == [9_000_000]
    paper = completion_facts(register, mill_lane, on=COMPLETED)
    assert [each.kind for each in paper.received] == ["deposit"]
    note("receipt", amount_pence=81_000_000, received_on=COMPLETED)
    assert told(register).outstanding == 0


def test_nothing_is_no_receipt(note: Note) -> None:
    with pytest.raises(BadFact, match="£0 is no receipt"):
        note("receipt", amount_pence=0, received_on=COMPLETED)


def test_a_deposit_may_come_before_the_contract_and_becomes_no_balance_by_correction(
    register: Register, mill_lane: str
) -> None:
    seen = versions(register, mill_lane)[mill_lane]
    facts = {"amount_pence": 100_000, "received_on": COMPLETED, "kind": "reservation fee"}
    recording.record(register, mill_lane, "receipt", facts, stamp(COMPLETED), seen=seen)
    [paid] = entries(register, mill_lane, ["receipt"], audience=Audience.OFFICER)
    with pytest.raises(NotRecorded, match="no contract under which “balance” could be due"):
        corrections.correct(
            register, mill_lane, "receipt", paid["id"], {"kind": "balance"}, stamp(COMPLETED),
            seen=versions(register, mill_lane)[mill_lane], because="The letter says so",
        )  # fmt: skip


@pytest.fixture
def enter(register: Register, mill_lane: str) -> Note:
    """Record on a sale that has no buyer yet."""

    def record(what: str, on: date, /, **facts: Any) -> None:
        seen = versions(register, mill_lane)[mill_lane]
        recording.record(register, mill_lane, what, facts, stamp(on), seen=seen)

    return record


SEPTEMBER = date(2021, 9, 1)


def sold(register: Register, enter: Note, on: date) -> None:
    """Agree terms at £1,000 and exchange."""
    same = {"buyer": "A developer", "price_pence": 100_000}
    enter("heads_of_terms", on, **same)
    seen = versions(register, REF)[REF]
    terms.agree(register, REF, stamp(on), seen=seen, version=1, agreed_on=on)
    enter("contract", on, exchanged_on=on, is_conditional=False, **same)


@pytest.mark.parametrize("kind", ["deposit", "Reservation  fee", "lock-out fee", "Option fee"])
def test_what_came_before_the_contract_pays_part_of_its_price(
    register: Register, enter: Note, kind: str
) -> None:
    exchange = date(2021, 9, 30)
    enter("receipt", SEPTEMBER, amount_pence=10_000, received_on=SEPTEMBER, kind=kind)
    sold(register, enter, exchange)
    found = told(register, exchange)
    assert (found.received, found.outstanding) == (10_000, 90_000)
    paper = completion_facts(register, REF, on=exchange)
    assert [(each.kind, each.amount) for each in paper.received] == [(kind, 10_000)]
    with pytest.raises(BadFact, match=r"would have paid £1,000\.01, and £1,000 is due"):
        enter("receipt", exchange, amount_pence=90_001, received_on=exchange)
    enter("receipt", exchange, amount_pence=90_000, received_on=exchange)
    assert told(register, exchange).outstanding == 0


def test_overage_of_an_earlier_sale_comes_without_a_contract_and_counts_for_none(
    register: Register, enter: Note
) -> None:
    exchange = date(2021, 9, 30)
    enter("receipt", SEPTEMBER, amount_pence=500_000, received_on=SEPTEMBER, kind="Overage")
    sold(register, enter, exchange)
    assert told(register, exchange).received == 0
    assert completion_facts(register, REF, on=exchange).received == []


def test_without_a_contract_there_is_no_statement(register: Register, mill_lane: str) -> None:
    with pytest.raises(NotRecorded, match=f"disposals completion contract {mill_lane}"):
        statement(register, mill_lane, on=COMPLETED)
