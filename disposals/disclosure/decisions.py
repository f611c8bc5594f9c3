"""Executive decisions: how far each has come, what was recorded of it, and its clocks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from disposals.deadlines.after_taking import effective_on
from disposals.deadlines.clock import Clock
from disposals.deadlines.decision_file import DecisionFile, decision_files
from disposals.deadlines.decisions import State, clocks_of_decision, state_of
from disposals.disclosure.entries import named
from disposals.disclosure.fields import Audience, fields_of
from disposals.disclosure.rows import everywhere, withheld_of
from disposals.errors import NotRecorded
from disposals.policy import Policy
from disposals.records.base import Evidence
from disposals.records.decisions import CallIn, Decision, PrivateMeeting, Referral
from disposals.register import Register

# By these it is known which decision a row belongs to, and how far it has come.
_HOW_FAR = frozenset(
    {
        "number", "is_key", "notice_on", "committee", "considered_on", "taken_on", "published_on",
        "exception", "exception_on", "urgency", "call_in_waived", "withdrawn_on", "meeting_on",
        "report_published_on", "recommendation", "second_notice_on", "agreed_by", "called_in_on",
        "outcome", "outcome_on", "confirmed_on",
    }
)  # fmt: skip
_BOOKKEEPING = frozenset(Evidence.model_fields) - {"source"}


@dataclass(frozen=True, slots=True)
class Told:
    """One decision, on every case that it covers.

    Attributes:
        references: the cases on which it is recorded.
        entries: what it is called on each of them, in their order, such as decision-3.
        effective_on: the day from which it may be acted on; None while nobody can say.
        facts: of the decision itself; `referrals`, `private`, `call_in` of what belongs to it.
    """

    number: str
    title: str
    references: list[str]
    entries: list[str]
    state: State
    effective_on: date | None
    facts: dict[str, Any]
    referrals: list[dict[str, Any]]
    private: dict[str, Any] | None
    call_in: dict[str, Any] | None
    clocks: list[Clock]


def decisions(register: Register, *, on: date, number: str | None = None) -> list[Told]:
    """Every decision of the register by number, or the one of a number; for officers alone.

    What others may know of those to come is told by `meetings.forthcoming`.

    Raises:
        NotRecorded: there is no decision of that number.
    """
    with register.read() as session:
        files = [
            file
            for file in files_of(session, Audience.OFFICER)
            if number is None or file.decision.number == number
        ]
    if number is not None and not files:
        raise NotRecorded(
            f"No decision {number} is recorded. `disposals decision list` shows those there are."
        )
    by_number: dict[str, list[DecisionFile]] = {}
    for file in files:
        by_number.setdefault(file.decision.number, []).append(file)
    policy = Policy(register.authority, on)
    return [_told(of_one, policy, on) for _, of_one in sorted(by_number.items())]


def files_of(session: Session, audience: Audience) -> list[DecisionFile]:
    """Every decision on every case, with what was recorded of it on that case, for an audience.

    What tells how far a decision has come is told whole or not at all: a decision of which a day
    is kept back would seem to be still to come.
    """

    def by_case(kind: type[Any]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for row in everywhere(session, kind, audience):
            if tells_how_far(row):
                found.setdefault(row.disposal_ref, []).append(row)
        return found

    referrals, meetings, calls = by_case(Referral), by_case(PrivateMeeting), by_case(CallIn)
    return [
        file
        for ref, rows in by_case(Decision).items()
        for file in decision_files(
            rows, referrals.get(ref, []), meetings.get(ref, []), calls.get(ref, [])
        )
    ]


def tells_how_far(row: Evidence) -> bool:
    """Whether nothing is kept back by which one sees how far a decision has come."""
    return not withheld_of(row) & _HOW_FAR


def _told(files: list[DecisionFile], policy: Policy, on: date) -> Told:
    file, decision = files[-1], files[-1].decision
    return Told(
        number=decision.number,
        title=decision.title,
        references=[each.decision.disposal_ref for each in files],
        entries=[named("decision", each.decision) for each in files],
        state=state_of(file, policy, on),
        effective_on=effective_on(file, policy),
        facts=_facts(decision),
        referrals=[_facts(each) for each in file.referrals],
        private=_facts(file.private) if file.private else None,
        call_in=_facts(file.call_in) if file.call_in else None,
        clocks=clocks_of_decision(file, policy, on=on),
    )


def _facts(row: Evidence) -> dict[str, Any]:
    told = {
        name: value
        for name, value in fields_of(row, Audience.OFFICER).items()
        if name not in _BOOKKEEPING and value is not None
    }
    return {"entry": named(str(row.__tablename__), row), **told}
