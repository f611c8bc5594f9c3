"""21/00100 before the committee, taken, called in and settled: each in its order, or refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from disposals.casework import call_in, committees, decisions
from disposals.disclosure.decisions import decisions as told
from disposals.disclosure.seen import versions_of_decision
from disposals.errors import BadFact, NotAllowed, NotRecorded
from disposals.register import Register
from tests.conftest import stamp

NUMBER, COMMITTEE = "21/00100", "Policy and Resources Cabinet Committee"
NOVEMBER_9 = date(2021, 11, 9)


def do(act: Callable[..., None], register: Register, on: date, **facts: Any) -> None:
    act(register, NUMBER, stamp(on), seen=versions_of_decision(register, NUMBER), **facts)


def state(register: Register, on: date) -> str:
    (found,) = told(register, on=on, number=NUMBER)
    return found.state.value


def considered(register: Register) -> None:
    """Noticed on 8 October, its report published on 1 November, endorsed on 9 November 2021."""
    do(decisions.notify, register, date(2021, 10, 8), notice_on=date(2021, 10, 8))
    do(committees.publish_report, register, date(2021, 11, 1))
    do(committees.consider, register, NOVEMBER_9, recommendation="endorsed", abstentions=0)


def published(register: Register) -> None:
    """And taken on 15 November, its record published on the 16th."""
    considered(register)
    do(decisions.take, register, date(2021, 11, 15), taken_on=date(2021, 11, 15),
       interests="None declared")  # fmt: skip
    do(decisions.publish, register, date(2021, 11, 16), published_on=date(2021, 11, 16))


def test_in_order_it_is_noticed_published_considered_taken_and_effective(kent: Register) -> None:
    assert state(kent, date(2021, 9, 30)) == "proposed"
    published(kent)
    (found,) = told(kent, on=date(2021, 11, 24), number=NUMBER)
    assert (found.state, found.effective_on) == ("effective", date(2021, 11, 24))
    (referral,) = found.referrals
    assert referral["committee"] == COMMITTEE
    assert (referral["recommendation"], referral["abstentions"]) == ("endorsed", 0)
    assert state(kent, date(2021, 11, 23)) == "taken"


def test_papers_a_day_late_are_refused_with_the_earliest_meeting_and_the_last_day(
    kent: Register,
) -> None:
    with pytest.raises(NotAllowed) as refused:
        do(committees.publish_report, kent, date(2021, 11, 2))
    assert "earliest lawful meeting is 10 November 2021" in str(refused.value)
    assert "for 9 November 2021 they had to be published by 1 November 2021" in str(refused.value)
    assert "--late-because" in str(refused.value)


def test_a_committee_that_meets_on_a_saturday_has_had_its_five_working_days(kent: Register) -> None:
    do(committees.publish_report, kent, date(2021, 11, 5), meeting_on=date(2021, 11, 13))
    with pytest.raises(NotAllowed, match="had to be published by 5 November 2021"):
        do(committees.publish_report, kent, date(2021, 11, 8), meeting_on=date(2021, 11, 13))


def test_the_chair_may_take_a_late_report_as_urgent(kent: Register) -> None:
    do(committees.publish_report, kent, date(2021, 11, 8), late_because="The offer lapses")
    with pytest.raises(NotAllowed, match="can't have been considered before"):
        do(committees.consider, kent, date(2021, 11, 5), recommendation="endorsed")
    do(committees.consider, kent, NOVEMBER_9, recommendation="endorsed")


def test_a_committee_does_not_meet_before_its_papers_were_out_long_enough(kent: Register) -> None:
    do(committees.publish_report, kent, date(2021, 11, 1))
    with pytest.raises(NotAllowed, match="earliest lawful meeting is 9 November 2021"):
        do(committees.consider, kent, date(2021, 11, 8), recommendation="endorsed")


def test_what_was_not_published_is_not_considered(kent: Register) -> None:
    with pytest.raises(NotRecorded, match="publish-report 21/00100"):
        do(committees.consider, kent, NOVEMBER_9, recommendation="endorsed")


def test_several_committees_may_consider_it_and_all_come_first(kent: Register) -> None:
    considered(kent)
    do(committees.publish_report, kent, date(2021, 11, 10), committee="Scrutiny Committee",
       meeting_on=date(2021, 11, 18))  # fmt: skip
    with pytest.raises(NotAllowed, match="Scrutiny Committee meets on 18 November 2021"):
        do(decisions.take, kent, date(2021, 11, 15), taken_on=date(2021, 11, 15), interests="None")
    with pytest.raises(NotAllowed, match="Scrutiny Committee of 18 November 2021, and what it"):
        do(decisions.take, kent, date(2021, 11, 19), taken_on=date(2021, 11, 19), interests="None")
    do(committees.consider, kent, date(2021, 11, 18), committee="Scrutiny Committee",
       recommendation="not endorsed")  # fmt: skip
    do(decisions.take, kent, date(2021, 11, 19), taken_on=date(2021, 11, 19), interests="None")


def test_a_committee_that_defers_it_meets_again(kent: Register) -> None:
    do(decisions.notify, kent, date(2021, 10, 8), notice_on=date(2021, 10, 8))
    do(committees.publish_report, kent, date(2021, 11, 1))
    do(committees.consider, kent, NOVEMBER_9, recommendation="deferred")
    assert state(kent, NOVEMBER_9) == "published"
    with pytest.raises(NotAllowed, match="what it made of it is not recorded"):
        do(decisions.take, kent, date(2021, 11, 15), taken_on=date(2021, 11, 15), interests="None")
    do(committees.publish_report, kent, date(2021, 12, 1), meeting_on=date(2021, 12, 9))
    do(committees.consider, kent, date(2021, 12, 9), recommendation="endorsed as amended",
       amended="on the most advantageous terms", abstentions=2)  # fmt: skip
    assert state(kent, date(2021, 12, 9)) == "considered"


@pytest.mark.parametrize(
    ("recommendation", "amended"),
    [("endorsed as amended", None), ("endorsed", "other words"), ("applauded", None)],
)
def test_a_recommendation_that_is_none_or_lacks_its_words_is_named(
    kent: Register, recommendation: str, amended: str | None
) -> None:
    do(committees.publish_report, kent, date(2021, 11, 1))
    with pytest.raises(BadFact, match="amended"):
        do(committees.consider, kent, NOVEMBER_9, recommendation=recommendation, amended=amended)


def test_a_private_meeting_is_noticed_twice(kent: Register) -> None:
    considered(kent)
    with pytest.raises(NotRecorded, match="No first notice"):
        do(committees.meet_in_private, kent, date(2021, 11, 10), second=True)
    do(committees.meet_in_private, kent, date(2021, 11, 10), meeting_on=date(2021, 12, 13))
    with pytest.raises(NotAllowed, match="second notice of it on 21/00100 is not recorded"):
        do(decisions.take, kent, date(2021, 12, 13), taken_on=date(2021, 12, 13), interests="None")
    do(committees.meet_in_private, kent, date(2021, 12, 6), second=True)
    with pytest.raises(NotAllowed, match="earliest lawful day is 14 December 2021"):
        do(decisions.take, kent, date(2021, 12, 13), taken_on=date(2021, 12, 13), interests="None")
    do(decisions.take, kent, date(2021, 12, 14), taken_on=date(2021, 12, 14), interests="None")


def test_it_is_called_in_within_its_days_and_not_acted_on_meanwhile(kent: Register) -> None:
    published(kent)
    with pytest.raises(NotAllowed, match="its call-in ended on 23 November 2021"):
        do(call_in.call_in, kent, date(2021, 11, 24), called_in_by="Scrutiny", because="Price")
    do(call_in.call_in, kent, date(2021, 11, 23), called_in_by="Scrutiny", because="The price")
    assert state(kent, date(2021, 11, 30)) == "called in"
    with pytest.raises(NotAllowed, match="called in on 23 November 2021, and that is not settled"):
        do(decisions.implement, kent, date(2021, 11, 30))
    with pytest.raises(NotAllowed, match="called in once"):
        do(call_in.call_in, kent, date(2021, 11, 23), called_in_by="Members", because="Again")


def test_what_is_referred_back_waits_for_its_taker(kent: Register) -> None:
    published(kent)
    do(call_in.call_in, kent, date(2021, 11, 18), called_in_by="Scrutiny", because="The price")
    with pytest.raises(BadFact, match="“quashed” is none of"):
        do(call_in.settle, kent, date(2021, 12, 7), outcome="quashed")
    with pytest.raises(NotAllowed, match="an outcome comes later"):
        do(call_in.settle, kent, date(2021, 11, 17), outcome="upheld")
    do(call_in.settle, kent, date(2021, 12, 7), outcome="referred back")
    with pytest.raises(NotAllowed, match="was referred back on 7 December 2021"):
        do(call_in.settle, kent, date(2021, 12, 8), outcome="upheld")
    assert state(kent, date(2021, 12, 14)) == "called in"
    with pytest.raises(NotAllowed, match="it is confirmed later"):
        do(call_in.confirm, kent, date(2021, 12, 6))
    do(call_in.confirm, kent, date(2021, 12, 14))
    assert state(kent, date(2021, 12, 14)) == "effective"


def test_only_what_is_called_in_is_settled_and_only_what_went_back_is_confirmed(
    kent: Register,
) -> None:
    published(kent)
    with pytest.raises(NotRecorded, match="21/00100 is not called in"):
        do(call_in.settle, kent, date(2021, 11, 18), outcome="upheld")
    do(call_in.call_in, kent, date(2021, 11, 18), called_in_by="Scrutiny", because="The price")
    with pytest.raises(NotAllowed, match="is not settled; only a decision"):
        do(call_in.confirm, kent, date(2021, 11, 19))


def test_before_its_record_is_published_nothing_is_called_in(kent: Register) -> None:
    considered(kent)
    with pytest.raises(NotAllowed, match="so call-in has not begun"):
        do(call_in.call_in, kent, date(2021, 11, 12), called_in_by="Scrutiny", because="Early")
