"""Gates on what the map says: parts that make up their site, occupations ended, open space."""

from disposals.casefile import CaseFile
from disposals.clocks import are_consecutive_weeks
from disposals.gates import gate, ground
from disposals.gates.land import of_each_site, worst
from disposals.records.cases import Holding
from disposals.records.land import LandAnswer
from disposals.records.notices import Notice
from disposals.records.title import Possession
from disposals.vocabulary import ConstraintKind, Question
from disposals.words import counted, day, listed
from sites.record import Known
from sites.records import COVERAGE_TOLERANCE_M2, Boundary, Constraint, Occupation, SitePart
from workflows.gates import Answer, by, met, not_applicable, unknown, unmet


@gate(
    "sites.vacant-possession",
    asks="Are the occupations brought to an end?",
    rule="sites.vacant-possession",
    owner="estates officer",
    remedy="land possession",
    reads=(Holding, Occupation, Possession, *ground.READS),
)
def vacant_possession(file: CaseFile) -> Answer:
    """A car park in daily use must close before the land can be handed over."""
    ended = {possession.occupation for possession in file.of(Possession)}
    current = [
        occupation.use
        for occupation in file.of(Occupation)
        if occupation.is_current is not Known.NO
        and occupation.use not in ended
        and ground.lies_on(file, occupation)
    ]
    if current:
        return unmet(
            f"Still in use: {listed(current)}.",
            remedy=by("land possession", occupation=current[0]),
        )
    return met("No occupation is recorded as continuing.")


@gate(
    "sites.parts-make-up-site",
    asks="Do the parts make up the site, with no gap and no overlap?",
    rule="sites.parts",
    owner="GIS officer",
    remedy="site split",
    reads=(Holding, SitePart, Boundary),
)
def parts_make_up_site(file: CaseFile) -> Answer:
    """A split is proven when it is drawn; here its areas are held against the site once more."""

    def one(site_ref: str) -> Answer:
        split = by("site split", site=site_ref)
        numbers = [part.no for part in file.of(SitePart) if part.site_ref == site_ref]
        if len(numbers) < 2:  # noqa: PLR2004 (one part is no split)
            return unmet(
                f"{site_ref} is not split: {counted(len(numbers), 'part')} recorded.", remedy=split
            )
        if not any(boundary.site_ref == site_ref for boundary in file.of(Boundary)):
            return not_applicable(f"{site_ref} is split by description; nothing of it is drawn.")
        areas = {b.part_no: b.area_m2 for b in file.of(Boundary) if b.site_ref == site_ref}
        if None not in areas or any(no not in areas for no in numbers):
            return unknown(
                f"{site_ref} has no boundary for each part, so nothing shows they fit.",
                remedy=split,
            )
        difference = abs(areas[None] - sum(areas[no] for no in numbers))
        if difference > COVERAGE_TOLERANCE_M2:
            return unmet(f"{site_ref}: parts and site differ by {difference:.2f} m².", remedy=split)
        return met(f"{site_ref}: {len(numbers)} parts make up the site.")

    return worst(one(holding.site_ref) for holding in file.of(Holding))


@gate(
    "land.open-space",
    asks="Was notice of disposing of open space given, and were objections considered?",
    rule="land.open-space",
    owner="legal services",
    remedy="land notice",
    reads=(Holding, LandAnswer, Notice, Constraint, *ground.READS),
)
def open_space(file: CaseFile) -> Answer:
    """Two consecutive weeks in a local newspaper, even for a strip or the edge of a car park.

    Open space that is marked on a site says yes for the parts that it touches, and for those
    alone, whatever was answered for the site.
    """
    notices = {notice.site_ref: notice for notice in file.of(Notice)}

    def noticed(site_ref: str) -> Answer:
        anew = by("land notice", site=site_ref)
        notice = notices.get(site_ref)
        if notice is None:
            return unmet(
                f"{site_ref} is open space and no newspaper notice is recorded.", remedy=anew
            )
        if not are_consecutive_weeks(notice.first_on, notice.second_on):
            return unmet(
                f"{site_ref}: the notices of {day(notice.first_on)} and {day(notice.second_on)} "
                "are not in two consecutive weeks.",
                remedy=anew,
            )
        if file.on < notice.second_on or notice.objections_by <= notice.second_on:
            return unmet(
                f"{site_ref}: objections must be open after the second notice of "
                f"{day(notice.second_on)}.",
                remedy=anew,
            )
        if file.on <= notice.objections_by:
            return unmet(
                f"{site_ref}: objections may be made until {day(notice.objections_by)}.",
                remedy=by(""),
            )
        considered = notice.considered_on
        if considered is None or not notice.objections_by < considered <= file.on:
            return unmet(
                f"{site_ref}: objections are not recorded as considered after they closed.",
                remedy=anew,
            )
        return met(f"{site_ref}: objections were considered on {day(considered)}.")

    return of_each_site(
        file,
        Question.OPEN_SPACE,
        noticed,
        about="is any of it open space",
        on_map=lambda site_ref: ground.marked(file, site_ref, ConstraintKind.OPEN_SPACE),
    )
