"""Gates on what the map says: parts that make up their site, occupations brought to an end."""

from disposals.casefile import CaseFile
from disposals.gates import gate, ground
from disposals.gates.land import worst
from disposals.records.cases import Holding
from disposals.records.land import Possession
from disposals.words import counted, listed
from sites.record import Known
from sites.records import COVERAGE_TOLERANCE_M2, Boundary, Occupation, SitePart
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
        numbers = [part.no for part in file.of(SitePart) if part.site_ref == site_ref]
        if len(numbers) < 2:  # noqa: PLR2004 (one part is no split)
            return unmet(f"{site_ref} is not split: {counted(len(numbers), 'part')} recorded.")
        if not any(boundary.site_ref == site_ref for boundary in file.of(Boundary)):
            return not_applicable(f"{site_ref} is split by description; nothing of it is drawn.")
        areas = {b.part_no: b.area_m2 for b in file.of(Boundary) if b.site_ref == site_ref}
        if None not in areas or any(no not in areas for no in numbers):
            return unknown(f"{site_ref} has no boundary for each part, so nothing shows they fit.")
        difference = abs(areas[None] - sum(areas[no] for no in numbers))
        if difference > COVERAGE_TOLERANCE_M2:
            return unmet(f"{site_ref}: parts and site differ by {difference:.2f} m².")
        return met(f"{site_ref}: {len(numbers)} parts make up the site.")

    return worst(one(holding.site_ref) for holding in file.of(Holding))
