"""Every clock against dates that were published or worked out by hand, rule by rule.

For a clock of clear days the end is the earliest day of the event; for the others the last day.
"""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from disposals.clocks import is_working_day
from disposals.deadlines import after_taking, before_taking, land, sale
from disposals.deadlines.clock import Clock
from disposals.deadlines.decision_file import DecisionFile
from disposals.policy import Policy
from disposals.records.bids import Valuation
from disposals.records.notices import MoratoriumNotice, OfferBack
from disposals.vocabulary import Known, Urgency
from tests.builders import a_consent, a_decision, a_private_meeting, evidence

CASES = [
    tuple(row.values())
    for row in csv.DictReader(
        (Path(__file__).parent / "worked_dates.csv").read_text(encoding="utf-8").splitlines()
    )
]
ANY = date(2025, 12, 1)
POLICY = Policy("kent", ANY)


def notice(start: date) -> Clock:
    (clock,) = before_taking.notice(a_decision(is_key=True, notice_on=start), POLICY, on=ANY)
    return clock


def general_exception(start: date) -> Clock:
    urgent = a_decision(
        is_key=True, exception=Urgency.GENERAL_EXCEPTION, exception_on=start, urgency="Lapses"
    )
    (clock,) = before_taking.notice(urgent, POLICY, on=ANY)
    return clock


def private(start: date) -> list[Clock]:
    meeting = a_private_meeting(notice_on=start, second_notice_on=start)
    return before_taking.private_meeting(
        DecisionFile(a_decision(), private=meeting), POLICY, on=ANY
    )


def moratorium(start: date) -> land.Moratorium:
    told = evidence(
        MoratoriumNotice, site_ref="kiln-court", received_on=start, bid_requested=Known.YES
    )
    return land.moratorium(told, POLICY)


def offered(start: date, **facts: object) -> Clock:
    usual = {"site_ref": "kiln-court", "offered_on": start}
    (clock,) = land.offer_back(evidence(OfferBack, **{**usual, **facts}), POLICY)
    return clock


CLOCKS: dict[str, Callable[[date], Clock]] = {
    "decisions.notice": notice,
    "decisions.general-exception": general_exception,
    "decisions.private-meeting": lambda start: private(start)[0],
    "decisions.private-meeting-again": lambda start: private(start)[1],
    "decisions.papers": lambda start: before_taking.papers(
        "Cabinet Committee", start, POLICY, number="21/00100"
    ),
    "decisions.call-in": lambda start: after_taking.call_in_period(a_decision(), start, POLICY),
    "decisions.challenge": lambda start: after_taking.challenge(a_decision(taken_on=start), POLICY)[
        0
    ],
    "planning.challenge": lambda start: sale.planning_challenge(
        a_consent("planning", "Consent", granted_on=start), POLICY
    )[0],
    "land.community-value.interim": lambda start: moratorium(start).interim,
    "land.community-value.full": lambda start: moratorium(start).full,
    "land.community-value.protected": lambda start: moratorium(start).protected,
    "land.offer-back.reply": offered,
    "land.offer-back.terms": lambda start: offered(start, wanted=Known.YES, wanted_on=start),
    "land.offer-back.price": lambda start: offered(
        start, wanted=Known.YES, wanted_on=start, terms_agreed_on=start
    ),
    "valuation.lasts": lambda start: sale.valuation_life(
        evidence(Valuation, valuer="V", value_pence=1, valued_on=start), POLICY
    ),
}


def test_the_table_holds_at_least_sixty_dates_and_every_rule_that_counts() -> None:
    assert len({(rule, start) for rule, start, _, _ in CASES}) == len(CASES) >= 60
    assert {rule for rule, _, _, _ in CASES} == CLOCKS.keys()


@pytest.mark.parametrize(("rule", "start", "end", "why"), CASES)
def test_a_clock_ends_on_the_day_that_was_worked_out(
    rule: str, start: str, end: str, why: str
) -> None:
    clock = CLOCKS[rule](date.fromisoformat(start))
    counts_clear_days = "clear days" in (clock.rule.unit or "")
    told = clock.earliest_on if counts_clear_days else clock.ends_on
    assert clock.rule.id == rule
    assert (told, clock.starts_on) == (date.fromisoformat(end), date.fromisoformat(start)), why
    assert not clock.doubt
    if counts_clear_days and "working" in (clock.rule.unit or ""):
        assert not any(is_working_day(each.on) for each in clock.passed_over)


def test_the_explanation_names_the_bank_holidays_that_were_passed_over() -> None:
    clock = after_taking.call_in_period(a_decision(), date(2021, 12, 22), POLICY)
    assert clock.says == (
        "5 clear working days: the day of publication (22 December 2021) and the day of its taking "
        "effect (4 January 2022) do not count; nor do weekends; 27 December 2021 (Christmas Day "
        "(observed)), 28 December 2021 (Boxing Day (observed)) and 3 January 2022 (New Year's Day "
        "(observed)) are bank holidays here."
    )


def test_beyond_the_last_known_bank_holidays_a_count_of_working_days_is_doubtful() -> None:
    known = after_taking.call_in_period(a_decision(), date(2028, 12, 18), POLICY)
    beyond = after_taking.call_in_period(a_decision(), date(2028, 12, 27), POLICY)
    assert not known.doubt
    assert "Bank holidays are known until 2028 only" in beyond.doubt
    assert not notice(date(2028, 12, 27)).doubt  # calendar days need no table


def test_a_clock_runs_by_the_rule_of_the_day_on_which_it_began() -> None:
    """The time to challenge a planning consent was cut on 1 July 2013."""
    old, new = (CLOCKS["planning.challenge"](date(2013, month, 30)) for month in (6, 7))
    assert (old.rule.number, old.rule.unit) == (3, "months")
    assert (new.rule.number, new.rule.unit) == (6, "weeks")
