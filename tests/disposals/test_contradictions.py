"""Each contradiction of the published papers: pointed out, and gone where it is put right."""

from datetime import date

import pytest

from disposals.contradictions import (
    area_takes_no_account_of_land_lost,
    consent_comes_too_soon,
    criterion_speaks_of_spending,
    interests_line_is_blank,
    options_are_not_the_alternatives,
    whole_is_authorised_though_only_a_part_has_bids,
    wordings_differ,
)

OPTIONS = [
    ("4.1.1", "Open market sale of the whole site", False),
    ("4.1.2", "Split the site and KCC deliver the medical centre", False),
    ("4.1.3", "Split the site with a conditional sale", True),
]


def test_alternatives_that_name_no_option_of_the_report_are_pointed_out() -> None:
    said = options_are_not_the_alternatives(OPTIONS, "Leaving the site undeveloped.")
    assert said is not None
    assert "options 4.1.1 and 4.1.2" in said
    assert "reg 13" in said


@pytest.mark.parametrize(
    "alternatives",
    [
        "Options 4.1.1 and 4.1.2 of the report.",
        "Open market sale of the whole site. Split the site, and KCC deliver the medical centre.",
        None,  # the record then gives the options themselves
    ],
)
def test_alternatives_that_name_the_options_by_number_or_title_are_right(
    alternatives: str | None,
) -> None:
    assert options_are_not_the_alternatives(OPTIONS, alternatives) is None


def test_an_option_is_not_named_by_the_number_of_another() -> None:
    said = options_are_not_the_alternatives([("4.1", "Sell", False)], "Option 4.1.2 and 14.1.")
    assert said is not None


@pytest.mark.parametrize("interests", [None, "", "  "])
def test_a_blank_line_for_interests_is_pointed_out(interests: str | None) -> None:
    said = interests_line_is_blank(interests, date(2021, 11, 15))
    assert said is not None
    assert "15 November 2021" in said
    assert interests_line_is_blank(interests, None) is not None


def test_none_declared_is_said_so() -> None:
    assert interests_line_is_blank("None declared", date(2021, 11, 15)) is None


def test_an_area_that_takes_no_account_of_land_taken_for_the_road_is_pointed_out() -> None:
    said = area_takes_no_account_of_land_lost(
        "approximately 1.29 acres", [("1973", 1.56), ("2018", 1.29)]
    )
    assert said is not None
    assert "the land of 1973 was 1.56 acres and is 1.29 acres" in said
    assert "its boundary is another since 2018" in said


@pytest.mark.parametrize(
    ("stated", "boundaries"),
    [
        (
            "1.29 acres, of 1.56 acres acquired",
            [("1973", 1.56), ("2018", 1.29)],
        ),
        ("1.29 acres", [("1973", 1.29), ("2018", 1.289)]),
        ("1.29 acres", []),
        (None, [("1973", 1.56), ("2018", 1.29)]),
    ],
)
def test_an_area_that_says_both_or_land_that_did_not_change_is_right(
    stated: str | None, boundaries: list[tuple[str, float]]
) -> None:
    assert area_takes_no_account_of_land_lost(stated, boundaries) is None


def test_a_record_that_decides_another_act_than_the_report_recommends_is_pointed_out() -> None:
    said = wordings_differ(
        "agree to complete the disposal of the land", "agree to authorise the disposal of the sites"
    )
    assert said is not None
    assert "“agree to complete the disposal of the land”" in said
    assert "“agree to authorise the disposal of the sites”" in said


def test_the_same_act_in_both_is_right_whatever_its_points_and_capitals() -> None:
    assert wordings_differ("agree to the disposal.", "Agree to the  disposal") is None


def test_a_whole_site_authorised_with_bids_for_one_part_is_pointed_out() -> None:
    said = whole_is_authorised_though_only_a_part_has_bids(["Part 1", "Part 2"], ["Part 1"])
    assert said is not None
    assert "bids are recorded for Part 1 alone" in said


@pytest.mark.parametrize(
    ("parts", "with_bids"),
    [(["Part 1", "Part 2"], ["Part 1", "Part 2"]), (["Part 1", "Part 2"], []), ([], [])],
)
def test_bids_for_every_part_or_none_yet_or_no_parts_are_right(
    parts: list[str], with_bids: list[str]
) -> None:
    assert whole_is_authorised_though_only_a_part_has_bids(parts, with_bids) is None


def test_a_consent_a_month_after_the_application_is_pointed_out() -> None:
    june, july = (date(2022, 6, 1), date(2022, 6, 30)), (date(2022, 7, 1), date(2022, 7, 31))
    said = consent_comes_too_soon(june, july, 13, "SI 2015/595 art 34")
    assert said is not None
    assert "8 weeks after the application at most" in said
    assert "13 weeks (SI 2015/595 art 34)" in said


@pytest.mark.parametrize(
    ("last", "is_told"), [(date(2022, 8, 30), True), (date(2022, 8, 31), False)]
)
def test_thirteen_weeks_are_enough_for_a_major_application(last: date, *, is_told: bool) -> None:
    applied, granted = (date(2022, 6, 1), date(2022, 6, 1)), (date(2022, 8, 1), last)
    assert (consent_comes_too_soon(applied, granted, 13, "SI") is not None) is is_told


def test_a_criterion_of_spending_for_a_receipt_is_pointed_out() -> None:
    said = criterion_speaks_of_spending("Savings or expenditure which is significant")
    assert said is not None
    assert "a sale brings a receipt" in said


@pytest.mark.parametrize(
    "criterion",
    [None, "A capital receipt above £1,000,000 counts as a saving", "Effect in two divisions"],
)
def test_a_criterion_that_says_how_a_receipt_meets_it_is_right(criterion: str | None) -> None:
    assert criterion_speaks_of_spending(criterion) is None
