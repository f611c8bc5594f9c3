"""Which receipts are of which contract: what came in under it, and deposits and fees before it."""

from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import Protocol, TypeVar

from disposals.records.bids import Bid
from disposals.records.completion import Contract, Receipt
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import ReceiptKind, Standing

BEFORE_A_CONTRACT = (
    ReceiptKind.DEPOSIT, ReceiptKind.RESERVATION_FEE,
    ReceiptKind.LOCK_OUT_FEE, ReceiptKind.OPTION_FEE,
)  # fmt: skip


class _Received(Protocol):
    """A receipt, as it is recorded or as the forecast has it."""

    @property
    def kind(self) -> str: ...
    @property
    def received_on(self) -> date: ...


R = TypeVar("R", bound=_Received)


def is_a(kind: str, *kinds: ReceiptKind) -> bool:
    """Whether what a receipt is called is one of these kinds, however it is typed."""
    return " ".join(kind.split()).casefold() in kinds


def towards_price(receipts: Iterable[R]) -> list[R]:
    """What of some receipts pays the price and what is due beside it; overage comes on top."""
    return [each for each in receipts if not is_a(each.kind, ReceiptKind.OVERAGE)]


def under(
    contract: Contract,
    receipts: Iterable[Receipt],
    *,
    terms: Iterable[HeadsOfTerms],
    bids: Iterable[Bid],
) -> list[Receipt]:
    """The receipts of a contract: all since its exchange, and deposits and fees before it.

    What a buyer paid who was lost before the exchange counts for no other.

    Args:
        receipts: those of the case in force, in the order in which they are handed back.
        terms: all heads of terms of the case, lapsed ones too.
        bids: all its bids, those that fell through too.
    """
    lost = chain(
        (each.lapsed_on for each in terms if each.lapsed_on is not None),
        (each.recorded_on for each in bids if each.standing is Standing.FELL_THROUGH),
    )
    return since_last_lost(contract.exchanged_on, receipts, lost)


def since_last_lost(exchanged_on: date, receipts: Iterable[R], lost: Iterable[date]) -> list[R]:
    """The same by the day of the exchange, and the days on which buyers were lost."""
    last = max((on for on in lost if on <= exchanged_on), default=date.min)
    return [
        each
        for each in receipts
        if each.received_on >= exchanged_on
        or (each.received_on > last and is_a(each.kind, *BEFORE_A_CONTRACT))
    ]
