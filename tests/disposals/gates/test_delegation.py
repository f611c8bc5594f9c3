"""A decision is taken by whom the council's scheme lets take it, and never by its proposer."""

from datetime import date
from typing import Any

import pytest

from disposals import delegation
from disposals.vocabulary import Interest
from sites.record import Record
from tests.builders import (
    REF,
    a_case,
    a_decision,
    a_holding,
    answer,
    some_terms,
    the_preferred_bid,
)
from workflows.gates import Answer, Verdict, by

PART_1, PART_2 = f"{REF}/part-1", f"{REF}/part-2"
DIRECTOR = "Director of Infrastructure"


def asked(taker: str, *records: Record, authority: str = "kent", **facts: Any) -> Answer:
    """Whether somebody may take the decision on Mill Lane."""
    decision = a_decision(taker=taker, **facts)
    return answer("decisions.within-delegation", a_case(decision, *records, authority=authority))


@pytest.mark.parametrize(
    ("pounds", "verdict"), [(1_000_000, Verdict.MET), (1_000_001, Verdict.UNMET)]
)
def test_at_kent_the_director_decides_up_to_a_million(pounds: int, verdict: Verdict) -> None:
    told = asked(DIRECTOR, the_preferred_bid(pounds))
    assert told.verdict is verdict
    if verdict is Verdict.UNMET:
        assert told.reason.startswith(
            "21/00100: the Director of Infrastructure may decide up to £1,000,000, and this comes "
            "to £1,000,001 (KCC: "
        )
        assert told.remedy == by("decision add")
    else:
        assert told.reason.startswith("21/00100: within the limits of the Director of Infra")


@pytest.mark.parametrize(
    "taker",
    [
        "Cabinet Member for Finance",
        "Deputy Leader and Cabinet Member for Finance",
        "Leader of the Council",
        "Cabinet",
    ],
)
def test_above_a_million_a_member_of_the_executive_decides(taker: str) -> None:
    assert asked(taker, the_preferred_bid(5_000_000)).verdict is Verdict.MET


@pytest.mark.parametrize(
    "taker",
    [
        "Assistant Director",
        "Assistant Director of Infrastructure",
        "Chair of Scrutiny",
        "Directory",
    ],
)
def test_whoever_the_scheme_does_not_name_decides_nothing(taker: str) -> None:
    told = asked(taker, the_preferred_bid(10_000))
    assert told.verdict is Verdict.UNMET
    assert told.reason == f"21/00100: the scheme of delegation does not name the {taker}."


def test_two_parts_of_600_000_pounds_are_beyond_the_director_together() -> None:
    own = a_decision(taker=DIRECTOR), the_preferred_bid(600_000, of=PART_1)
    other = the_preferred_bid(600_000, of=PART_2)
    gate = "decisions.within-delegation"
    alone = answer(gate, a_case(*own, ref=PART_1, part_of=REF))
    together = answer(gate, a_case(*own, ref=PART_1, part_of=REF, across=(other,)))
    assert alone.verdict is Verdict.MET
    assert together.verdict is Verdict.UNMET
    assert "this comes to £1,200,000" in together.reason


def test_staging_a_price_does_not_bring_it_within_the_limits() -> None:
    staged = the_preferred_bid(1_000_001, payments="£1 now; £1,000,000 after 50 years")
    assert asked(DIRECTOR, staged).verdict is Verdict.UNMET


def test_terms_at_a_higher_price_take_the_decision_from_the_director() -> None:
    told = asked(DIRECTOR, the_preferred_bid(900_000), some_terms(1_200_000))
    assert told.verdict is Verdict.UNMET
    assert "this comes to £1,200,000" in told.reason


def test_the_price_that_is_decided_counts_before_there_is_an_offer_of_it() -> None:
    told = asked(DIRECTOR, price_pence=120_000_000)
    assert told.verdict is Verdict.UNMET
    assert "this comes to £1,200,000" in told.reason


