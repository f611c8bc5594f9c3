"""An officer's day: overdue before due, due before blocked, each with the day and whose it is."""

from datetime import date
from typing import Any

import pytest

from disposals.casework import cases, evidence, marketing, programme, recording, returns
from disposals.disclosure.agenda import Item, Matter, agenda
from disposals.disclosure.seen import versions
from disposals.errors import NotRecorded
from disposals.milestones import when
from disposals.register import Register
from tests.conftest import stamp

REF, SPRING = "mill-lane", date(2021, 4, 6)


def seen(register: Register) -> int:
    return versions(register, REF)[REF]


def note(register: Register, kind: str, on: date = SPRING, **facts: Any) -> None:
    recording.record(register, REF, kind, facts, stamp(on), seen=seen(register))


def told(register: Register, on: date, **asked: Any) -> list[Item]:
    return agenda(register, on=on, **asked)


def matters(register: Register, on: date, **asked: Any) -> list[Matter]:
    return [item.matter for item in told(register, on, **asked)]


@pytest.fixture
def lane(register: Register, mill_lane: str) -> Register:
    """A disposal with a milestone in May and a campaign that closes on 18 June 2021."""
    assert mill_lane == REF
    programme.set_milestone(
        register, REF, "Options settled", when("May 2021"), stamp(SPRING), seen=seen(register),
        owner="Surveyor",
    )  # fmt: skip
    marketing.begin(
        register, REF, {"method": "open market", "agent": "A", "closes_on": date(2021, 6, 18)},
        stamp(SPRING), seen=seen(register),
    )  # fmt: skip
    return register


def test_a_milestone_is_due_then_overdue_and_then_met(lane: Register) -> None:
    may = date(2021, 5, 10)
    (due,) = (item for item in told(lane, may) if item.matter is Matter.DUE)
    assert (due.on, due.reference, due.who) == (date(2021, 5, 31), REF, "Surveyor")
    assert due.what == "1. Options settled. Due in 21 days."
    assert Matter.DUE not in matters(lane, may, days=20)
    first = told(lane, date(2021, 6, 1))[0]
    assert (first.matter, first.what) == (
        Matter.OVERDUE, "1. Options settled. Overdue by 1 day, since 31 May 2021.",
    )  # fmt: skip
    programme.meet(lane, REF, 1, date(2021, 6, 2), stamp(date(2021, 6, 2)), seen=seen(lane))
    assert Matter.OVERDUE not in matters(lane, date(2021, 6, 3))


def test_what_stops_the_next_move_is_told_with_who_can_clear_it(lane: Register) -> None:
    (blocked,) = (item for item in told(lane, SPRING) if item.matter is Matter.BLOCKED)
    assert blocked.what.startswith("To options appraisal: No surplus declaration is recorded.")
    assert blocked.who == "holding service"
    assert blocked.on is None


@pytest.mark.parametrize(
    ("on", "what"),
    [
        (date(2021, 6, 1), "Campaign 1 closes to offers on 18 June 2021. The particulars"),
        (
            date(2021, 9, 20),
            "The valuation of 6 April 2021 runs out on 5 October 2021. 6 months from",
        ),
        (date(2022, 1, 10), "The exclusivity of Ash Homes ends on 31 January 2022. The heads"),
        (
            date(2022, 3, 10),
            "The longstop of the terms with Ash Homes passes on 30 March 2022. The heads",
        ),
    ],
)
def test_what_runs_out_is_told_in_time(lane: Register, on: date, what: str) -> None:
    evidence.add(
        lane, REF, "valuation", {"valuer": "V", "value_pence": 1, "valued_on": SPRING},
        stamp(SPRING), seen=seen(lane),
    )  # fmt: skip
    note(
        lane, "heads_of_terms", buyer="Ash Homes", price_pence=1,
        exclusivity_until=date(2022, 1, 31), longstop_on=date(2022, 3, 30),
    )  # fmt: skip
    running = [item.what for item in told(lane, on) if item.matter is Matter.RUNS_OUT]
    assert [each for each in running if each.startswith(what)]


def test_a_case_on_hold_is_reviewed_and_neither_blocked_nor_still(lane: Register) -> None:
    cases.hold(
        lane, REF, stamp(SPRING), seen=seen(lane), because="Flood survey",
        review_on=date(2021, 9, 1),
    )  # fmt: skip
    found = told(lane, date(2021, 8, 20))
    assert [item.matter for item in found if item.reference == REF] == [
        Matter.OVERDUE, Matter.REVIEW,
    ]  # fmt: skip
    assert found[-1].what == "On hold since 6 April 2021: Flood survey"


def test_a_case_that_has_not_moved_stands_still(lane: Register) -> None:
    assert Matter.STANDS_STILL not in matters(lane, date(2021, 4, 3))  # opened on 4 January
    (still,) = (i for i in told(lane, date(2021, 4, 4)) if i.matter is Matter.STANDS_STILL)
    assert still.what == "At surplus declaration for 90 days."
    assert Matter.STANDS_STILL not in matters(lane, date(2021, 4, 4), idle=91)


def test_an_officer_sees_their_own_cases_and_an_ended_one_is_off_the_agenda(
    kent: Register,
) -> None:
    day = date(2021, 12, 15)
    everyone = told(kent, day)
    assert told(kent, day, officer="Disposals Surveyor") == everyone  # one officer has them all
    with pytest.raises(NotRecorded, match="in the hands of “Nobody”"):
        told(kent, day, officer="Nobody")
    returns.withdraw(
        kent, "wayfarers", stamp(day), seen=versions(kent, "wayfarers")["wayfarers"],
        because="Kept for a school",
    )  # fmt: skip
    assert Matter.BLOCKED not in {
        item.matter for item in told(kent, day) if item.reference == "wayfarers"
    }


def test_the_agenda_of_some_cases_is_their_share_of_everyones(kent: Register) -> None:
    refs = ["steele-avenue", "steele-avenue/part-1", "steele-avenue/part-2"]
    summer = date(2022, 7, 4)
    of_all = told(kent, summer)
    own = [item for item in of_all if item.reference in refs]
    assert told(kent, summer, refs=refs) == own
    assert 0 < len(own) < len(of_all)
