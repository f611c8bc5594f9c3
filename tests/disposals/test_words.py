"""Money, dates and lists are written and read as officers do."""

from datetime import date

import pytest

from disposals.errors import BadFact
from disposals.words import counted, day, listed, money, pence, plainly, slip_of, some


def test_words() -> None:
    assert day(date(2021, 11, 9)) == "9 November 2021"
    assert money(125_000_000) == "£1,250,000"
    assert money(125_000_050) == "£1,250,000.50"
    assert plainly("heads_of_terms") == "heads of terms"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert some(["a", "b", "c"], most=3) == "a, b and c"
    assert some(["a", "b", "c", "d"], most=2) == "a, b and 2 more"
    assert counted(1, "gate") == "1 gate"
    assert counted(2, "gate") == "2 gates"


@pytest.mark.parametrize("written", ["1250000", "£1,250,000", " 1250000.00 ", "1,250,000"])
def test_pounds_are_read_as_they_are_written(written: str) -> None:
    assert pence(written) == 125_000_000


@pytest.mark.parametrize("written", ["lots", "-1", "1.005", "NaN", "Infinity", "", "£", "1.2.3"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(BadFact, match="not an amount of money"):
        pence(written)


@pytest.mark.parametrize(
    "said", ["Jane homes", "JaneHomes", "jane  homes", "Jane-Homes", "Jane Home", "Jane Hmoes"]
)
def test_a_name_may_be_a_slip_of_one_that_is_known(said: str) -> None:
    assert slip_of(said, ["Beech Living", "Jane Homes"]) == "Jane Homes"


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Ash Homes Ltd", "Ash Homes"),
        ("Ash Homes", "Ash Homes plc"),
        ("Ash Homes Limited", "Ash Homes Ltd"),
        ("ash home LLP", "Ash Homes"),
        ("Bidder 1", "Bidder-1"),
        ("Acme 10001 Ltd", "Acme 10001"),
        ("Zoe\u0308 Homes", "Zo\u00eb Homes"),
    ],
)
def test_so_it_may_with_a_legal_form_more_or_less(said: str, known: str) -> None:
    assert slip_of(said, [known]) == known


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Bidder B", ["Bidder A", "Bidder C"]),
        ("Ash Homes", ["Oak Homes", "Ash Living"]),
        ("Plot 12 Ltd", ["Plot 13 Ltd"]),
        ("Jane Homes", ["Jane Homes", "Jane Home"]),
        ("Jane Homes Living", ["Jane Homes"]),
        ("Ash Homes LLP", ["Ash Homes Ltd"]),
        ("Bidder-4", ["Bidder-1", "Bidder-2", "Bidder-3"]),
        ("Bidder_2", ["Bidder_1"]),
        ("BidderB", ["BidderA"]),
        ("Bidder 11-1", ["Bidder 1-11"]),
        ("Tenderer02", ["Tenderer01"]),
        ("Applicant2", ["Applicant1"]),
        ("Party1002", ["Party1001"]),
        ("Acme 10002 Ltd", ["Acme 10001 Ltd"]),
        ("10002", ["10001"]),
        ("10002 Ltd", ["10001 Ltd"]),
        ("???", ["!!!"]),
    ],
)
def test_a_name_of_its_own_is_no_slip(said: str, known: list[str]) -> None:
    assert slip_of(said, known) is None
