"""What the programme of each financial year is to bring in, and every figure that stood before."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from disposals.records.programme import ReceiptTarget
from disposals.register import Register


@dataclass(frozen=True, slots=True)
class Target:
    """A target as it was set, in pence."""

    year: str
    amount: int
    because: str
    on: date
    by: str


def targets(register: Register) -> list[Target]:
    """Every target by year, the latest last; it is the one that counts. For officers alone."""
    query = select(ReceiptTarget).order_by(col(ReceiptTarget.year), col(ReceiptTarget.id))
    if register.as_of is not None:
        query = query.where(ReceiptTarget.recorded_on <= register.as_of)
    with register.read() as session:
        return [
            Target(row.year, row.amount_pence, row.because, row.recorded_on, row.recorded_by)
            for row in session.exec(query)
        ]
