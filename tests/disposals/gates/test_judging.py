"""Every gate of a move answers at once, sees what it declares, and may be waived unless law."""

from collections.abc import Callable
from datetime import date

import pytest

from disposals.casefile import CaseFile, NotDeclared
from disposals.gates import KNOWN, find, judge, may_be_waived
from disposals.policy import Kind
from disposals.records.bids import Bid
from disposals.records.title import TitleReport
from tests.builders import TODAY, a_case, a_waiver, answer, seen_by
from workflows.definition import load
from workflows.gates import Finding, Severity, Verdict

EXCHANGE = load("open-market-sale", 1).move_to("heads_of_terms", "completion")

# Open in an empty case: constitution, policy and practice.
MAY_BE_WAIVED = [
    ("bids.valuation-current", Kind.POLICY),
    ("land.title", Kind.PRACTICE),
]


def finding(gate: str, file: CaseFile) -> Finding:
    """What the exchange of contracts finds at one of its gates."""
    (found,) = (found for found in judge(EXCHANGE, file).findings if found.gate == gate)
    return found


def test_every_gate_of_the_exchange_answers_at_once() -> None:
    report = judge(EXCHANGE, a_case())
    assert [found.gate for found in report.findings] == list(EXCHANGE.gates)
    assert {found.gate for found in report.stopping} >= {"surplus.declared", "terms.agreed"}
    assert "bids.reserve-named" in {found.gate for found in report.warnings}
    assert not report.passes


def test_a_finding_says_who_can_clear_it_how_and_on_what_authority() -> None:
    found = finding("bids.valuation-current", a_case())
    assert found.verdict is Verdict.UNKNOWN
    assert found.severity is Severity.BLOCK
    assert found.source.startswith("Valuation in date when the council binds itself")
    assert found.owner == "valuer"
    assert found.remedy.act == "valuation add"
    assert found.may_be_waived


@pytest.mark.parametrize(("gate", "kind"), MAY_BE_WAIVED)
@pytest.mark.parametrize("until", [None, TODAY])
def test_what_is_not_law_may_be_waived_up_to_and_on_its_last_day(
    gate: str, kind: Kind, until: date | None
) -> None:
    case = a_case(a_waiver(gate, until=until))
    found = finding(gate, case)
    assert case.policy.rule(find(gate).rule).kind is kind
    assert finding(gate, a_case()).stops
    assert found.verdict is Verdict.WAIVED
    assert found.reason == "Waived by the Cabinet Member: bidders agreed"
    assert not found.stops


@pytest.mark.parametrize(("gate", "kind"), MAY_BE_WAIVED)
def test_a_waiver_that_has_run_out_waives_nothing(gate: str, kind: Kind) -> None:
    found = finding(gate, a_case(a_waiver(gate, until=date(2021, 9, 29)), on=TODAY))
    assert found.stops, kind


@pytest.mark.parametrize("gate", ["bids.best-consideration", "land.open-space", "land.trust"])
def test_law_is_never_waived(gate: str) -> None:
    found = finding(gate, a_case(a_waiver(gate)))
    assert found.stops
    assert not found.may_be_waived
    assert not may_be_waived(gate, a_case())


def test_a_waiver_passes_over_the_gate_it_names_and_no_other() -> None:
    case = a_case(a_waiver("land.title"))
    waived = [f.gate for f in judge(EXCHANGE, case).findings if f.verdict is Verdict.WAIVED]
    assert waived == ["land.title"]


@pytest.mark.parametrize(
    "ask",
    [
        lambda file: file.of(Bid),
        lambda file: file.latest(Bid),
        lambda file: file.across(TitleReport),
    ],
    ids=["of", "latest", "across"],
)
def test_a_gate_that_asks_for_a_kind_it_does_not_declare_is_refused(
    ask: Callable[[CaseFile], object],
) -> None:
    file = seen_by("land.title", a_case())
    assert file.of(TitleReport) == ()
    with pytest.raises(NotDeclared, match="is not among the kinds that the gate's `"):
        ask(file)


@pytest.mark.parametrize("gate", sorted(KNOWN))
def test_every_gate_answers_an_empty_case_in_a_sentence_from_what_it_declares(gate: str) -> None:
    told = answer(gate, a_case())
    assert told.reason[0].isupper() or told.reason.startswith("mill-lane")
    assert told.reason[-1] in ".?"


def test_no_gate_of_an_empty_case_is_met_unless_it_says_what_is_not_there() -> None:
    met = {gate for gate in KNOWN if answer(gate, a_case()).verdict is Verdict.MET}
    assert met == {"sites.vacant-possession"}
