"""The completion statement, for officers: what is due, what came in, what is left."""

from dataclasses import dataclass
from datetime import date

from disposals import paid
from disposals.errors import NotRecorded
from disposals.finding import find_case, own_in_force
from disposals.records.bids import Bid
from disposals.records.completion import Contract, Receipt, StatementLine
from disposals.records.terms import HeadsOfTerms
from disposals.register import Register


@dataclass(frozen=True, slots=True)
class Statement:
    """A completion statement; it quotes prices, so it is for officers. All sums in pence.

    Attributes:
        lines: kind, what for and how much; less than nothing where the council bears it.
        due: what the buyer owes in all; `received` what of it has come in, `outstanding` the rest.
        net_receipt: the price and all lines, those that the council bears taken off.
        overage_to_come: guaranteed overage that has not come in.
    """

    reference: str
    buyer: str
    exchanged_on: date
    price: int
    deposit: int
    lines: tuple[tuple[str, str, int], ...]
    due: int
    received: int
    outstanding: int
    net_receipt: int
    overage: str | None
    overage_to_come: int
    overage_until: date | None


def statement(register: Register, ref: str, *, on: date) -> Statement:
    """The completion statement of a case as it stands on a day.

    Raises:
        NoSuchCase: there is no case of that reference.
        NotRecorded: no contract is recorded.
    """
    with register.read() as session:
        find_case(session, ref)
        contracts = [c for c in own_in_force(session, Contract, ref) if c.lapsed_on is None]
        lines = [x for x in own_in_force(session, StatementLine, ref) if x.lapsed_on is None]
        receipts = [r for r in own_in_force(session, Receipt, ref) if r.received_on <= on]
        terms, bids = own_in_force(session, HeadsOfTerms, ref), own_in_force(session, Bid, ref)
    if not contracts:
        raise NotRecorded(
            f"{ref} has no contract to make a completion statement of. Record it: "
            f"`disposals completion contract {ref}`."
        )
    contract = contracts[-1]
    owed = contract.price_pence + sum(x.amount_pence for x in lines if x.amount_pence > 0)
    come = paid.under(contract, receipts, terms=terms, bids=bids)
    received = sum(r.amount_pence for r in paid.towards_price(come))
    overage = sum(r.amount_pence for r in come) - received
    return Statement(
        reference=ref,
        buyer=contract.buyer,
        exchanged_on=contract.exchanged_on,
        price=contract.price_pence,
        deposit=contract.deposit_pence or 0,
        lines=tuple((str(x.kind), x.what, x.amount_pence) for x in lines),
        due=owed,
        received=received,
        outstanding=owed - received,
        net_receipt=contract.price_pence + sum(x.amount_pence for x in lines),
        overage=contract.overage,
        overage_to_come=max(0, (contract.overage_guaranteed_pence or 0) - overage),
        overage_until=contract.overage_until,
    )
