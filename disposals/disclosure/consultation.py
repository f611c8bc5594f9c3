"""The consultation log: every contact about a disposal, its whole and its parts, by its day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from disposals.disclosure.fields import Audience
from disposals.disclosure.rows import own_in_force, withheld_of
from disposals.finding import find_case, parts_of
from disposals.records.consultations import Consultation
from disposals.register import Register
from disposals.vocabulary import Capacity

_SHOWN = ("held_on", "consultee", "capacity", "said", "answer", "source")


@dataclass(frozen=True, slots=True)
class Log:
    """Who was spoken to, and in what capacity nobody was.

    Attributes:
        contacts: those that the audience may see, by day; those of no recorded day at the end.
        unheard: the capacities of which no dated contact is shown.
        unanswered: how many of the contacts have no answer recorded.
    """

    contacts: list[dict[str, Any]]
    unheard: list[Capacity]
    unanswered: int


def log(register: Register, ref: str, *, audience: Audience) -> Log:
    """The contacts recorded on a disposal, on its whole and on its parts.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        case = find_case(session, ref)
        family = [case.ref, *(part.ref for part in parts_of(session, ref))]
        if case.whole_ref is not None:
            family.append(case.whole_ref)
        rows = [
            row for each in family for row in own_in_force(session, Consultation, each, audience)
        ]
    rows.sort(key=lambda row: (row.held_on or date.max, row.id or 0))
    heard = {row.capacity for row in rows if row.held_on is not None}
    return Log(
        contacts=[
            {"reference": row.disposal_ref} | {name: getattr(row, name) for name in _SHOWN}
            for row in rows
        ],
        unheard=[each for each in Capacity if each not in heard],
        unanswered=sum(row.answer is None and "answer" not in withheld_of(row) for row in rows),
    )
