"""Advancing a case: the one that is ready moves, the others say what they wait for."""

from datetime import date

import pytest

from disposals.casework import bids, cases, evidence, marketing, moves, returns
from disposals.disclosure.cases import history
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions
from disposals.errors import (
    BadFact,
    ChangedMeanwhile,
    NoneReady,
    NoSuchCase,
    NotAllowed,
    SeveralReady,
)
from disposals.register import Register
from tests.conftest import stamp
from tests.places import as_it_is
from workflows.errors import NoSuchMove

WHOLE, ONE, TWO = "steele-avenue", "steele-avenue/part-1", "steele-avenue/part-2"


def advance(register: Register, ref: str = WHOLE, **options: object) -> moves.Outcome:
    return moves.advance(register, ref, stamp(), seen=versions(register, ref), **options)  # type: ignore[arg-type]


def test_the_one_part_that_is_ready_moves_and_the_other_says_what_it_waits_for(
    kent: Register,
) -> None:
    outcome = advance(kent)
    assert [(case.reference, case.to_stage) for case in outcome.moved] == [(ONE, "heads_of_terms")]
    [waiting] = outcome.blocked
    assert waiting.reference == TWO
    assert {finding.gate for finding in waiting.report.stopping} == {
        "land.crichel-down",
        "land.consents-before-marketing",
        "marketing.agent-appointed",
    }


def test_when_none_is_ready_every_unmet_gate_of_each_is_listed(kent: Register) -> None:
    advance(kent)
    with pytest.raises(NoneReady) as refused:
        advance(kent)
    outcome = refused.value.outcome
    assert isinstance(outcome, moves.Outcome)
    assert [case.reference for case in outcome.blocked] == [ONE, TWO]
    assert "terms.agreed" in {finding.gate for finding in outcome.blocked[0].report.stopping}
    assert "18 of 34 gates are not met" in str(refused.value)


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_move_before_what_it_rests_on_is_refused_in_a_dry_run_too(
    kent: Register, *, dry_run: bool
) -> None:
    early = stamp(date(2021, 9, 29))
    with pytest.raises(NotAllowed, match="goes on until 30 September 2021"):
        moves.advance(kent, WHOLE, early, seen=versions(kent, WHOLE), dry_run=dry_run)


def test_a_dry_run_judges_every_gate_and_leaves_the_file_as_it_was(kent: Register) -> None:
    before = as_it_is(kent.place)
    assert advance(kent, dry_run=True).moved[0].reference == ONE
    assert as_it_is(kent.place) == before


def test_a_move_is_in_the_history_with_the_gates_as_they_stood(kent: Register) -> None:
    advance(kent)
    last = history(kent, ONE, audience=Audience.OFFICER)[-1]
    assert (last["act"], last["from_stage"], last["to_stage"]) == (
        "advance", "bid_shortlist", "heads_of_terms",
    )  # fmt: skip
    assert last["by"] == "Disposals Surveyor"
    verdicts = {finding["gate"]: finding["verdict"] for finding in last["report"]}
    assert verdicts["bids.preferred"] == "met"
    assert verdicts["bids.reserve-named"] == "unmet"


def ready_twice(register: Register) -> None:
    """Part 2 as ready for marketing as Part 1 is for heads of terms."""
    seen = versions(register, WHOLE)[TWO]
    for kind, facts in (
        (
            "land_answer",
            {"question": "crichel-down", "answer": "no", "basis": "Bought by agreement"},
        ),
        (
            "consent",
            {
                "kind": "planning",
                "title": "Outline planning consent for residential development on the Part 2 site",
                "body": "Dartford Borough Council",
                "needed_before": "marketing",
                "granted_on": date(2021, 9, 29),
            },
        ),
    ):
        evidence.add(register, TWO, kind, facts, stamp(), seen=seen)
        seen += 1
    marketing.begin(
        register, TWO, {"method": "open market", "agent": "An agent"}, stamp(), seen=seen
    )


def test_if_several_are_ready_none_moves_until_the_officer_says_which(kent: Register) -> None:
    ready_twice(kent)
    with pytest.raises(SeveralReady, match="--all"):
        advance(kent)
    assert [case.reference for case in advance(kent, part=2).moved] == [TWO]


def test_all_that_are_ready_move_together(kent: Register) -> None:
    ready_twice(kent)
    outcome = advance(kent, every=True)
    assert {case.reference for case in outcome.moved} == {ONE, TWO}
    assert outcome.blocked == ()


def test_a_part_that_does_not_exist_is_refused(kent: Register) -> None:
    with pytest.raises(NoSuchCase, match="part-3"):
        advance(kent, part=3)


def test_the_stage_asked_for_must_be_the_one_that_follows(kent: Register) -> None:
    with pytest.raises(NoSuchMove, match="no move leads from bid shortlist to completed"):
        advance(kent, ONE, to="completed")
    with pytest.raises(NotAllowed, match="disposals back"):
        advance(kent, ONE, to="marketing")
    assert advance(kent, ONE, to="heads_of_terms").moved


