"""Dates are read as officers write them, held as intervals and compared honestly."""

from datetime import date

import pytest

from disposals.errors import BadFact
from disposals.milestones import is_overdue, when

DAY = date(2022, 7, 15)


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2022-07-15", DAY, DAY),
        ("15/07/2022", DAY, DAY),
        ("15 July 2022", DAY, DAY),
        ("02/03/2022", date(2022, 3, 2), date(2022, 3, 2)),
        ("Jul 2022", date(2022, 7, 1), date(2022, 7, 31)),
        ("february 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("Nov/Dec 2021", date(2021, 11, 1), date(2021, 12, 31)),
        (" 2022 ", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_a_date_is_an_interval_and_keeps_its_words(
    written: str, earliest: date, latest: date
) -> None:
    read = when(written)
    assert (read.earliest, read.latest) == (earliest, latest)
    assert read.as_written == written.strip()


@pytest.mark.parametrize(
    "written",
    ["soon", "31 June 2022", "2022-02-30", "Dec/Nov 2021", "", "13/13/2022", "Julember 2022"],
)
def test_what_is_no_date_is_refused_with_the_ways_to_write_one(written: str) -> None:
    with pytest.raises(BadFact, match="Write 2022-07-15"):
        when(written)


def test_july_is_over_when_july_is_over() -> None:
    july = when("Jul 2022")
    assert not is_overdue(july.latest, met=False, on=date(2022, 7, 31))
    assert is_overdue(july.latest, met=False, on=date(2022, 8, 1))
    assert not is_overdue(july.latest, met=True, on=date(2022, 8, 1))
