"""The facts of the report to the committee, as an audience may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from disposals.disclosure.fields import Audience, fields_of
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Entry, Reader, Written
from disposals.disclosure.programme import lines_of
from disposals.finding import find_site, holdings_of
from disposals.policy import council
from disposals.records.consultations import Consultation
from disposals.records.decisions import Assessment, Decision
from disposals.records.documents import Document
from disposals.records.marketing import Campaign
from disposals.records.options import Option
from disposals.records.surplus import Declaration
from disposals.register import Register
from disposals.vocabulary import PaperKind, Screening
from sites.parts import in_force

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report's facts; rows are the open fields of records, by name.

    Attributes:
        stamp: the case, its version and the seal.
        decision: the decision proposed; empty where none is recorded or open.
        parts: that the land is cut into, by number, each with its purpose.
        milestones: each with when it is expected, by date.
        kept_back: what is recorded and not open, for the commands that open it: “decision”,
            “option”, “recommended” (the option that is), “campaign”, “consultation”, “milestone”,
            and each screening.
        has_appendix: it has an exempt appendix.
        paragraphs: of Schedule 12A, under which the exempt appendix is exempt.
    """

    reference: str
    name: str
    council: str
    on: date
    stamp: str
    decision: Facts
    sites: Sequence[Facts]
    parts: Sequence[tuple[int, str]]
    declarations: Sequence[Facts]
    options: Sequence[Facts]
    campaigns: Sequence[Facts]
    consultations: Sequence[Facts]
    assessments: Sequence[Facts]
    documents: Sequence[Facts]
    milestones: Sequence[tuple[str, str]]
    kept_back: Mapping[str, Entry | None]
    has_appendix: bool
    paragraphs: tuple[str, ...]
    written: Written


def report_facts(
    register: Register, ref: str, *, audience: Audience, on: date, with_appendix: bool = False
) -> ReportFacts:
    """The facts of the report on a case and its parts.

    Args:
        on: the day of the report.
        with_appendix: it has an exempt appendix, even if no one has written into that yet.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.asked(on).read() as session:
        reader = Reader(session, ref, audience)
        case = reader.case
        decisions = reader.told(Decision)
        lines = lines_of(
            session, [ref, *(part.ref for part in reader.parts)], audience=audience, on=on
        )
        return ReportFacts(
            reference=ref,
            name=case.name,
            council=council(case.authority),
            on=on,
            stamp=stamped(session, case),
            decision=decisions[-1] if decisions else {},
            sites=[
                fields_of(find_site(session, holding.site_ref), audience)
                for holding in holdings_of(session, ref)
            ],
            parts=_parts(session, ref, audience, on),
            declarations=reader.told(Declaration),
            options=sorted(reader.told(Option), key=lambda told: str(told["no"])),
            campaigns=reader.told(Campaign),
            consultations=reader.told(Consultation),
            assessments=reader.told(Assessment),
            documents=reader.told(Document),
            milestones=[(line.when, line.name) for line in lines if not line.is_void],
            kept_back=_kept_back(reader, on),
            has_appendix=with_appendix or reader.is_written(PaperKind.EXEMPT_APPENDIX),
            paragraphs=reader.exempt_paragraphs(),
            written=reader.written(PaperKind.REPORT),
        )


def _kept_back(reader: Reader, on: date) -> dict[str, Entry | None]:
    found = {
        "decision": reader.kept_back(Decision),
        "option": reader.kept_back(Option),
        "recommended": reader.kept_back(Option, lambda row: row.is_recommended),
        "campaign": reader.kept_back(Campaign),
        "consultation": reader.kept_back(Consultation),
        "milestone": reader.milestone_kept_back(lambda line: not line.is_void, on=on),
    }
    return found | {kind.value: _screening_kept_back(reader, kind) for kind in Screening}


def _screening_kept_back(reader: Reader, kind: Screening) -> Entry | None:
    return reader.kept_back(Assessment, lambda row: row.kind is kind, wanted=frozenset({"kind"}))


def _parts(session: Session, ref: str, audience: Audience, on: date) -> list[tuple[int, str]]:
    told = [
        fields_of(part, audience)
        for holding in holdings_of(session, ref)
        if holding.part_no is None
        for part in in_force(session, holding.site_ref, on=on)
    ]
    return [(part["no"], part["purpose"]) for part in told]
