"""The land of a case in memory: its parts, boundaries and uses, and what the law asks about it."""

from datetime import date
from typing import Any

from disposals.records.notices import MoratoriumNotice, Notice
from disposals.records.title import TitleReport
from disposals.vocabulary import ConstraintKind, Known
from sites.records import Boundary, Constraint, Occupation, SitePart
from tests.builders import REF, evidence, of_the_site


def used_as(use: str, is_current: Known) -> Occupation:
    """A use of Mill Lane."""
    return of_the_site(Occupation, use=use, is_current=is_current)


def a_part(no: int) -> SitePart:
    """A part of Mill Lane."""
    return of_the_site(SitePart, no=no, name=f"Part {no}", purpose="housing")


def a_boundary(part_no: int | None, area_m2: float, **facts: Any) -> Boundary:
    """A boundary of Mill Lane, or of a part of it."""
    usual = {
        "revision": 1,
        "shape": b"",
        "min_x": 0,
        "min_y": 0,
        "max_x": 1,
        "max_y": 1,
        "source": "GIS team",
        "is_indicative": True,
        "because": "first drawn",
    }
    return of_the_site(Boundary, part_no=part_no, area_m2=area_m2, **{**usual, **facts})


def open_space_marked(*, shape: bytes | None = b"drawn", until: date | None = None) -> Constraint:
    """Open space that is marked on the map of Mill Lane."""
    return of_the_site(
        Constraint,
        id=7,
        kind=ConstraintKind.OPEN_SPACE,
        name="The green",
        shape=shape,
        effective_to=until,
    )


def a_notice(**facts: Any) -> Notice:
    """A notice of Wednesdays 2 and 9 June; objections by 30 June, considered on 1 July."""
    usual = {
        "site_ref": REF,
        "newspaper": "Dartford Messenger",
        "first_on": date(2021, 6, 2),
        "second_on": date(2021, 6, 9),
        "objections_by": date(2021, 6, 30),
        "considered_on": date(2021, 7, 1),
    }
    return evidence(Notice, **{**usual, **facts})


def a_moratorium(bid_requested: Known, **facts: Any) -> MoratoriumNotice:
    """Notice that the listing authority received on 1 March 2021."""
    usual = {"site_ref": REF, "received_on": date(2021, 3, 1)}
    return evidence(MoratoriumNotice, bid_requested=bid_requested, **{**usual, **facts})


def a_title_report(**facts: Any) -> TitleReport:
    """The solicitor's report on title of 4 May 2021."""
    usual = {
        "reported_on": date(2021, 5, 4),
        "reported_by": "Invicta Law",
        "finding": "a tunnel crosses the northern edge",
    }
    return evidence(TitleReport, **{**usual, **facts})
