"""Decisions: on which cases one is recorded, in which versions."""

from sqlmodel import col, select

from disposals.finding import find_case
from disposals.records.decisions import Decision
from disposals.register import Register


def seen(register: Register, number: str) -> dict[str, int]:
    """The version of every case on which a decision of that number is recorded."""
    with register.read() as session:
        refs = session.exec(
            select(Decision.disposal_ref).where(col(Decision.number) == number).distinct()
        ).all()
        return {ref: find_case(session, ref).version for ref in refs}
