"""How a price is paid: “10% now; 90% after 36 months” as sums of money, each with its time."""

import re
from decimal import Decimal
from typing import NamedTuple

from disposals.errors import BadFact
from disposals.words import money, pence

_MOST_MONTHS = 1200
_WHOLE = Decimal(100)


class Payment(NamedTuple):
    """A sum of money at a time.

    Attributes:
        pence: more than nothing where the council receives it, less where it pays.
        months: from now.
    """

    pence: Decimal
    months: int


def stages(written: str | None, price_pence: int) -> tuple[Payment, ...]:
    """The payments of a price, in the order written; the whole at once where nothing is.

    Args:
        written: shares or sums, each “now” or “after N months” or “years”, parted by semicolons.

    Raises:
        BadFact: it can't be read, or does not add up to the price.
    """
    if written is None:
        return (Payment(Decimal(price_pence), 0),)
    found = [_stage(part, price_pence) for part in written.split(";")]
    total = sum((payment.pence for payment in found), Decimal(0))
    if abs(total - price_pence) >= 1:
        raise BadFact(
            f"payments: “{written}” adds up to {money(int(total))}, and the price is "
            f"{money(price_pence)}. Every penny of the price is paid at some time."
        )
    return tuple(found)


def _stage(part: str, price_pence: int) -> Payment:
    share, _, when = " ".join(part.split()).partition(" ")
    months = _months(when.lower())
    amount = _amount(share, price_pence)
    if months is None or amount is None:
        raise BadFact(
            f"payments: “{part.strip()}” can't be read. Write shares or sums with their times, "
            "such as “10% now; 90% after 36 months”."
        )
    return Payment(amount, months)


def _amount(share: str, price_pence: int) -> Decimal | None:
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,4})?%", share):
        percent = Decimal(share[:-1])
        return None if percent > _WHOLE else price_pence * percent / _WHOLE
    try:
        return Decimal(pence(share))
    except BadFact:
        return None


def _months(when: str) -> int | None:
    if when in {"now", "at once"}:
        return 0
    told = re.fullmatch(r"after ([0-9]{1,4}) (month|year)s?", when)
    if told is None:
        return None
    months = int(told[1]) * (12 if told[2] == "year" else 1)
    return months if months <= _MOST_MONTHS else None
