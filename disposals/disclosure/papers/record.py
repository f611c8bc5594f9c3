"""The facts of a record of decision, proposed or signed, as an audience may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Reader, Written
from disposals.errors import NotAllowed, NotRecorded
from disposals.policy import council
from disposals.records.cases import Disposal
from disposals.records.decisions import Decision
from disposals.records.options import Option
from disposals.register import Register
from disposals.vocabulary import PaperKind
from disposals.words import listed

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """A record of decision's facts.

    Attributes:
        reference: of the case that it is recorded on.
        decision: its open fields, by name; empty where it is not declared open.
        options: of the report, as the audience may see them.
        recommendation: what the report asks the committee to endorse, where that is written.
        is_signed: the record of a decision that was taken, not of one that is proposed.
    """

    number: str
    reference: str
    council: str
    name: str
    on: date
    stamp: str
    decision: Facts
    options: Sequence[Facts]
    recommendation: str | None
    written: Written
    is_signed: bool


def record_facts(
    register: Register, number: str, *, audience: Audience, on: date, is_signed: bool
) -> RecordFacts:
    """The facts of the record of a decision.

    Args:
        is_signed: the record as the taker signs it.

    Raises:
        NotRecorded: no decision of that number is recorded.
        NotAllowed: it is to be signed, and was not taken.
    """
    with register.read() as session:
        reader = Reader(session, case_decided(session, number).ref, audience)
        rows = [row for row in reader.counting(Decision) if row.number == number]
        if is_signed and rows[-1].taken_on is None:
            raise NotAllowed(
                f"{number} has not been taken, so there is no record to sign. Write the proposed "
                f"record without --signed, or record the taking: `disposals decision take {number} "
                "--interests 'None declared' --on DATE`."
            )
        told = [each for each in reader.told(Decision) if each["number"] == number]
        return RecordFacts(
            number=number,
            reference=reader.case.ref,
            council=council(reader.case.authority),
            name=reader.case.name,
            on=on,
            stamp=stamped(session, reader.case),
            decision=told[-1] if told else {},
            options=sorted(reader.told(Option), key=lambda option: str(option["no"])),
            recommendation=reader.written(PaperKind.REPORT).texts.get("recommendation"),
            written=reader.written(PaperKind.RECORD),
            is_signed=is_signed,
        )


def case_decided(session: Session, number: str) -> Disposal:
    """The case that a decision is recorded on: the whole before its parts.

    Raises:
        NotRecorded: no decision of that number is recorded; names those that are.
    """
    refs = session.exec(
        select(Decision.disposal_ref).where(col(Decision.number) == number).distinct()
    ).all()
    if not refs:
        known = session.exec(select(Decision.number).distinct().order_by(col(Decision.number)))
        there = listed(known.all() or ["none"])
        raise NotRecorded(
            f"No decision {number} is recorded; those recorded are {there}. Record it first: "
            "`disposals decision add`."
        )
    cases = session.exec(select(Disposal).where(col(Disposal.ref).in_(refs))).all()
    return min(cases, key=lambda case: (case.whole_ref is not None, case.ref))
