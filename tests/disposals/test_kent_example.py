"""The Kent example holds the facts that were published, and marks what was not."""

from datetime import date
from typing import Any

import pytest
from shapely import MultiPolygon
from sqlmodel import select

from disposals import examples
from disposals.disclosure.cases import listing, whole_case
from disposals.disclosure.fields import Audience
from disposals.errors import AlreadyRecorded
from disposals.finding import rows_of
from disposals.records.bids import Bid
from disposals.register import Register
from sites.areas import acres
from sites.boundaries import current, revisions
from sites.records import Constraint, Occupation
from sites.split import prove_partition
from tests.conftest import AT
from tests.places import as_it_is

ON = date(2021, 9, 30)
ONE = "steele-avenue/part-1"


def case(register: Register, ref: str) -> dict[str, Any]:
    return whole_case(register, ref, audience=Audience.OFFICER, on=ON)


def test_the_six_disposals_of_the_papers_and_the_two_parts_of_one(kent: Register) -> None:
    stages = {
        line["reference"]: line["stage"] for line in listing(kent, audience=Audience.OFFICER, on=ON)
    }
    assert stages == {
        "steele-avenue": "in_parts",
        ONE: "bid_shortlist",
        "steele-avenue/part-2": "options_appraisal",
        "bensted-house": "bid_shortlist",
        "sandling-road": "heads_of_terms",
        "wayfarers": "surplus_declaration",
        "gibson-drive": "surplus_declaration",
        "new-romney-youth-centre": "surplus_declaration",
    }
    assert kent.stands_on == ON


def test_the_three_options_of_the_report_and_the_one_recommended(kent: Register) -> None:
    options = case(kent, "steele-avenue")["evidence"]["option"]
    assert {option["no"]: option["is_recommended"] for option in options} == {
        "4.1.1": False, "4.1.2": False, "4.1.3": True,
    }  # fmt: skip


def test_six_offers_four_final_bids_and_a_lead_bidder_all_illustrative(kent: Register) -> None:
    with kent.read() as session:
        every = rows_of(session, Bid, [ONE])
    assert all(bid.is_illustrative and bid.disclosure == "exempt" for bid in every)
    standing = case(kent, ONE)["evidence"]["bid"]
    assert len(standing) == 6
    assert sum(bid["bid_version"] == 2 for bid in standing) == 4
    assert [bid["bidder"] for bid in standing if bid["standing"] == "preferred"] == ["Bidder B"]


def test_no_private_person_and_no_day_that_was_not_published(kent: Register) -> None:
    decision = case(kent, "steele-avenue")["evidence"]["decision"][0]
    assert decision["number"] == "21/00100"
    assert decision["considered_on"] == date(2021, 11, 9)
    assert decision["taken_on"] is None
    assert decision["notice_on"] is None
    declaration = case(kent, "steele-avenue")["evidence"]["declaration"][0]
    assert declaration["declared_on"] is None
    text = str([case(kent, line["reference"]) for line in listing(
        kent, audience=Audience.OFFICER, on=ON
    )])  # fmt: skip
    for name in ("Oakford", "Spore", "Cole", "Fawley", "Hocken", "Alton", "Dodd", "Cooke"):
        assert name not in text


def test_the_consultations_and_what_the_member_at_faversham_complained_of(kent: Register) -> None:
    consulted = case(kent, "steele-avenue")["evidence"]["consultation"]
    assert [each["capacity"] for each in consulted] == [
        "local member", "parish council", "public body", "district council",
    ]  # fmt: skip
    [member] = case(kent, "bensted-house")["evidence"]["consultation"]
    assert "lack of engagement" in member["said"]


def test_maidstone_sells_half_of_one_site_and_the_freehold_of_another(kent: Register) -> None:
    told = case(kent, "sandling-road")
    assert told["workflow"] == "direct-sale"
    assert {site["ref"]: (site["share_percent"], site["interest"]) for site in told["sites"]} == {
        "royal-mail-sorting-office": (50, None),
        "cantium-house": (100, "freehold"),
    }


def test_the_road_took_a_strip_in_2018_and_the_parts_make_up_what_is_left(kent: Register) -> None:
    with kent.read() as session:
        drawn = revisions(session, "steele-avenue")
        site = current(session, "steele-avenue")
        parts = {no: current(session, "steele-avenue", no) for no in (1, 2)}
    assert [each.effective_as_written for each in drawn[:2]] == ["1973", "2018"]
    assert drawn[0].area_m2 > drawn[1].area_m2
    assert all(each.is_indicative for each in drawn)
    assert site is not None
    assert float(acres(site.area)) == pytest.approx(1.29, abs=0.005)
    known = {no: part for no, part in parts.items() if isinstance(part, MultiPolygon)}
    assert len(known) == 2
    prove_partition(site, known)


def test_the_easement_the_tunnel_and_three_occupations_are_on_the_land(kent: Register) -> None:
    with kent.read() as session:
        constraints = session.exec(select(Constraint)).all()
        occupations = session.exec(select(Occupation)).all()
    assert {constraint.kind for constraint in constraints} == {"easement", "tunnel"}
    assert all(constraint.shape for constraint in constraints)
    assert [occupation.is_current for occupation in occupations] == ["no", "no", "yes"]


def test_sites_without_a_published_position_have_none_and_are_shown_all_the_same(
    kent: Register,
) -> None:
    with kent.read() as session:
        assert current(session, "wayfarers") is None
    assert case(kent, "wayfarers")["sites"][0]["name"] == "Wayfarers Care Home"


def test_the_example_never_overwrites_a_file(kent: Register) -> None:
    before = as_it_is(kent.place)
    with pytest.raises(AlreadyRecorded, match="left as it is"):
        examples.create("kent", kent.place, at=AT)
    assert as_it_is(kent.place) == before
