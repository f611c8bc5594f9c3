"""The land itself is asked about, site by site, and the worst answer counts."""

from datetime import date

import pytest

from disposals import policy
from disposals.gates.land import worst
from disposals.vocabulary import Known, Question
from sites.record import Record
from sites.records import Boundary, Touch
from tests.builders import (
    REF,
    a_case,
    a_consent,
    a_holding,
    a_land_answer,
    answer,
    of_the_site,
)
from tests.builders_of_land import (
    a_boundary,
    a_moratorium,
    a_notice,
    a_title_report,
    open_space_marked,
)
from workflows.gates import Answer, Verdict, by

SETTLED_BY_CONSENT = [
    ("land.crichel-down", Question.CRICHEL_DOWN, "the offer back to the former owner"),
    ("land.holding-power", Question.OTHER_PURPOSE, "the appropriation"),
    ("land.school", Question.SCHOOL, "the Secretary of State for Education's consent"),
    ("land.housing", Question.HOUSING, "consent under s.32"),
    ("land.allotment", Question.ALLOTMENT, "consent to dispose of allotments"),
    ("land.highway", Question.HIGHWAY, "the order that stops it up"),
    ("land.trust", Question.TRUST, "how the trust or registration is met"),
]
ASKED_OF_EACH_SITE = [
    *((gate, question) for gate, question, _ in SETTLED_BY_CONSENT),
    ("land.open-space", Question.OPEN_SPACE),
    ("land.community-value", Question.COMMUNITY_VALUE),
]
OPEN_SPACE = a_land_answer(Question.OPEN_SPACE, Known.YES)
LISTED = a_land_answer(Question.COMMUNITY_VALUE, Known.YES)


@pytest.mark.parametrize(("gate", "question"), ASKED_OF_EACH_SITE)
def test_a_question_that_nobody_has_answered_is_unknown_and_not_a_no(
    gate: str, question: Question
) -> None:
    nobody = answer(gate, a_case())
    not_yet = answer(gate, a_case(a_land_answer(question, Known.UNKNOWN)))
    for told in (nobody, not_yet):
        assert told.verdict is Verdict.UNKNOWN
        assert told.reason.startswith("Nobody has answered for mill-lane: ")
        assert told.remedy == by("land answer", question=question, site="mill-lane")


@pytest.mark.parametrize(("gate", "question"), ASKED_OF_EACH_SITE)
def test_a_no_settles_the_question_on_the_basis_that_is_given(
    gate: str, question: Question
) -> None:
    said = a_land_answer(question, Known.NO, basis="Never so used (file 7/2)")
    told = answer(gate, a_case(said))
    assert told.verdict is Verdict.NOT_APPLICABLE
    assert told.reason == "mill-lane: Never so used (file 7/2)"


@pytest.mark.parametrize(("gate", "question"), ASKED_OF_EACH_SITE)
def test_the_answer_to_another_question_answers_nothing(gate: str, question: Question) -> None:
    others = [a_land_answer(other, Known.NO) for other in Question if other is not question]
    assert answer(gate, a_case(*others)).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(("gate", "question", "wanted"), SETTLED_BY_CONSENT)
def test_a_yes_asks_for_the_consent_that_goes_with_it(
    gate: str, question: Question, wanted: str
) -> None:
    another = next(other for other in Question if other is not question)
    yes = a_land_answer(question, Known.YES)
    for consents in (
        [],
        [a_consent(question, "Consent applied for", granted_on=None)],
        [a_consent(question, "Consent of tomorrow", granted_on=date(2021, 10, 1))],
        [a_consent(another, "Consent for something else")],
    ):
        told = answer(gate, a_case(yes, *consents))
        assert told.verdict is Verdict.UNMET
        assert wanted in told.reason
        assert told.remedy == by("land consent", kind=question, site=REF)


