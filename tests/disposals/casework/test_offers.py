"""Offers come in under the campaign's written rule, by the day and hour that they bear."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from disposals.casework import marketing, offers, recording
from disposals.casework.acts import Stamp
from disposals.disclosure.entries import entries
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import BadFact, NotAllowed
from disposals.register import Register
from tests.conftest import stamp

SECRETS = ("first secret", "second secret")
OPENERS = ("Head of Law", "Head of Property")
Do = Callable[..., None]


@pytest.fixture
def receive(register: Register, mill_lane: str) -> Do:
    """An offer for Mill Lane comes in; the campaign closes on 15 September 2021 at noon."""
    facts = {
        "method": "formal tender", "agent": "Agents LLP", "closes_on": date(2021, 9, 15),
        "closes_at": "12:00", "late_rule": "refuse",
    }  # fmt: skip
    recording.record(
        register, mill_lane, "campaign", facts, stamp(date(2021, 9, 1)),
        seen=versions(register, mill_lane)[mill_lane],
    )  # fmt: skip

    def enter(bidder: str, on: date, **told: Any) -> None:
        offer = {"bidder": bidder, "price_pence": 90_000_000, "received_on": on, **told}
        offers.receive(
            register, mill_lane, offer, stamp(date(2021, 9, 20)),
            seen=versions(register, mill_lane)[mill_lane],
        )  # fmt: skip

    return enter


def sealed_and_opened(register: Register, ref: str, between: Callable[[], None]) -> None:
    def seen() -> int:
        return versions(register, ref)[ref]

    def on(day: int) -> Stamp:
        return stamp(date(2021, 9, day))

    marketing.seal(register, ref, OPENERS, SECRETS, on(2), seen=seen())
    between()
    offers.open_bids(register, ref, OPENERS, SECRETS, on(16), seen=seen())


def test_an_offer_of_the_last_day_says_at_what_time_it_came(receive: Do) -> None:
    with pytest.raises(BadFact, match=r"closes at 12:00 on 15 September 2021\. Say at what time"):
        receive("Ash Homes", date(2021, 9, 15))
    receive("Ash Homes", date(2021, 9, 15), received_at="12:00")
    receive("Beech Living", date(2021, 9, 14))


def test_after_the_opening_no_offer_turns_up_that_came_in_time(
    register: Register, mill_lane: str, receive: Do
) -> None:
    sealed_and_opened(register, mill_lane, lambda: receive("Ash Homes", date(2021, 9, 14)))
    for bidder in ("Beech Living", "Ash Homes"):
        with pytest.raises(NotAllowed, match="are opened, and this offer was not among them"):
            receive(bidder, date(2021, 9, 14), price_pence=90_000_100)


def test_a_changed_offer_does_not_bear_the_time_of_the_one_before(
    register: Register, receive: Do
) -> None:
    receive("Ash Homes", date(2021, 9, 13), received_at="11:00")
    receive("Ash Homes", date(2021, 9, 14), price_pence=91_000_000)
    (bid,) = entries(register, "mill-lane", ["bid"], audience=Audience.OFFICER)
    assert (bid["bid_version"], bid["received_at"]) == (2, None)
