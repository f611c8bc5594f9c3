"""The facts of the handover sheet, for the next officer alone: it quotes what is exempt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from disposals.deadlines.clock import Clock
from disposals.disclosure.agenda import Item, Matter, agenda
from disposals.disclosure.cases import Outlook, history, outlook
from disposals.disclosure.clocks import CaseClocks, clocks
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Reader
from disposals.disclosure.programme import Asked, milestones
from disposals.finding import own_in_force
from disposals.policy import council
from disposals.records.classification import Classification
from disposals.records.consultations import Consultation
from disposals.records.documents import Document
from disposals.register import Register
from disposals.vocabulary import Disclosure

_LAST = 10


@dataclass(frozen=True, slots=True)
class Stands:
    """A case or part: its stage, since when, whose it is, and why it is on hold if it is."""

    reference: str
    name: str
    stage: str
    since: date
    officer: str | None
    held: str | None


@dataclass(frozen=True, slots=True)
class Consulted:
    """Whom the council spoke to, by role or body."""

    consultee: str
    capacity: str
    held_on: date | None
    said: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Filed:
    """A document, by the case and entry under which `document get` finds it."""

    reference: str
    entry: int
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """An entry that was declared exempt, and when the public interest is weighed again."""

    reference: str
    entry: str
    paragraphs: str | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Happened:
    """An act, and how often it was done one after the other on that day by the same person."""

    reference: str
    on: date
    act: str
    by: str
    because: str | None
    times: int


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """What the handover sheet says of a case and its parts.

    Attributes:
        clocks: those that have not ended, each once, though parts have them from the whole.
        milestones: neither met nor void, what presses first at the head.
    """

    reference: str
    name: str
    council: str
    on: date
    stamp: str
    stands: Sequence[Stands]
    outlook: Sequence[Outlook]
    agenda: Sequence[Item]
    clocks: Sequence[Clock]
    steps: Sequence[CaseClocks]
    milestones: Sequence[Mapping[str, Any]]
    consulted: Sequence[Consulted]
    documents: Sequence[Filed]
    withheld: Sequence[Withheld]
    happened: Sequence[Happened]


def handover_facts(register: Register, ref: str, *, on: date) -> HandoverFacts:
    """The facts of the handover sheet of a case and its parts, for officers alone.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    running = clocks(register, ref, on=on)
    refs = [each.reference for each in running]
    acts = {each: history(register, each, audience=Audience.OFFICER) for each in refs}
    lines = milestones(register, Asked(ref=ref), audience=Audience.OFFICER, on=on).lines
    ahead = outlook(register, ref, on=on)
    items = agenda(register, on=on, refs=refs)
    with register.asked(on).read() as session:
        reader = Reader(session, ref, Audience.OFFICER)
        return HandoverFacts(
            reference=ref,
            name=reader.case.name,
            council=council(reader.case.authority),
            on=on,
            stamp=stamped(session, reader.case),
            stands=[
                Stands(
                    case.ref, case.name, case.stage, _since(acts[case.ref]), case.officer,
                    case.held_because if case.held_on else None,
                )
                for case in (reader.case, *reader.parts)
            ],
            outlook=ahead,
            agenda=[item for item in items if item.matter is not Matter.BLOCKED],
            clocks=_running(running, on),
            steps=[case for case in running if case.lawful],
            milestones=[line for line in lines if not line["met"] and not line["is_void"]],
            consulted=[
                Consulted(row.consultee, row.capacity.value, row.held_on, row.said, row.answer)
                for row in reader.counting(Consultation)
            ],
            documents=[
                Filed(row.disposal_ref, row.id or 0, row.title, row.kind)
                for row in reader.counting(Document)
            ],
            withheld=[
                _withheld(row)
                for each in refs
                for row in own_in_force(session, Classification, each)
                if row.verdict is Disclosure.EXEMPT
            ],
            happened=_last(acts),
        )  # fmt: skip


def _since(acts: Sequence[Mapping[str, Any]]) -> date:
    """The day of the last move; opening the case is one."""
    moved: list[date] = [act["on"] for act in acts if act["from_stage"] != act["to_stage"]]
    return moved[-1]


def _running(found: Sequence[CaseClocks], on: date) -> list[Clock]:
    running: list[Clock] = []
    for clock in (each for case in found for each in case.clocks):
        if clock not in running and (clock.ends_on is None or clock.ends_on >= on):
            running.append(clock)
    return running


def _withheld(row: Classification) -> Withheld:
    name = f"{row.kind.replace('_', '-')}-{row.entry}"
    told = f"{name}, {row.field}" if row.field else name
    return Withheld(row.disposal_ref, told, row.paragraphs, row.review_on)


def _last(acts: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Happened]:
    """The last acts of a family of cases, the newest first."""
    found = [(ref, act) for ref, own in acts.items() for act in own]
    found.sort(key=lambda e: (e[1]["on"], e[1]["at"], e[0], e[1]["no"]), reverse=True)
    grouped = groupby(found, lambda e: (e[0], e[1]["on"], e[1]["act"], e[1]["by"], e[1]["because"]))
    return [Happened(*key, times=len(list(same))) for key, same in grouped][:_LAST]