def test_a_council_without_a_scheme_in_its_file_is_not_judged_by_another_councils() -> None:
    told = asked("Anyone", the_preferred_bid(5_000_000), authority="somerset")
    assert told.verdict is Verdict.NOT_APPLICABLE
    assert told.reason == "This council's scheme of delegation is not in its policy file."


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheme by which the Director decides on freeholds of up to half a hectare."""
    entry = {
        "office": "Director",
        "tenures": ["freehold"],
        "up_to_hectares": 0.5,
        "from": date(2020, 1, 1),
        "to": date(2021, 12, 31),
        "source": "Scheme of 2020",
    }
    monkeypatch.setattr(delegation, "_entries", lambda _: (entry,))


def held_as(interest: Interest | None) -> Record:
    """Mill Lane, sold as a freehold or let on a lease."""
    return a_holding(REF).model_copy(update={"interest": interest})


@pytest.mark.usefixtures("limits")
@pytest.mark.parametrize(
    ("interest", "verdict"),
    [
        (Interest.FREEHOLD, Verdict.MET),
        (Interest.LEASE, Verdict.UNMET),
        (None, Verdict.MET),
    ],
)
def test_an_office_decides_on_the_tenures_that_the_scheme_gives_it(
    interest: Interest | None, verdict: Verdict
) -> None:
    told = asked(DIRECTOR, held_as(interest), area_m2=4_000)
    assert told.verdict is verdict
    if verdict is Verdict.UNMET:
        assert "may decide on freehold only, and this is a lease (Scheme of 2020)." in told.reason


@pytest.mark.usefixtures("limits")
@pytest.mark.parametrize(
    ("decided", "in_terms", "says"),
    [
        (5_000, None, "within the limits"),
        (5_001, None, "up to 0.5 ha, and the area is 0.500 ha"),
        (4_000, 6_000, "up to 0.5 ha, and the area is 0.600 ha"),
        (None, None, "up to 0.5 ha, and the area is not recorded"),
    ],
)
def test_an_office_decides_on_land_up_to_its_area(
    decided: float | None, in_terms: float | None, says: str
) -> None:
    told = asked(
        DIRECTOR,
        held_as(Interest.FREEHOLD),
        some_terms(900_000, area_m2=in_terms),
        area_m2=decided,
    )
    assert says in told.reason
    assert (told.verdict is Verdict.MET) == (says == "within the limits")


@pytest.mark.usefixtures("limits")
def test_a_scheme_that_has_ended_gives_nobody_anything() -> None:
    case = a_case(a_decision(taker=DIRECTOR, area_m2=100), on=date(2022, 1, 1))
    told = answer("decisions.within-delegation", case)
    assert told.verdict is Verdict.NOT_APPLICABLE


def test_who_proposed_a_decision_is_recorded() -> None:
    told = answer("decisions.not-own-proposal", a_case(a_decision(id=9)))
    assert told.verdict is Verdict.UNKNOWN
    assert told.reason == "Who proposed 21/00100 is not recorded."
    assert told.remedy == by("decision edit", entry="decision-9", name="proposed-by")


@pytest.mark.parametrize("proposer", ["Deputy Leader", "deputy leader", " Deputy  Leader "])
def test_nobody_takes_their_own_proposal(proposer: str) -> None:
    told = answer("decisions.not-own-proposal", a_case(a_decision(proposed_by=proposer, id=9)))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "Deputy Leader would approve their own proposal."
    assert told.remedy == by("decision edit", entry="decision-9", name="taker")


def test_where_the_proposer_has_taken_the_decision_another_decision_is_wanted() -> None:
    taken = a_decision(proposed_by="Deputy Leader", taken_on=date(2021, 9, 1))
    told = answer("decisions.not-own-proposal", a_case(taken))
    assert told.verdict is Verdict.UNMET
    assert told.remedy == by("decision add")


def test_a_proposal_taken_by_someone_else_is_met() -> None:
    told = answer("decisions.not-own-proposal", a_case(a_decision(proposed_by=DIRECTOR)))
    assert told.verdict is Verdict.MET
    assert told.reason == "Proposed by the Director of Infrastructure, taken by the Deputy Leader."
