"""Parts make up their site, and nobody is left on the land that is handed over."""

from datetime import date

import pytest

from disposals.records.title import Possession
from sites.record import Known
from sites.records import Boundary, Occupation, SitePart, Touch
from tests.builders import a_case, a_holding, answer, evidence, of_the_site
from tests.builders_of_land import a_boundary, a_part, used_as
from workflows.gates import Verdict, by


@pytest.mark.parametrize("whether", [Known.YES, Known.UNKNOWN])
def test_a_car_park_that_is_or_may_be_in_use_is_not_vacant(whether: Known) -> None:
    told = answer("sites.vacant-possession", a_case(used_as("car park", whether)))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "Still in use: car park."
    assert told.remedy == by("land possession", occupation="car park")


def test_a_use_that_is_over_or_was_brought_to_an_end_leaves_the_land_vacant() -> None:
    over, ended = used_as("nursery", Known.NO), used_as("car park", Known.YES)
    possession = evidence(Possession, occupation="car park", ended_on=date(2021, 8, 1))
    told = answer("sites.vacant-possession", a_case(over, ended, possession))
    assert told.verdict is Verdict.MET
    assert "No occupation is recorded as continuing" in told.reason


def test_the_end_of_one_use_does_not_end_another() -> None:
    possession = evidence(Possession, occupation="car park", ended_on=date(2021, 8, 1))
    uses = used_as("car park", Known.YES), used_as("allotments", Known.YES)
    told = answer("sites.vacant-possession", a_case(*uses, possession))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "Still in use: allotments."


@pytest.mark.parametrize(
    ("parts", "fragment"),
    [([], "not split: 0 parts recorded"), ([a_part(1)], "not split: 1 part recorded")],
)
def test_one_part_is_no_split(parts: list[SitePart], fragment: str) -> None:
    told = answer("sites.parts-make-up-site", a_case(*parts, a_boundary(None, 5_220)))
    assert told.verdict is Verdict.UNMET
    assert fragment in told.reason


@pytest.mark.parametrize(
    "drawn",
    [
        [a_boundary(1, 3_000), a_boundary(2, 2_220)],
        [a_boundary(None, 5_220), a_boundary(1, 5_220)],
    ],
)
def test_parts_or_a_site_without_a_boundary_can_not_be_shown_to_fit(drawn: list[Boundary]) -> None:
    told = answer("sites.parts-make-up-site", a_case(a_part(1), a_part(2), *drawn))
    assert told.verdict is Verdict.UNKNOWN
    assert "no boundary for each part" in told.reason


def test_a_strip_that_belongs_to_no_part_is_found() -> None:
    drawn = a_boundary(None, 5_220), a_boundary(1, 3_000), a_boundary(2, 2_208)
    told = answer("sites.parts-make-up-site", a_case(a_part(1), a_part(2), *drawn))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "mill-lane: parts and site differ by 12.00 m²."


def test_parts_whose_areas_sum_to_the_site_make_it_up() -> None:
    drawn = a_boundary(None, 5_220), a_boundary(1, 3_000), a_boundary(2, 2_220)
    told = answer("sites.parts-make-up-site", a_case(a_part(1), a_part(2), *drawn))
    assert told.verdict is Verdict.MET
    assert told.reason == "mill-lane: 2 parts make up the site."


def test_of_two_sites_each_must_be_made_up_by_its_own_parts() -> None:
    drawn = a_boundary(None, 5_220), a_boundary(1, 3_000), a_boundary(2, 2_220)
    two_sites = a_holding("mill-lane"), a_holding("brook-field")
    told = answer("sites.parts-make-up-site", a_case(*two_sites, a_part(1), a_part(2), *drawn))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "brook-field is not split: 0 parts recorded."


@pytest.mark.parametrize(
    ("touched_part", "verdict"), [(1, Verdict.UNMET), (2, Verdict.MET)], ids=["on it", "beside it"]
)
def test_a_use_that_is_drawn_keeps_only_the_part_it_touches_from_being_vacant(
    touched_part: int, verdict: Verdict
) -> None:
    use = of_the_site(Occupation, id=5, use="car park", is_current=Known.YES, shape=b"drawn")
    part = a_boundary(1, 3_000)
    part.id = 31
    touch = of_the_site(Touch, occupation_id=5, part_no=touched_part, boundary_id=30 + touched_part)
    case = a_case(use, part, touch, ref="mill-lane/part-1", part_of="mill-lane")
    assert answer("sites.vacant-possession", case).verdict is verdict
