"""Parts of a site merged into one of them, or into the whole site again."""

from collections.abc import Iterable, Mapping

import shapely
from shapely import MultiPolygon

from disposals.casework.acts import Stamp
from disposals.casework.parts import (
    Made,
    drawn_parts,
    end_part,
    listed_numbers,
    made_of,
    refuse_on_sale,
    shape_of_site,
)
from disposals.casework.sites import (
    Provenance,
    make_up,
    refuse_unseen_on_site,
    tell_disposals,
)
from disposals.casework.touches import touch_again
from disposals.casework.validating import required
from disposals.errors import NotAllowed, NotRecorded
from disposals.finding import find_site
from disposals.register import Register
from disposals.words import listed
from sites.geometry import on_grid
from sites.parts import in_force


def merge(
    register: Register,
    site_ref: str,
    numbers: Iterable[int],
    origin: Provenance,
    stamp: Stamp,
    *,
    seen: Mapping[str, int],
    allow_multipart: bool = False,
) -> list[Made]:
    """Merge parts of a site into the one with the lowest number; all of them make it whole again.

    Args:
        origin: with the reason, which is asked for.

    Raises:
        NotRecorded: the site has no such part in force.
        NotAllowed: fewer than two parts, parts that do not adjoin, or a part that would end while
            a disposal of it goes on.
        BadFact: no reason.
        ChangedMeanwhile: a disposal of the site has moved on since the user saw it.
    """
    with register.write() as session:
        find_site(session, site_ref)
        refuse_unseen_on_site(session, site_ref, seen)
        because = required(origin.because, "merge parts")
        standing = {part.no: part for part in in_force(session, site_ref)}
        wanted = sorted(set(numbers))
        for no in wanted:
            if no not in standing:
                raise NotRecorded(
                    f"{site_ref} has no part {no}: it has {listed_numbers(standing)}."
                )
        if len(wanted) < 2:  # noqa: PLR2004 (one part is merged with nothing)
            raise NotAllowed("A merge takes two parts or more: `--parts 1,2`.")
        is_whole = len(wanted) == len(standing)
        ending = wanted if is_whole else wanted[1:]
        refuse_on_sale(session, site_ref, ending)
        for no in ending:
            into = None if is_whole else wanted[0]
            end_part(session, standing[no], stamp, because=because, into_no=into)
        drawn = drawn_parts(session, site_ref, standing)
        if drawn and not is_whole:
            joined = _joined({no: drawn[no] for no in wanted})
            if len(joined.geoms) > 1 and not allow_multipart:
                raise NotAllowed(
                    f"Parts {listed(map(str, wanted))} do not adjoin: merged they would lie in "
                    f"{len(joined.geoms)} pieces. Add --allow-multipart if that is meant."
                )
            kept = {no: shape for no, shape in drawn.items() if no not in wanted}
            whole = shape_of_site(session, site_ref)
            make_up(session, site_ref, whole, {**kept, wanted[0]: joined}, origin, stamp)
        touch_again(session, site_ref, stamp)
        tell_disposals(session, site_ref, "parts merged", stamp, seen, because)
        return made_of(session, site_ref)


def _joined(shapes: Mapping[int, MultiPolygon]) -> MultiPolygon:
    return on_grid(shapely.union_all(list(shapes.values())))
