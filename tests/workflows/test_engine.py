"""The engine moves a case only on a report that answers exactly the gates of the move."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.workflows.reports import answered
from workflows.definition import Kind, load
from workflows.engine import _machine, take
from workflows.errors import IncompleteReport, MoveRefused, NoSuchMove, NoSuchStage
from workflows.gates import Severity, Verdict

SALE = load("open-market-sale")
SETTLE = SALE.move_to("bid_shortlist", "heads_of_terms")


@pytest.mark.parametrize("verdict", [Verdict.UNMET, Verdict.UNKNOWN])
def test_a_gate_that_is_unmet_or_unanswered_stops_the_move(verdict: Verdict) -> None:
    with pytest.raises(MoveRefused, match=r"Asked\? Because\."):
        take(SALE, "bid_shortlist", SETTLE, answered(SETTLE, bids_preferred=verdict))


@pytest.mark.parametrize("verdict", [Verdict.NOT_APPLICABLE, Verdict.WAIVED])
def test_a_gate_waived_or_not_applicable_lets_it_pass(verdict: Verdict) -> None:
    report = answered(SETTLE, bids_preferred=verdict)
    assert take(SALE, "bid_shortlist", SETTLE, report) == "heads_of_terms"


def test_a_warning_lets_it_pass() -> None:
    report = answered(SETTLE, bids_reserve_named=Verdict.UNMET)
    assert take(SALE, "bid_shortlist", SETTLE, report) == "heads_of_terms"
    assert [finding.gate for finding in report.warnings] == ["bids.reserve-named"]


def test_a_report_that_leaves_a_gate_out_is_no_report() -> None:
    whole = answered(SETTLE)
    short = replace(whole, findings=whole.findings[1:])
    with pytest.raises(IncompleteReport, match=r"bids\.received"):
        take(SALE, "bid_shortlist", SETTLE, short)


def test_a_report_that_softens_a_gate_to_a_warning_is_no_report() -> None:
    whole = answered(SETTLE, bids_received=Verdict.UNMET)
    first = replace(whole.findings[0], severity=Severity.WARN)
    with pytest.raises(IncompleteReport, match=r"bids\.received"):
        take(SALE, "bid_shortlist", SETTLE, replace(whole, findings=(first, *whole.findings[1:])))


def test_a_refusal_names_every_gate_that_stops_and_none_that_warns() -> None:
    whole = answered(
        SETTLE,
        bids_received=Verdict.UNKNOWN,
        bids_preferred=Verdict.UNMET,
        bids_reserve_named=Verdict.UNMET,
    )
    told = replace(
        whole, findings=tuple(replace(each, reason=f"See {each.gate}.") for each in whole.findings)
    )
    with pytest.raises(MoveRefused) as refused:
        take(SALE, "bid_shortlist", SETTLE, told)
    assert "See bids.received." in str(refused.value)
    assert "See bids.preferred." in str(refused.value)
    assert "bids.reserve-named" not in str(refused.value)
    assert refused.value.report is told
    assert [each.gate for each in told.stopping] == ["bids.received", "bids.preferred"]
    assert [each.gate for each in told.warnings] == ["bids.reserve-named"]


def test_a_report_that_adds_a_gate_or_answers_one_twice_is_no_report() -> None:
    whole = answered(SETTLE)
    foreign = replace(whole.findings[0], gate="terms.agreed")
    twice = next(each for each in whole.findings if each.gate == "bids.shortlisted")
    for added, named in ((foreign, r"terms\.agreed"), (twice, r"bids\.shortlisted")):
        with pytest.raises(IncompleteReport, match=named):
            take(SALE, "bid_shortlist", SETTLE, replace(whole, findings=(*whole.findings, added)))


def test_a_report_of_another_move_is_no_report() -> None:
    with pytest.raises(IncompleteReport, match="about the move complete, not about settle_terms"):
        take(SALE, "bid_shortlist", SETTLE, replace(answered(SETTLE), move="complete"))


def test_a_move_that_does_not_start_here_is_refused() -> None:
    with pytest.raises(NoSuchMove, match="From marketing a case can go to"):
        take(SALE, "marketing", SETTLE, answered(SETTLE))


def test_a_move_may_be_asked_for_by_its_name() -> None:
    report = answered(SETTLE)
    assert take(SALE, "bid_shortlist", "settle_terms", report) == "heads_of_terms"
    with pytest.raises(NoSuchMove, match="no move leads from marketing to settle terms"):
        take(SALE, "marketing", "settle_terms", report)


def test_a_move_with_its_gates_taken_off_is_not_the_definitions() -> None:
    bare = replace(SETTLE, blocks=(), warns=())
    with pytest.raises(NoSuchMove):
        take(SALE, "bid_shortlist", bare, answered(bare))


def test_a_case_can_not_stand_at_a_stage_that_is_none() -> None:
    with pytest.raises(NoSuchStage, match="no stage “moon”"):
        take(SALE, "moon", SETTLE, answered(SETTLE))


@pytest.mark.parametrize("stage", [stage.name for stage in SALE.stages])
def test_no_stage_is_reached_by_its_name_alone(stage: str) -> None:
    for asked in (stage, f"to_{stage}", "trigger", "state", "_stage"):
        with pytest.raises(NoSuchMove):
            take(SALE, "bid_shortlist", asked, replace(answered(SETTLE), move=asked))


def test_the_machine_has_no_way_round_its_moves() -> None:
    machine = _machine(SALE)
    assert set(machine.events) == {move.name for move in SALE.moves}
    for move in SALE.moves:
        ways = machine.get_transitions(move.name)
        assert {(way.source, way.dest) for way in ways} == {(s, move.to) for s in move.sources}
        assert all(way.conditions for way in ways)
    assert machine.models == []


def test_one_machine_is_built_for_a_definition_however_it_was_asked_for() -> None:
    assert _machine(load("open-market-sale", SALE.version)) is _machine(SALE)


def test_a_withdrawal_asks_no_gate() -> None:
    [withdraw] = [move for move in SALE.moves if move.kind is Kind.WITHDRAW]
    assert take(SALE, "marketing", withdraw, answered(withdraw)) == "withdrawn"


def test_one_machine_serves_many_cases_at_once() -> None:
    def one(n: int) -> str:
        verdict = Verdict.MET if n % 2 else Verdict.UNMET
        try:
            return take(SALE, "bid_shortlist", SETTLE, answered(SETTLE, bids_preferred=verdict))
        except MoveRefused:
            return "refused"

    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(one, range(400)))
    assert ends == ["refused" if n % 2 == 0 else "heads_of_terms" for n in range(400)]
    assert _machine(SALE).models == []
