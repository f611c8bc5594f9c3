"""How far a decision has come is read from its dates, and so are the days on which it may go on."""

from datetime import date

import pytest

from disposals.deadlines.after_taking import effective_on
from disposals.deadlines.clock import Step
from disposals.deadlines.decision_file import DecisionFile
from disposals.deadlines.decisions import State, clocks_of_decision, state_of
from disposals.deadlines.of_case import clocks_of, lawful_days
from disposals.policy import Policy
from disposals.records.decisions import CallIn, Decision
from disposals.records.notices import MoratoriumNotice, Notice, OfferBack
from disposals.vocabulary import CallInOutcome, Known, Recommendation
from tests.builders import (
    a_call_in,
    a_case,
    a_contract,
    a_decision,
    a_referral,
    a_valuation,
    evidence,
    some_terms,
)

LIFE = DecisionFile(
    a_decision(
        is_key=True,
        notice_on=date(2021, 10, 8),
        taken_on=date(2021, 11, 15),
        published_on=date(2021, 11, 16),
    ),
    referrals=(
        a_referral(
            meeting_on=date(2021, 11, 9),
            report_published_on=date(2021, 11, 1),
            considered_on=date(2021, 11, 9),
            recommendation=Recommendation.ENDORSED,
        ),
    ),
)


def policy(on: date) -> Policy:
    return Policy("kent", on)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2021, 10, 7), State.PROPOSED),
        (date(2021, 10, 8), State.NOTIFIED),
        (date(2021, 10, 31), State.NOTIFIED),
        (date(2021, 11, 1), State.PUBLISHED),
        (date(2021, 11, 8), State.PUBLISHED),
        (date(2021, 11, 9), State.CONSIDERED),
        (date(2021, 11, 14), State.CONSIDERED),
        (date(2021, 11, 15), State.TAKEN),
        (date(2021, 11, 23), State.TAKEN),
        (date(2021, 11, 24), State.EFFECTIVE),
    ],
)
def test_21_00100_goes_through_its_states_on_its_days(on: date, state: State) -> None:
    assert state_of(LIFE, policy(on), on) is state


@pytest.mark.parametrize(
    ("called", "effective"),
    [
        (a_call_in(called_in_on=date(2021, 11, 18)), None),
        (
            a_call_in(
                called_in_on=date(2021, 11, 18),
                outcome=CallInOutcome.UPHELD,
                outcome_on=date(2021, 12, 7),
            ),
            date(2021, 12, 7),
        ),
        (
            a_call_in(
                called_in_on=date(2021, 11, 18),
                outcome=CallInOutcome.REFERRED_BACK,
                outcome_on=date(2021, 12, 7),
            ),
            None,
        ),
        (
            a_call_in(
                called_in_on=date(2021, 11, 18),
                outcome=CallInOutcome.TO_COUNCIL,
                outcome_on=date(2021, 12, 7),
                confirmed_on=date(2021, 12, 16),
            ),
            date(2021, 12, 16),
        ),
        (
            a_call_in(
                called_in_on=date(2021, 11, 18),
                outcome=CallInOutcome.WITHDRAWN,
                outcome_on=date(2021, 11, 19),
            ),
            date(2021, 11, 24),
        ),
    ],
)
def test_a_call_in_holds_the_decision_until_it_is_settled(
    called: CallIn, effective: date | None
) -> None:
    file = DecisionFile(LIFE.decision, LIFE.referrals, call_in=called)
    on = date(2021, 12, 31)
    assert effective_on(file, policy(on)) == effective
    assert state_of(file, policy(on), on) is (
        State.CALLED_IN if effective is None else State.EFFECTIVE
    )


def test_a_withdrawn_decision_has_no_clock() -> None:
    gone = DecisionFile(
        a_decision(is_key=True, withdrawn_on=date(2021, 9, 1), withdrawn_because="Kept")
    )
    on = date(2021, 9, 30)
    assert state_of(gone, policy(on), on) is State.WITHDRAWN
    assert clocks_of_decision(gone, policy(on), on=on) == []


