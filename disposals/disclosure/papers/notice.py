"""The facts of the notice of a key decision, gathered for an audience."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from disposals.deadlines.clock import Step
from disposals.deadlines.decision_file import DecisionFile, decision_files
from disposals.deadlines.decisions import clocks_of_decision
from disposals.disclosure.decisions import tells_how_far
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.record import case_decided
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Entry, Reader, Written
from disposals.errors import NotAllowed
from disposals.policy import Policy, council, wording
from disposals.records.decisions import Decision, PrivateMeeting, Referral
from disposals.records.documents import Document
from disposals.register import Register
from disposals.vocabulary import PaperKind
from disposals.words import day

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """The facts of a notice of key decision.

    Attributes:
        reference: of the case that it is recorded on.
        decision: its open fields, by name; empty where it is not declared open.
        kept_back: the decision where it is not, for the command that opens it.
        not_before: the earliest day on which it may be taken, if notice is given on the day that
            the paper bears where none was given before; None while nobody can say, or once taken.
        considered_by: the committees it is put before, each with the day of the meeting.
        documents: open titles of what is submitted to the decision maker.
        usual: what the council always says in such a notice, by section.
        has_appendix: some of what is submitted is exempt, under `paragraphs`.
    """

    number: str
    reference: str
    council: str
    on: date
    stamp: str
    decision: Facts
    kept_back: Entry | None
    not_before: date | None
    considered_by: Sequence[tuple[str, date]]
    documents: Sequence[str]
    has_appendix: bool
    paragraphs: Sequence[str]
    written: Written
    usual: Mapping[str, str]


def notice_facts(register: Register, number: str, *, audience: Audience, on: date) -> NoticeFacts:
    """The facts of the notice that a key decision is to be made.

    Raises:
        NotRecorded: no decision of that number is recorded.
        NotAllowed: it is no key decision, or was withdrawn.
    """
    with register.asked(on).read() as session:
        reader = Reader(session, case_decided(session, number).ref, audience)
        decided = [row for row in reader.counting(Decision) if row.number == number]
        if decided:
            _refuse_needless(decided[-1], on)
        told = [each for each in reader.told(Decision) if each["number"] == number]
        referrals = [row for row in reader.counting(Referral) if tells_how_far(row)]
        meetings = [row for row in reader.counting(PrivateMeeting) if tells_how_far(row)]
        files = decision_files(decided, referrals, meetings, [])
        policy = Policy(reader.case.authority, on)
        return NoticeFacts(
            number=number,
            reference=reader.case.ref,
            council=council(reader.case.authority),
            on=on,
            stamp=stamped(session, reader.case),
            decision=told[-1] if told else {},
            kept_back=reader.kept_back(
                Decision, lambda row: row.number == number, wanted=frozenset({"number"})
            ),
            not_before=_not_before(files[-1], policy, on) if files else None,
            considered_by=_considered_by(files[-1]) if files else [],
            documents=[each["title"] for each in reader.told(Document)],
            has_appendix=reader.is_written(PaperKind.EXEMPT_APPENDIX),
            paragraphs=reader.exempt_paragraphs(),
            written=reader.written(PaperKind.NOTICE),
            usual=wording(reader.case.authority, PaperKind.NOTICE),
        )


def _refuse_needless(decision: Decision, on: date) -> None:
    number = decision.number
    if decision.is_key is False:
        raise NotAllowed(
            f"{number} is not recorded as a key decision, and notice is given of key decisions "
            "alone (SI 2012/2089 reg 9). If it is one, correct it: `disposals decision edit "
            f"{decision.disposal_ref} ENTRY --set is-key=yes --because REASON`."
        )
    if decision.withdrawn_on is not None and decision.withdrawn_on <= on:
        raise NotAllowed(
            f"{number} was withdrawn on {day(decision.withdrawn_on)}, so there is no decision to "
            "give notice of. Record a new one: `disposals decision add`."
        )


def _not_before(file: DecisionFile, policy: Policy, on: date) -> date | None:
    if file.decision.taken_on is not None or not tells_how_far(file.decision):
        return None
    holding = [c for c in clocks_of_decision(file, policy, on=on) if c.holds]
    days = [c.earliest_on for c in holding if c.step is Step.TAKE]
    known = [each for each in days if each is not None]
    return max(known) if known and len(known) == len(days) else None


def _considered_by(file: DecisionFile) -> list[tuple[str, date]]:
    """By the day of the meeting; as the decision itself names it where nothing is referred."""
    found = {(each.committee, each.meeting_on) for each in file.referrals}
    named, planned = file.decision.committee, file.decision.considered_on
    if not found and named and planned:
        found = {(named, planned)}
    return sorted(found, key=lambda each: each[1])
