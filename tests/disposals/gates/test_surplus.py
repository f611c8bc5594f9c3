"""Land leaves its service when that service, the others and the local member have had a say."""

from datetime import date

from disposals.records.consultations import Consultation
from disposals.records.surplus import Circulation, Declaration
from disposals.vocabulary import Capacity, Known
from tests.builders import a_case, a_circulation, a_declaration, answer, evidence
from workflows.gates import Verdict, by

DECLARED = {"declared_by": "Education", "because": "no longer needed"}
SPOKE = {"capacity": Capacity.LOCAL_MEMBER, "said": "keep the footpath"}


def test_land_that_no_service_has_declared_surplus_stays_with_its_service() -> None:
    told = answer("surplus.declared", a_case())
    assert told.verdict is Verdict.UNMET
    assert told.reason == "No surplus declaration is recorded."


def test_a_declaration_counts_with_its_day_or_with_what_the_papers_write() -> None:
    dated = evidence(Declaration, declared_on=date(2021, 3, 1), **DECLARED)
    undated = evidence(Declaration, as_written="in spring 2021", **DECLARED)
    neither = evidence(Declaration, **DECLARED)
    for declaration, when in (
        (dated, "on 1 March 2021"),
        (undated, "in spring 2021"),
        (neither, "on a day that is not recorded"),
    ):
        told = answer("surplus.declared", a_case(declaration))
        assert told.verdict is Verdict.MET
        assert told.reason == f"Declared surplus by Education {when}."


def test_land_not_offered_to_other_services_is_not_ready() -> None:
    told = answer("surplus.circulated", a_case())
    assert told.verdict is Verdict.UNMET
    assert "No circulation" in told.reason


def test_other_services_may_reply_until_the_end_of_their_last_day() -> None:
    circulation = evidence(Circulation, circulated_to="All services", reply_by=date(2021, 9, 30))
    on_the_day = answer("surplus.circulated", a_case(circulation, on=date(2021, 9, 30)))
    day_after = answer("surplus.circulated", a_case(circulation, on=date(2021, 10, 1)))
    assert on_the_day.verdict is Verdict.UNMET
    assert (
        on_the_day.reason
        == "All services may still reply until 30 September 2021. Wait until then."
    )
    assert on_the_day.remedy == by("")
    assert day_after.verdict is Verdict.MET
    assert "made no claim by 30 September 2021" in day_after.reason


def test_services_that_were_given_no_last_day_may_still_reply() -> None:
    circulation = evidence(Circulation, circulated_to="All services", id=3)
    told = answer("surplus.circulated", a_case(circulation))
    assert told.verdict is Verdict.UNMET
    assert told.reason == "All services may still reply; no last day is recorded."
    assert told.remedy == by("surplus edit", entry="circulation-3", name="reply-by", words="DATE")


def test_a_reply_ends_the_wait_before_its_last_day() -> None:
    circulation = evidence(
        Circulation,
        circulated_to="Highways",
        reply_by=date(2021, 12, 1),
        reply="no interest",
        is_claimed=Known.NO,
    )
    told = answer("surplus.circulated", a_case(circulation))
    assert told.verdict is Verdict.MET
    assert told.reason == "Circulated to Highways, and not claimed."


def test_a_service_that_claims_the_land_keeps_it() -> None:
    asked = {"circulated_to": "Education", "reply_by": date(2021, 9, 1), "reply": "for a school"}
    claimed = answer(
        "surplus.circulated", a_case(evidence(Circulation, **asked, is_claimed=Known.YES, id=3))
    )
    assert claimed.verdict is Verdict.UNMET
    assert claimed.reason.startswith("A service claims the land: for a school. If the claim is")
    settled = {"entry": "circulation-3", "name": "claimed"}
    assert claimed.remedy == by("surplus edit", **settled, words="no")
    unclear = answer("surplus.circulated", a_case(evidence(Circulation, **asked, id=3)))
    assert unclear.verdict is Verdict.UNKNOWN
    assert unclear.remedy == by("surplus edit", **settled, words="YES_OR_NO")


def test_a_claim_without_a_reason_is_told_in_a_whole_sentence() -> None:
    told = answer("surplus.circulated", a_case(a_circulation(is_claimed=Known.YES, id=3)))
    assert told.reason.startswith("A service claims the land: no reason is recorded. If")


def test_a_word_with_the_parish_is_no_word_with_the_local_member() -> None:
    parish = evidence(
        Consultation,
        consultee="Swanscombe and Greenhithe Town Council",
        capacity=Capacity.PARISH,
        held_on=date(2021, 6, 1),
        said="no objection",
    )
    told = answer("surplus.local-member-informed", a_case(parish))
    assert told.verdict is Verdict.UNMET
    assert "No contact with the local member" in told.reason


def test_a_contact_with_the_local_member_needs_a_day_that_has_come() -> None:
    undated = evidence(Consultation, consultee="Mr Harman", **SPOKE)
    ahead = evidence(Consultation, consultee="Mr Harman", held_on=date(2021, 10, 1), **SPOKE)
    for contact in (undated, ahead):
        told = answer("surplus.local-member-informed", a_case(contact))
        assert told.verdict is Verdict.UNMET
        assert "on no recorded day" in told.reason


def test_the_latest_contact_with_the_local_member_is_the_one_named() -> None:
    later = evidence(Consultation, consultee="Mr Harman", held_on=date(2021, 9, 30), **SPOKE)
    earlier = evidence(Consultation, consultee="Mr Harman", held_on=date(2021, 6, 1), **SPOKE)
    told = answer("surplus.local-member-informed", a_case(later, earlier))
    assert told.verdict is Verdict.MET
    assert told.reason == "The local member was consulted on 30 September 2021."


def test_a_declaration_says_by_what_right_it_was_made() -> None:
    none = answer("surplus.authority", a_case())
    assert none.verdict is Verdict.UNMET
    assert none.reason == "No surplus declaration is recorded."
    assert none.remedy == by("surplus add")
    silent = answer("surplus.authority", a_case(a_declaration(authority=None, id=3)))
    assert silent.verdict is Verdict.UNMET
    assert silent.reason == "Education declared it; under what authority is not recorded."
    assert silent.remedy == by("surplus edit", entry="declaration-3", name="authority")
    told = answer("surplus.authority", a_case(a_declaration(authority="decision 21/00007")))
    assert told.verdict is Verdict.MET
    assert told.reason == "Under decision 21/00007."


def test_it_is_the_newest_declaration_whose_authority_counts() -> None:
    told = answer("surplus.authority", a_case(a_declaration(), a_declaration(authority=None)))
    assert told.verdict is Verdict.UNMET
