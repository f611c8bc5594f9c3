"""What lies on a site or a part, and what each thing touches, for an audience."""

from typing import Any

from sqlmodel import col, select

from disposals.disclosure.fields import Audience, visible
from disposals.errors import NotRecorded
from disposals.finding import find_site
from disposals.register import Register
from sites.boundaries import standing_of_sites
from sites.burdens import every
from sites.parts import in_force, located
from sites.records import Constraint, Touch


def burdens(register: Register, ref: str, *, audience: Audience) -> list[dict[str, Any]]:
    """The constraints and occupations of a site, or those that touch a part, as they stand.

    One that is not drawn counts for every part.

    Raises:
        NotRecorded: there is no such site or part.
    """
    site_ref, part_no = located(ref)
    with register.read() as session:
        find_site(session, site_ref)
        numbers = [part.no for part in in_force(session, site_ref)]
        if part_no is not None and part_no not in numbers:
            raise NotRecorded(f"{site_ref} has no part {part_no} in force.")
        measured_on = {
            row.id
            for (_, no), row in standing_of_sites(session, [site_ref]).items()
            if no is None or no in numbers
        }
        touches = [
            touch
            for touch in session.exec(select(Touch).where(col(Touch.site_ref) == site_ref))
            if touch.boundary_id in measured_on
        ]
        lines = []
        for row in every(session, site_ref):
            mine = [touch for touch in touches if row.id == _about(touch, row)]
            if part_no is not None and row.shape is not None:
                mine = [touch for touch in mine if touch.part_no == part_no]
                if not mine:
                    continue
            line = _line(row, mine, is_measured=bool(measured_on))
            lines.append(visible("burden_line", line, audience))
        return lines


def _about(touch: Touch, row: Any) -> int | None:
    return touch.constraint_id if isinstance(row, Constraint) else touch.occupation_id


def _line(row: Any, touches: list[Touch], *, is_measured: bool) -> dict[str, Any]:
    is_constraint = isinstance(row, Constraint)
    return {
        "no": row.id,
        "kind": row.kind.value if is_constraint else "occupation",
        "name": row.name if is_constraint else row.use,
        "is_drawn": row.shape is not None,
        "touches": _told(touches, row, is_measured=is_measured),
        "measured": [
            {"part": t.part_no, "length_m": t.length_m, "area_m2": t.area_m2} for t in touches
        ],
        "beneficiary": row.beneficiary if is_constraint else row.occupier,
        "standing": row.standing if is_constraint else f"goes on: {row.is_current.value}",
        "from": row.effective_from,
        "to": row.effective_to,
        "source": row.source,
    }


def _told(touches: list[Touch], row: Any, *, is_measured: bool) -> list[str]:
    if row.shape is None:
        return ["not drawn: every part"]
    if not is_measured:
        return ["the site is not drawn: every part"]
    if not touches:
        return ["nothing of the site"]
    whole_or_parts = [t for t in touches if t.part_no is not None] or touches
    return [_one(touch) for touch in sorted(whole_or_parts, key=lambda t: t.part_no or 0)]


def _one(touch: Touch) -> str:
    where = "the site" if touch.part_no is None else f"part {touch.part_no}"
    if touch.area_m2 is not None:
        return f"{where} over {touch.area_m2:,.1f} m²"
    if touch.length_m is not None:
        return f"{where} over {touch.length_m:,.1f} m"
    return f"{where}, where it stands"
