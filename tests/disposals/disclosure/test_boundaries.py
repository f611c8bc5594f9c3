"""What an audience may learn of a boundary's revisions."""

import pytest

from disposals.disclosure.boundaries import change, history
from disposals.disclosure.fields import Audience
from disposals.errors import NotRecorded
from disposals.register import Register

SITE = "steele-avenue"


def test_the_widening_of_the_a206_is_a_revision_of_its_own(kent: Register) -> None:
    acquired, standing = history(kent, SITE, audience=Audience.OFFICER)[:2]
    assert acquired.facts["effective_as_written"] == "1973"
    assert acquired.facts["effective_to_as_written"] == "2018"
    assert "A206" in standing.facts["because"]
    assert standing.facts["origin"] == "derived"


def test_the_strip_that_went_into_the_highway_is_told_in_square_metres(kent: Register) -> None:
    told = change(kent, SITE, audience=Audience.OFFICER, before=1, after=2)
    assert told.difference.gained.area < 1
    lost = told.before.facts["area_m2"] - told.after.facts["area_m2"]
    assert told.difference.lost.area == pytest.approx(lost, abs=1)
    assert lost > 100


def test_without_numbers_the_current_revision_is_held_against_the_one_before(
    kent: Register,
) -> None:
    told = change(kent, SITE, audience=Audience.OFFICER)
    assert told.after.is_current
    assert told.before.no == told.after.no - 1


def test_the_public_is_not_told_who_drew_it_or_why(kent: Register) -> None:
    for revision in history(kent, SITE, audience=Audience.PUBLIC):
        assert not {"because", "recorded_by", "recorded_at", "shape"} & revision.facts.keys()
        assert revision.facts["area_hectares"] > 0.5


def test_a_part_has_a_history_of_its_own(kent: Register) -> None:
    assert [each.no for each in history(kent, f"{SITE}/part-1", audience=Audience.OFFICER)] == [1]


@pytest.mark.parametrize(
    ("ref", "said"),
    [("steel-avenue", "no site “steel-avenue”"), ("bensted-house", "has no boundary")],
)
def test_land_without_a_boundary_has_no_history(kent: Register, ref: str, said: str) -> None:
    with pytest.raises(NotRecorded, match=said):
        history(kent, ref, audience=Audience.OFFICER)


def test_a_revision_that_is_not_there_is_named_with_those_that_are(kent: Register) -> None:
    with pytest.raises(NotRecorded, match=r"no revision 9: it has 1 to \d"):
        change(kent, SITE, audience=Audience.OFFICER, after=9)


def test_a_first_revision_has_nothing_to_be_held_against(kent: Register) -> None:
    with pytest.raises(NotRecorded, match="no revision 0: it has 1"):
        change(kent, f"{SITE}/part-1", audience=Audience.OFFICER)
