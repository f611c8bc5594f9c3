"""What a case brings in, when, and how surely: one line of the forecast of capital receipts.

A sum counts in the financial year of completion. A deposit is none until then, an overage is a
later one and counts by its guaranteed minimum. All sums are pence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple

from disposals.appraisal import Rates, rates, weighed
from disposals.draws import month_of
from disposals.errors import BadFact
from disposals.facts import Facts
from disposals.paid import is_a
from disposals.policy import Policy
from disposals.sums import Basis, Surest, in_whole_pence, of_this_sale, outstanding, surest
from disposals.vocabulary import DateKind, Hurdle, ReceiptKind
from disposals.words import plainly

_WHOLE = 100
Percents = tuple[tuple[str, int], ...]  # what a likelihood is made of, each of 100


class Silent(StrEnum):
    """Why a case brings nothing to the forecast, or not yet."""

    WITHDRAWN = "withdrawn"
    IN_PARTS = "counted by its parts"
    VOID = "what its completion hangs on failed"
    NO_SUM = "no sum is known"
    NO_DATE = "no completion is forecast"
    SMALL = "too small for a capital receipt"


@dataclass(frozen=True, slots=True)
class Weights:
    """The council's table: how likely a receipt is, and how late; every figure of 100."""

    stages: Mapping[str, int]
    conditions: Mapping[str, int]
    slips: tuple[tuple[int, int], ...]
    slips_exchanged: tuple[tuple[int, int], ...]
    small_pence: int
    crunch_months: int
    rates: Rates


class Line(NamedTuple):
    """One case in the forecast.

    Attributes:
        received: month and pence of what is in.
        to_come: months after completion, and pence.
        window: the days on which it may complete; none of them in the past.
        percents: what the likelihood is made of, each of 100.
        is_secured: contracts are exchanged.
        is_unread: how it is paid can't be read, so that all of it counts at completion.
        costs: pence a month, from which day and until before which.
    """

    reference: str
    name: str
    stage: str
    held: str | None
    basis: Basis | None = None
    received: tuple[tuple[int, int], ...] = ()
    to_come: tuple[tuple[int, int], ...] = ()
    window: tuple[date, date] | None = None
    when: str = ""
    percents: Percents = ()
    is_secured: bool = False
    is_completed: bool = False
    is_overdue: bool = False
    is_unread: bool = False
    silent: Silent | None = None
    deposit: int = 0
    costs: tuple[tuple[int, date, date | None], ...] = ()

    @property
    def amount(self) -> int:
        """All that it brings, received or to come."""
        return sum(pence for _, pence in (*self.received, *self.to_come))

    def risk_adjusted(self, pence: int) -> Decimal:
        """A sum that is to come, times every likelihood; unrounded."""
        return pence * likelihood(self.percents)

    @property
    def likelihood(self) -> float:
        """That it comes about, of 1."""
        return float(likelihood(self.percents))

    def months(self) -> Iterator[tuple[int, int, bool]]:
        """Every sum: its month by the forecast, its pence, whether it is received."""
        yield from ((month, pence, True) for month, pence in self.received)
        if self.window is not None and self.silent is None:
            completes = month_of(self.window[1])
            yield from ((completes + after, pence, False) for after, pence in self.to_come)


@lru_cache
def likelihood(percents: Percents) -> Decimal:
    """What is made of each of 100, of 1; most cases have it in common with others."""
    return weighed(Decimal(1), (percent for _, percent in percents))


def weights(policy: Policy) -> Weights:
    """The table in force.

    Raises:
        BadFact: the shares of slips do not add up to 100.
    """
    return Weights(
        stages=_numbers(policy, "receipts.likely"),
        conditions=_numbers(policy, "receipts.condition"),
        slips=_slips(policy, "receipts.slip"),
        slips_exchanged=_slips(policy, "receipts.slip-exchanged"),
        small_pence=policy.number("receipts.de-minimis") * 100,
        crunch_months=policy.number("receipts.crunch"),
        rates=rates(policy),
    )


def _numbers(policy: Policy, table: str) -> dict[str, int]:
    return {name: rule.number for name, rule in policy.table(table).items()}


def _slips(policy: Policy, table: str) -> tuple[tuple[int, int], ...]:
    shares = tuple(sorted((int(name), share) for name, share in _numbers(policy, table).items()))
    total = sum(share for _, share in shares)
    if total != _WHOLE:
        raise BadFact(
            f"The policy's table {table} adds up to {total}, not to 100, so nothing can be drawn "
            f"by it. Correct it in the policy file of {policy.authority}."
        )
    return shares