@pytest.mark.parametrize(("gate", "question"), [row[:2] for row in SETTLED_BY_CONSENT])
def test_a_yes_with_the_consent_granted_by_the_day_is_met(gate: str, question: Question) -> None:
    yes = a_land_answer(question, Known.YES)
    granted = a_consent(question, "Consent 42", granted_on=date(2021, 9, 30))
    told = answer(gate, a_case(yes, granted, on=date(2021, 9, 30)))
    assert told.verdict is Verdict.MET
    assert told.reason == "mill-lane: Consent 42, Secretary of State."


def test_of_two_sites_the_one_that_nobody_has_answered_for_decides() -> None:
    two_sites = a_holding("mill-lane"), a_holding("brook-field")
    one_answer = a_land_answer(Question.ALLOTMENT, Known.NO, site="mill-lane")
    told = answer("land.allotment", a_case(*two_sites, one_answer))
    assert told.verdict is Verdict.UNKNOWN
    assert told.reason.startswith("Nobody has answered for brook-field")
    assert "mill-lane" not in told.reason


def test_unknown_is_worse_than_unmet_and_unmet_than_met_and_all_as_bad_are_named() -> None:
    applies_not, met, unmet, unknown = (
        Answer(verdict, f"{verdict}.")
        for verdict in (Verdict.NOT_APPLICABLE, Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN)
    )
    another = Answer(Verdict.UNMET, "Another.")
    assert worst([applies_not, met]).verdict is Verdict.MET
    assert worst([met, unmet, applies_not]).verdict is Verdict.UNMET
    assert worst([unmet, unknown, met]).verdict is Verdict.UNKNOWN
    assert worst([unmet, met, another, unmet]).reason == "unmet. Another."


def test_a_disposal_of_no_site_answers_no_question() -> None:
    assert worst([]) == Answer(Verdict.UNKNOWN, "No site is recorded for this disposal.")


def test_open_space_noticed_in_two_weeks_and_its_objections_considered_may_be_sold() -> None:
    told = answer("land.open-space", a_case(OPEN_SPACE, a_notice()))
    assert told.verdict is Verdict.MET
    assert told.reason == "mill-lane: objections were considered on 1 July 2021."


@pytest.mark.parametrize(
    ("notices", "fragment"),
    [
        ([], "no newspaper notice is recorded"),
        ([a_notice(site_ref="brook-field")], "no newspaper notice is recorded"),
        (
            [a_notice(second_on=date(2021, 6, 16))],
            "the notices of 2 June 2021 and 16 June 2021 are not in two consecutive weeks",
        ),
        ([a_notice(second_on=date(2021, 6, 4))], "not in two consecutive weeks"),
        (
            [a_notice(objections_by=date(2021, 9, 30), considered_on=None)],
            "objections may be made until 30 September 2021",
        ),
        ([a_notice(considered_on=None)], "not recorded as considered"),
        ([a_notice(considered_on=date(2021, 6, 30))], "considered after they closed"),
    ],
)
def test_open_space_is_not_sold_over_the_heads_of_those_who_may_object(
    notices: list[Record], fragment: str
) -> None:
    told = answer("land.open-space", a_case(OPEN_SPACE, *notices, on=date(2021, 9, 30)))
    assert told.verdict is Verdict.UNMET
    assert fragment in told.reason


def test_a_listed_asset_is_not_sold_before_the_listing_authority_is_told() -> None:
    told = answer("land.community-value", a_case(LISTED))
    assert told.verdict is Verdict.UNMET
    assert "the day on which the listing authority received notice" in told.reason


