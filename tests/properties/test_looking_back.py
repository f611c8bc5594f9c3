"""Asked as at a day, the register says what it said on that day, whatever was recorded since."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disposals.casework import (
    cases,
    evidence,
    links,
    moves,
    opening,
    programme,
    returns,
    sites,
    workflows,
)
from disposals.disclosure.agenda import agenda
from disposals.disclosure.cases import history, listing, outlook, whole_case
from disposals.disclosure.fields import Audience
from disposals.disclosure.pace import pace
from disposals.disclosure.programme import Asked, milestones
from disposals.disclosure.seen import versions, versions_of_family
from disposals.disclosure.slip import doubts, room, what_if
from disposals.errors import DisposalsError, NotRecorded, NotYetOpen
from disposals.milestones import when
from disposals.register import Register, open_register
from disposals.vocabulary import Outcome
from tests.conftest import MakePlace, stamp
from workflows import definition
from workflows.errors import WorkflowError

FIRST = date(2021, 9, 30)
WHOLE, ONE, TWO = "steele-avenue", "steele-avenue/part-1", "steele-avenue/part-2"
STAGES = ("marketing", "bid_shortlist", "heads_of_terms")
CONDITION = "Outline planning consent for residential development on the Part 2 site"
Act = Callable[[Register, int, Any], None]


def values(register: Register, seen: int, on: date) -> None:
    facts = {"valuer": "A valuer", "value_pence": 100_000_000 + on.toordinal(), "valued_on": on}
    evidence.add(register, ONE, "valuation", facts, stamp(on), seen=seen)


def holds(register: Register, seen: int, on: date) -> None:
    cases.hold(
        register, ONE, stamp(on), seen=seen, because=f"Waiting since {on}",
        review_on=on + timedelta(days=2),
    )  # fmt: skip


def resumes(register: Register, seen: int, on: date) -> None:
    cases.resume(register, ONE, stamp(on), seen=seen)


def forecasts(register: Register, seen: int, on: date) -> None:
    told = versions_of_family(register, ONE)
    programme.forecast(
        register, ONE, 5, when("Oct 2022"), stamp(on), seen=told | {ONE: seen},
        because="Objections", follow=True,
    )  # fmt: skip


def meets(register: Register, seen: int, on: date) -> None:
    programme.meet(register, ONE, 4, on, stamp(on), seen=seen)


def advances(register: Register, seen: int, on: date) -> None:
    moves.advance(register, ONE, stamp(on), seen={ONE: seen})


def goes_back(register: Register, seen: int, on: date) -> None:
    returns.back(
        register, ONE, stamp(on), seen=seen, to="marketing", because="The buyer fell through"
    )


def withdraws_another(register: Register, seen: int, on: date) -> None:  # noqa: ARG001
    told = versions(register, "wayfarers")["wayfarers"]
    returns.withdraw(register, "wayfarers", stamp(on), seen=told, because="Kept for a school")


def unlinks(register: Register, seen: int, on: date) -> None:
    links.unlink(register, ONE, 9, 8, stamp(on), seen=seen)


def voids(register: Register, seen: int, on: date) -> None:  # noqa: ARG001
    told = versions(register, TWO)[TWO]
    links.decide_condition(
        register, TWO, CONDITION, Outcome.FAILED, on, stamp(on), seen=told, because="Refused"
    )


def opens_another(register: Register, seen: int, on: date) -> None:  # noqa: ARG001
    site = f"site-{on.toordinal()}"
    sites.add_site(register, site, {"name": "A site"}, stamp(on))
    opening.open_case(
        register, site, stamp(on), name="A site", holds=[opening.Share(site)], officer="Nobody"
    )


ACTS: tuple[Act, ...] = (
    values, holds, resumes, forecasts, meets, advances, goes_back, withdraws_another, unlinks,
    voids, opens_another,
)  # fmt: skip


def told(register: Register, on: date) -> list[Any]:
    """Everything that the register answers about its cases on a day."""
    officer, later = Audience.OFFICER, date(2022, 8, 1) - on
    return [
        *(whole_case(register, ref, audience=officer, on=on) for ref in (WHOLE, ONE)),
        whole_case(register, ONE, audience=Audience.PUBLIC, on=on),
        *(listing(register, audience=who, on=on) for who in Audience),
        *(listing(register, audience=officer, on=on, stage=stage) for stage in STAGES),
        *(
            milestones(register, asked, audience=officer, on=on)
            for asked in (
                Asked(),
                Asked(ref=WHOLE),
                Asked(overdue=True),
                Asked(due_days=later.days),
                Asked(changed_since=FIRST + timedelta(days=1)),
                *(Asked(stage=stage, due_days=later.days) for stage in STAGES),
            )
        ),
        milestones(register, Asked(), audience=Audience.PUBLIC, on=on),
        of_nobody(register, on),
        outlook(register, WHOLE, on=on),
        history(register, ONE, audience=officer),
        agenda(register, on=on, idle=1),
        pace(register, on=on),
        doubts(register, WHOLE, on=on),
        room(register, WHOLE, to="9"),
        what_if(register, WHOLE, {"8": when("Apr 2023")}, on=on),
    ]


def of_nobody(register: Register, on: date) -> Any:
    """The milestones of an officer who may have no case yet, or that this is refused."""
    try:
        return milestones(register, Asked(officer="Nobody"), audience=Audience.OFFICER, on=on)
    except NotRecorded as refusal:
        return str(refusal)


@pytest.fixture
def fresh(make_place: MakePlace, tmp_path: Path) -> Iterator[Callable[[], Register]]:
    opened: list[Register] = []

    def one() -> Register:
        for register in opened:
            register.close()
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        opened.append(open_register(make_place(folder, "kent")))
        return opened[-1]

    yield one
    for register in opened:
        register.close()


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(1, 3)), max_size=7))
def test_a_replay_day_by_day_and_a_look_back_say_the_same(
    fresh: Callable[[], Register], acts: list[tuple[Act, int]]
) -> None:
    register, on = fresh(), FIRST
    said = {on: told(register, on)}
    for act, days in acts:
        on += timedelta(days=days)
        try:
            act(register, versions(register, ONE)[ONE], on)
        except (DisposalsError, WorkflowError):
            continue  # a case on hold is not held again; nothing was recorded
        said[on] = told(register, on)
    for then, answer in said.items():
        assert told(register.as_it_stood(then), then) == answer


def test_a_case_that_was_not_open_yet_says_when_it_was_opened(kent: Register) -> None:
    before = kent.as_it_stood(date(2021, 9, 1))
    assert listing(before, audience=Audience.OFFICER, on=date(2021, 9, 1)) == []
    with pytest.raises(NotYetOpen, match="steele-avenue was opened on 30 September 2021"):
        whole_case(before, WHOLE, audience=Audience.OFFICER, on=date(2021, 9, 1))


def test_evidence_entered_late_does_not_take_the_case_to_a_later_stage(
    kent: Register,
) -> None:
    moves.advance(kent, WHOLE, stamp(date(2021, 10, 13)), seen=versions(kent, WHOLE))
    values(kent, versions(kent, ONE)[ONE], date(2021, 10, 4))
    case = whole_case(
        kent.as_it_stood(date(2021, 10, 5)), ONE, audience=Audience.OFFICER, on=date(2021, 10, 5)
    )
    assert case["stage"] == "bid_shortlist"
    assert len(case["evidence"]["valuation"]) == 1


def test_a_hold_that_was_taken_up_again_still_says_when_it_was_to_be_reviewed(
    kent: Register,
) -> None:
    holds(kent, versions(kent, ONE)[ONE], FIRST)
    held = whole_case(kent, ONE, audience=Audience.OFFICER, on=FIRST)
    later = FIRST + timedelta(days=5)
    resumes(kent, versions(kent, ONE)[ONE], later)
    before = kent.as_it_stood(FIRST)
    assert whole_case(before, ONE, audience=Audience.OFFICER, on=FIRST) == held


def test_a_case_that_went_over_to_another_version_looks_back_on_the_one_it_ran_on(
    kent: Register,
) -> None:
    shipped = Path(definition.__file__).parent / "definitions" / "open-market-sale-1.toml"
    first = shipped.read_text("utf-8").replace('name = "open-market-sale"', 'name = "ours"', 1)
    second = first.replace("version = 1", "version = 2", 1).replace(
        'warns = ["surplus.local-member-informed"]', 'warns = ["land.title"]', 1
    )
    workflows.add(kent, first, "ours-1.toml", stamp(FIRST))
    sites.add_site(kent, "verge", {"name": "Verge"}, stamp(FIRST))
    opening.open_case(
        kent, "verge", stamp(FIRST), name="Verge", holds=[opening.Share("verge")], workflow="ours"
    )
    before = outlook(kent, "verge", on=FIRST)
    workflows.add(kent, second, "ours-2.toml", stamp(FIRST))
    later = FIRST + timedelta(days=9)
    workflows.migrate(
        kent, "verge", stamp(later), seen=1, version=2, because="Standing orders of October"
    )
    [now] = outlook(kent, "verge", on=later)
    assert now.report is not None
    assert "land.title" in {finding.gate for finding in now.report.findings}
    assert outlook(kent.as_it_stood(FIRST), "verge", on=FIRST) == before