def judged(facts: Facts, table: Weights, on: date) -> Line:
    """The line of a case as it stands on a day."""
    head = (facts.reference, facts.name, facts.stage, facts.held)
    costs = tuple([(row.monthly_pence, row.from_on, row.until_on) for row in facts.costs])
    if facts.stage == "withdrawn":
        return Line(*head, silent=Silent.WITHDRAWN)
    window = None
    if facts.completion is not None:
        window = (max(facts.completion.earliest_on, on), max(facts.completion.latest_on, on))
    if facts.stage == "in_parts":
        return Line(*head, silent=Silent.IN_PARTS, window=window, costs=costs)
    if facts.is_void:
        return Line(*head, silent=Silent.VOID, costs=costs)
    completed = _completed_on(facts, on)
    known = surest(facts, table.rates)
    if completed is not None:
        return _completed(facts, table, completed, known, on)
    to_come = in_whole_pence(known.paid)
    silent = None
    if known.basis is None:
        silent = Silent.NO_SUM
    elif sum(pence for _, pence in to_come) <= table.small_pence:
        silent = Silent.SMALL
    elif facts.completion is None:
        silent = Silent.NO_DATE
    secured = bool(facts.contracts) or facts.stage == "completion"
    return Line(
        *head, basis=known.basis, to_come=to_come, window=window, silent=silent,
        is_secured=secured, is_unread=known.is_unread,
        when=facts.completion.as_written if facts.completion else "",
        percents=tuple(_percents(facts, table, known.bid, secured=secured)),
        is_overdue=facts.completion is not None and facts.completion.latest_on < on,
        deposit=sum(row.amount_pence for row in of_this_sale(facts)), costs=costs,
    )  # fmt: skip


def _completed_on(facts: Facts, on: date) -> date | None:
    """The day of completion: its milestone met, else the deed, the last receipt, the forecast."""
    if facts.completion is not None and facts.completion.kind == DateKind.ACTUAL:
        return facts.completion.latest_on
    if facts.stage != "completed":
        return None
    if facts.deeds:
        return facts.deeds[-1].dated_on
    days = [row.received_on for row in facts.receipts if not is_a(row.kind, ReceiptKind.OVERAGE)]
    told = None if facts.completion is None else min(facts.completion.latest_on, on)
    return max(days, default=told)


def _completed(
    facts: Facts, table: Weights, completed: date, known: Surest, on: date
) -> Line:  # fmt: skip
    """A case that is completed: what is in, and what is still owed, now at the earliest."""
    price = of_this_sale(facts)
    overage = [row for row in facts.receipts if is_a(row.kind, ReceiptKind.OVERAGE)]
    received = tuple(
        (month_of(max(row.received_on, completed)), row.amount_pence) for row in (*price, *overage)
    )
    paid = known.paid
    owed: tuple[tuple[int, int], ...] = ()
    if facts.contracts:
        has_overage = bool(facts.contracts[-1].overage_guaranteed_pence)
        first = len(paid) - has_overage
        owed = (
            *outstanding(paid[:first], sum(row.amount_pence for row in price)),
            *outstanding(paid[first:], sum(row.amount_pence for row in overage)),
        )
    elif not received:
        owed = in_whole_pence(paid)
    behind = month_of(on) - month_of(completed)
    to_come = tuple((max(months, behind), pence) for months, pence in owed)
    small = sum(pence for _, pence in (*received, *to_come)) <= table.small_pence
    silent = Silent.NO_SUM if not received and not to_come else Silent.SMALL if small else None
    return Line(
        facts.reference, facts.name, facts.stage, facts.held,
        basis=Basis.RECEIPT if received else known.basis,
        received=() if silent else received, to_come=to_come, window=(completed, completed),
        when=_written(completed), is_secured=True, is_completed=True,
        silent=silent, is_unread=known.is_unread,
    )  # fmt: skip


@cache
def _written(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def likely_at(stage: str, table: Weights) -> tuple[str, int]:
    """A stage in words, and how likely a receipt is at it, of 100."""
    return plainly(stage), table.stages.get(stage.replace("_", "-"), table.stages["other"])


def _percents(
    facts: Facts, table: Weights, bid: Any, *, secured: bool
) -> Iterator[tuple[str, int]]:
    """How likely it is: by stage, then by every condition that is open."""
    said, percent = likely_at(facts.stage, table)
    if facts.held is not None and table.stages["on-hold"] < percent:
        percent, said = table.stages["on-hold"], "on hold"
    yield said, percent
    told = set()
    if secured:
        for row in facts.conditions:
            if row.satisfied_on is None and row.waived_on is None:
                told.add(row.title.casefold())
                yield row.title, table.conditions["contract"]
    elif bid is not None:
        yield from _hurdles(facts, table, bid)
    for title in facts.hangs_on:
        if title.casefold() not in told:
            yield title, table.conditions["programme"]


def _hurdles(facts: Facts, table: Weights, bid: Any) -> Iterator[tuple[str, int]]:
    """What the bid depends on: as somebody judged it, else by the table."""
    recorded = {
        row.condition: row.percent
        for row in facts.likelihoods
        if (row.campaign_no, row.bidder) == (bid.campaign_no, bid.bidder)
    }
    for hurdle in Hurdle:
        if getattr(bid, f"subject_to_{hurdle.value}"):
            yield f"{hurdle} of the bid", recorded.get(hurdle, table.conditions[hurdle.value])


def one_month_before(on: date) -> date:
    """The same day of the month before, or its last."""
    last = on.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(on.day, last.day))
