"""Asked as at a day, the register says what it said on that day, whatever was recorded since."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disposals.casework import cases, evidence, moves, programme
from disposals.disclosure.cases import listing, outlook, whole_case
from disposals.disclosure.fields import Audience
from disposals.disclosure.programme import Asked, milestones
from disposals.disclosure.seen import versions
from disposals.errors import DisposalsError, NotYetOpen
from disposals.milestones import when
from disposals.register import Register, open_register
from tests.conftest import stamp

FIRST = date(2021, 9, 30)
ONE, WHOLE = "steele-avenue/part-1", "steele-avenue"
Act = Callable[[Register, int, Any], None]


def values(register: Register, seen: int, on: date) -> None:
    facts = {"valuer": "A valuer", "value_pence": 100_000_000 + on.toordinal(), "valued_on": on}
    evidence.add(register, ONE, "valuation", facts, stamp(on), seen=seen)


def holds(register: Register, seen: int, on: date) -> None:
    cases.hold(register, ONE, stamp(on), seen=seen, because=f"Waiting since {on}")


def resumes(register: Register, seen: int, on: date) -> None:
    cases.resume(register, ONE, stamp(on), seen=seen)


def forecasts(register: Register, seen: int, on: date) -> None:
    programme.forecast(
        register, ONE, 9, when("Oct 2022"), stamp(on), seen={ONE: seen}, because="Objections"
    )


def meets(register: Register, seen: int, on: date) -> None:
    programme.meet(register, ONE, 4, on, stamp(on), seen=seen)


ACTS: tuple[Act, ...] = (values, holds, resumes, forecasts, meets)


def told(register: Register, on: date) -> list[Any]:
    """Everything that the register answers about its cases on a day."""
    officer = Audience.OFFICER
    return [
        *(whole_case(register, ref, audience=officer, on=on) for ref in (WHOLE, ONE)),
        listing(register, audience=officer, on=on),
        milestones(register, Asked(), audience=officer, on=on),
        outlook(register, WHOLE, on=on),
    ]


@pytest.fixture
def fresh(kent_file: Path, tmp_path: Path) -> Iterator[Callable[[], Register]]:
    opened: list[Register] = []

    def one() -> Register:
        path = tmp_path / f"{len(opened)}.sqlite"
        shutil.copy(kent_file, path)
        opened.append(open_register(path))
        return opened[-1]

    yield one
    for register in opened:
        register.close()


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(1, 3)), max_size=8))
def test_a_replay_day_by_day_and_a_look_back_say_the_same(
    fresh: Callable[[], Register], acts: list[tuple[Act, int]]
) -> None:
    register, on = fresh(), FIRST
    said = {on: told(register, on)}
    for act, days in acts:
        on += timedelta(days=days)
        try:
            act(register, versions(register, ONE)[ONE], on)
        except DisposalsError:
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
