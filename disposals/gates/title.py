"""Gates on rights in the land that run before a sale: the report on title, and the moratorium.

Their ids begin with `land`.
"""

from disposals.casefile import CaseFile
from disposals.deadlines import land
from disposals.gates import gate
from disposals.gates.land import of_each_site, worst
from disposals.records.cases import Holding
from disposals.records.land import LandAnswer
from disposals.records.notices import MoratoriumNotice
from disposals.records.title import TitleReport
from disposals.vocabulary import Question
from disposals.words import day
from sites.record import Known
from workflows.gates import Answer, by, met, unknown, unmet


@gate(
    "land.community-value",
    asks="If it is an asset of community value, has the moratorium passed?",
    rule="land.community-value",
    owner="estates officer",
    remedy="land moratorium",
    reads=(Holding, LandAnswer, MoratoriumNotice),
)
def community_value(file: CaseFile) -> Answer:
    """All three periods begin with the day on which the listing authority received the notice."""
    notices = {notice.site_ref: notice for notice in file.of(MoratoriumNotice)}

    def window(site_ref: str) -> Answer:
        anew = by("land moratorium", site=site_ref)
        notice = notices.get(site_ref)
        if notice is None:
            return unmet(
                f"{site_ref} is listed, and the day on which the listing authority received "
                "notice of the sale is not recorded.",
                remedy=anew,
            )
        periods = land.moratorium(notice, file.policy)
        interim, full, protected = (clock.last_day for clock in periods)
        if file.on > protected:
            return unmet(
                f"{site_ref}: the protected period ended on {day(protected)}; notify again.",
                remedy=anew,
            )
        if file.on <= interim:
            return unmet(
                f"{site_ref}: the interim moratorium runs until {day(interim)}.", remedy=by("")
            )
        if notice.bid_requested is Known.UNKNOWN:
            return unknown(
                f"{site_ref}: did a community group ask to bid by {day(interim)}?", remedy=anew
            )
        if notice.bid_requested is Known.YES and file.on <= full:
            return unmet(f"{site_ref}: the full moratorium runs until {day(full)}.", remedy=by(""))
        return met(f"{site_ref}: contracts may be exchanged until {day(protected)}.")

    return of_each_site(
        file, Question.COMMUNITY_VALUE, window, about="is it listed as an asset of community value"
    )


@gate(
    "land.title",
    asks="Is there a report on title?",
    rule="land.title",
    owner="legal services",
    remedy="land title",
    reads=(Holding, TitleReport),
)
def title(file: CaseFile) -> Answer:
    """Easements, tunnels and restrictions are known before the council promises the land."""

    def reported(site_ref: str) -> Answer:
        reports = [r for r in file.of(TitleReport) if r.site_ref in {None, site_ref}]
        if not reports:
            return unmet(
                f"No report on title is recorded for {site_ref}.",
                remedy=by("land title", site=site_ref),
            )
        return met(f"Reported on {day(reports[-1].reported_on)}: {reports[-1].finding}")

    return worst(reported(holding.site_ref) for holding in file.of(Holding))
