"""What is summed in an offer, and what never is: s.123 and the cases on it."""

from decimal import Decimal
from typing import Any

import pytest

from disposals.appraisal import flat, months_until_level, rates, whole_pence
from disposals.consideration import Worth, worth
from disposals.errors import BadFact
from disposals.payments import Payment
from disposals.policy import Policy
from tests.builders import TODAY, a_bid, some_terms

GREEN_BOOK = rates(Policy("kent", TODAY))
PENCE = 100


def a_worth(pounds: int, **facts: Any) -> Worth:
    """What an offer of a price with these facts is worth."""
    told = worth(a_bid("Ash Homes", pounds, **facts), GREEN_BOOK)
    assert told is not None
    return told


def barnet(after: int) -> tuple[Worth, Worth]:
    """The two offers of [2013] EWHC 523 (Admin), the overage paid after some months."""
    cash = a_worth(3_500_000)
    overage = a_worth(
        2_800_000,
        overage="half of sales above £20m, and £1m at least",
        overage_guaranteed_pence=1_000_000 * PENCE,
        overage_after_months=after,
    )
    return cash, overage


def test_a_lower_price_with_a_guaranteed_overage_may_be_the_best_consideration() -> None:
    cash, overage = barnet(after=36)
    assert cash.nominal == 3_500_000 * PENCE
    assert overage.nominal == 3_800_000 * PENCE
    # 2,800,000 + 1,000,000 ÷ 1.035³ = 2,800,000 + 901,942.71
    assert whole_pence(overage.present) == 370_194_271
    assert overage.present > cash.present


def test_the_overage_of_barnet_may_come_ten_years_late_before_cash_is_better() -> None:
    missing = Decimal(3_500_000 - 2_800_000)
    months = months_until_level(Decimal(1_000_000), missing, GREEN_BOOK)
    assert months == 124
    cash, in_time = barnet(after=months)
    assert in_time.present > cash.present
    _, too_late = barnet(after=months + 1)
    assert too_late.present < cash.present
    assert too_late.nominal == in_time.nominal


def test_an_overage_that_nobody_guarantees_is_not_counted() -> None:
    hoped = a_worth(2_800_000, overage="half of sales above £20m", overage_after_months=36)
    assert hoped == a_worth(2_800_000)


@pytest.mark.parametrize("after", [None, 0])
def test_an_overage_without_a_delay_counts_in_full(after: int | None) -> None:
    told = a_worth(1_000_000, overage_guaranteed_pence=50_000_00, overage_after_months=after)
    assert told.present == told.nominal == 1_050_000 * PENCE


@pytest.mark.parametrize(
    "facts",
    [
        {"units": 40, "affordable_percent": 100},
        {"affordable_percent": 0},
        {"s106_pence": 2_000_000 * PENCE},
        {"cil_pence": 750_000 * PENCE},
        {"deposit_pence": 100_000 * PENCE},
        {"overage": "half of the uplift for 20 years"},
        {"overage_guaranteed_pence": 0, "overage_after_months": 12},
        {"other_consideration_pence": 0, "abnormal_costs_pence": 0},
        {"subject_to_planning": True, "subject_to_funding": True, "subject_to_board": True},
        {"conditions": "a new school on the land", "exclusivity_weeks": 26},
        {"vat_basis": "with VAT", "proof_of_funds": "a bank's letter"},
        {"is_late": True, "is_compliant": False},
        {"payments": "100% now"},
    ],
)
def test_what_goes_to_others_or_is_no_money_never_changes_the_sum(facts: dict[str, Any]) -> None:
    assert a_worth(1_000_000, **facts) == Worth(
        payments=(Payment(Decimal(100_000_000), 0),),
        nominal=100_000_000,
        present=Decimal(100_000_000),
    )


