"""What is exempt opens on its day or with its event, by the projection itself, and not before."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from disposals.casework.acts import acting
from disposals.casework.classifying import classify
from disposals.disclosure.fields import Audience, fields_of, may_see
from disposals.disclosure.seen import versions
from disposals.finding import own_in_force
from disposals.records import evidence_kinds
from disposals.records.base import Evidence
from disposals.register import Register
from disposals.vocabulary import Disclosure, ReleaseAt
from tests.conftest import stamp

TODAY = date(2021, 9, 30)
PUBLIC, MEMBER = Audience.PUBLIC, Audience.MEMBER
Lay = Callable[..., int]
Declare = Callable[..., None]


@pytest.fixture
def lay(register: Register, mill_lane: str) -> Lay:
    """Records a row of a kind; says its number."""

    def record(name: str, replaces: Evidence | None = None, **facts: Any) -> int:
        seen, kind = versions(register, mill_lane)[mill_lane], evidence_kinds()[name]
        by = stamp(facts.pop("day", TODAY))
        with (
            register.write() as session,
            acting(session, mill_lane, f"{name} recorded", by, seen=seen) as act,
        ):
            row = act.record(kind, facts) if replaces is None else act.amend(replaces, **facts)
            assert row.id is not None
            return row.id

    return record


@pytest.fixture
def declare(register: Register, mill_lane: str) -> Declare:
    def declared(name: str, number: int, verdict: str = "exempt", **how: Any) -> None:
        told = {"because": "Bids are compared."} | how
        told.setdefault("under", "3" if verdict == "exempt" else None)
        classify(
            register, mill_lane, name, number, Disclosure(verdict), stamp(TODAY),
            seen=versions(register, mill_lane)[mill_lane], **told,
        )  # fmt: skip

    return declared


def seen(register: Register, name: str, audience: Audience, on: date) -> list[dict[str, Any]]:
    with register.asked(on).read() as session:
        rows = own_in_force(session, evidence_kinds()[name], "mill-lane")
        told = [fields_of(row, audience) for row in rows]
        assert [bool(each) for each in told] == [may_see(row, audience) for row in rows]
        return told


def a_bid(lay: Lay, **facts: Any) -> int:
    return lay("bid", bidder="A", price_pence=100_00, campaign_no=1, **facts)


@pytest.fixture
def bid(lay: Lay) -> int:
    return a_bid(lay)


def test_it_opens_on_its_day_and_not_a_day_before(
    register: Register, bid: int, declare: Declare
) -> None:
    release = date(2022, 1, 31)
    declare("bid", bid, release_on=release)
    assert seen(register, "bid", PUBLIC, release - timedelta(days=1)) == [{}]
    (told,) = seen(register, "bid", PUBLIC, release)
    assert (told["bidder"], told["price_pence"]) == ("A", 100_00)
    assert "recorded_by" not in told


def test_where_no_day_is_asked_about_nothing_is_released(
    register: Register, bid: int, declare: Declare
) -> None:
    declare("bid", bid, release_on=date(2021, 10, 1))
    with register.read() as session:
        (row,) = own_in_force(session, evidence_kinds()["bid"], "mill-lane")
        assert fields_of(row, PUBLIC) == {}
        assert fields_of(row, PUBLIC, on=date(2021, 10, 1))["bidder"] == "A"


@pytest.mark.parametrize(
    ("at", "name", "facts"),
    [
        ("decision", "decision", {"number": "21/00100", "title": "Sale", "taker": "Cabinet",
                                  "is_key": False, "taken_on": date(2021, 10, 5)}),
        ("exchange", "contract", {"exchanged_on": date(2021, 10, 5), "buyer": "A",
                                  "price_pence": 1, "is_conditional": False}),
        ("completion", "deed", {"form": "TR1", "dated_on": date(2021, 10, 5)}),
    ],
)  # fmt: skip
def test_it_opens_with_its_event(
    register: Register, bid: int, lay: Lay, declare: Declare, at: str, name: str,
    facts: dict[str, Any],
) -> None:  # fmt: skip
    declare("bid", bid, release_at=ReleaseAt(at))
    assert seen(register, "bid", PUBLIC, date(2030, 1, 1)) == [{}]
    lay(name, day=date(2021, 10, 6), **facts)
    assert seen(register, "bid", PUBLIC, date(2021, 10, 4)) == [{}]
    assert seen(register, "bid", PUBLIC, date(2021, 10, 5))[0]["bidder"] == "A"


def test_a_contract_that_fell_away_releases_nothing(
    register: Register, bid: int, lay: Lay, declare: Declare
) -> None:
    declare("bid", bid, release_at=ReleaseAt.EXCHANGE)
    lay(
        "contract", exchanged_on=TODAY, buyer="A", price_pence=1, is_conditional=False,
        lapsed_on=TODAY,
    )  # fmt: skip
    assert seen(register, "bid", PUBLIC, date(2030, 1, 1)) == [{}]


def test_a_verdict_goes_with_an_entry_that_is_carried_forward(
    register: Register, bid: int, lay: Lay, declare: Declare
) -> None:
    declare("bid", bid, "open")
    with register.read() as session:
        (row,) = own_in_force(session, evidence_kinds()["bid"], "mill-lane")
    lay("bid", replaces=row, standing="shortlisted")
    assert seen(register, "bid", PUBLIC, TODAY)[0]["standing"] == "shortlisted"


def test_an_entry_that_is_recorded_anew_as_exempt_is_exempt(
    register: Register, lay: Lay, declare: Declare
) -> None:
    number = lay("option", no="1", title="Keep it", disclosure="open")
    declare("option", number, "open")
    with register.read() as session:
        (row,) = own_in_force(session, evidence_kinds()["option"], "mill-lane")
    lay("option", replaces=row, disclosure="exempt")
    assert seen(register, "option", PUBLIC, TODAY) == [{}]


def test_what_was_recorded_as_open_can_be_declared_exempt(
    register: Register, lay: Lay, declare: Declare
) -> None:
    number = lay("option", no="1", title="Keep it", risks="Costs", disclosure="open")
    assert "risks" not in seen(register, "option", PUBLIC, TODAY)[0]
    declare("option", number, "open")
    assert seen(register, "option", PUBLIC, TODAY)[0]["risks"] == "Costs"
    declare("option", number, "exempt")
    assert seen(register, "option", PUBLIC, TODAY) == [{}]


def test_one_field_can_be_exempt_in_an_open_entry(
    register: Register, bid: int, declare: Declare
) -> None:
    declare("bid", bid, "open")
    declare("bid", bid, field="bidder", under="1", because="A private person.")
    for audience in (PUBLIC, MEMBER):
        (told,) = seen(register, "bid", audience, TODAY)
        assert "bidder" not in told
        assert told["price_pence"] == 100_00


def test_a_sealed_bid_opens_to_nobody(register: Register, lay: Lay, declare: Declare) -> None:
    number = lay("bid", bidder="A", campaign_no=1, sealed="x" * 8)
    declare("bid", number, "open")
    assert seen(register, "bid", PUBLIC, date(2030, 1, 1)) == [{}]
    declare("bid", number, "open", field="bidder")
    assert seen(register, "bid", MEMBER, date(2030, 1, 1)) == [{}]


def test_a_row_whose_session_is_closed_is_exempt(register: Register, lay: Lay) -> None:
    lay("option", no="1", title="Keep it", disclosure="open")
    with register.read() as session:
        (row,) = own_in_force(session, evidence_kinds()["option"], "mill-lane")
        assert fields_of(row, PUBLIC)
    assert fields_of(row, PUBLIC) == {}


@pytest.mark.parametrize(
    ("under", "sees"),
    [("1", False), ("2", False), ("3", True), ("4", False), ("5", False), ("6", True),
     ("7", False), ("3, 5", False)],
)  # fmt: skip
def test_members_see_what_is_exempt_under_paragraphs_3_and_6_alone(
    register: Register, bid: int, declare: Declare, under: str, *, sees: bool
) -> None:
    declare("bid", bid, under=under)
    assert (seen(register, "bid", MEMBER, TODAY)[0].get("price_pence") == 100_00) is sees
    assert seen(register, "bid", PUBLIC, TODAY) == [{}]


def test_members_see_no_terms_that_are_negotiated_before_exchange(
    register: Register, lay: Lay
) -> None:
    lay("heads_of_terms", terms_version=1, buyer="A", price_pence=100_00)
    assert seen(register, "heads_of_terms", MEMBER, TODAY) == [{}]
    lay("contract", exchanged_on=TODAY, buyer="A", price_pence=100_00, is_conditional=False)
    assert seen(register, "heads_of_terms", MEMBER, TODAY)[0]["price_pence"] == 100_00


def test_members_see_neither_legal_advice_nor_an_unclassified_document(
    register: Register, lay: Lay, declare: Declare
) -> None:
    lay(
        "land_answer", site_ref="mill-lane", question="open-space", answer="no",
        basis="Counsel's opinion",
    )  # fmt: skip
    paper = lay(
        "document", title="Opinion", kind="advice", file_name="o.pdf", sha256="a" * 64, size_bytes=1
    )
    assert seen(register, "land_answer", MEMBER, TODAY) == [{}]
    assert seen(register, "document", MEMBER, TODAY) == [{}]
    declare("document", paper, under="3")
    assert seen(register, "document", MEMBER, TODAY)[0]["title"] == "Opinion"


def test_a_price_is_withheld_while_what_was_paid_for_it_is(
    register: Register, lay: Lay, declare: Declare
) -> None:
    sold = lay("contract", exchanged_on=TODAY, buyer="A", price_pence=100_00, is_conditional=False)
    paid = [
        lay("receipt", amount_pence=pence, kind=kind, received_on=TODAY)
        for pence, kind in ((10_00, "deposit"), (90_00, "balance"))
    ]
    declare("contract", sold, "open")
    declare("receipt", paid[0], "open")
    (told,) = seen(register, "contract", PUBLIC, TODAY)
    assert told["buyer"] == "A"
    assert "price_pence" not in told  # less the deposit, it would tell the balance
    declare("receipt", paid[1], "open")
    assert seen(register, "contract", PUBLIC, TODAY)[0]["price_pence"] == 100_00
