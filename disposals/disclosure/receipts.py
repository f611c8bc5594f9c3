"""The forecast of capital receipts over the whole register, for officers.

What the public may see of it is in `open_receipts.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from disposals.disclosure.receipt_basis import Weight, basis, table_of
from disposals.draws import (
    SEED,
    Draws,
    how_many,
    quarter_of,
    range_of,
    spread,
)
from disposals.forecast import Forecast, Kind, Period, a_month, held_to_date
from disposals.policy import Policy
from disposals.prospects import prospects
from disposals.receipts import Line, Silent, Weights, judged, one_month_before, weights
from disposals.records.cases import HistoryEntry
from disposals.records.programme import ReceiptTarget
from disposals.register import Register
from disposals.variance import Change, change
from disposals.words import counted, day, money

_MOST_NAMED = 10_000  # more cases than these are compared all of them


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the forecast.

    Attributes:
        year: one financial year, by quarter; else every year from this one.
        seed: the same seed gives the same draws.
        draws: how many; as many as the number of cases allows for without.
        with_lines: the cases one by one, too.
    """

    year: str | None = None
    seed: int = SEED
    draws: int | None = None
    with_lines: bool = False


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


@dataclass(frozen=True, slots=True)
class Receipts:
    """The forecast as at a day.

    Attributes:
        since: the day with which it is compared.
        changes: what changed it since then; `changed` by financial year, unadjusted and
            risk-adjusted.
        notes: what to know before relying on it; `basis` what it rests on.
        weights: the council's table.
    """

    on: date
    year: str | None
    rows: tuple[Row, ...]
    lines: tuple[CaseLine, ...]
    since: date
    changes: tuple[Change, ...]
    changed: Mapping[str, tuple[int, int]]
    notes: tuple[str, ...]
    basis: tuple[str, ...]
    weights: tuple[Weight, ...]
    seed: int
    draws: int


@dataclass(slots=True)
class _Told:
    """What is gathered while the cases are read once."""

    forecast: Forecast
    draws: Draws
    lines: list[CaseLine]
    silent: dict[Silent, list[int]]
    now: dict[str, Line]
    held: list[int]
    overdue: int = 0
    deposits: int = 0
    unread: int = 0
    endless: int = 0


def receipts(register: Register, asked: Asked, *, on: date) -> Receipts:
    """The forecast of capital receipts as at a day.

    Raises:
        BadFact: the council's table can't be drawn by.
    """
    policy = Policy(register.authority, on)
    table = weights(policy)
    since = one_month_before(on)
    told = _Told(Forecast(on, table.crunch_months), Draws(), [], {}, {}, [])
    with register.read() as session:
        touched = _touched(session, since)
        for facts in prospects(session, on=on):
            _take(told, judged(facts, table, on), table, asked, on, touched)
        targets = targets_of(session, register.as_of)
    changes = _changes(register, told.now, touched, table, since)
    number = asked.draws or how_many(told.draws.cases)
    drawn = told.draws.draw(seed=asked.seed, number=number)
    shown = periods_of(asked.year, told.forecast, targets, on, drawn)
    changed: dict[str, tuple[int, int]] = {}
    for each in changes:
        for year in each.unadjusted.keys() | each.risk_adjusted.keys():
            one, two = changed.get(year, (0, 0))
            changed[year] = (
                one + each.unadjusted.get(year, 0), two + each.risk_adjusted.get(year, 0)
            )  # fmt: skip
    return Receipts(
        on=on, year=asked.year,
        rows=tuple(
            _row(period, told.forecast, targets,
                 range_of(drawn[q] for q in period.counted if q in drawn))
            for period in shown
        ),
        lines=tuple(told.lines), since=since, changes=tuple(changes),
        changed=dict(sorted(changed.items())), notes=tuple(_notes(told, shown, on)),
        basis=tuple(basis(policy, number, asked.seed)),
        weights=tuple(table_of(policy)), seed=asked.seed, draws=number,
    )  # fmt: skip


def _touched(session: Session, since: date) -> frozenset[str] | None:
    """The cases on which something was done after a day; None where that is most of them."""
    query = select(HistoryEntry.disposal_ref).where(HistoryEntry.on > since).distinct()
    found = frozenset(session.exec(query.limit(_MOST_NAMED + 1)))
    return None if len(found) > _MOST_NAMED else found


def _family(ref: str) -> str:
    return ref.partition("/")[0]


def _take(
    told: _Told, line: Line, table: Weights, asked: Asked, on: date,
    touched: frozenset[str] | None,
) -> None:  # fmt: skip
    told.forecast.add(line)
    _add_draws(told.draws, line, table)
    if line.silent is not None:
        told.silent.setdefault(line.silent, []).append(line.amount)
    if (
        touched is None
        or line.is_overdue
        or line.reference in touched
        or (_family(line.reference) in touched)
    ):
        told.now[line.reference] = line
    counts = line.silent is None
    told.overdue += counts and line.is_overdue
    told.unread += counts and line.is_unread
    told.deposits += counts and line.deposit > 0
    if counts and line.held is not None:
        told.held.append(line.amount)
    monthly = a_month(line, on)
    if monthly and line.window is None:
        told.endless += monthly
    if asked.with_lines and _is_asked_for(line, asked.year):
        told.lines.append(_case_line(line, monthly, on))