@pytest.mark.parametrize(
    ("facts", "nominal", "present"),
    [
        ({"abnormal_costs_pence": 150_000 * PENCE}, "850000", "850000"),
        ({"abnormal_costs_pence": 1_200_000 * PENCE}, "-200000", "-200000"),
        ({"other_consideration_pence": 80_000 * PENCE}, "1080000", "1080000"),
        ({"payments": "100% after 1 year"}, "1000000", "966183.57"),
        ({"payments": "50% now; 50% after 2 years"}, "1000000", "966755.35"),
        # 966,755.35 + 200,000 ÷ 1.035 + 80,000 − 150,000 = 966,755.35 + 193,236.71 − 70,000
        (
            {
                "payments": "50% now; 50% after 2 years",
                "overage_guaranteed_pence": 200_000 * PENCE,
                "overage_after_months": 12,
                "other_consideration_pence": 80_000 * PENCE,
                "abnormal_costs_pence": 150_000 * PENCE,
            },
            "1130000",
            "1089992.07",
        ),
    ],
)
def test_money_and_moneys_worth_are_summed_and_abnormal_costs_taken_off(
    facts: dict[str, Any], nominal: str, present: str
) -> None:
    told = a_worth(1_000_000, **facts)
    assert told.nominal == Decimal(nominal) * PENCE
    assert whole_pence(told.present) == Decimal(present) * PENCE


def test_every_sum_is_told_with_its_time_and_costs_as_less_than_nothing() -> None:
    told = a_worth(
        1_000_000,
        payments="10% now; 90% after 3 years",
        overage_guaranteed_pence=200_000 * PENCE,
        overage_after_months=60,
        other_consideration_pence=80_000 * PENCE,
        abnormal_costs_pence=150_000 * PENCE,
    )
    assert [(int(each.pence) // PENCE, each.months) for each in told.payments] == [
        (100_000, 0),
        (900_000, 36),
        (200_000, 60),
        (80_000, 0),
        (-150_000, 0),
    ]


# Found by this test: thirds in percent of a small price were cut to the penny below.
def test_the_price_stands_whole_in_the_sum_where_its_shares_lose_part_of_a_penny() -> None:
    thirds = "33.3333% now; 33.3333% after 1 year; 33.3333% after 2 years"
    told = a_worth(9_000, payments=thirds, other_consideration_pence=100_000)
    assert told.nominal == 1_000_000


def test_an_offer_without_a_price_is_not_worth_nothing_but_not_known() -> None:
    sealed = a_bid("Ash Homes", None, overage_guaranteed_pence=1_000_000, payments="100% now")
    assert worth(sealed, GREEN_BOOK) is None


def test_an_offer_of_nothing_is_worth_what_comes_with_it() -> None:
    told = a_worth(0, other_consideration_pence=30_000 * PENCE)
    assert told.present == told.nominal == 3_000_000


def test_payments_that_are_not_the_price_are_refused() -> None:
    with pytest.raises(BadFact, match="Every penny of the price is paid at some time"):
        a_worth(1_000_000, payments="10% now; 80% after 1 year")


def test_terms_are_worth_what_the_offer_was_that_they_took_up() -> None:
    facts: dict[str, Any] = {
        "payments": "10% now; 90% after 36 months",
        "overage_guaranteed_pence": 50_000 * PENCE,
        "overage_after_months": 24,
    }
    terms = some_terms(1_100_000, deposit_pence=110_000 * PENCE, **facts)
    assert worth(terms, GREEN_BOOK) == a_worth(1_100_000, **facts)


def test_a_higher_rate_makes_money_later_worth_less_and_money_now_no_less() -> None:
    at_eight = flat(Decimal(8))
    later = worth(a_bid("Ash Homes", 1_000_000, payments="100% after 2 years"), at_eight)
    now = worth(a_bid("Birch Homes", 1_000_000), at_eight)
    assert later is not None
    assert now is not None
    # 1,000,000 ÷ 1.08²
    assert whole_pence(later.present) == 85_733_882
    assert whole_pence(now.present) == 100_000_000
