"""Heads of terms count when both sides have agreed the latest version, with the right buyer."""

from datetime import date

import pytest

from sites.record import Record
from tests.builders import a_case, answer, some_terms, the_preferred_bid
from workflows.gates import Verdict, by

AGREED = date(2021, 9, 20)


@pytest.mark.parametrize(
    "terms", [[], [some_terms(900_000, agreed_on=AGREED, lapsed_on=date(2021, 9, 25))]], ids=len
)
def test_terms_that_were_never_made_or_fell_away_are_not_agreed(terms: list[Record]) -> None:
    told = answer("terms.agreed", a_case(*terms))
    assert told.verdict is Verdict.UNMET
    assert "none are recorded" in told.reason
    assert told.remedy == by("terms add")


@pytest.mark.parametrize("agreed_on", [None, date(2021, 10, 1)])
def test_it_is_the_latest_version_that_must_be_agreed(agreed_on: date | None) -> None:
    first = some_terms(900_000, terms_version=1, agreed_on=AGREED)
    second = some_terms(880_000, terms_version=2, agreed_on=agreed_on)
    told = answer("terms.agreed", a_case(the_preferred_bid(900_000), first, second))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "Version 2 is not agreed."
    assert told.remedy == by("terms agree", version="2")


def test_terms_agreed_with_someone_who_is_not_preferred_are_the_wrong_terms() -> None:
    preferred = the_preferred_bid(900_000, "Beech Living")
    told = answer("terms.agreed", a_case(preferred, some_terms(900_000, agreed_on=AGREED)))
    assert told.verdict is Verdict.UNMET
    assert "agreed with Ash Homes, but the preferred bidder is Beech Living" in told.reason


def test_terms_agreed_with_the_preferred_bidder_are_agreed() -> None:
    terms = some_terms(900_000, agreed_on=date(2021, 9, 30))
    told = answer("terms.agreed", a_case(the_preferred_bid(900_000), terms))
    assert told.verdict is Verdict.MET
    assert told.reason == "Version 1 was agreed on 30 September 2021."


def test_a_direct_sale_has_terms_and_no_bids() -> None:
    told = answer("terms.agreed", a_case(some_terms(900_000, agreed_on=AGREED)))
    assert told.verdict is Verdict.MET
