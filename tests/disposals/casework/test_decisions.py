"""An executive decision is taken only after its notice, and published only after it is taken."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from disposals.casework import decisions, recording
from disposals.disclosure.seen import versions, versions_of_decision
from disposals.errors import BadFact, NotAllowed, NotRecorded
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


def publish(register: Register, on: date) -> None:
    act_on(NUMBER, decisions.publish, register, on, published_on=on)


def act_on(
    number: str, act: Callable[..., None], register: Register, on: date, **facts: Any
) -> None:
    act(register, number, stamp(on), seen=versions_of_decision(register, number), **facts)


def propose(register: Register, **facts: Any) -> None:
    seen = versions(register, "steele-avenue")["steele-avenue"]
    recording.record(
        register, "steele-avenue", "decision", facts, stamp(date(2021, 10, 11)), seen=seen
    )


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


def test_notice_of_a_decision_is_given_once_on_a_day(kent: Register) -> None:
    notify(kent, date(2021, 10, 11))
    before = versions(kent, "steele-avenue")
    with pytest.raises(
        NotAllowed,
        match=r"recorded for 11 October 2021; a new notice can only be later\.",
    ):
        notify(kent, date(2021, 10, 11))
    assert versions(kent, "steele-avenue") == before


def test_an_exception_that_the_law_does_not_know_is_named(kent: Register) -> None:
    with pytest.raises(BadFact, match=r"“haste” is no exception .*reg 10.*reg 11"):
        declare_urgent(kent, date(2021, 10, 11), exception="haste")


def test_special_urgency_names_who_agreed(kent: Register) -> None:
    with pytest.raises(BadFact, match="name whoever agreed"):
        declare_urgent(kent, date(2021, 10, 11), agreed_by=None)


def test_a_general_exception_waits_for_five_clear_working_days(kent: Register) -> None:
    declare_urgent(kent, date(2021, 10, 11), exception="general exception", agreed_by=None)
    with pytest.raises(NotAllowed, match=r"5 clear days after .* earliest lawful day is 19 Oct"):
        take(kent, date(2021, 10, 18))
    take(kent, date(2021, 10, 19))


def test_a_notice_that_has_run_out_serves_where_the_exception_would_take_longer(
    kent: Register,
) -> None:
    notify(kent, date(2021, 8, 1))
    declare_urgent(kent, date(2021, 9, 28), exception="general exception", agreed_by=None)
    take(kent, date(2021, 9, 29))


def test_it_is_not_taken_before_the_committee_that_the_proposal_names(kent: Register) -> None:
    notify(kent, date(2021, 10, 1))
    with pytest.raises(NotAllowed, match=r"meets on 9 November 2021 .* lawful day is 9 November"):
        take(kent, date(2021, 11, 8))


def test_a_proposer_does_not_take_their_own_decision(kent: Register) -> None:
    propose(kent, number="21/00200", title="Sell", taker="Director", is_key=False,
            proposed_by="director")  # fmt: skip
    with pytest.raises(NotAllowed, match="The Director put 21/00200 forward"):
        act_on("21/00200", decisions.take, kent, date(2021, 10, 1),
               taken_on=date(2021, 10, 1), interests="None declared")  # fmt: skip


def test_a_decision_that_is_taken_is_not_proposed_again(kent: Register) -> None:
    declare_urgent(kent, date(2021, 10, 11))
    take(kent, date(2021, 10, 11))
    with pytest.raises(NotAllowed, match="21/00100 was taken, so it stands"):
        propose(kent, number=NUMBER, title="Sell", taker="Director", is_key=False)


def test_the_record_is_published_once(kent: Register) -> None:
    declare_urgent(kent, date(2021, 10, 11))
    take(kent, date(2021, 10, 11))
    publish(kent, date(2021, 10, 12))
    with pytest.raises(NotAllowed, match="was published on 12 October 2021"):
        publish(kent, date(2021, 10, 20))


def test_it_is_carried_out_when_it_is_in_force_and_then_not_withdrawn(kent: Register) -> None:
    declare_urgent(kent, date(2021, 10, 11))
    with pytest.raises(NotAllowed, match="It has not been taken"):
        act_on(NUMBER, decisions.implement, kent, date(2021, 10, 11))
    take(kent, date(2021, 10, 11))
    with pytest.raises(NotAllowed, match="call-in has not begun"):
        act_on(NUMBER, decisions.implement, kent, date(2021, 10, 11))
    publish(kent, date(2021, 10, 12))
    with pytest.raises(NotAllowed, match="It may be from 20 October 2021"):
        act_on(NUMBER, decisions.implement, kent, date(2021, 10, 19))
    act_on(NUMBER, decisions.implement, kent, date(2021, 10, 20), implementation="Contract")
    with pytest.raises(NotAllowed, match="took effect on 20 October 2021"):
        act_on(NUMBER, decisions.withdraw, kent, date(2021, 10, 21), because="Changed mind")


def test_a_decision_that_was_withdrawn_goes_no_further(kent: Register) -> None:
    with pytest.raises(BadFact, match="a reason is asked for"):
        act_on(NUMBER, decisions.withdraw, kent, date(2021, 10, 1), because=" ")
    act_on(NUMBER, decisions.withdraw, kent, date(2021, 10, 1), because="The CCG withdrew")
    with pytest.raises(NotAllowed, match=r"withdrawn on 1 October 2021 \(The CCG withdrew\)"):
        notify(kent, date(2021, 10, 2))
