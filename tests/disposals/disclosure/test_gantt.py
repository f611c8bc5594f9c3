"""What is on the picture of a programme, for officers and for the public."""

from datetime import date

import pytest

from disposals.casework import links, programme, returns
from disposals.disclosure.fields import Audience
from disposals.disclosure.gantt import Asked, Bar, Gantt, State, gantt
from disposals.disclosure.seen import versions_of_family
from disposals.disclosure.slip import room
from disposals.errors import BadFact, NoSuchCase, NotRecorded
from disposals.milestones import when
from disposals.register import Register
from disposals.vocabulary import Outcome
from tests.conftest import stamp
from tests.programmes import a_portfolio, a_programme

ONE, TWO, WHOLE = "steele-avenue/part-1", "steele-avenue/part-2", "steele-avenue"
CONDITION = "Outline planning consent for residential development on the Part 2 site"
ON = date(2021, 9, 30)


def drawn(register: Register, ref: str | None = WHOLE, **asked: object) -> Gantt:
    on = asked.pop("on", ON)
    audience = asked.pop("audience", Audience.OFFICER)
    return gantt(register, Asked(ref, **asked), audience=audience, on=on)  # type: ignore[arg-type]


def bars(told: Gantt) -> dict[int, Bar]:
    return {bar.no: bar for row in told.rows for bar in row.bars}


def seen(register: Register, ref: str) -> int:
    return versions_of_family(register, ref)[ref]


def test_parts_follow_their_whole_with_their_own_milestones_by_date(kent: Register) -> None:
    told = drawn(kent)
    assert [row.reference for row in told.rows] == [WHOLE, ONE, TWO]
    numbers = [[bar.no for bar in row.bars] for row in told.rows]
    assert numbers == [[1], [2, 3, 4, 5, 7, 8, 9, 10], [6]]
    fifth = bars(told)[5]
    assert (fifth.earliest_on, fifth.latest_on) == (date(2022, 7, 1), date(2022, 7, 31))
    assert fifth.after == (4,)


def test_a_milestone_is_ahead_conditional_overdue_met_or_void(kent: Register) -> None:
    programme.meet(kent, WHOLE, 1, ON, stamp(), seen=seen(kent, WHOLE))
    now = bars(drawn(kent))
    assert [now[no].state for no in (1, 2, 6)] == [State.MET, State.AHEAD, State.CONDITIONAL]
    assert now[6].hangs_on == CONDITION
    later = bars(drawn(kent, on=date(2022, 3, 1)))
    assert [later[no].state for no in (2, 3)] == [State.OVERDUE, State.AHEAD]
    links.decide_condition(
        kent, TWO, CONDITION, Outcome.FAILED, ON, stamp(), seen=seen(kent, TWO), because="Refused"
    )
    assert bars(drawn(kent))[6].state is State.VOID


def test_of_a_withdrawn_case_only_what_was_met_is_not_void(kent: Register) -> None:
    programme.meet(kent, ONE, 2, ON, stamp(), seen=seen(kent, ONE))
    returns.withdraw(kent, ONE, stamp(), seen=seen(kent, ONE), because="No funds")
    told = drawn(kent)
    states = {bar.no: bar.state for row in told.rows for bar in row.bars if row.reference == ONE}
    assert states == {2: State.MET} | dict.fromkeys((3, 4, 5, 7, 8, 9, 10), State.VOID)
    assert bars(told)[6].state is State.CONDITIONAL


def test_what_was_first_set_stays_beside_the_forecast(kent: Register) -> None:
    programme.forecast(
        kent, ONE, 5, when("Oct 2022"), stamp(), seen=versions_of_family(kent, ONE),
        because="Objections", follow=True,
    )  # fmt: skip
    eighth = bars(drawn(kent))[8]
    assert (eighth.when, eighth.baseline, eighth.slip_months) == ("Oct 2022", "Jul 2022", 3)
    assert eighth.baseline_latest_on == date(2022, 7, 31)


def test_critical_is_what_leaves_completion_no_room(kent: Register) -> None:
    critical = {no for no, bar in bars(drawn(kent)).items() if bar.is_critical}
    assert critical == {each.no for each in room(kent, WHOLE) if each.days <= 0} == {5, 7, 8}


def test_the_public_sees_open_milestones_and_nothing_of_how_they_are_judged(
    kent: Register,
) -> None:
    programme.set_milestone(
        kent, TWO, "Bidder pulls out", when("May 2022"), stamp(), seen=seen(kent, TWO)
    )
    assert 11 in bars(drawn(kent))
    told = drawn(kent, audience=Audience.PUBLIC)
    assert sorted(bars(told)) == list(range(1, 11))
    for bar in bars(told).values():
        hidden = (bar.slip_months, bar.after, bar.is_critical, bar.colour, bar.why)
        assert hidden == (None,) * 5
    assert bars(told)[8].mark == "completion"
    assert bars(told)[8].baseline == "Jul 2022"


def test_the_portfolio_begins_with_what_ends_soonest_and_says_what_is_left_out(
    kent: Register,
) -> None:
    a_portfolio(kent, 6)
    told = drawn(kent, None)
    ends = [max(bar.latest_on for bar in row.bars) for row in told.rows if row.part_of is None]
    assert [row.reference for row in told.rows][-3:] == [WHOLE, ONE, TWO]
    assert ends[:-1] == sorted(ends[:-1])
    assert told.notes == ("No milestone is set for bensted-house and sandling-road.",)
    returns.withdraw(
        kent, "land-001", stamp(), seen=seen(kent, "land-001"), because="Kept for a school"
    )
    told = drawn(kent, None)
    assert "land-001" not in {row.reference for row in told.rows}
    assert "1 case at an end is left out; --stage shows them." in told.notes
    (only,) = drawn(kent, None, stage="withdrawn").rows
    assert only.reference == "land-001"


def test_an_exempt_programme_is_none_of_the_publics_business(register: Register) -> None:
    a_programme(register, 1, is_open=False)
    assert drawn(register, None, audience=Audience.PUBLIC).rows == ()
    assert len(bars(drawn(register, None))) == 7


def test_who_and_what_nobody_knows_is_refused(kent: Register) -> None:
    with pytest.raises(NotRecorded, match=r"hands of “X”\. There are: Disposals Surveyor\."):
        drawn(kent, None, officer="X")
    with pytest.raises(NotRecorded, match=r"hands of “X”\.$"):
        drawn(kent, None, officer="X", audience=Audience.PUBLIC)
    with pytest.raises(BadFact, match="There is no stage “x”"):
        drawn(kent, None, stage="x")
    with pytest.raises(NoSuchCase):
        drawn(kent, "steele-avenu")
