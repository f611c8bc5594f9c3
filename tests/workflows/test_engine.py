"""The engine moves a case only on a report that answers exactly the gates of the move."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from workflows.definition import Move, load
from workflows.engine import _machine, take
from workflows.errors import IncompleteReport, MoveRefused, NoSuchMove
from workflows.gates import Finding, GateReport, Severity, Verdict, by

SALE = load("open-market-sale")
SETTLE = SALE.move_to("bid_shortlist", "heads_of_terms")


def answered(move: Move, **verdicts: Verdict) -> GateReport:
    """A report in which every gate is met but for those named (dots and hyphens as underscores)."""
    return GateReport(
        move.name,
        tuple(
            Finding(
                gate, "Asked?", move.severity(gate),
                verdicts.get(gate.replace(".", "_").replace("-", "_"), Verdict.MET),
                "Because.", "rule", "officer", by("bid prefer"), may_be_waived=True,
            )
            for gate in move.gates
        ),
    )  # fmt: skip


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


def test_a_report_of_another_move_is_no_report() -> None:
    with pytest.raises(IncompleteReport):
        take(SALE, "bid_shortlist", SETTLE, replace(answered(SETTLE), move="complete"))


def test_a_move_that_does_not_start_here_is_refused() -> None:
    with pytest.raises(NoSuchMove, match="From marketing a case can go to"):
        take(SALE, "marketing", SETTLE, answered(SETTLE))


def test_the_machine_has_no_way_round_its_moves() -> None:
    machine = _machine(SALE)
    assert set(machine.events) == {move.name for move in SALE.moves}
    assert machine.models == []


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
