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
    payments = cash(
        offer.price_pence, offer.payments, offer.overage_guaranteed_pence,
        offer.overage_after_months,
    )  # fmt: skip
    nominal = offer.price_pence + (offer.overage_guaranteed_pence or 0)
    if isinstance(offer, Bid):
        extras = (offer.other_consideration_pence or 0, -(offer.abnormal_costs_pence or 0))
        payments = (*payments, *(Payment(Decimal(each), 0) for each in extras if each))
        nominal += sum(extras)
    return Worth(payments=payments, nominal=nominal, present=present_value(payments, at))


def cash(
    price_pence: int,
    payments: str | None,
    guaranteed_pence: int | None,
    after_months: int | None,
) -> tuple[Payment, ...]:
    """What is paid in money and when: the price, then the overage that is paid whatever happens.

    Raises:
        BadFact: the payments do not add up to the price.
    """
    paid = stages(payments, price_pence)
    if guaranteed_pence:
        paid = (*paid, Payment(Decimal(guaranteed_pence), after_months or 0))
    return paid
