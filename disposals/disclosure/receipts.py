"""The forecast of capital receipts over the whole register, for officers.

What the public may see of it is in `open_receipts.py`.
"""

from calendar import month_name
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from disposals.alike import Alike, alike
from disposals.disclosure.receipt_basis import Weight, basis, table_of
from disposals.disclosure.receipt_lines import CaseLine, Row, case_line_of, pays_of, row_of
from disposals.draws import (
    SEED,
    Draws,
    how_many,
    range_of,
    spread,
)
from disposals.forecast import Forecast, Kind, Period, a_month
from disposals.policy import Policy, council
from disposals.prospects import in_batches, prospects
from disposals.receipts import (
    Line,
    Silent,
    Weights,
    judged,
    likelihood,
    one_month_before,
    weights,
)
from disposals.records.cases import HistoryEntry
from disposals.records.programme import ReceiptTarget
from disposals.register import Register
from disposals.variance import Change, change
from disposals.words import counted, day, listed, money

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
class Receipts:
    """The forecast as at a day.

    Attributes:
        since: the day with which it is compared.
        changes: what changed it since then; `changed` by financial year, unadjusted and
            risk-adjusted.
        notes: what to know before relying on it; `basis` what it rests on.
        weights: the council's table.
    """

    council: str
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
class _Heap:
    """How many cases, and what they would bring together, in pence."""

    cases: int = 0
    pence: int = 0

    def add(self, pence: int, cases: int = 1) -> None:
        self.cases += cases
        self.pence += pence


@dataclass(slots=True)
class _Told:
    """What is gathered while the cases are read once."""

    forecast: Forecast
    draws: Draws
    lines: list[CaseLine]
    silent: defaultdict[Silent, _Heap]
    now: dict[str, Line]
    held: _Heap
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
    told = _Told(Forecast(on, table.crunch_months), Draws(), [], defaultdict(_Heap), {}, _Heap())
    with register.read() as session:
        touched = _touched(session, since)
        for batch in in_batches(session, on=on):
            done: Collection[str] = ()
            if touched is not None and not asked.with_lines:
                ordinary = alike(batch, table, on, but=touched)
                _take_alike(told, ordinary, table)
                done = ordinary.references
            for facts in batch.facts(but=done):
                _take(told, judged(facts, table, on), table, asked, on, touched)
        targets = targets_of(session, register.as_of)
    changes = _changes(register, told.now, touched, table, since)
    number = asked.draws or how_many(told.draws.cases)
    drawn = told.draws.draw(seed=asked.seed, number=number)
    shown = periods_of(asked.year, told.forecast, targets, on, drawn)
    rows = [
        row_of(
            period,
            told.forecast,
            targets,
            range_of(drawn[each] for each in period.counted if each in drawn),
        )
        for period in shown
    ]
    while asked.year is None and len(rows) > 1 and rows[-1].is_empty:
        rows.pop()  # a sale may slip into it, but hardly one in ten draws has it there
    return Receipts(
        council=council(register.authority), on=on, year=asked.year, rows=tuple(rows),
        lines=tuple(told.lines), since=since, changes=tuple(changes), changed=_by_year(changes),
        notes=tuple(_notes(told, shown, on, table.crunch_months)),
        basis=tuple(basis(policy, number, asked.seed)),
        weights=tuple(table_of(policy)), seed=asked.seed, draws=number,
    )  # fmt: skip


def _by_year(changes: Iterable[Change]) -> dict[str, tuple[int, int]]:
    """What changed by financial year, unadjusted and risk-adjusted."""
    sums: dict[str, tuple[int, int]] = {}
    for each in changes:
        for year in each.unadjusted.keys() | each.risk_adjusted.keys():
            one, two = sums.get(year, (0, 0))
            sums[year] = one + each.unadjusted.get(year, 0), two + each.risk_adjusted.get(year, 0)
    return dict(sorted(sums.items()))


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
    if (
        touched is None
        or line.is_overdue
        or line.reference in touched
        or (_family(line.reference) in touched)
    ):
        told.now[line.reference] = line
    if line.silent is not None:
        told.silent[line.silent].add(line.amount)
    else:
        told.overdue += line.is_overdue
        told.unread += line.is_unread
        told.deposits += line.deposit > 0
        if line.held is not None:
            told.held.add(line.amount)
    monthly = a_month(line, on) if line.costs else 0
    if monthly and line.window is None:
        told.endless += monthly
    if asked.with_lines and _is_asked_for(line, asked.year):
        told.lines.append(case_line_of(line, monthly, on))


def _take_alike(told: _Told, ordinary: Alike, table: Weights) -> None:
    told.silent[Silent.NO_SUM].add(0, cases=ordinary.without_sum)
    for each in ordinary.sums:
        told.forecast.add_sum(each)
        if each.window is None:
            told.draws.add_certain(each.month, each.pence)
        else:
            slips = table.slips_exchanged if each.kind is Kind.SECURED else table.slips
            told.draws.add(
                float(likelihood(each.percents)), spread(*each.window, slips), ((0, each.pence),)
            )


def _is_asked_for(line: Line, year: str | None) -> bool:
    return year is None or any(str(period.year) == year for period, _ in pays_of(line))


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


def _notes(told: _Told, shown: Sequence[Period], on: date, crunch_months: int) -> Iterable[str]:
    # The financial year ends with March, the third of the calendar.
    crunch = listed(
        (month_name[(2 - n) % 12 + 1] for n in reversed(range(crunch_months))), last="or"
    )
    for period in shown:
        sums = told.forecast.sums(period)
        if sums.crunch and not period.quarter:
            yield (
                f"WARN: {money(sums.crunch)} of the {money(sums.unadjusted)} for {period} is "
                f"forecast for {crunch}; a slip takes it out of the year."
            )
    if told.overdue:
        yield (
            f"{counted(told.overdue, 'completion is', 'completions are')} overdue and counted as "
            f"from {day(on)}; forecast them anew: `disposals milestone forecast`."
        )
    if told.held.cases:
        yield (
            f"{counted(told.held.cases, 'case is', 'cases are')} on hold: {money(told.held.pence)} "
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
    for silent, heap in told.silent.items():
        if heap.cases and silent not in {Silent.WITHDRAWN, Silent.IN_PARTS}:
            worth = f" ({money(heap.pence)})" if heap.pence else ""
            yield f"Not counted: {counted(heap.cases, 'case')}{worth}, {silent}."
    if told.endless:
        yield (
            f"Cases without a forecast completion cost {money(told.endless)} a month to hold, "
            "which no period shows."
        )
