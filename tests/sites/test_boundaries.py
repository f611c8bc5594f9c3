"""A boundary has revisions: each is added, none is altered, and each has its day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from math import inf, nan
from pathlib import Path

import pytest
from pydantic import ValidationError
from shapely import MultiPolygon, box
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, create_engine

from sites.boundaries import current, current_revision, draw, revisions
from sites.geometry import on_grid
from sites.record import Record
from sites.records import Boundary, Site
from sites.vocabulary import Origin

AS_ACQUIRED = on_grid(box(560000, 174000, 560100, 174050))
AFTER_THE_ROAD = on_grid(box(560000, 174000, 560090, 174050))
AT = datetime(2021, 9, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = create_engine(f"sqlite:///{tmp_path / 'land.sqlite'}")
    tables = [Record.metadata.tables[name] for name in ("site", "boundary")]
    Record.metadata.create_all(engine, tables=tables)
    with Session(engine) as session:
        session.add(
            Site.model_validate(
                {
                    "ref": "steele-avenue", "name": "Steele Avenue",
                    "recorded_by": "Surveyor", "recorded_at": AT,
                }
            )
        )  # fmt: skip
        session.flush()
        yield session
    engine.dispose()


def drawn(
    session: Session,
    shape: MultiPolygon,
    effective_from: date | None = None,
    *,
    part_no: int | None = None,
    at: datetime = AT,
    accuracy_m: float | None = None,
) -> Boundary:
    return draw(
        session,
        site_ref="steele-avenue",
        part_no=part_no,
        shape=shape,
        origin=Origin.TITLE_PLAN,
        source="Title plan K123456",
        licence=None,
        accuracy_m=accuracy_m,
        is_indicative=False,
        because="As registered",
        effective_from=effective_from,
        effective_as_written=str(effective_from.year) if effective_from else None,
        effective_to=None,
        effective_to_as_written=None,
        by="Surveyor",
        at=at,
    )


def test_revisions_are_counted_from_one(session: Session) -> None:
    numbers = [drawn(session, shape).revision for shape in (AS_ACQUIRED, AFTER_THE_ROAD)]
    assert numbers == [1, 2]


def test_a_part_counts_its_own_revisions(session: Session) -> None:
    drawn(session, AS_ACQUIRED)
    assert drawn(session, AFTER_THE_ROAD, part_no=1).revision == 1
    assert drawn(session, AFTER_THE_ROAD, part_no=2).revision == 1


def test_a_new_revision_leaves_the_earlier_one_as_it_was(session: Session) -> None:
    first = drawn(session, AS_ACQUIRED, date(1973, 1, 1)).model_dump()
    drawn(session, AFTER_THE_ROAD, date(2018, 1, 1))
    session.expire_all()
    assert revisions(session, "steele-avenue")[0].model_dump() == first


def test_a_revision_says_how_large_it_is_and_where_it_lies(session: Session) -> None:
    boundary = drawn(session, AS_ACQUIRED)
    assert boundary.area_m2 == 5000.0
    bounds = (boundary.min_x, boundary.min_y, boundary.max_x, boundary.max_y)
    assert bounds == (560000.0, 174000.0, 560100.0, 174050.0)


def test_the_boundary_on_a_day_is_the_one_that_had_taken_effect(session: Session) -> None:
    drawn(session, AS_ACQUIRED, date(1973, 1, 1))
    drawn(session, AFTER_THE_ROAD, date(2018, 1, 1))
    on_the_eve = current(session, "steele-avenue", on=date(2017, 12, 31))
    on_the_day = current(session, "steele-avenue", on=date(2018, 1, 1))
    assert on_the_eve is not None
    assert on_the_day is not None
    assert on_the_eve.equals_exact(AS_ACQUIRED)
    assert on_the_day.equals_exact(AFTER_THE_ROAD)


def test_before_the_first_boundary_there_is_none(session: Session) -> None:
    drawn(session, AS_ACQUIRED, date(1973, 1, 1))
    assert current(session, "steele-avenue", on=date(1972, 12, 31)) is None


def test_a_site_without_a_boundary_has_none(session: Session) -> None:
    assert current(session, "steele-avenue") is None
    assert revisions(session, "steele-avenue") == []


def test_an_old_boundary_entered_late_is_not_the_one_today(session: Session) -> None:
    drawn(session, AFTER_THE_ROAD, date(2018, 1, 1))
    drawn(session, AS_ACQUIRED, date(1973, 1, 1))
    today = current(session, "steele-avenue", on=date(2021, 9, 30))
    long_ago = current(session, "steele-avenue", on=date(1990, 1, 1))
    assert today is not None
    assert long_ago is not None
    assert today.equals_exact(AFTER_THE_ROAD)
    assert long_ago.equals_exact(AS_ACQUIRED)


def test_a_correction_of_the_same_day_takes_the_place_of_what_it_corrects(
    session: Session,
) -> None:
    drawn(session, AS_ACQUIRED, date(2018, 1, 1))
    drawn(session, AFTER_THE_ROAD, date(2018, 1, 1))
    standing = current_revision(session, "steele-avenue", on=date(2021, 9, 30))
    assert standing is not None
    assert standing.revision == 2


def test_a_boundary_without_a_known_day_takes_the_place_of_those_before_it(
    session: Session,
) -> None:
    drawn(session, AS_ACQUIRED, date(2018, 1, 1))
    drawn(session, AFTER_THE_ROAD)
    standing = current_revision(session, "steele-avenue", on=date(2021, 9, 30))
    assert standing is not None
    assert standing.revision == 2


def test_two_officers_cannot_both_add_the_second_revision_of_a_site(session: Session) -> None:
    again = drawn(session, AS_ACQUIRED).model_dump(exclude={"id"})
    session.add(Boundary.model_validate(again))
    with pytest.raises(IntegrityError, match="uq_boundary_site_ref_part_no_revision"):
        session.flush()


def test_a_moment_without_a_time_zone_is_not_kept(session: Session) -> None:
    with pytest.raises(Exception, match="without a time zone"):
        drawn(session, AS_ACQUIRED, at=AT.replace(tzinfo=None))


@pytest.mark.parametrize("accuracy_m", [-1, inf, nan])
def test_an_accuracy_that_none_can_be_is_refused(session: Session, accuracy_m: float) -> None:
    with pytest.raises(ValidationError, match="accuracy_m"):
        drawn(session, AS_ACQUIRED, accuracy_m=accuracy_m)


def test_drawing_leaves_the_commit_to_the_caller(session: Session) -> None:
    drawn(session, AS_ACQUIRED)
    session.rollback()
    assert revisions(session, "steele-avenue") == []
