"""What sum a case rests on, and how it is paid: the surest that is recorded. All sums are pence."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from disposals.appraisal import Rates, present_value
from disposals.consideration import cash
from disposals.draws import month_of
from disposals.errors import BadFact
from disposals.facts import Facts
from disposals.paid import since_last_lost, towards_price
from disposals.payments import Payment
from disposals.vocabulary import Standing

Sums = tuple[tuple[int, int], ...]  # months after completion, and pence


class Basis(StrEnum):
    """What the sum of a line rests on, the surest first."""

    RECEIPT = "receipt recorded"
    CONTRACT = "contract"
    TERMS = "heads of terms agreed"
    PREFERRED = "preferred bid"
    SHORTLISTED = "best shortlisted bid"
    VALUATION = "valuation"


class Surest(NamedTuple):
    """The surest sum that is known of a case.

    Attributes:
        bid: the one that it rests on, if one.
        is_unread: how the price is paid can't be read, so that all of it counts at once.
    """

    basis: Basis | None = None
    paid: tuple[Payment, ...] = ()
    bid: Any = None
    is_unread: bool = False


def surest(facts: Facts, at: Rates) -> Surest:
    """The surest sum that is known, how it is paid, and what it rests on."""
    terms: Any = max(facts.terms, key=lambda row: int(row.terms_version), default=None)
    if facts.contracts:
        contract = facts.contracts[-1]
        same = terms is not None and terms.price_pence == contract.price_pence
        after = terms.overage_after_months if same else _months_until(contract, facts.completion)
        payments = terms.payments if same else None
        paid, unread = _paid(
            contract.price_pence, payments, contract.overage_guaranteed_pence, after
        )
        return Surest(Basis.CONTRACT, paid, None, unread)
    bids = _in_the_running(facts)
    preferred = next((bid for bid in bids if bid.standing == Standing.PREFERRED), None)
    if terms is not None:
        return _of(Basis.TERMS, terms, preferred)
    if preferred is not None:
        return _of(Basis.PREFERRED, preferred, preferred)
    if bids:
        offers = [_of(Basis.SHORTLISTED, bid, bid) for bid in bids]
        return max(offers, key=lambda offer: present_value(offer.paid, at))
    if facts.valuations:
        return Surest(Basis.VALUATION, cash(facts.valuations[-1].value_pence, None, None, None))
    return Surest()


def _months_until(contract: Any, completion: Any) -> int:
    """How long after completion an overage falls due at the latest."""
    until = contract.overage_until
    if until is None:
        return 0
    begins = contract.exchanged_on if completion is None else completion.latest_on
    return max(0, month_of(until) - month_of(begins))


def _of(basis: Basis, row: Any, bid: Any) -> Surest:
    """What terms or a bid bring in money; works and the like are consideration, but no receipt."""
    paid, unread = _paid(
        row.price_pence, row.payments, row.overage_guaranteed_pence, row.overage_after_months
    )
    if row is bid and bid.abnormal_costs_pence:
        paid = (*paid, Payment(Decimal(-bid.abnormal_costs_pence), 0))
    return Surest(basis, paid, bid, unread)


def _paid(
    price: int, payments: str | None, guaranteed: int | None, after: int | None
) -> tuple[tuple[Payment, ...], bool]:
    """What is paid and when; one sale that can't be read does not stop the forecast of all."""
    try:
        return cash(price, payments, guaranteed, after), False
    except BadFact:
        return cash(price, None, guaranteed, after), True


def _in_the_running(facts: Facts) -> list[Any]:
    """The bids of the campaign that runs, where their price is known."""
    running = max((row.no for row in facts.campaigns if row.ended_on is None), default=0)
    return [bid for bid in facts.bids if bid.campaign_no >= running and bid.price_pence is not None]


def of_this_sale(facts: Facts) -> list[Any]:
    """What came in for the contract that stands, overage apart."""
    price = towards_price(facts.receipts)
    if not facts.contracts:
        return price
    lost = [row.lapsed_on for row in facts.lapsed_terms]
    lost += [row.recorded_on for row in facts.fallen_bids]
    return since_last_lost(facts.contracts[-1].exchanged_on, price, lost)


def outstanding(paid: Sequence[Payment], received: int) -> Sums:
    """What of some payments has not come in; the first are taken to be paid first."""
    owed = []
    for months, pence in in_whole_pence(paid):
        come = min(received, pence)
        received -= come
        if pence > come:
            owed.append((months, pence - come))
    return tuple(owed)


def in_whole_pence(paid: Sequence[Payment]) -> Sums:
    """Months and whole pence; what parts of a penny make up goes with the last."""
    if len(paid) == 1:
        return ((paid[0].months, int(paid[0].pence)),)
    sums: dict[int, Decimal] = {}
    for each in paid:
        sums[each.months] = sums.get(each.months, Decimal(0)) + each.pence
    whole = {months: int(pence) for months, pence in sorted(sums.items())}
    if whole:
        whole[max(whole)] += int(sum(sums.values())) - sum(whole.values())
    return tuple(whole.items())
