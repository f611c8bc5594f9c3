"""Totals that anyone can make of what a disposal holds: which values are their terms.

Counts are no sums here: reports give the number of bids and keep their amounts (6 → 4 → 1 at Steele
Avenue, report of 9 November 2021).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from disposals.disclosure.inference import Sum

SUMMED: Mapping[str, frozenset[str]] = {
    "contract": frozenset({"price_pence", "deposit_pence"}),
    "receipt": frozenset({"amount_pence"}),
    "decision": frozenset({"price_pence"}),
    "criterion": frozenset({"weight_percent"}),
}


def sums_of(rows: Mapping[str, Sequence[Any]]) -> list[Sum]:
    """The sums that hold among the entries in force of a site and its parts, by kind.

    A value's key is kind, number of the entry and field.
    """
    return [*_prices_paid(rows), *_prices_decided(rows), *_weights(rows)]


def _prices_paid(rows: Mapping[str, Sequence[Any]]) -> Iterator[Sum]:
    """A price is what is received for it; and the deposit with the balance."""
    for contract in rows["contract"]:
        own = [row for row in rows["receipt"] if row.disposal_ref == contract.disposal_ref]
        price = ("contract", contract.id, "price_pence")
        if own and sum(row.amount_pence for row in own) == contract.price_pence:
            yield Sum(price, tuple(("receipt", row.id, "amount_pence") for row in own))
        for row in own:
            if contract.price_pence - (contract.deposit_pence or 0) == row.amount_pence:
                deposit = ("contract", contract.id, "deposit_pence")
                terms = [("receipt", row.id, "amount_pence")]
                yield Sum(price, (deposit, *terms) if contract.deposit_pence else tuple(terms))


def _prices_decided(rows: Mapping[str, Sequence[Any]]) -> Iterator[Sum]:
    """The price decided for a site is the sum of the prices of its parts."""
    for decision in rows["decision"]:
        sold = rows["contract"]
        if sold and decision.price_pence == sum(row.price_pence for row in sold):
            yield Sum(
                ("decision", decision.id, "price_pence"),
                tuple(("contract", row.id, "price_pence") for row in sold),
            )


def _weights(rows: Mapping[str, Sequence[Any]]) -> Iterator[Sum]:
    """Weights of criteria make up 100 %, as everyone knows."""
    sets: dict[tuple[str, str], list[Any]] = {}
    for row in rows["criterion"]:
        sets.setdefault((row.disposal_ref, row.scored), []).append(row)
    for own in sets.values():
        yield Sum(None, tuple(("criterion", row.id, "weight_percent") for row in own))
