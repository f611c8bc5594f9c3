"""What the council receives in money or money's worth: the only thing that is summed.

LGA 1972 s.123(2). A guaranteed overage counts ([2013] EWHC 523 (Admin), Barnet); affordable homes,
section 106 and levies do not: they go to others.
"""

from dataclasses import dataclass
from decimal import Decimal

from disposals.appraisal import Rates, present_value
from disposals.payments import Payment, stages
from disposals.records.bids import Bid
from disposals.records.terms import HeadsOfTerms


@dataclass(frozen=True, slots=True)
class Worth:
    """The consideration of an offer or of terms, in pence.

    Attributes:
        payments: every sum and when it is paid; abnormal costs that are taken off are less than
            nothing.
        nominal: all of them added up as they stand.
        present: their net present value, unrounded.
    """

    payments: tuple[Payment, ...]
    nominal: int
    present: Decimal


def worth(offer: Bid | HeadsOfTerms, at: Rates) -> Worth | None:
    """The consideration of an offer; None while its price is not known.

    Raises:
        BadFact: its payments do not add up to its price.
    """
    if offer.price_pence is None:
        return None
    extras = []
    if offer.overage_guaranteed_pence:
        after = offer.overage_after_months or 0
        extras.append(Payment(Decimal(offer.overage_guaranteed_pence), after))
    if isinstance(offer, Bid):
        if offer.other_consideration_pence:
            extras.append(Payment(Decimal(offer.other_consideration_pence), 0))
        if offer.abnormal_costs_pence:
            extras.append(Payment(Decimal(-offer.abnormal_costs_pence), 0))
    payments = (*stages(offer.payments, offer.price_pence), *extras)
    return Worth(
        payments=payments,
        nominal=offer.price_pence + int(sum(each.pence for each in extras)),
        present=present_value(payments, at),
    )
