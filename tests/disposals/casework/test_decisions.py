"""An executive decision is taken only after its notice, and published only after it is taken."""

from datetime import date

import pytest

from disposals.casework import decisions
from disposals.disclosure.seen import versions, versions_of_decision
from disposals.errors import NotAllowed, NotRecorded
from disposals.register import Register
from tests.conftest import stamp

NUMBER = "21/00100"
CHAIR = "Chair of the Scrutiny Committee"


def notify(register: Register, on: date) -> None:
    decisions.notify(
        register, NUMBER, stamp(on), seen=versions_of_decision(register, NUMBER), notice_on=on
    )


def take(register: Register, on: date) -> None:
    decisions.take(
        register, NUMBER, stamp(on), seen=versions_of_decision(register, NUMBER), taken_on=on,
        interests="None declared",
    )  # fmt: skip


def declare_urgent(
    register: Register, on: date, exception: str = "special urgency", agreed_by: str | None = CHAIR
) -> None:
    decisions.declare_urgent(
        register, NUMBER, stamp(on), seen=versions_of_decision(register, NUMBER),
        exception=exception, because="The buyer withdraws otherwise", agreed_by=agreed_by,
    )  # fmt: skip


def test_a_key_decision_without_notice_is_refused(kent: Register) -> None:
    with pytest.raises(NotAllowed, match="no notice of it is recorded"):
        take(kent, date(2021, 11, 15))


def test_too_early_it_is_refused_with_the_earliest_lawful_day(kent: Register) -> None:
    notify(kent, date(2021, 10, 11))
    with pytest.raises(NotAllowed, match="the earliest day is 9 November 2021"):
        take(kent, date(2021, 11, 8))
    take(kent, date(2021, 11, 9))


def test_urgency_with_a_named_agreement_is_a_lawful_way_round(kent: Register) -> None:
    declare_urgent(kent, date(2021, 10, 11))
    take(kent, date(2021, 10, 11))


def test_it_is_published_after_it_is_taken(kent: Register) -> None:
    seen = versions_of_decision(kent, NUMBER)
    with pytest.raises(NotAllowed, match="was not taken by 1 October 2021"):
        decisions.publish(
            kent, NUMBER, stamp(date(2021, 10, 1)), seen=seen, published_on=date(2021, 10, 1)
        )


def test_a_decision_on_the_whole_is_one_record_that_its_parts_share(kent: Register) -> None:
    assert list(versions_of_decision(kent, NUMBER)) == ["steele-avenue"]
    before = versions(kent, "steele-avenue")
    notify(kent, date(2021, 10, 11))
    after = versions(kent, "steele-avenue")
    assert after["steele-avenue"] == before["steele-avenue"] + 1
    assert after["steele-avenue/part-1"] == before["steele-avenue/part-1"]


def test_a_number_that_is_not_recorded_is_refused(kent: Register) -> None:
    with pytest.raises(NotRecorded, match="99/00001"):
        decisions.notify(kent, "99/00001", stamp(), seen={}, notice_on=date(2021, 9, 1))


def test_a_decision_is_taken_once(kent: Register) -> None:
    declare_urgent(kent, date(2021, 10, 11))
    take(kent, date(2021, 10, 11))
    with pytest.raises(NotAllowed, match="was taken on 11 October 2021 already"):
        take(kent, date(2021, 10, 18))
    with pytest.raises(NotAllowed, match="notice comes"):
        notify(kent, date(2021, 10, 19))


def test_a_notice_is_not_moved_back(kent: Register) -> None:
    notify(kent, date(2021, 10, 11))
    with pytest.raises(NotAllowed, match="a new notice can only be later"):
        notify(kent, date(2019, 1, 1))
    notify(kent, date(2021, 10, 12))
