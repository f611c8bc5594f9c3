"""Which receipts are of which contract: what came in under it, and deposits and fees before it."""

from collections.abc import Iterable
from datetime import date
from itertools import chain

from disposals.records.bids import Bid
from disposals.records.completion import Contract, Receipt
from disposals.records.terms import HeadsOfTerms
from disposals.vocabulary import ReceiptKind, Standing

BEFORE_A_CONTRACT = (
    ReceiptKind.DEPOSIT, ReceiptKind.RESERVATION_FEE,
    ReceiptKind.LOCK_OUT_FEE, ReceiptKind.OPTION_FEE,
)  # fmt: skip


def is_a(receipt: Receipt | str, *kinds: ReceiptKind) -> bool:
    """Whether a receipt, or what it is called, is of one of these kinds, however it is typed."""
    kind = receipt if isinstance(receipt, str) else receipt.kind
    return " ".join(kind.split()).casefold() in kinds


def towards_price(receipts: Iterable[Receipt]) -> list[Receipt]:
    """What of some receipts pays the price and what is due beside it; overage comes on top."""
    return [each for each in receipts if not is_a(each, ReceiptKind.OVERAGE)]


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
    lost = _last_lost_on(contract, terms, bids)
    return [
        each
        for each in receipts
        if each.received_on >= contract.exchanged_on
        or (each.received_on > lost and is_a(each, *BEFORE_A_CONTRACT))
    ]


def _last_lost_on(contract: Contract, terms: Iterable[HeadsOfTerms], bids: Iterable[Bid]) -> date:
    """The last day before an exchange on which a buyer was lost; the first of all days if none."""
    days = chain(
        (each.lapsed_on for each in terms if each.lapsed_on is not None),
        (each.recorded_on for each in bids if each.standing is Standing.FELL_THROUGH),
    )
    return max((on for on in days if on <= contract.exchanged_on), default=date.min)