def test_a_stage_is_asked_for_as_officers_write_it(kent: Register) -> None:
    [moved] = advance(kent, to="Heads of terms").moved  # of two parts, the one that can reach it
    assert (moved.reference, moved.to_stage) == (ONE, "heads_of_terms")
    with pytest.raises(NotAllowed, match="stands at heads of terms already"):
        advance(kent, ONE, to="Heads-of terms")


def test_an_act_on_what_has_changed_meanwhile_is_refused_with_who_and_where(
    kent: Register,
) -> None:
    seen = versions(kent, ONE)
    advance(kent)
    with pytest.raises(ChangedMeanwhile, match=r"Disposals Surveyor.*“advance”.*heads of terms"):
        moves.advance(kent, ONE, stamp(by="Colleague"), seen=seen)


def test_a_case_on_hold_keeps_its_stage_and_does_not_move(kent: Register) -> None:
    cases.hold(kent, ONE, stamp(), seen=versions(kent, ONE)[ONE], because="Financial challenges")
    with pytest.raises(NoneReady, match="on hold since 30 September 2021: Financial challenges"):
        advance(kent, ONE)
    cases.resume(kent, ONE, stamp(), seen=versions(kent, ONE)[ONE])
    assert advance(kent, ONE).moved[0].from_stage == "bid_shortlist"


def test_a_hold_asks_for_a_reason_and_is_not_set_twice(kent: Register) -> None:
    seen = versions(kent, ONE)[ONE]
    with pytest.raises(BadFact, match="--because"):
        cases.hold(kent, ONE, stamp(), seen=seen, because=" ")
    cases.hold(kent, ONE, stamp(), seen=seen, because="Waiting")
    with pytest.raises(NotAllowed, match="on hold since"):
        cases.hold(kent, ONE, stamp(), seen=seen + 1, because="Again")
    with pytest.raises(NotAllowed, match="not on hold"):
        cases.resume(kent, TWO, stamp(), seen=versions(kent, TWO)[TWO])


def test_a_preferred_bidder_who_falls_through_leaves_the_shortlist_to_choose_again(
    kent: Register,
) -> None:
    advance(kent)
    seen = versions(kent, ONE)[ONE]
    returns.back(kent, ONE, stamp(), seen=seen, to="bid_shortlist", because="Funding fell away")
    with pytest.raises(NoneReady) as refused:
        advance(kent, ONE)
    [blocked] = refused.value.outcome.blocked  # type: ignore[attr-defined]
    assert {finding.gate for finding in blocked.report.stopping} == {
        "bids.preferred",
        "bids.best-consideration",
    }
    bids.prefer(kent, ONE, "Bidder A", stamp(), seen=seen + 1, because="Next highest bid")
    assert advance(kent, ONE).moved[0].to_stage == "heads_of_terms"


def test_marketed_again_the_old_bids_no_longer_count(kent: Register) -> None:
    seen = versions(kent, ONE)[ONE]
    returns.back(kent, ONE, stamp(), seen=seen, to="marketing", because="No bid is acceptable")
    marketing.begin(
        kent, ONE,
        {"method": "open market", "agent": "Another agent", "closes_on": date(2021, 9, 1)},
        stamp(), seen=seen + 1,
    )  # fmt: skip
    with pytest.raises(NoneReady) as refused:
        advance(kent, ONE)
    [blocked] = refused.value.outcome.blocked  # type: ignore[attr-defined]
    assert [finding.gate for finding in blocked.report.stopping] == ["bids.received"]


def test_back_goes_back_and_needs_a_reason(kent: Register) -> None:
    seen = versions(kent, ONE)[ONE]
    with pytest.raises(NotAllowed, match="does not lie behind"):
        returns.back(kent, ONE, stamp(), seen=seen, to="heads_of_terms", because="Forward")
    with pytest.raises(BadFact, match="a reason is asked for"):
        returns.back(kent, ONE, stamp(), seen=seen, to="marketing", because=None)


def test_a_withdrawn_case_is_kept_and_goes_nowhere(kent: Register) -> None:
    returns.withdraw(kent, TWO, stamp(), seen=versions(kent, TWO)[TWO], because="Kept for a school")
    with pytest.raises(NotAllowed, match="withdrawn; nothing follows"):
        advance(kent, TWO)
    assert history(kent, TWO, audience=Audience.OFFICER)[-1]["because"] == "Kept for a school"


def test_a_site_sold_in_parts_is_not_held_or_withdrawn_as_a_whole(kent: Register) -> None:
    seen = versions(kent, WHOLE)[WHOLE]
    with pytest.raises(NotAllowed, match="steele-avenue/part-1"):
        cases.hold(kent, WHOLE, stamp(), seen=seen, because="Waiting")
    with pytest.raises(NotAllowed, match="steele-avenue/part-1"):
        returns.withdraw(kent, WHOLE, stamp(), seen=seen, because="Kept")
