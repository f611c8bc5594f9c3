"""When a buyer is lost or offers less, only what the decision authorised may follow."""

from typing import Any

import pytest

from disposals.casework import decisions, moves, recording, returns
from disposals.disclosure.fallback import fallback_of
from disposals.disclosure.seen import versions, versions_of_decision
from disposals.fallback import Offered
from disposals.register import Register
from tests.conftest import stamp

ONE, NUMBER = "steele-avenue/part-1", "21/00199"


def record(register: Register, kind: str, **facts: Any) -> None:
    seen = versions(register, ONE)[ONE]
    recording.record(register, ONE, kind, facts, stamp(), seen=seen)


def decided(register: Register, fallback: str, **facts: Any) -> Offered:
    """What is offered where a decision on part 1 authorises a fallback."""
    record(
        register, "decision", number=NUMBER, title="Sale", taker="Deputy Leader", is_key=False,
        fallback=fallback, **facts,
    )  # fmt: skip
    decisions.take(
        register, NUMBER, stamp(), seen=versions_of_decision(register, NUMBER),
        taken_on=stamp().on, interests="None declared",
        call_in_waived=None,
    )  # fmt: skip
    return offered(register)


def offered(register: Register) -> Offered:
    return fallback_of(register, ONE, on=stamp().on)


def go_back(register: Register, to: str) -> None:
    seen = versions(register, ONE)[ONE]
    returns.back(register, ONE, stamp(), seen=seen, to=to, because="The buyer withdrew")


def test_without_a_decision_nothing_is_offered(kent: Register) -> None:
    assert offered(kent).next_bidder is None
    assert "no decision authorises a fallback" in offered(kent).says


def test_the_next_bid_follows_when_the_buyer_is_lost_and_not_before(kent: Register) -> None:
    assert "Bidder B is still preferred. Go back first" in decided(kent, "next bid").says
    moves.advance(kent, ONE, stamp(), seen=versions(kent, ONE))
    go_back(kent, "bid_shortlist")
    assert offered(kent).next_bidder == "Bidder A"
    go_back(kent, "marketing")  # its campaign is over, and with it the line of bidders
    assert "no bid is left in line" in offered(kent).says


def test_the_next_bid_if_below_follows_only_when_the_buyer_offers_less(kent: Register) -> None:
    assert "offers no less than the next bid" in decided(kent, "next bid if below").says
    record(kent, "bid", bidder="Bidder B", price_pence=121_400_000)
    assert offered(kent).next_bidder == "Bidder A"


@pytest.mark.parametrize(("floor", "after"), [(121_500_001, None), (121_500_000, "Bidder A")])
def test_no_bid_below_the_floor_is_offered(kent: Register, floor: int, after: str | None) -> None:
    record(kent, "bid", bidder="Bidder B", price_pence=100_000_000)
    told = decided(kent, "next bid if below", floor_price_pence=floor)
    assert told.next_bidder == after
    assert ("is below its floor of" in told.says) is (after is None)


def test_re_marketing_names_no_bidder(kent: Register) -> None:
    told = decided(kent, "re-market")
    assert told.may_remarket
    assert told.next_bidder is None
    assert f"disposals back {ONE} --to marketing" in told.says
