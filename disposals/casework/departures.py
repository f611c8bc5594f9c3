"""Land that leaves the council when a sale completes: with its boundary, its history kept."""

from disposals.casework.acts import Act
from disposals.finding import holdings_of, own_in_force
from disposals.records.completion import Deed, Departure
from disposals.vocabulary import DeedForm
from sites.boundaries import current_revision


def leave(act: Act) -> None:
    """Record, within the act that completes a case, that its land has passed.

    What passes by lease comes back one day, so it stays the council's.
    """
    deeds = [d for d in own_in_force(act.session, Deed, act.case.ref) if d.lapsed_on is None]
    if not deeds or deeds[-1].form is DeedForm.LEASE:
        return
    for holding in holdings_of(act.session, act.case.ref):
        boundary = current_revision(act.session, holding.site_ref, holding.part_no, on=act.stamp.on)
        act.record(
            Departure,
            {
                "site_ref": holding.site_ref,
                "part_no": holding.part_no,
                "left_on": deeds[-1].dated_on,
                "boundary_revision": deeds[-1].boundary_revision
                or (boundary.revision if boundary else None),
                "area_m2": boundary.area_m2 if boundary else None,
                "disclosure": "open",  # the change of owner is registered for all to see
            },
        )
