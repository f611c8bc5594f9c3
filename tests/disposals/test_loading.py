"""Records of a few cases are the same whether the ORM is asked for them or not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import object_session
from sqlmodel import col, select

from disposals.casework.cases import hold
from disposals.disclosure.seen import versions
from disposals.finding import find_case, parts_of, references, rows_of
from disposals.loading import loaded
from disposals.records import evidence_kinds
from disposals.records.bids import Bid
from disposals.records.cases import Disposal
from disposals.records.marketing import Campaign
from disposals.register import Register
from tests.conftest import Said, stamp

Line = Callable[..., Said]
PART = "steele-avenue/part-1"
FILLED = 10


def values(record: Any) -> dict[str, tuple[type, Any]]:
    """What a record says, each value with its type."""
    columns = record.__table__.columns
    return {each.name: (type(told := getattr(record, each.name)), told) for each in columns}


def test_every_kind_is_loaded_as_the_orm_would(kent: Register) -> None:
    filled = 0
    kinds: list[Any] = [Disposal, *evidence_kinds().values()]
    for kind in kinds:
        column, order = ("ref", "ref") if kind is Disposal else ("disposal_ref", "id")
        with kent.read() as session:
            refs = references(session)
            asked = select(kind).order_by(getattr(kind, order))
            by_orm = [values(row) for row in session.exec(asked)]
        with kent.read() as session:
            rows: list[Any] = loaded(session, kind, column, refs, order=order)
            found = [values(row) for row in rows]
        assert found == by_orm, kind
        filled += bool(found)
    assert filled > FILLED


def test_the_session_keeps_one_record_of_a_row(kent: Register) -> None:
    with kent.read() as session:
        case = find_case(session, PART)
        assert find_case(session, PART) is case is session.get(Disposal, PART)
        assert case in parts_of(session, "steele-avenue")
        (bid, *_) = rows_of(session, Bid, [PART])
        asked = select(Bid).where(col(Bid.id) == bid.id)
        assert session.exec(asked).one() is bid
        assert object_session(bid) is session
        assert not session.dirty
        assert not session.new


def test_of_no_cases_there_is_nothing_and_of_many_all(kent: Register) -> None:
    with kent.read() as session:
        assert rows_of(session, Bid, []) == []
        many = [*references(session), *(f"nobody/{n}" for n in range(30))]
        assert len(rows_of(session, Bid, many)) > FILLED
        assert rows_of(session, Bid, many) == rows_of(session, Bid, references(session))


@pytest.mark.usefixtures("register")
def test_an_empty_register_has_an_agenda(disposals: Line) -> None:
    for line in (("agenda",), ("list",), ("milestones",), ("list", "--stage", "completed")):
        assert disposals(*line).status == 0, line


def test_what_was_recorded_in_the_same_act_is_found(kent: Register) -> None:
    with kent.write(PART) as session:
        (campaign,) = rows_of(session, Campaign, [PART])
        copied = campaign.model_dump(exclude={"id", "replaces", "agent"})
        session.add(Campaign.model_validate(copied | {"agent": "Another agent"}))
        assert [row.agent for row in rows_of(session, Campaign, [PART])][1:] == ["Another agent"]
        session.rollback()


def test_a_session_that_looks_back_leaves_out_what_came_later(kent: Register) -> None:
    later = stamp(date(2021, 10, 1))
    hold(kent, PART, later, seen=versions(kent, PART)[PART], because="Waiting for consent")
    for on, held in ((stamp().on, None), (later.on, later.on)):
        with kent.as_it_stood(on).read() as session:
            assert find_case(session, PART).held_on == held
