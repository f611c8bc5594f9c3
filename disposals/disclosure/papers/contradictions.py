"""Where the papers of a case contradict each other or themselves, for officers, who write them."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from disposals import contradictions as of
from disposals.disclosure.fields import Audience
from disposals.disclosure.papers.told import Reader, named
from disposals.disclosure.papers.wording import decided, recommended
from disposals.finding import find_site, holdings_of, own_in_force
from disposals.policy import Policy
from disposals.records.bids import Bid
from disposals.records.decisions import Decision
from disposals.records.options import Option
from disposals.register import Register
from disposals.timetable import timetable
from disposals.vocabulary import Mark, PaperKind
from disposals.words import day
from sites.areas import acres
from sites.boundaries import revisions
from sites.records import Boundary


def contradictions(register: Register, ref: str, *, on: date) -> list[str]:
    """What the report and the record of a case say that can't both be right; for officers alone.

    Nothing exempt is quoted: which parts have bids is told, and nothing of the bids.

    Raises:
        NoSuchCase: there is no case of that reference.
    """
    with register.read() as session:
        reader = Reader(session, ref, Audience.OFFICER)
        decisions = reader.counting(Decision)
        found = [
            *(_of_decision(reader, decisions[-1]) if decisions else ()),
            *_of_land(session, reader),
            _of_programme(session, reader, on),
        ]
    return [each for each in found if each is not None]


def _of_decision(reader: Reader, decision: Decision) -> Iterable[str | None]:
    options = [(row.no, row.title, row.is_recommended) for row in reader.counting(Option)]
    told = [decision.alternatives, reader.written(PaperKind.RECORD).texts.get("alternatives")]
    yield of.options_are_not_the_alternatives(options, " ".join(filter(None, told)) or None)
    yield of.interests_line_is_blank(decision.interests, decision.taken_on)
    yield of.wordings_differ(
        recommended(reader.written(PaperKind.REPORT).texts, reader.case.name),
        decided(reader.written(PaperKind.RECORD).texts, reader.case.name),
    )
    if decision.disposal_ref == reader.case.ref:
        selling = [part for part in reader.parts if own_in_force(reader.session, Bid, part.ref)]
        yield of.whole_is_authorised_though_only_a_part_has_bids(
            named(reader.parts), named(selling)
        )
    if decision.is_key:
        yield of.criterion_speaks_of_spending(decision.key_criterion)


def _of_land(session: Session, reader: Reader) -> Iterable[str | None]:
    for holding in holdings_of(session, reader.case.ref):
        if holding.part_no is None:
            site = find_site(session, holding.site_ref)
            yield of.area_takes_no_account_of_land_lost(
                site.stated_area,
                [
                    (_since(row), float(acres(row.area_m2)))
                    for row in sorted(revisions(session, site.ref), key=_begins)
                ],
            )


def _begins(row: Boundary) -> date:
    """A boundary of earlier times may be entered late."""
    return row.effective_from or date.min


def _since(row: Boundary) -> str:
    if row.effective_as_written:
        return row.effective_as_written
    return day(row.effective_from) if row.effective_from else "before"


def _of_programme(session: Session, reader: Reader, on: date) -> str | None:
    found = timetable(session, [reader.case.ref, *(part.ref for part in reader.parts)], on=on)
    marked = {
        entry.milestone.mark: (entry.now.earliest_on, entry.now.latest_on)
        for entry in found.entries.values()
        if not entry.is_met and not entry.is_void
    }
    applied, granted = marked.get(Mark.PLANNING_APPLICATION), marked.get(Mark.PLANNING_CONSENT)
    if applied is None or granted is None:
        return None
    rule = Policy(reader.case.authority, on).rule("planning.major")
    return of.consent_comes_too_soon(applied, granted, rule.number, rule.source)