@pytest.mark.parametrize(
    ("on", "asked", "verdict", "fragment"),
    [
        (date(2021, 4, 11), Known.NO, Verdict.UNMET, "interim moratorium runs until 11 April 2021"),
        (date(2021, 4, 12), Known.NO, Verdict.MET, "exchanged until 31 August 2022"),
        (date(2021, 4, 12), Known.UNKNOWN, Verdict.UNKNOWN, "ask to bid by 11 April 2021?"),
        (date(2021, 4, 12), Known.YES, Verdict.UNMET, "full moratorium runs until 31 August 2021"),
        (date(2021, 8, 31), Known.YES, Verdict.UNMET, "full moratorium runs until 31 August 2021"),
        (date(2021, 9, 1), Known.YES, Verdict.MET, "exchanged until 31 August 2022"),
        (date(2022, 8, 31), Known.NO, Verdict.MET, "exchanged until 31 August 2022"),
        (date(2022, 9, 1), Known.NO, Verdict.UNMET, "protected period ended on 31 August 2022"),
    ],
)
def test_six_weeks_six_months_and_eighteen_months_all_begin_with_the_day_of_receipt(
    on: date, asked: Known, verdict: Verdict, fragment: str
) -> None:
    told = answer("land.community-value", a_case(LISTED, a_moratorium(asked), on=on))
    assert told.verdict is verdict
    assert fragment in told.reason


def test_the_council_promises_no_land_whose_title_nobody_has_reported_on() -> None:
    told = answer("land.title", a_case())
    assert told.verdict is Verdict.UNMET
    assert told.reason == f"No report on title is recorded for {REF}."


def test_the_report_on_title_says_what_was_found() -> None:
    told = answer("land.title", a_case(a_title_report()))
    assert told.verdict is Verdict.MET
    assert told.reason == "Reported on 4 May 2021: a tunnel crosses the northern edge"


def test_marketing_waits_for_each_consent_that_the_option_was_accepted_on() -> None:
    granted = a_consent("planning", "Outline consent", needed_before="marketing")
    refused_yet = a_consent(
        "planning", "Change of use", body="Dartford", needed_before="marketing", granted_on=None
    )
    ahead = a_consent("planning", "Access", needed_before="marketing", granted_on=date(2021, 10, 1))
    told = answer("land.consents-before-marketing", a_case(granted, refused_yet, ahead))
    assert told.verdict is Verdict.UNMET
    assert "Change of use is not granted (Dartford)." in told.reason
    assert "Access is not granted" in told.reason
    assert "Outline" not in told.reason
    assert told.remedy == by(
        "land consent", kind="planning", title="Change of use", body="Dartford"
    )


def test_marketing_may_begin_when_the_consents_that_it_waited_for_are_granted() -> None:
    granted = a_consent(
        "planning", "Outline consent", needed_before="marketing", granted_on=date(2021, 9, 30)
    )
    told = answer("land.consents-before-marketing", a_case(granted, on=date(2021, 9, 30)))
    assert told.verdict is Verdict.MET
    assert told.reason == "Outline consent: granted."


def test_a_consent_that_exchange_waits_for_does_not_hold_up_marketing() -> None:
    later = a_consent("planning", "Full consent", needed_before="completion", granted_on=None)
    told = answer("land.consents-before-marketing", a_case(later))
    assert told.verdict is Verdict.NOT_APPLICABLE
    assert "Nothing is recorded that marketing must wait for" in told.reason


def test_no_direction_names_kent() -> None:
    told = answer("land.dissolution-direction", a_case())
    assert told.verdict is Verdict.NOT_APPLICABLE
    assert told.reason == "No direction names this council."


@pytest.fixture
def northshire(monkeypatch: pytest.MonkeyPatch) -> str:
    """A council about to be dissolved, which a direction names."""
    entry = {
        "kind": "law",
        "value": 1,
        "unit": "1 where a direction names this council",
        "from": date(2021, 1, 1),
        "source": "Direction of 2021",
        "verified": True,
    }
    national = policy._entries
    monkeypatch.setattr(
        policy,
        "_entries",
        lambda council: (
            {"land.dissolution-direction": [entry]}
            if council == "northshire"
            else national(council)
        ),
    )
    return "northshire"


