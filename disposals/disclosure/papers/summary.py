"""The facts of the one-page summary of a site, all of them open to the public."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from disposals.disclosure.fields import Audience, fields_of
from disposals.disclosure.papers.stamped import stamped
from disposals.disclosure.papers.told import Entry, Reader, Written, named
from disposals.disclosure.programme import Line, lines_of
from disposals.disclosure.statement import Withheld, statement
from disposals.exemption import paragraph
from disposals.finding import find_site, holdings_of
from disposals.policy import council
from disposals.readiness import definition_of
from disposals.records import evidence_kinds
from disposals.records.cases import Disposal
from disposals.records.decisions import Decision
from disposals.register import Register
from disposals.vocabulary import PaperKind
from disposals.words import area
from sites.areas import acres, hectares
from sites.boundaries import current_revision

_AUDIENCE = Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class Reached:
    """How far one sale has come.

    Attributes:
        name: of a part; empty where the land is sold as a whole.
        stages: the main line, by title; `at` is the place of the stage reached, None off the line.
        means: what the stage reached means.
    """

    name: str
    stages: tuple[str, ...]
    at: int | None
    title: str
    means: str


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """What anybody may know of a disposal at a glance.

    Attributes:
        where: addresses, or names where there is none.
        areas: of the land, as drawn or as stated.
        next_steps: when, what; the first to come first.
        step_kept_back: the first of them that is not open, for the command that opens it.
        decision_stands: the decision is “taken”, “to be taken” or “withdrawn”; None where that
            can't be said.
        withheld: what each paragraph exempts under which something is kept back, as cited.
    """

    reference: str
    name: str
    council: str
    on: date
    stamp: str
    where: tuple[str, ...]
    areas: tuple[str, ...]
    reached: Sequence[Reached]
    next_steps: Sequence[tuple[str, str]]
    step_kept_back: Entry | None
    decision_no: str | None
    taker: str | None
    decision_stands: str | None
    withheld: tuple[str, ...]
    written: Written


def summary_facts(register: Register, ref: str, *, on: date) -> SummaryFacts:
    """The facts of the public summary of a case and its parts; nothing else is read to the public.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    kept = statement(register, ref, audience=_AUDIENCE, on=on).withheld
    with register.asked(on).read() as session:
        reader = Reader(session, ref, _AUDIENCE)
        case = reader.case
        sold = list(zip(reader.parts, named(reader.parts), strict=True)) or [(case, "")]
        lines = lines_of(
            session, [ref, *(part.ref for part in reader.parts)], audience=_AUDIENCE, on=on
        )
        ahead = list(filter(_is_ahead, lines))
        where, areas = _land(session, ref, on)
        decisions = reader.told(Decision)
        decision = decisions[-1] if decisions else {}
        return SummaryFacts(
            reference=ref,
            name=case.name,
            council=council(case.authority),
            on=on,
            stamp=stamped(session, case),
            where=where,
            areas=areas,
            reached=[_reached(session, each, name) for each, name in sold],
            next_steps=[
                (line.when, line.name) for line in sorted(ahead, key=lambda line: line.earliest_on)
            ],
            step_kept_back=None if ahead else reader.milestone_kept_back(_is_ahead, on=on),
            decision_no=decision.get("number"),
            taker=decision.get("taker"),
            decision_stands=_stands(decision, on),
            withheld=_grounds(kept, case.authority, on),
            written=reader.written(PaperKind.SUMMARY),
        )


def _is_ahead(line: Line) -> bool:
    return not (line.met or line.is_void or line.is_overdue)


def _stands(decision: Mapping[str, Any], on: date) -> str | None:
    """What became of a decision, unless the day is kept back by which one would know."""
    if not decision or decision["kept_back"] & {"taken_on", "withdrawn_on"}:
        return None
    if decision["withdrawn_on"] is not None and decision["withdrawn_on"] <= on:
        return "withdrawn"
    taken_on = decision["taken_on"]
    return "taken" if taken_on is not None and taken_on <= on else "to be taken"


def _land(session: Session, ref: str, on: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    where, areas = [], []
    for holding in holdings_of(session, ref):
        told = fields_of(find_site(session, holding.site_ref), _AUDIENCE)
        drawn = current_revision(session, holding.site_ref, holding.part_no, on=on)
        open_of_drawn = {} if drawn is None else fields_of(drawn, _AUDIENCE)
        where.append(told.get("address") or told["name"])
        if size := open_of_drawn.get("area_m2"):
            areas.append(f"about {area(hectares(size), acres(size))}")
        elif holding.part_no is None and told.get("stated_area"):
            areas.append(told["stated_area"])
    return tuple(dict.fromkeys(where)), tuple(dict.fromkeys(areas))


def _reached(session: Session, case: Disposal, name: str) -> Reached:
    definition = definition_of(session, case)
    line = definition.main_line
    stage = definition.stage(fields_of(case, _AUDIENCE)["stage"])
    return Reached(
        name=name,
        stages=tuple(definition.stage(each).title for each in line),
        at=line.index(stage.name) if stage.name in line else None,
        title=stage.title,
        means=stage.meaning,
    )


def _grounds(kept: Sequence[Withheld], authority: str, on: date) -> tuple[str, ...]:
    """The paragraphs under which entries are kept back; the register's own workings aside."""
    evidence = evidence_kinds()
    numbers = {number for each in kept if each.kind in evidence for number in each.paragraphs}
    return tuple(paragraph(authority, on, number).source for number in sorted(numbers))
