"""The forecast of receipts line by line: a period, a case. Sums are pence, rounded once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from disposals.appraisal import whole_pence
from disposals.draws import quarter_of
from disposals.forecast import Forecast, Kind, Period, held_to_date
from disposals.receipts import Line


@dataclass(frozen=True, slots=True)
class Row:
    """A financial year or a quarter; sums in pence.

    Attributes:
        unadjusted: all of it, as if everything came about as forecast.
        secured: contracts are exchanged, the money is not in; `received` is in.
        worst, likely, best: of the sums drawn.
        target: of the year's programme; None for a quarter, or where none is set.
        over_target: what the likely sum is more than the target; less than nothing if short.
        crunch: forecast for the last months of the year.
    """

    period: str
    cases: int
    unadjusted: int
    risk_adjusted: int
    secured: int
    received: int
    worst: int
    likely: int
    best: int
    holding: int
    target: int | None
    over_target: int | None
    crunch: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is expected of it and nothing asked."""
        return not (self.cases or self.best or self.holding) and self.target is None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in the forecast; sums in pence.

    Attributes:
        likelihood: in percent, and `made_of` what it comes from.
        pays: each sum with its period.
        silent: why it does not count, or not yet.
    """

    reference: str
    name: str
    stage: str
    basis: str | None
    amount: int
    when: str
    pays: tuple[tuple[str, int], ...]
    likelihood: Decimal | None
    made_of: tuple[tuple[str, int], ...]
    risk_adjusted: int
    received: int
    is_secured: bool
    is_overdue: bool
    on_hold: str | None
    silent: str | None
    holding_a_month: int
    held_to_date: int


def row_of(
    period: Period, forecast: Forecast, targets: Mapping[str, int], drawn: tuple[int, int, int]
) -> Row:
    """What falls in a period, beside the range drawn and the target."""
    sums = forecast.sums(period)
    target = None if period.quarter else targets.get(str(period))
    worst, likely, best = drawn
    return Row(
        period=str(period), cases=sums.all_cases, unadjusted=sums.unadjusted,
        risk_adjusted=sums.risk_adjusted, secured=sums.by_kind[Kind.SECURED],
        received=sums.by_kind[Kind.RECEIVED], worst=worst, likely=likely, best=best,
        holding=sums.holding, target=target,
        over_target=None if target is None else likely - target, crunch=sums.crunch,
    )  # fmt: skip


def case_line_of(line: Line, monthly: int, on: date) -> CaseLine:
    """A case as the forecast has it."""
    counts = line.silent is None
    adjusted = sum((line.risk_adjusted(pence) for _, pence in line.to_come), Decimal(0))
    received = sum(pence for _, pence in line.received)
    return CaseLine(
        reference=line.reference, name=line.name, stage=line.stage, basis=line.basis,
        amount=line.amount, when=line.when,
        pays=tuple((str(period), pence) for period, pence in pays_of(line)),
        likelihood=line.risk_adjusted(100) if counts and not line.is_completed else None,
        made_of=line.percents, risk_adjusted=received + whole_pence(adjusted) if counts else 0,
        received=received, is_secured=line.is_secured, is_overdue=line.is_overdue,
        on_hold=line.held, silent=line.silent, holding_a_month=monthly,
        held_to_date=held_to_date(line, on),
    )  # fmt: skip


def pays_of(line: Line) -> list[tuple[Period, int]]:
    """Every sum of a case with the quarter that it falls in."""
    return [(Period.of_quarter(quarter_of(month)), pence) for month, pence, _ in line.months()]
