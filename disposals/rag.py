"""Red, amber or green: how a milestone stands by the council's own rule, and why in words.

There is no national standard; the numbers are in the policy files (`programme.*`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disposals.policy import Policy
from disposals.words import counted, day

_MONTHS, _APRIL = 12, 4


class Colour(StrEnum):
    """What a board looks at first."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a milestone stands.

    Attributes:
        latest: the last day on which it may now come about, or did.
        baseline: the same as first set.
        hangs_on: the condition that is still open.
        is_receipt: money comes with it, so the end of a financial year matters.
    """

    latest: date
    baseline: date
    is_met: bool
    is_void: bool
    held: str | None
    hangs_on: str | None
    is_receipt: bool


def slip_months(baseline: date, latest: date) -> int:
    """By how many months of the calendar a date has slipped; less than 0 where it is sooner."""
    return (latest.year - baseline.year) * _MONTHS + latest.month - baseline.month


def financial_year(on: date) -> str:
    """The financial year of a day, 1 April to 31 March: 2022/23."""
    first = on.year if on.month >= _APRIL else on.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def colour(standing: Standing, policy: Policy) -> tuple[Colour, str]:
    """The colour of a milestone, and the reason for it as a sentence."""
    return next(_verdicts(standing, policy))


def rule(policy: Policy) -> str:
    """The rule of the colours in a sentence, with the council's own numbers."""
    months = counted(policy.number("programme.red-slip"), "month")
    days = counted(policy.number("programme.due-soon"), "day")
    return (
        f"Red is overdue, more than {months} later than first set, or a receipt that slips into "
        f"another financial year; amber is later than first set, due within {days}, or hanging on "
        "a condition; blue is met; grey is on hold or void."
    )


def _verdicts(standing: Standing, policy: Policy) -> Iterator[tuple[Colour, str]]:
    """Everything that may be said of it, what weighs most first."""
    slip = slip_months(standing.baseline, standing.latest)
    slipped = f"{counted(slip, 'month')} later than first set"
    if standing.is_void:
        yield Colour.GREY, "Void: what it hangs on failed."
    if standing.is_met:
        yield Colour.BLUE, f"Met, {slipped}." if slip > 0 else "Met."
    if standing.held:
        yield Colour.GREY, f"The case is on hold: {standing.held}"
    if standing.latest < policy.on:
        late = counted((policy.on - standing.latest).days, "day")
        yield Colour.RED, f"Overdue by {late}, since {day(standing.latest)}."
    years = financial_year(standing.baseline), financial_year(standing.latest)
    if standing.is_receipt and slip > 0 and years[0] != years[1]:
        yield Colour.RED, f"The receipt slips from {years[0]} to {years[1]}."
    if slip > policy.number("programme.red-slip"):
        yield Colour.RED, f"It is {slipped}."
    if slip > 0:
        yield Colour.AMBER, f"It is {slipped}."
    due = (standing.latest - policy.on).days
    if due <= policy.number("programme.due-soon"):
        yield Colour.AMBER, f"Due in {counted(due, 'day')}."
    if standing.hangs_on:
        yield Colour.AMBER, f"It hangs on: {standing.hangs_on}."
    yield Colour.GREEN, "As first set."
