"""What a decision lets the officers do next; it quotes a price, so it is for officers alone."""

from datetime import date

from disposals.fallback import Offered, fallback
from disposals.finding import find_case
from disposals.register import Register


def fallback_of(register: Register, ref: str, *, on: date) -> Offered:
    """What the decision on a case authorises if the buyer is lost or offers less.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        return fallback(session, find_case(session, ref), on)
