"""What a case brings in, when, and how surely: the rules of one line of the forecast."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from disposals.draws import month_of
from disposals.errors import BadFact
from disposals.facts import Facts
from disposals.policy import Policy, Rule
from disposals.receipts import Line, Silent, judged, one_month_before, weights
from disposals.records.completion import Condition
from disposals.sums import Basis
from disposals.vocabulary import DateKind, Hurdle, Standing
from tests.builders import (
    a_bid,
    a_condition,
    a_contract,
    a_receipt,
    a_valuation,
    some_terms,
)

TODAY = date(2021, 9, 30)
TABLE = weights(Policy("kent", TODAY))
JULY = (date(2022, 7, 1), date(2022, 7, 31))


def completion(
    earliest: date = JULY[0], latest: date = JULY[1], kind: DateKind = DateKind.BASELINE
) -> SimpleNamespace:
    return SimpleNamespace(
        kind=kind, earliest_on=earliest, latest_on=latest, as_written=f"{latest:%b %Y}"
    )


def line(stage: str = "bid_shortlist", on: date = TODAY, **told: Any) -> Line:
    kinds = [
        "receipts",
        "contracts",
        "terms",
        "bids",
        "campaigns",
        "likelihoods",
        "valuations",
        "conditions",
        "deeds",
        "costs",
    ]
    usual: dict[str, Any] = {
        "reference": "mill-lane", "name": "Land at Mill Lane", "stage": stage, "held": None,
        "completion": completion(), "hangs_on": (), "is_void": False, **dict.fromkeys(kinds, ()),
    }  # fmt: skip
    return judged(Facts(**{**usual, **told}), TABLE, on)


def test_the_surest_sum_that_is_recorded_counts() -> None:
    valuation = a_valuation(500_000)
    shortlisted = a_bid("Ash Homes", 600_000, Standing.SHORTLISTED)
    preferred = a_bid("Beech Homes", 550_000, Standing.PREFERRED)
    terms = some_terms(540_000, agreed_on=TODAY)
    contract = a_contract(530_000)
    rows: list[tuple[Basis, int, dict[str, Any]]] = [
        (Basis.VALUATION, 500_000, {"valuations": [valuation]}),
        (Basis.SHORTLISTED, 600_000, {"bids": [shortlisted]}),
        (Basis.PREFERRED, 550_000, {"bids": [shortlisted, preferred]}),
        (Basis.TERMS, 540_000, {"terms": [terms]}),
        (Basis.CONTRACT, 530_000, {"contracts": [contract]}),
    ]
    told: dict[str, Any] = {}
    for basis, pounds, more in rows:
        told |= more
        found = line(**told)
        assert (found.basis, found.amount) == (basis, pounds * 100)


def test_bids_of_a_campaign_that_ended_count_no_more() -> None:
    campaigns = [SimpleNamespace(no=1, ended_on=TODAY), SimpleNamespace(no=2, ended_on=None)]
    old = a_bid("Ash Homes", 600_000, Standing.PREFERRED, campaign_no=1)
    assert line(bids=[old], campaigns=campaigns).silent is Silent.NO_SUM
    new = a_bid("Ash Homes", 500_000, Standing.SHORTLISTED, campaign_no=2)
    assert line(bids=[old, new], campaigns=campaigns).amount == 50_000_000


def test_the_best_bid_is_the_one_of_the_highest_value_today_not_of_the_highest_price() -> None:
    now = a_bid("Ash Homes", 1_000_000, Standing.SHORTLISTED)
    late = a_bid(
        "Beech Homes", 1_050_000, Standing.SHORTLISTED, payments="10% now; 90% after 36 months"
    )
    assert line(bids=[now, late]).amount == 100_000_000


def test_a_price_in_stages_counts_stage_by_stage_and_a_guaranteed_overage_when_it_is_due() -> None:
    terms = some_terms(
        1_000_000, agreed_on=TODAY, payments="10% now; 90% after 36 months",
        overage_guaranteed_pence=5_000_000, overage_after_months=60,
    )  # fmt: skip
    assert line(terms=[terms]).to_come == ((0, 10_000_000), (36, 90_000_000), (60, 5_000_000))


def test_a_deposit_is_no_receipt_until_completion() -> None:
    contract = a_contract(900_000)
    deposit = a_receipt(90_000, kind="deposit")
    before = line("completion", contracts=[contract], receipts=[deposit])
    assert (before.received, before.deposit, before.amount) == ((), 9_000_000, 90_000_000)
    balance = a_receipt(810_000, date(2021, 9, 20), kind="balance")
    after = line(
        "completed", contracts=[contract], receipts=[deposit, balance],
        completion=completion(date(2021, 9, 20), date(2021, 9, 20), DateKind.ACTUAL),
    )  # fmt: skip
    september = month_of(date(2021, 9, 1))
    assert after.received == ((september, 9_000_000), (september, 81_000_000))
    assert after.to_come == ()
    assert after.basis is Basis.RECEIPT


def test_what_a_buyer_still_owes_after_completion_is_to_come_and_sure() -> None:
    terms = some_terms(900_000, agreed_on=TODAY, payments="50% now; 50% after 12 months")
    found = line(
        "completed", contracts=[a_contract(900_000, overage_guaranteed_pence=2_000_000)],
        terms=[terms], receipts=[a_receipt(450_000, date(2021, 9, 20))],
        completion=completion(date(2021, 9, 20), date(2021, 9, 20), DateKind.ACTUAL),
    )  # fmt: skip
    assert found.to_come == ((12, 45_000_000), (0, 2_000_000))
    assert found.likelihood == 1.0
    assert [month for month, _, received in found.months() if not received] == [
        month_of(date(2022, 9, 1)), month_of(date(2021, 9, 1)),
    ]  # fmt: skip


def test_money_for_a_sale_that_fell_through_is_not_counted_for_the_next() -> None:
    lost = a_receipt(50_000, date(2021, 3, 1), kind="deposit")
    fell = some_terms(800_000, buyer="Beech Living", lapsed_on=date(2021, 3, 2))
    sold: dict[str, Any] = {"contracts": [a_contract(900_000)], "receipts": [lost]}
    found = line("completion", **sold, lapsed_terms=[fell])
    assert line("completion", **sold).deposit == 5_000_000
    assert found.deposit == 0


@pytest.mark.parametrize(
    ("pounds", "counts"), [(10_000, False), (10_001, True)], ids=["ten thousand", "a pound more"]
)
def test_a_sale_of_ten_thousand_pounds_in_all_is_no_capital_receipt(
    pounds: int, *, counts: bool
) -> None:
    found = line(terms=[some_terms(pounds, agreed_on=TODAY)])
    assert (found.silent is None) is counts
    assert bool(list(found.months())) is counts


def test_ten_thousand_pounds_are_counted_in_aggregate() -> None:
    terms = some_terms(9_000, agreed_on=TODAY, overage_guaranteed_pence=200_000)
    assert line(terms=[terms]).silent is None


def test_the_likelihood_is_the_stage_times_every_open_condition() -> None:
    bid = a_bid("Ash Homes", 600_000, Standing.PREFERRED, subject_to_planning=True,
                subject_to_board=True)  # fmt: skip
    judgement = SimpleNamespace(
        campaign_no=1, bidder="Ash Homes", condition=Hurdle.PLANNING, percent=40
    )
    found = line(bids=[bid], likelihoods=[judgement], hangs_on=("Road closed",))
    assert found.percents == (
        ("bid shortlist", 60), ("planning of the bid", 40), ("board of the bid", 90),
        ("Road closed", 75),
    )  # fmt: skip
    assert found.risk_adjusted(60_000_000) == Decimal(60_000_000) * 60 * 40 * 90 * 75 / 100**4


def test_once_exchanged_the_conditions_of_the_contract_count_and_none_of_them_twice() -> None:
    open_one = a_condition("Planning consent")
    done = a_condition("Ground survey", satisfied_on=TODAY)
    waived = a_condition("Board approval", waived_on=TODAY, waived_by="buyer")
    conditions: list[Condition] = [open_one, done, waived]
    found = line(
        "completion", contracts=[a_contract()], conditions=conditions,
        hangs_on=("planning consent",),
    )  # fmt: skip
    assert found.percents == (("completion", 95), ("Planning consent", 90))
    assert found.is_secured


def test_a_case_on_hold_is_said_to_be_and_is_no_likelier_than_the_table_allows() -> None:
    found = line("heads_of_terms", bids=[a_bid("Ash Homes", 600_000, Standing.PREFERRED)],
                 held="Waiting for consent")  # fmt: skip
    assert found.held == "Waiting for consent"
    assert found.percents == (("on hold", 20),)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"stage": "withdrawn"}, Silent.WITHDRAWN),
        ({"stage": "in_parts"}, Silent.IN_PARTS),
        ({"is_void": True}, Silent.VOID),
        ({"completion": None}, Silent.NO_DATE),
    ],
)
def test_what_does_not_come_about_counts_nothing(told: dict[str, Any], why: Silent) -> None:
    found = line(**{"valuations": [a_valuation(500_000)], **told})
    assert found.silent is why
    assert list(found.months()) == []


def test_what_holding_the_whole_costs_is_counted_once_with_the_whole() -> None:
    cost = SimpleNamespace(monthly_pence=30_000, from_on=TODAY, until_on=None)
    whole = line("in_parts", valuations=[a_valuation(500_000)], costs=[cost])
    assert whole.window == JULY
    assert whole.costs == ((30_000, TODAY, None),)
    assert list(whole.months()) == []


def test_a_forecast_that_has_passed_counts_as_from_today() -> None:
    found = line(valuations=[a_valuation(500_000)], on=date(2022, 11, 5))
    assert found.is_overdue
    assert found.window == (date(2022, 11, 5), date(2022, 11, 5))


def test_a_stage_of_the_councils_own_has_the_likelihood_of_any_other() -> None:
    assert line("community_review", valuations=[a_valuation(500_000)]).percents == (
        ("community review", 40),
    )


def test_a_table_of_slips_that_does_not_add_up_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Policy.table

    def short(policy: Policy, prefix: str) -> dict[str, Rule]:
        found = table(policy, prefix)
        return {name: found[name] for name in found if name != "12"}

    monkeypatch.setattr(Policy, "table", short)
    with pytest.raises(BadFact, match=r"receipts\.slip adds up to 90, not to 100"):
        weights(Policy("kent", TODAY))


def test_a_month_before_the_31st_is_the_last_day_of_the_month_before() -> None:
    assert one_month_before(date(2022, 3, 31)) == date(2022, 2, 28)
    assert one_month_before(date(2022, 1, 15)) == date(2021, 12, 15)


def test_a_price_whose_payments_cannot_be_read_counts_at_once_and_stops_nothing() -> None:
    bid = a_bid("Ash Homes", 600_000, Standing.PREFERRED, payments="by and by")
    found = line(bids=[bid])
    assert found.is_unread
    assert found.to_come == ((0, 60_000_000),)
