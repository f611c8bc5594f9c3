"""What the public may see of the forecast of receipts: sums of enough cases, rounded, and no more.

Sums of single cases are exempt (Schedule 12A, paragraph 3). Likelihoods, worst and best, holding
costs and what changed are left out: with the council's table a single case could be worked out
from them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from disposals.alike import alike
from disposals.disclosure.fields import Audience, visible
from disposals.disclosure.inference import held_back
from disposals.disclosure.receipts import periods_of, targets_of
from disposals.forecast import Forecast, Kind, Period
from disposals.policy import Policy, Rule, council
from disposals.prospects import in_batches
from disposals.receipts import judged, weights
from disposals.register import Register
from disposals.words import counted, money

_Cell = tuple[Period, Kind | None]  # None is all kinds together


@dataclass(frozen=True, slots=True)
class OpenReceipts:
    """The forecast for the public.

    Attributes:
        rows: period, cases, received, secured, to_come, total and target, in pence; None where
            it is not published.
        notes: what is not published, and why.
    """

    council: str
    on: date
    year: str | None
    rows: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]


def open_receipts(register: Register, year: str | None, *, on: date) -> OpenReceipts:
    """The forecast as it is told to the public as at a day, by financial year or quarter of one.

    What is held back is settled on the whole table at once, so that two answers never give away
    together what neither gives alone.
    """
    policy = Policy(register.authority, on)
    table = weights(policy)
    forecast = Forecast(on, table.crunch_months)
    with register.read() as session:
        for batch in in_batches(session, on=on):
            ordinary = alike(batch, table, on)
            for each in ordinary.sums:
                forecast.add_sum(each)
            for facts in batch.facts(but=ordinary.references):
                forecast.add(judged(facts, table, on))
        targets = targets_of(session, register.as_of)
    fewest, nearest = policy.rule("receipts.fewest-cases"), policy.rule("receipts.open-rounding")
    held = held_cells(forecast, fewest.number)
    shown = periods_of(year, forecast, targets, on)
    rows = []
    for period in shown:
        sums = forecast.sums(period)
        values = [*sums.by_kind.items(), (None, sums.unadjusted)]
        told: dict[str, Any] = {"period": str(period)} | {
            _name(kind): None if (period, kind) in held else _rounded(pence, nearest.number)
            for kind, pence in values
        }
        told["cases"] = None if (period, None) in held else sums.all_cases
        told["target"] = None if period.quarter else targets.get(str(period))
        rows.append(visible("receipts_period", told, Audience.PUBLIC))
    return OpenReceipts(
        council(register.authority), on, year, tuple(rows),
        tuple(_notes(fewest, nearest)),
    )  # fmt: skip


def _notes(fewest: Rule, nearest: Rule) -> Iterator[str]:
    yield (
        f"A sum of fewer than {counted(fewest.number, 'case')} is not published, nor one from "
        f"which it could be worked out ({fewest.cited})."
    )
    yield (
        f"Sums are rounded to the nearest {money(nearest.number * 100)} each by itself, so that "
        "they may not add up."
    )
    yield (
        "A receipt counts in the financial year of completion (1 April to 31 March), by the last "
        "day that its forecast allows. Sums to come are as if every sale came about."
    )


def held_cells(forecast: Forecast, fewest: int) -> set[_Cell]:
    """The sums that are not published, of every year and quarter there is."""
    held: set[_Cell] = set()
    for year in {period.year for period in forecast.periods}:
        atoms = {
            (quarter, kind): forecast.sums(quarter).cases[kind]
            for quarter in year.quarters
            for kind in Kind
        }
        cells = {
            (period, kind): [
                (quarter, each)
                for quarter, each in atoms
                if period in {quarter, year} and kind in {each, None}
            ]
            for period in (year, *year.quarters)
            for kind in (*Kind, None)
        }
        held |= held_back(cells, atoms, fewest)
    return held


def _name(kind: Kind | None) -> str:
    return "total" if kind is None else kind.value.replace(" ", "_")


def _rounded(pence: int, pounds: int) -> int:
    """To the nearest such sum, a half upwards."""
    step = pounds * 100
    return (2 * pence + step) // (2 * step) * step
