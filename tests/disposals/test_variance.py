"""What changed the forecast since last month, and why, in the words of a board."""

from datetime import date
from typing import Any

import pytest

from disposals.receipts import Line, Silent
from disposals.sums import Basis
from disposals.variance import change

JULY, MARCH, APRIL = date(2022, 7, 31), date(2022, 3, 31), date(2022, 4, 30)


def line(**told: Any) -> Line:
    usual: dict[str, Any] = {
        "reference": "mill-lane", "name": "Mill Lane", "stage": "marketing", "held": None,
        "basis": Basis.PREFERRED, "to_come": ((0, 1_000_00),), "window": (MARCH, MARCH),
        "percents": (("marketing", 45), ("Consent", 70)), "when": "Mar 2022",
    }  # fmt: skip
    return Line(**{**usual, **told})


@pytest.mark.parametrize(
    ("now", "because", "unadjusted"),
    [
        ({"window": (APRIL, APRIL)}, "slipped by 1 month, from 2021/22 to 2022/23",
         {"2021/22": -1_000_00, "2022/23": 1_000_00}),
        ({"to_come": ((0, 900_00),), "basis": Basis.TERMS},
         "£1,000 by preferred bid is now £900 by heads of terms agreed", {"2021/22": -100_00}),
        ({"percents": (("marketing", 45),)}, "no longer open: Consent", {}),
        ({"percents": (("marketing", 45), ("Consent", 50))}, "Consent: 70 % is now 50 %", {}),
        ({"stage": "bid_shortlist", "percents": (("bid shortlist", 60), ("Consent", 70))},
         "moved from marketing to bid shortlist", {}),
        ({"held": "Objections", "percents": (("on hold", 20), ("Consent", 70))},
         "put on hold: Objections", {}),
        ({"stage": "withdrawn", "silent": Silent.WITHDRAWN}, "withdrawn", {"2021/22": -1_000_00}),
        ({"is_overdue": True, "window": (APRIL, APRIL)}, "overdue since Mar 2022",
         {"2021/22": -1_000_00, "2022/23": 1_000_00}),
    ],
)  # fmt: skip
def test_every_cause_is_told(now: dict[str, Any], because: str, unadjusted: dict[str, int]) -> None:
    found = change(line(), line(**now))
    assert found is not None
    assert found.because == (because,)
    assert found.unadjusted == unadjusted


def test_a_slip_within_a_year_changes_no_year() -> None:
    assert change(line(window=(JULY, JULY)), line(window=(date(2022, 8, 31),) * 2)) is None


def test_a_new_case_and_one_that_was_open_without_a_sum_are_told_apart() -> None:
    new = change(None, line())
    first = change(line(silent=Silent.NO_SUM), line())
    assert new is not None
    assert first is not None
    assert new.because == ("new",)
    assert first.because == ("counts from now on: before, no sum is known",)
    assert new.risk_adjusted == first.risk_adjusted == {"2021/22": 315_00}
