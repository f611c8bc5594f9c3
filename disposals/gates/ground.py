"""What of the site's burdens lies on the land of one case: read from what was measured."""

from disposals.casefile import CaseFile
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


def _is_of(touch: Touch, burden: Constraint | Occupation) -> bool:
    about = touch.constraint_id if isinstance(burden, Constraint) else touch.occupation_id
    return about == burden.id
