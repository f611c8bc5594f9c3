"""Days at each stage, completions and sticking points come from the history, and say their gaps."""

from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

import pytest

from disposals.casework import cases, opening, returns, sites
from disposals.disclosure.pace import AtStage, Pace, Year, pace
from disposals.disclosure.seen import versions
from disposals.register import Register
from tests.conftest import Said, stamp

Line = Callable[..., Said]
NEW_YEAR = date(2021, 1, 4)


def opens(register: Register, ref: str, on: date = NEW_YEAR, **told: str) -> None:
    sites.add_site(register, ref, {"name": ref}, stamp(on))
    opening.open_case(
        register, ref, stamp(on), name=ref, holds=[opening.Share(ref)],
        officer=told.get("officer", "A"), stage=told.get("stage"), because=told.get("because"),
    )  # fmt: skip


def withdraws(register: Register, ref: str, after: int) -> None:
    on = NEW_YEAR + timedelta(days=after)
    returns.withdraw(register, ref, stamp(on), seen=versions(register, ref)[ref], because="Kept")


def at_stage(found: Pace, stage: str) -> AtStage:
    return next(each for each in found.stages if each.stage == stage)


def test_the_quartiles_are_of_the_stays_that_have_ended(register: Register) -> None:
    for no, days in enumerate((10, 20, 40, 80, 90)):
        opens(register, f"site-{no}")
        withdraws(register, f"site-{no}", days)
    opens(register, "going")
    declared = at_stage(pace(register, on=date(2021, 6, 1)), "surplus_declaration")
    assert (declared.number, declared.lower, declared.median, declared.upper) == (5, 20, 40, 80)
    assert declared.standing == 1
    late = pace(register, on=date(2021, 6, 1), since=NEW_YEAR + timedelta(days=80))
    assert at_stage(late, "surplus_declaration").median == median((80, 90))


def test_what_came_to_an_end_is_counted_by_financial_year(register: Register) -> None:
    for no, days in enumerate((10, 86, 87, 400)):  # 31 March 2021 is day 86
        opens(register, f"site-{no}")
        withdraws(register, f"site-{no}", days)
    assert pace(register, on=date(2022, 6, 1)).years == (
        Year("2020/21", 0, 2), Year("2021/22", 0, 2),
    )  # fmt: skip


def test_a_stay_that_began_before_the_register_knew_the_case_is_left_out_and_told(
    register: Register,
) -> None:
    opens(register, "taken-on", stage="marketing", because="Under way")
    withdraws(register, "taken-on", 30)
    found = pace(register, on=date(2021, 6, 1))
    assert (found.stages, found.left_out) == ((), 1)


def test_the_case_that_stands_longest_comes_first_and_one_on_hold_says_so(
    register: Register,
) -> None:
    opens(register, "late", date(2021, 2, 1))
    opens(register, "early", officer="B")
    cases.hold(
        register, "early", stamp(date(2021, 3, 1)), seen=versions(register, "early")["early"],
        because="Flood survey",
    )  # fmt: skip
    standing = pace(register, on=date(2021, 4, 4)).standing
    assert [(each.reference, each.days, each.is_held) for each in standing] == [
        ("early", 90, True), ("late", 62, False),
    ]  # fmt: skip
    (only,) = pace(register, on=date(2021, 4, 4), officer="B").standing
    assert only.reference == "early"


def test_the_gate_that_stops_most_cases_comes_first(register: Register) -> None:
    opens(register, "one")
    opens(register, "two")
    opens(register, "three", stage="marketing", because="Under way")
    stuck = {each.gate: each.cases for each in pace(register, on=date(2021, 4, 4)).gates}
    assert stuck["surplus.declared"] == 2
    assert next(iter(stuck.values())) == 2
    assert list(stuck.values()) == sorted(stuck.values(), reverse=True)


def test_it_answers_as_at_a_day(register: Register) -> None:
    opens(register, "one")
    then = date(2021, 2, 1)
    before = pace(register, on=then)
    withdraws(register, "one", 200)
    assert pace(register.as_it_stood(then), on=then) == before


@pytest.mark.usefixtures("kent")
def test_the_command_says_where_cases_stay_longest_and_why(disposals: Line) -> None:
    disposals("withdraw", "wayfarers", "--because", "Kept for a school", "--on", "2022-05-01")
    said = disposals("pace", "--as-of", "2022-08-01").out
    assert "Cases stay longest at surplus declaration: 213 days at the median." in said
    assert "Gates that stop most cases" in said
    assert "A refused move leaves no trace in the history" in said
    assert disposals("pace", "--since", "soon").status == 2
