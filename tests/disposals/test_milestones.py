"""Dates are read as officers write them, held as intervals and compared honestly."""

import csv
from datetime import date
from pathlib import Path

import pytest

from disposals.errors import BadFact
from disposals.milestones import is_overdue, shown, when

SPELLINGS = Path(__file__).parents[1] / "data" / "spellings-of-dates.csv"


def spellings() -> list[tuple[str, date, date]]:
    """Real spellings from council papers, each with the interval that it means."""
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        return [
            (row["written"], date.fromisoformat(row["earliest"]), date.fromisoformat(row["latest"]))
            for row in csv.DictReader(file)
        ]


@pytest.mark.parametrize(("written", "earliest", "latest"), spellings())
def test_a_date_is_an_interval_and_keeps_its_words(
    written: str, earliest: date, latest: date
) -> None:
    read = when(written)
    assert (read.earliest, read.latest) == (earliest, latest)
    assert read.as_written == written.strip()


def test_the_table_holds_at_least_sixty_spellings_and_none_twice() -> None:
    written = [written for written, *_ in spellings()]
    assert len(written) == len(set(written)) >= 60


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("31 June 2022", "June 2022 has 30 days"),
        ("30/02/2022", "February 2022 has 28 days"),
        ("2022-02-30", "February 2022 has 28 days"),
        ("13/13/2022", "there is no month 13. The day comes first"),
        ("07/25/2022", "there is no month 25. The day comes first"),
        ("2022-13", "there is no month 13"),
        ("Thursday 15 July 2022", "15 July 2022 is a Friday"),
        ("Nov/Dec", "the year is missing"),
        ("Q2", "the year is missing"),
        ("spring", "the year is missing"),
        ("15 July", "the year is missing"),
        ("Jul 22", "Write Jul 2022 or 22 July 2022"),
        ("2011-12", "December 2011 or the financial year 2011/12"),
        ("winter 2022", "2021/22 or 2022/23"),
        ("2022/24", "Write 2022/23"),
        ("Q2 2022/22", "Write 2022/23"),
        ("Dec/Nov 2021", "nov comes before dec"),
        ("9 August 2022 to 4 July 2022", "it ends before it begins"),
        ("not before 28 September 2022", "it has no end"),
        ("after planning consent", "it has no end"),
        ("TBC", "that is no date"),
        ("ongoing", "that is no date"),
        ("half term", "that is no date"),
        ("early 15 July 2022", "no early, middle or late part"),
        ("15 July 1822", "not a day of our time"),
        ("15 July 9999", "not a day of our time"),
        ("soon", "is not a date"),
        ("", "is not a date"),
        ("Julember 2022", "is not a date"),
        ("20222", "is not a date"),
    ],
)
def test_what_is_no_date_or_two_is_refused_with_what_was_meant(written: str, said: str) -> None:
    with pytest.raises(BadFact) as refused:
        when(written)
    assert said in str(refused.value)
    assert "Write 2022-07-15" in str(refused.value)
    assert f"“{written}”" in str(refused.value)


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        (date(2022, 7, 15), date(2022, 7, 15), "15 July 2022"),
        (date(2022, 7, 1), date(2022, 7, 31), "Jul 2022"),
        (date(2021, 11, 1), date(2021, 12, 31), "Nov/Dec 2021"),
        (date(2021, 12, 1), date(2022, 1, 31), "Dec 2021 to Jan 2022"),
        (date(2022, 4, 1), date(2022, 6, 30), "Q2 2022"),
        (date(2022, 3, 1), date(2022, 5, 31), "Mar 2022 to May 2022"),
        (date(2022, 1, 1), date(2022, 12, 31), "2022"),
        (date(2022, 4, 1), date(2023, 3, 31), "2022/23"),
        (date(2022, 7, 4), date(2022, 8, 9), "4 July 2022 to 9 August 2022"),
    ],
)
def test_an_interval_is_shown_in_the_fewest_words(earliest: date, latest: date, words: str) -> None:
    assert shown(earliest, latest) == words


def test_july_is_over_when_july_is_over() -> None:
    july = when("Jul 2022")
    assert not is_overdue(july.latest, met=False, on=date(2022, 7, 2))
    assert not is_overdue(july.latest, met=False, on=date(2022, 7, 31))
    assert is_overdue(july.latest, met=False, on=date(2022, 8, 1))
    assert not is_overdue(july.latest, met=True, on=date(2022, 8, 1))