def test_a_council_that_a_direction_names_sells_nothing_without_consent(northshire: str) -> None:
    asked = a_consent("dissolution", "Consent of the shadow council", granted_on=None)
    for consents in ([], [asked], [a_consent("planning", "Outline consent")]):
        told = answer("land.dissolution-direction", a_case(*consents, authority=northshire))
        assert told.verdict is Verdict.UNMET
        assert "A direction names this council" in told.reason
        assert told.remedy == by("land consent", kind="dissolution")


def test_a_council_that_a_direction_names_may_sell_with_consent(northshire: str) -> None:
    given = a_consent("dissolution", "Consent 7", body="Shadow council")
    told = answer("land.dissolution-direction", a_case(given, authority=northshire))
    assert told.verdict is Verdict.MET
    assert told.reason == "Consent 7, Shadow council."


def the_part_as_drawn(boundary_id: int = 31) -> Boundary:
    """The boundary of Part 1 of Mill Lane."""
    return a_boundary(1, 2_000, id=boundary_id)


def touching(part_no: int | None, boundary_id: int) -> Touch:
    """What was measured of the green on a piece of Mill Lane."""
    return of_the_site(Touch, constraint_id=7, part_no=part_no, boundary_id=boundary_id, area_m2=50)


def part_1(*records: Record) -> Answer:
    """What the gate says of Part 1 of Mill Lane."""
    part = a_case(*records, ref="mill-lane/part-1", part_of="mill-lane", on=date(2021, 9, 30))
    return answer("land.open-space", part)


def test_marked_open_space_asks_for_the_notice_of_the_part_that_it_touches() -> None:
    marked = open_space_marked(), the_part_as_drawn(), touching(1, 31)
    assert part_1(*marked).verdict is Verdict.UNMET
    assert "no newspaper notice is recorded" in part_1(*marked).reason
    assert part_1(*marked, a_notice()).verdict is Verdict.MET


def test_a_part_that_marked_open_space_does_not_touch_needs_no_notice() -> None:
    elsewhere = open_space_marked(), the_part_as_drawn(), touching(None, 30), touching(2, 32)
    for answered in ([], [OPEN_SPACE]):
        told = part_1(*elsewhere, *answered)
        assert told.verdict is Verdict.NOT_APPLICABLE
        assert told.reason.endswith("does not touch part 1.")


def test_what_an_older_boundary_of_the_part_touched_no_longer_counts() -> None:
    told = part_1(open_space_marked(), the_part_as_drawn(44), touching(1, 31))
    assert told.verdict is Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    "known",
    [
        [open_space_marked(shape=None), the_part_as_drawn()],
        [open_space_marked(), the_part_as_drawn()],
        [open_space_marked(), touching(None, 30)],
    ],
    ids=["not drawn", "never measured", "the part is not drawn"],
)
def test_open_space_that_lies_somewhere_on_the_site_counts_for_every_part(
    known: list[Record],
) -> None:
    assert part_1(*known).verdict is Verdict.UNMET


def test_an_answer_can_not_deny_what_is_marked_on_the_map() -> None:
    denied = a_land_answer(Question.OPEN_SPACE, Known.NO, basis="Fenced since 1990")
    told = part_1(open_space_marked(), the_part_as_drawn(), touching(1, 31), denied, a_notice())
    assert told.verdict is Verdict.UNMET
    assert "the answer is no (Fenced since 1990), but open space is marked on" in told.reason


def test_the_whole_site_is_touched_by_whatever_lies_on_it() -> None:
    told = answer("land.open-space", a_case(open_space_marked(), touching(2, 32)))
    assert told.verdict is Verdict.UNMET


def test_open_space_that_ended_is_no_longer_marked() -> None:
    told = part_1(open_space_marked(until=date(2021, 9, 29)), the_part_as_drawn(), touching(1, 31))
    assert told.verdict is Verdict.UNKNOWN
