"""A correction may say nothing that the entry could not have said when it was made."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from disposals.casework import corrections, recording
from disposals.casework.forms import form
from disposals.disclosure.entries import entries, later_than
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import BadFact, NotAllowed, NotRecorded
from disposals.register import Register
from tests.conftest import stamp

Add = Callable[..., int]
TODAY = date(2021, 9, 30)
BID = {"bidder": "Ash Homes", "price_pence": 90_000_000, "received_on": date(2021, 9, 15)}


@pytest.fixture
def add(register: Register, mill_lane: str) -> Add:
    """Record an entry on Mill Lane; says its number."""

    def record(kind: str, /, **facts: Any) -> int:
        seen = versions(register, mill_lane)[mill_lane]
        recording.record(register, mill_lane, kind, facts, stamp(TODAY), seen=seen)
        return int(entries(register, mill_lane, [kind], audience=Audience.OFFICER)[-1]["id"])

    return record


@pytest.fixture
def correct(register: Register, mill_lane: str) -> Add:
    """Correct an entry on Mill Lane; says the number of the one that stands."""

    def corrected(kind: str, entry: int, /, **changes: Any) -> int:
        return corrections.correct(
            register, mill_lane, kind, entry, changes, stamp(TODAY),
            seen=versions(register, mill_lane)[mill_lane], because="As the letter says",
        )  # fmt: skip

    return corrected


def the(register: Register, kind: str) -> dict[str, Any]:
    return entries(register, "mill-lane", [kind], audience=Audience.OFFICER)[-1]


def test_services_are_not_asked_after_their_time_to_reply(add: Add, correct: Add) -> None:
    sent = add(
        "circulation", circulated_to="All services", sent_on=date(2021, 2, 2),
        reply_by=date(2021, 2, 26),
    )  # fmt: skip
    with pytest.raises(BadFact, match="29 January 2021 is past on 2 February 2021"):
        correct("circulation", sent, reply_by=date(2021, 1, 29))


@pytest.fixture
def campaign(add: Add) -> int:
    """A campaign that closes on 15 September 2021 at noon and refuses what comes later."""
    return add(
        "campaign", method="formal tender", agent="Agents LLP", began_on=date(2021, 9, 1),
        closes_on=date(2021, 9, 15), closes_at="12:00", late_rule="refuse",
    )  # fmt: skip


def test_terms_are_not_corrected_into_a_deposit_beyond_the_price(add: Add, correct: Add) -> None:
    terms = add("heads_of_terms", buyer="Ash Homes", price_pence=90_000_000)
    with pytest.raises(BadFact, match="deposit: £2,000,000 is more than the price of £900,000"):
        correct("heads_of_terms", terms, deposit_pence=200_000_000)
    with pytest.raises(BadFact, match="adds up to £450,000"):
        correct("heads_of_terms", terms, payments="50% now")


def test_a_campaign_is_not_corrected_to_close_before_it_began(campaign: int, correct: Add) -> None:
    with pytest.raises(BadFact, match="can't close on 1 August 2021"):
        correct("campaign", campaign, closes_on=date(2021, 8, 1))


def test_an_undervalue_keeps_its_purpose(add: Add, correct: Add) -> None:
    reason = add(
        "consideration_reason", concern="undervalue", because="a hospice", advised_by="V",
        purpose="social",
    )  # fmt: skip
    with pytest.raises(BadFact, match="economic, social or environmental"):
        correct("consideration_reason", reason, purpose=None)


def test_points_are_not_corrected_beyond_the_points_for_the_best(add: Add, correct: Add) -> None:
    add("option", no="1", title="Sell")
    add("criterion", scored="option", title="Deliverable", weight_percent=100)
    given = {"subject": "1", "criterion": "Deliverable", "because": "plain"}
    score = add("score", scored="option", points=7, **given)
    with pytest.raises(BadFact, match="points: 11 is more than 10"):
        correct("score", score, points=11)
    assert correct("score", score, points=8) > score


def test_interest_is_counted_only_in_a_campaign_that_there_is(
    add: Add, campaign: int, correct: Add
) -> None:
    assert campaign
    with pytest.raises(NotRecorded, match=r"No campaign “7” is recorded\. Recorded: 1\."):
        add("enquiry", kind="viewing", campaign_no=7, noted_on=TODAY)
    viewing = add("enquiry", kind="viewing", noted_on=TODAY)
    with pytest.raises(NotRecorded, match="No campaign “2”"):
        correct("enquiry", viewing, campaign_no=2)


def test_the_day_of_an_entry_can_be_corrected_and_not_into_the_future(
    register: Register, add: Add, correct: Add
) -> None:
    valuation = add("valuation", valuer="V", value_pence=1, valued_on=TODAY)
    assert form("valuation").entry("valued-on").field == "valued_on"
    with pytest.raises(BadFact, match="what has not happened can't be recorded"):
        correct("valuation", valuation, valued_on=date(2021, 10, 1))
    later = correct("valuation", valuation, valued_on=date(2021, 9, 1))
    assert the(register, "valuation")["valued_on"] == date(2021, 9, 1)
    assert later_than(register, "mill-lane", "valuation", valuation) == f"valuation-{later}"
    assert later_than(register, "mill-lane", "valuation", later) is None


def test_a_bid_whose_time_is_corrected_is_late_or_in_time_by_the_new_one(
    register: Register, campaign: int, add: Add, correct: Add
) -> None:
    assert campaign
    bid = add("bid", received_at="11:40", **BID)
    assert the(register, "bid")["is_late"] is False
    late = correct("bid", bid, received_at="12:40")
    assert the(register, "bid")["is_late"] is True
    correct("bid", late, received_at="10:40")
    assert the(register, "bid")["is_late"] is False


def test_a_document_is_not_given_another_file(add: Add, correct: Add) -> None:
    paper = add(
        "document", title="Report", kind="report", file_name="a.txt", sha256="0" * 64, size_bytes=1
    )
    with pytest.raises(NotAllowed, match="its file is not exchanged"):
        correct("document", paper, file_name="b.txt")
    assert correct("document", paper, title="Report of item 10") > paper


def test_a_deed_shows_a_boundary_that_was_drawn(add: Add) -> None:
    with pytest.raises(NotRecorded, match="no revision 9 of the boundary is drawn"):
        add("deed", form="TP1", dated_on=TODAY, boundary_revision=9)
    assert add("deed", form="TR1", dated_on=TODAY)


def test_what_a_part_has_from_its_whole_is_corrected_there(kent: Register) -> None:
    part = "steele-avenue/part-1"
    with pytest.raises(NotRecorded, match="option-1 is recorded on the whole; correct it there"):
        corrections.correct(
            kent, part, "option", 1, {"title": "x"}, stamp(TODAY),
            seen=versions(kent, part)[part], because="x",
        )  # fmt: skip


def test_a_value_may_be_taken_away_where_it_need_not_be_there() -> None:
    assert recording.readable("bid", {"overage": "", "longstop-on": ""}) == {
        "overage": None, "longstop_on": None,
    }  # fmt: skip
    with pytest.raises(BadFact, match="value: “” is not an amount of money"):
        recording.readable("valuation", {"value": ""})
    with pytest.raises(BadFact, match="amount: -£5 is less than £0"):
        recording.readable("option_figure", {"amount": "-5"})
    assert recording.readable("bid", {"received-at": "9:30"}) == {"received_at": "09:30"}