def _is_asked_for(line: Line, year: str | None) -> bool:
    return year is None or any(str(period.year) == year for period, _ in _pays(line))


def _pays(line: Line) -> list[tuple[Period, int]]:
    return [(Period.of_quarter(quarter_of(month)), pence) for month, pence, _ in line.months()]


def _add_draws(draws: Draws, line: Line, table: Weights) -> None:
    for month, pence in line.received:
        draws.add_certain(month, pence)
    if line.silent is not None or line.window is None:
        return
    if line.is_completed:
        for month, pence, received in line.months():
            if not received:
                draws.add_certain(month, pence)
        return
    slips = table.slips_exchanged if line.is_secured else table.slips
    draws.add(line.likelihood, spread(*line.window, slips), line.to_come)


def _case_line(line: Line, monthly: int, on: date) -> CaseLine:
    counts = line.silent is None
    adjusted = sum((line.risk_adjusted(pence) for _, pence in line.to_come), Decimal(0))
    received = sum(pence for _, pence in line.received)
    return CaseLine(
        reference=line.reference, name=line.name, stage=line.stage, basis=line.basis,
        amount=line.amount, when=line.when,
        pays=tuple((str(period), pence) for period, pence in _pays(line)),
        likelihood=line.risk_adjusted(100) if counts and not line.is_completed else None,
        made_of=line.percents, risk_adjusted=received + round(adjusted) if counts else 0,
        received=received, is_secured=line.is_secured, is_overdue=line.is_overdue,
        on_hold=line.held, silent=line.silent, holding_a_month=monthly,
        held_to_date=held_to_date(line, on),
    )  # fmt: skip


def targets_of(session: Session, as_of: date | None) -> dict[str, int]:
    """By financial year, what its programme is to bring in, in pence, as recorded by a day."""
    query = select(ReceiptTarget.year, ReceiptTarget.amount_pence).order_by(col(ReceiptTarget.id))
    if as_of is not None:
        query = query.where(ReceiptTarget.recorded_on <= as_of)
    return dict(session.exec(query).all())


def _changes(
    register: Register, now: Mapping[str, Line], touched: frozenset[str] | None, table: Weights,
    since: date,
) -> list[Change]:  # fmt: skip
    """What the cases that were acted on, or whose time passed, changed since a day."""
    if not now:
        return []
    refs = None
    if touched is not None:
        refs = now.keys() | {_family(ref) for ref in now}
    with register.as_it_stood(since).read() as session:
        before = {
            facts.reference: judged(facts, table, since)
            for facts in prospects(session, on=since, refs=refs)
        }
    found = (change(before.get(ref), line) for ref, line in now.items())
    return sorted(
        filter(None, found),
        key=lambda each: (-sum(map(abs, each.unadjusted.values())), each.reference),
    )


def periods_of(
    year: str | None, forecast: Forecast, targets: Mapping[str, int], on: date,
    drawn: Iterable[int] = (),
) -> list[Period]:  # fmt: skip
    """The quarters of the year asked for; else every year from this one that has anything."""
    if year is not None:
        asked = Period(int(year[:4]))
        return [*asked.quarters, asked]
    this = Period(on.year if on.month > 3 else on.year - 1)  # noqa: PLR2004 (to 31 March)
    known = [
        this.first,
        *(each.first for each in forecast.periods),
        *(int(each[:4]) for each in targets),
        *(Period.of_quarter(each).first for each in drawn),
    ]
    last = max(known)
    return [Period(first) for first in range(this.first, last + 1)]


def _row(
    period: Period, forecast: Forecast, targets: Mapping[str, int], drawn: tuple[int, int, int]
) -> Row:
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


def _notes(told: _Told, shown: Sequence[Period], on: date) -> Iterable[str]:
    for period in shown:
        sums = told.forecast.sums(period)
        if sums.crunch and not period.quarter:
            yield (
                f"WARN: {money(sums.crunch)} of the {money(sums.unadjusted)} for {period} is "
                "forecast for February or March; a slip takes it out of the year."
            )
    if told.overdue:
        yield (
            f"{counted(told.overdue, 'completion is', 'completions are')} overdue and counted as "
            f"from {day(on)}; forecast them anew: `disposals milestone forecast`."
        )
    if told.held:
        yield (
            f"{counted(len(told.held), 'case is', 'cases are')} on hold: {money(sum(told.held))} "
            "unadjusted, counted at the likelihood for a case on hold at most."
        )
    if told.deposits:
        yield (
            f"{counted(told.deposits, 'case has', 'cases have')} a deposit in; it is no receipt "
            "until completion."
        )
    if told.unread:
        yield (
            f"How {counted(told.unread, 'price is', 'prices are')} paid can't be read, so all of "
            "it counts at completion."
        )
    for silent, sums_ in told.silent.items():
        if silent not in {Silent.WITHDRAWN, Silent.IN_PARTS}:
            worth = f" ({money(sum(sums_))})" if sum(sums_) else ""
            yield f"Not counted: {counted(len(sums_), 'case')}{worth}, {silent}."
    if told.endless:
        yield (
            f"Cases without a forecast completion cost {money(told.endless)} a month to hold, "
            "which no period shows."
        )
