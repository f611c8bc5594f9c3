"""A made-up nation: many councils in one database, a schema each, most of their land not for sale.

Of every council's sites one in twenty-five is being disposed of, spread as in `portfolio.py`; every
site has a boundary, a square within a hundred square kilometres of the council's own.
"""

from collections.abc import Iterator
from typing import Any

import shapely

from disposals.history.taking_over import take_over
from disposals.records import vouched_for
from disposals.register import Register, create_register, guard, writing
from disposals.storage import storage_of
from disposals.storage.address import Place
from sites.records import Boundary, Site
from tests.benchmarks.portfolio import keep, ref, tables
from tests.conftest import AT

ONE_SOLD_OF = 25
WHO = {"recorded_by": "Officer", "recorded_at": AT}
_ACROSS, _SIDE_M, _APART_M = 50, 60, 200  # sites in a row, their sides, how far apart they are
_COUNCILS_ACROSS, _COUNCIL_M = 20, 10_000


def council(place: Place, number: int, sites: int) -> None:
    """Make the register of a council with so many sites."""
    sold = sites // ONE_SOLD_OF

    def fill(register: Register) -> None:
        with register.write() as session:
            for kind, rows in tables(range(sold)):
                keep(session, kind, rows)
            keep(session, Site, _kept(range(sold, sites)))
            keep(session, Boundary, _boundaries(number, range(sites)))

    create_register(place, authority="kent", at=AT, fill=fill)
    storage = storage_of(place)
    with writing(place) as connection:  # the rows went past the ledger, which takes them over
        storage.unguard(connection)
        take_over(connection, vouched_for(), because="made up", continue_keys=storage.continue_keys)
        guard(storage, connection)


def corner(council: int, site: int) -> tuple[float, float]:
    """Where a site lies: easting and northing of its south-west corner, in metres (EPSG:27700)."""
    west = 100_000 + council % _COUNCILS_ACROSS * _COUNCIL_M
    south = 100_000 + council // _COUNCILS_ACROSS * _COUNCIL_M
    return west + site % _ACROSS * _APART_M, south + site // _ACROSS * _APART_M


def _kept(numbers: range) -> Iterator[dict[str, Any]]:
    return ({"ref": ref(no), "name": f"Land {no}", **WHO} for no in numbers)


def _boundaries(council: int, numbers: range) -> Iterator[dict[str, Any]]:
    corners = [corner(council, no) for no in numbers]
    wests, souths = zip(*corners, strict=True)
    easts, norths = [x + _SIDE_M for x in wests], [y + _SIDE_M for y in souths]
    shapes = shapely.to_wkb(
        shapely.multipolygons(shapely.box(wests, souths, easts, norths)[:, None])
    )
    for no, shape, west, south in zip(numbers, shapes, wests, souths, strict=True):
        yield {
            "site_ref": ref(no), "revision": 1, "shape": shape,
            "min_x": west, "min_y": south, "max_x": west + _SIDE_M, "max_y": south + _SIDE_M,
            "area_m2": float(_SIDE_M**2), "source": "made up", "is_indicative": True,
            "because": "made up", "origin": "drawn", **WHO,
        }  # fmt: skip
