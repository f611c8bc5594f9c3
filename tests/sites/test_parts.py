"""Which parts a site has on a day, and which numbers were ever given."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine
from sqlmodel import Session

from sites.errors import NoSuchPlace
from sites.parts import in_force, located, numbers_given
from sites.record import Record
from sites.records import PartEnding, Site, SitePart

AT = {"recorded_by": "Surveyor", "recorded_at": datetime(2021, 9, 30, 9, 0, tzinfo=UTC)}


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Record.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Site.model_validate({"ref": "mill-lane", "name": "Mill Lane", **AT}))
        session.flush()
        yield session
    engine.dispose()


def made(session: Session, no: int, on: date | None = date(2021, 1, 4)) -> SitePart:
    part = SitePart.model_validate(
        {"site_ref": "mill-lane", "no": no, "name": f"Part {no}", "purpose": "homes", "made_on": on}
        | AT
    )
    session.add(part)
    session.flush()
    return part


def ended(session: Session, part: SitePart, on: date) -> None:
    session.add(
        PartEnding.model_validate(
            {
                "part_id": part.id,
                "site_ref": part.site_ref,
                "no": part.no,
                "ended_on": on,
                "because": "Sold as one lot after all",
            }
            | AT
        )
    )
    session.flush()


def numbers(session: Session, on: date | None = None) -> list[int]:
    return [part.no for part in in_force(session, "mill-lane", on=on)]


def test_parts_are_in_force_by_number_whatever_the_order_of_entry(session: Session) -> None:
    made(session, 2), made(session, 1)
    assert numbers(session) == [1, 2]


def test_a_part_that_ended_is_out_of_force_and_keeps_its_number(session: Session) -> None:
    made(session, 1)
    ended(session, made(session, 2), date(2021, 6, 1))
    assert numbers(session) == [1]
    assert numbers_given(session, "mill-lane") == {1, 2}


def test_a_day_in_the_past_sees_the_parts_of_that_day(session: Session) -> None:
    ended(session, made(session, 1, on=date(2021, 1, 4)), date(2021, 6, 1))
    made(session, 2, on=date(2021, 6, 1))
    assert numbers(session, on=date(2021, 1, 3)) == []
    assert numbers(session, on=date(2021, 5, 31)) == [1]
    assert numbers(session, on=date(2021, 6, 1)) == [2]


def test_a_part_made_again_is_in_force_again(session: Session) -> None:
    ended(session, made(session, 1), date(2021, 6, 1))
    made(session, 1, on=date(2021, 7, 1))
    assert numbers(session) == [1]


def test_a_part_from_before_days_were_kept_counts_on_every_day(session: Session) -> None:
    made(session, 1, on=None)
    assert numbers(session, on=date(1999, 1, 1)) == [1]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("steele-avenue", ("steele-avenue", None)),
        ("steele-avenue/part-2", ("steele-avenue", 2)),
        ("steele-avenue/part-12", ("steele-avenue", 12)),
    ],
)
def test_a_reference_names_a_site_or_a_part(written: str, place: tuple[str, int | None]) -> None:
    assert located(written) == place


@pytest.mark.parametrize("written", ["", "/part-1", "steele-avenue/part-0", "a/b", "a/part-x"])
def test_anything_else_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(NoSuchPlace, match=r"steele-avenue/part-2"):
        located(written)
