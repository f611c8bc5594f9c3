"""What of the site's burdens lies on the land of one case: read from what was measured."""

from disposals.casefile import CaseFile
from disposals.gates.land import OnMap
from disposals.vocabulary import ConstraintKind, Known
from disposals.words import listed
from sites.burdens import counts_on
from sites.record import Record
from sites.records import Boundary, Constraint, Occupation, Touch

READS: tuple[type[Record], ...] = (Boundary, Touch)


def lies_on(file: CaseFile, burden: Constraint | Occupation) -> bool:
    """Whether a burden of a site counts for a case, on its day.

    All of a site's burdens count for a case that takes in the whole. For a part, one that is
    drawn counts where it touches the part; one that is not drawn, or was never measured, or whose
    part is not drawn, is somewhere on the site, and so it counts for every part.
    """
    if not in_force(file, burden):
        return False
    part_no = file.disposal.part_no
    if part_no is None or burden.shape is None:
        return True
    part = next(
        (b for b in file.of(Boundary) if (b.site_ref, b.part_no) == (burden.site_ref, part_no)),
        None,
    )
    measured = [touch for touch in file.of(Touch) if _is_of(touch, burden)]
    if part is None or not measured:
        return True
    return any(touch.boundary_id == part.id for touch in measured)


def in_force(file: CaseFile, burden: Constraint | Occupation) -> bool:
    """Whether a burden counts on the day of the case file."""
    return counts_on(burden, file.on)


def marked(file: CaseFile, site_ref: str, kind: ConstraintKind) -> OnMap | None:
    """What the map says of a kind of constraint on the land of a case; None where none is marked.

    One on the site that does not touch the part says no for that part.
    """
    here = [
        constraint
        for constraint in file.of(Constraint)
        if constraint.kind is kind
        and constraint.site_ref == site_ref
        and in_force(file, constraint)
    ]
    if not here:
        return None
    on_it = [f"“{constraint.name}”" for constraint in here if lies_on(file, constraint)]
    if on_it:
        return OnMap(Known.YES, f"{kind} is marked on {site_ref}: {listed(on_it)}")
    return OnMap(
        Known.NO,
        f"{site_ref}: {kind} is marked on the site and does not touch part "
        f"{file.disposal.part_no}.",
    )


def _is_of(touch: Touch, burden: Constraint | Occupation) -> bool:
    about = touch.constraint_id if isinstance(burden, Constraint) else touch.occupation_id
    return about == burden.id
