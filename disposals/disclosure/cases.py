"""Cases: the list, one case whole, what stops it, and its history."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from disposals.disclosure.fields import Audience, fields_of, visible
from disposals.disclosure.programme import lines_of
from disposals.disclosure.rows import counting, facts_of
from disposals.finding import find_case, holdings_of, parts_of
from disposals.looking_back import looks_back
from disposals.readiness import (
    definition_of,
    refuse_unknown_officer,
    refuse_unknown_stage,
    report_on,
    spellings_of,
)
from disposals.records import evidence_kinds
from disposals.records.cases import Disposal, HistoryEntry, Holding
from disposals.records.programme import Milestone, MilestoneDate
from disposals.register import Register
from sites.boundaries import current_revision
from sites.records import Site
from workflows.definition import Kind
from workflows.gates import GateReport
from workflows.naming import as_written


@dataclass(frozen=True, slots=True)
class Outlook:
    """What stands between a case and its next stage.

    Attributes:
        to_stage: None where the case is at an end.
        held: why it is on hold, if it is.
        may_split: whether it could be sold in parts from here.
    """

    reference: str
    name: str
    stage: str
    to_stage: str | None
    report: GateReport | None
    held: str | None
    may_split: bool


def listing(
    register: Register,
    *,
    audience: Audience,
    on: date,
    stage: str | None = None,
    officer: str | None = None,
    overdue: bool = False,
) -> list[dict[str, Any]]:
    """The cases of the register, a line each, by reference.

    Args:
        on: the day as of which milestones are overdue or not.
        stage: only cases at that stage.
        officer: only cases of that officer.
        overdue: only cases with a milestone whose time has passed.

    Raises:
        BadFact: no workflow has a stage of that name.
        NotRecorded: no case is in the hands of that officer.
    """
    with register.asked(on).read() as session:
        if stage is not None:
            stage = as_written(stage)
            refuse_unknown_stage(session, stage)
        refuse_unknown_officer(session, officer, tell=audience is Audience.OFFICER)
        query = select(Disposal).order_by(col(Disposal.ref))
        if stage is not None and not looks_back(session):
            query = query.where(Disposal.stage == stage)
        if officer is not None:
            query = query.where(col(Disposal.officer).in_(spellings_of(session, officer)))
        cases = [case for case in session.exec(query) if stage in {None, case.stage}]
        lines = lines_of(session, [case.ref for case in cases], audience=audience, on=on)
    shown = []
    for case in cases:
        own = [line for line in lines if line.reference == case.ref]
        late = [line.name for line in own if line.is_overdue]
        ahead = next((line for line in own if not line.met and not line.is_overdue), None)
        if overdue and not late:
            continue
        values = {
            "reference": case.ref,
            "name": case.name,
            "part_of": case.whole_ref,
            "stage": case.stage,
            "officer": case.officer,
            "on_hold_since": case.held_on,
            "on_hold_because": case.held_because,
            "overdue": late,
            "next_milestone": f"{ahead.name} ({ahead.when})" if ahead else None,
        }
        shown.append(visible("case_line", values, audience))
    return shown


def outlook(register: Register, ref: str, *, on: date) -> list[Outlook]:
    """What stops a case, or each part of a site sold in parts: every gate of the next move.

    Gate reasons quote exempt figures, so this is for officers alone.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        return [_outlook(session, case, on) for case in _itself_or_parts(session, ref)]


def whole_case(register: Register, ref: str, *, audience: Audience, on: date) -> dict[str, Any]:
    """One case with its sites, its parts, its evidence and its milestones.

    Evidence that a part has from the whole is marked `inherited`.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.asked(on).read() as session:
        case = find_case(session, ref)
        definition = definition_of(session, case)
        parts = parts_of(session, ref)
        lines = lines_of(session, [ref, *(p.ref for p in parts)], audience=audience, on=on)
        return {
            **fields_of(case, audience),
            "stages": list(definition.main_line),
            "sites": [
                _site(session, holding, audience, on) for holding in holdings_of(session, ref)
            ],
            "parts": [fields_of(part, audience) for part in parts],
            "evidence": _evidence(session, case, audience),
            "milestones": [
                visible("milestone_line", {f: getattr(line, f) for f in line.__slots__}, audience)
                for line in lines
            ],
        }


def history(register: Register, ref: str, *, audience: Audience) -> list[dict[str, Any]]:
    """What happened to a case, oldest first; for officers with the gates as they stood.

    The public is shown the moves alone: how many bids came in between is not for it to count.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        find_case(session, ref)
        entries = session.exec(
            select(HistoryEntry)
            .where(HistoryEntry.disposal_ref == ref)
            .order_by(col(HistoryEntry.no))
        ).all()
    return [
        _told(fields_of(entry, audience))
        for entry in entries
        if audience is Audience.OFFICER or entry.from_stage != entry.to_stage
    ]


def _told(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A history entry with its report and facts as objects instead of text."""
    told = {name: value for name, value in entry.items() if name != "id"}
    for name in ("report", "details"):
        if told.get(name):
            told[name] = json.loads(told[name])
    return told


def _itself_or_parts(session: Session, ref: str) -> list[Disposal]:
    case = find_case(session, ref)
    return parts_of(session, ref) or [case]


def _outlook(session: Session, case: Disposal, on: date) -> Outlook:
    definition = definition_of(session, case)
    move = definition.onward_from(case.stage)
    ways = {way.kind for way in definition.moves_from(case.stage)}
    return Outlook(
        reference=case.ref,
        name=case.name,
        stage=case.stage,
        to_stage=move.to if move else None,
        report=report_on(session, case, move, on) if move else None,
        held=case.held_because if case.held_on else None,
        may_split=case.whole_ref is None and Kind.PARTS in ways,
    )


def _site(session: Session, holding: Holding, audience: Audience, on: date) -> dict[str, Any]:
    site = session.get(Site, holding.site_ref)
    assert site is not None  # noqa: S101 (the register's foreign key holds it)
    held = fields_of(holding, audience)
    drawn = current_revision(session, site.ref, holding.part_no, on=on)
    boundary = fields_of(drawn, audience) if drawn else {}
    return (
        fields_of(site, audience)
        | {name: held[name] for name in ("part_no", "interest", "share_percent")}
        | {
            "area_m2": boundary.get("area_m2"),
            "is_indicative": boundary.get("is_indicative"),
        }
    )


def _evidence(session: Session, case: Disposal, audience: Audience) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, kind in evidence_kinds().items():
        if kind in {Milestone, MilestoneDate}:
            continue
        told = [
            facts_of(row) | {"inherited": row.disposal_ref != case.ref}
            for row in counting(session, kind, case, audience)
        ]
        if told:
            found[name] = told
    return found