def test_what_has_not_begun_is_counted_as_if_it_began_as_soon_as_it_could() -> None:
    file = a_case(a_decision(is_key=True), on=date(2021, 9, 30))
    clocks = {clock.name: clock for clock in clocks_of(file)}
    assert all(clock.is_assumed for clock in clocks.values())
    take, exchange, complete = lawful_days(file, clocks.values())
    assert (take.step, take.earliest_on) == (Step.TAKE, date(2021, 10, 29))
    assert (exchange.step, exchange.earliest_on) == (Step.EXCHANGE, date(2021, 11, 8))
    assert (complete.step, complete.earliest_on) == (Step.COMPLETE, date(2021, 11, 8))
    assert complete.waits_for == ("call-in of 21/00100",)
    assert complete.is_assumed


@pytest.mark.parametrize(
    "decisions",
    [(), (a_decision(is_key=True, withdrawn_on=date(2021, 9, 1), withdrawn_because="Kept"),)],
    ids=["none", "one withdrawn"],
)
def test_no_day_is_named_before_a_decision_is_proposed(decisions: tuple[Decision, ...]) -> None:
    file = a_case(*decisions, on=date(2021, 9, 30))
    for step in lawful_days(file, clocks_of(file)):
        assert (step.earliest_on, step.waits_for) == (None, ("proposal of a decision",))


def test_an_exchange_waits_for_the_last_clock_and_must_come_before_the_first_runs_out() -> None:
    listed = evidence(
        MoratoriumNotice,
        site_ref="mill-lane",
        received_on=date(2021, 9, 1),
        bid_requested=Known.YES,
    )
    file = a_case(LIFE.decision, listed, a_valuation(900_000), on=date(2021, 11, 16))
    exchange = next(
        each for each in lawful_days(file, clocks_of(file)) if each.step == "exchange contracts"
    )
    assert exchange.earliest_on == date(2022, 3, 1)
    assert exchange.waits_for == ("full moratorium of mill-lane",)
    assert exchange.latest_on == date(2022, 2, 28)
    assert exchange.runs_out == ("valuation of 1 September 2021",)
    assert exchange.is_too_late


def test_no_day_is_named_while_a_call_in_is_open() -> None:
    file = a_case(LIFE.decision, a_call_in(), on=date(2021, 11, 20))
    exchange, complete = lawful_days(file, clocks_of(file))
    assert (exchange.earliest_on, complete.earliest_on) == (None, None)
    assert exchange.waits_for == ("call-in of 21/00100",)


def test_after_exchange_only_completion_is_to_come() -> None:
    terms = some_terms(900_000, longstop_on=date(2022, 6, 30))
    file = a_case(LIFE.decision, terms, a_contract(), on=date(2021, 12, 1))
    (complete,) = lawful_days(file, clocks_of(file))
    assert (complete.step, complete.earliest_on) == (Step.COMPLETE, date(2021, 12, 1))
    assert [clock.name for clock in clocks_of(file) if clock.step is Step.COMPLETE] == []


def test_an_offer_back_and_open_space_hold_the_exchange() -> None:
    offer = evidence(OfferBack, site_ref="mill-lane", offered_on=date(2021, 9, 1))
    notice = evidence(
        Notice,
        site_ref="mill-lane",
        newspaper="Kent Messenger",
        first_on=date(2021, 9, 2),
        second_on=date(2021, 9, 9),
        objections_by=date(2021, 9, 30),
    )
    taken = a_decision(taken_on=date(2021, 9, 1), call_in_waived="Agreed by the Chair")
    file = a_case(taken, offer, notice, on=date(2021, 9, 20))
    exchange = lawful_days(file, clocks_of(file))[-2]
    assert exchange.earliest_on == date(2021, 11, 2)
    assert exchange.waits_for == ("former owner's reply on mill-lane",)
    refused = evidence(
        OfferBack, site_ref="mill-lane", offered_on=date(2021, 9, 1), wanted=Known.NO
    )
    without = a_case(taken, refused, notice, on=date(2021, 9, 20))
    assert lawful_days(without, clocks_of(without))[-2].earliest_on == date(2021, 10, 1)
