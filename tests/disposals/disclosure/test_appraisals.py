"""The options appraisal in figures, against sums done by hand and by another library."""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy_financial
import pytest

from disposals.casework import recording
from disposals.disclosure.appraisals import Appraised, OptionsAppraisal, options_appraisal
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import NoSuchCase
from disposals.register import Register
from tests.conftest import stamp

REF, TODAY = "mill-lane", date(2021, 9, 30)
# Year → pounds; less than nothing is a cost.
KEEP = {0: -20_000, 1: -20_000, 2: -20_000, 3: -20_000}
SELL = {0: -15_000, 1: 0, 2: 500_000, 3: 0}


@pytest.fixture
def options(register: Register, mill_lane: str) -> Register:
    """To keep the land, or to sell it in two years, with the figures of both."""
    assert mill_lane == REF
    note(register, "option", no="1", title="Keep the land", is_do_nothing=True, risks="Vandalism")
    note(
        register, "option", no="2", title="Sell it", is_recommended=True, reasons_for="No use",
        benefits="Homes",
    )  # fmt: skip
    for option, years in (("1", KEEP), ("2", SELL)):
        for year, pounds in years.items():
            if pounds:
                note(
                    register, "option_figure", option_no=option, what=f"year {year}", year=year,
                    flow="receipt" if pounds > 0 else "cost", amount_pence=abs(pounds) * 100,
                )  # fmt: skip
    return register


def note(register: Register, kind: str, **facts: Any) -> None:
    seen = versions(register, REF)[REF]
    recording.record(register, REF, kind, facts, stamp(TODAY), seen=seen)


def told(
    register: Register, audience: Audience = Audience.OFFICER, **asked: Any
) -> OptionsAppraisal:
    return options_appraisal(register, REF, audience=audience, on=TODAY, **asked)


def by_number(register: Register, **asked: Any) -> dict[str, Appraised]:
    return {option.no: option for option in told(register, **asked).options}


def test_costs_and_receipts_stand_as_they_are_and_are_discounted_once(options: Register) -> None:
    found = by_number(options)
    assert (found["1"].costs, found["1"].receipts) == (8_000_000, 0)
    assert (found["2"].costs, found["2"].receipts) == (1_500_000, 50_000_000)
    # By hand: 500,000 ÷ 1.035² = 466,755.35; less 15,000 at once.
    assert found["2"].present_value == 45_175_535
    # By hand: 20,000 × (1 + 0.966184 + 0.933511 + 0.901943) = 76,032.74.
    assert found["1"].present_value == -7_603_274


@pytest.mark.parametrize("percent", ["0", "1.5", "3.5", "6"])
def test_present_values_agree_with_another_library(options: Register, percent: str) -> None:
    found = by_number(options, rate_percent=Decimal(percent))
    for no, years in (("1", KEEP), ("2", SELL)):
        expected = numpy_financial.npv(float(percent) / 100, list(years.values())) * 100
        assert found[no].present_value == pytest.approx(expected, abs=0.6)


def test_the_rate_is_that_of_the_green_book_and_is_said(options: Register) -> None:
    assert told(options).rate == Decimal("3.5")


def test_nothing_is_missing_from_a_complete_appraisal_but_the_reasons_against(
    options: Register,
) -> None:
    assert told(options).notes == ("Option 1 is rejected without reasons.",)
    note(options, "option", no="1", reasons_against="It costs and brings nothing")
    assert told(options).notes == ()


def test_to_keep_the_land_must_be_among_the_options(register: Register, mill_lane: str) -> None:
    assert mill_lane == REF
    note(register, "option", no="2", title="Sell it", is_recommended=True)
    notes = told(register).notes
    assert notes[0].startswith("Keeping the land is not among the options")
    assert notes[1].startswith("No figures are recorded for option 2")


def test_a_choice_that_is_not_the_highest_value_is_pointed_out(options: Register) -> None:
    note(options, "option", no="3", title="Let it", reasons_against="Needs management")
    note(
        options, "option_figure", option_no="3", what="Premium", flow="receipt", year=0,
        amount_pence=60_000_000,
    )  # fmt: skip
    assert "Option 3 has the highest present value; 2 is recommended." in told(options).notes


def test_criteria_are_weighed(options: Register) -> None:
    note(options, "criterion", scored="option", title="Regeneration", weight_percent=70)
    assert any("come to 70, not 100" in sentence for sentence in told(options).notes)
    note(options, "criterion", scored="option", title="Speed", weight_percent=30)
    for option, criterion, points in (("2", "Regeneration", 5), ("2", "Speed", 10)):
        note(
            options, "score", scored="option", subject=option, criterion=criterion,
            points=points, because="The panel",
        )  # fmt: skip
    found = by_number(options)
    assert found["2"].quality == Decimal(65)  # 70 × 5 ÷ 10 + 30 × 10 ÷ 10
    assert found["1"].quality is None


def test_a_part_appraises_the_options_of_the_whole(kent: Register) -> None:
    whole = options_appraisal(kent, "steele-avenue", audience=Audience.OFFICER, on=TODAY)
    part = options_appraisal(kent, "steele-avenue/part-1", audience=Audience.OFFICER, on=TODAY)
    assert (
        [o.no for o in part.options] == [o.no for o in whole.options] == ["4.1.1", "4.1.2", "4.1.3"]
    )
    with pytest.raises(NoSuchCase):
        options_appraisal(kent, "steele-street", audience=Audience.OFFICER, on=TODAY)
