"""The facts of a record of decision, proposed or signed, as an audience may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from disposals.deadlines.after_taking import effective_on
from disposals.deadlines.decision_file import DecisionFile
from disposals.disclosure.decisions import tells_how_far
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Entry, Reader, Written
from disposals.disclosure.rows import withheld_of
from disposals.errors import NotAllowed, NotRecorded
from disposals.policy import Policy, council
from disposals.records.cases import Disposal
from disposals.records.decisions import CallIn, Decision, Referral
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
        kept_back: what is recorded and not open, for the command that opens it: the decision, or
            where that is open what a committee made of it.
        referrals: the committees that it was put before, and what each made of it.
        call_in: what came of it when it was called in; empty where it was not.
        effective_on: the day from which it may be acted on; None while nobody can say.
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
    kept_back: Entry | None
    referrals: Sequence[Facts]
    call_in: Facts
    effective_on: date | None
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
    with register.asked(on).read() as session:
        reader = Reader(session, case_decided(session, number).ref, audience)
        rows = [row for row in reader.counting(Decision) if row.number == number]
        is_open = bool(rows) and "taken_on" not in withheld_of(rows[-1])
        if is_signed and is_open and rows[-1].taken_on is None:
            raise NotAllowed(
                f"{number} has not been taken, so there is no record to sign. Write the proposed "
                f"record without --signed, or record the taking: `disposals decision take {number} "
                "--interests 'None declared' --on DATE`."
            )
        told = _of(reader, Decision, number)
        call_ins = _of(reader, CallIn, number)
        return RecordFacts(
            number=number,
            reference=reader.case.ref,
            council=council(reader.case.authority),
            name=reader.case.name,
            on=on,
            stamp=stamped(session, reader.case),
            decision=told[-1] if told else {},
            kept_back=_kept_back(reader, number, is_told=bool(told)),
            referrals=_by_committee(_of(reader, Referral, number)),
            call_in=call_ins[-1] if call_ins else {},
            effective_on=_effective_on(reader, rows[-1], on) if rows else None,
            options=sorted(reader.told(Option), key=lambda option: str(option["no"])),
            recommendation=reader.written(PaperKind.REPORT).texts.get("recommendation"),
            written=reader.written(PaperKind.RECORD),
            is_signed=is_signed,
        )


def _effective_on(reader: Reader, decision: Decision, on: date) -> date | None:
    """The day from which it may be acted on, where all is open that the day follows from."""
    calls = reader.shown(CallIn)
    if not tells_how_far(decision) or calls.lacks(lambda row: row.number == decision.number):
        return None
    called = [row for row in calls.rows if row.number == decision.number]
    file = DecisionFile(decision, call_in=called[-1] if called else None)
    return effective_on(file, Policy(reader.case.authority, on))


def _kept_back(reader: Reader, number: str, *, is_told: bool) -> Entry | None:
    kind: type[Decision | Referral] = Referral if is_told else Decision
    return reader.kept_back(
        kind, lambda row: row.number == number, wanted=frozenset({"number", "meeting_on"})
    )


def _of(reader: Reader, kind: type[Decision | Referral | CallIn], number: str) -> list[Facts]:
    return [each for each in reader.told(kind) if each["number"] == number]


def _by_committee(referrals: Sequence[Facts]) -> list[Facts]:
    """Each once, however many cases the decision covers, in the order of the meetings."""
    last = {each["committee"]: each for each in referrals if each["meeting_on"]}
    return sorted(last.values(), key=lambda each: each["meeting_on"])


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
