"""What constraints and occupations touch, worked out when either or the land changes."""

from sqlmodel import Session, col, select

from disposals.casework.acts import Stamp
from disposals.casework.validating import validated
from sites.boundaries import standing_of_sites
from sites.burdens import every
from sites.parts import in_force
from sites.records import Constraint, Site, Touch


def touch_again(session: Session, site_ref: str, stamp: Stamp) -> None:
    """Record what every burden of a site touches, on the boundaries as they now stand.

    What was measured on a boundary that no longer counts is left as it was.
    """
    drawn = [row for row in every(session, site_ref) if row.shape is not None]
    if not drawn:
        return
    import shapely

    from sites.geometry import from_wkb
    from sites.touching import touched

    numbers = {None, *(part.no for part in in_force(session, site_ref))}
    standing = {
        part_no: row
        for (_, part_no), row in standing_of_sites(session, [site_ref]).items()
        if part_no in numbers
    }
    measured = set(
        session.exec(
            select(Touch.constraint_id, Touch.occupation_id, Touch.boundary_id).where(
                col(Touch.site_ref) == site_ref
            )
        )
    )
    land = {part_no: from_wkb(row.shape) for part_no, row in standing.items()}
    for burden in drawn:
        is_constraint = isinstance(burden, Constraint)
        about = (burden.id, None) if is_constraint else (None, burden.id)
        for found in touched(shapely.from_wkb(burden.shape), land):
            boundary_id = standing[found.part_no].id
            if (*about, boundary_id) in measured:
                continue
            session.add(
                validated(
                    Touch,
                    {
                        "constraint_id": about[0], "occupation_id": about[1],
                        "site_ref": site_ref, "part_no": found.part_no,
                        "boundary_id": boundary_id, "length_m": found.length_m,
                        "area_m2": found.area_m2, "recorded_by": stamp.by,
                        "recorded_at": stamp.at,
                    },
                )
            )  # fmt: skip
    session.flush()


def touch_all(session: Session, stamp: Stamp) -> None:
    """Record what every burden of the register touches, as after an upgrade from a format without.

    What is recorded already is left as it is.
    """
    for site_ref in session.exec(select(Site.ref).order_by(col(Site.ref))).all():
        touch_again(session, site_ref, stamp)
