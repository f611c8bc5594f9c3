"""Money, dates, areas and lists as officers write them."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from disposals.errors import BadFact

_AMOUNT = re.compile(r"£?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]{2})?")


def day(on: date) -> str:
    """A date in full: 9 November 2021."""
    return f"{on.day} {on:%B %Y}"


def money(pence: int) -> str:
    """Pounds from pence: £1,250,000, with pence only where there are any."""
    if pence < 0:
        return f"-{money(-pence)}"
    pounds = Decimal(pence) / 100
    return f"£{pounds:,.0f}" if pence % 100 == 0 else f"£{pounds:,.2f}"


def pence(written: str) -> int:
    """Pence from pounds as officers write them: 1250000, £1,250,000 or 1250000.50.

    Raises:
        BadFact: it is no amount of money, is negative, or has parts of a penny.
    """
    if not _AMOUNT.fullmatch(written.strip()):
        raise BadFact(f"“{written}” is not an amount of money. Write 1250000 or £1,250,000.50.")
    return int(Decimal(written.strip().removeprefix("£").replace(",", "")) * 100)


def area(hectares: Decimal, acres: Decimal) -> str:
    """Both measures, as reports give them: 0.522 ha (1.29 acres)."""
    return f"{hectares:.3f} ha ({acres:.2f} acres)"


def plainly(name: str) -> str:
    """A stored name as it is read aloud: heads_of_terms becomes “heads of terms”."""
    return name.replace("_", " ").replace("-", " ")


def listed(items: Iterable[str], *, last: str = "and") -> str:
    """A list in a sentence: a, b and c."""
    *head, tail = items
    return f"{', '.join(head)} {last} {tail}" if head else tail


def counted(number: int, thing: str, things: str | None = None) -> str:
    """A count with its noun: 1 gate, 2 gates."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"
