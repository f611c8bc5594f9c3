"""The stages of an open market sale: from each, exactly these moves and no other."""

import pytest

from tests.workflows.reports import answered
from workflows.definition import Kind, available, load
from workflows.engine import take
from workflows.errors import NoSuchMove
from workflows.gates import Severity

SALE = load("open-market-sale", 2)
MOVES = {
    "surplus_declaration": {"options_appraisal", "withdrawn"},
    "options_appraisal": {"marketing", "in_parts", "surplus_declaration", "withdrawn"},
    "marketing": {"bid_shortlist", "options_appraisal", "withdrawn"},
    "bid_shortlist": {"heads_of_terms", "marketing", "options_appraisal", "withdrawn"},
    "heads_of_terms": {
        "completion", "bid_shortlist", "marketing", "options_appraisal", "withdrawn",
    },
    "completion": {"completed", "heads_of_terms", "bid_shortlist", "marketing", "withdrawn"},
    "completed": set(),
    "in_parts": set(),
    "withdrawn": set(),
}  # fmt: skip


def test_the_table_names_every_stage() -> None:
    assert set(MOVES) == {stage.name for stage in SALE.stages}


@pytest.mark.parametrize("stage", MOVES)
@pytest.mark.parametrize("to", MOVES)
def test_from_each_stage_exactly_these_moves_lead_on_and_every_other_is_refused(
    stage: str, to: str
) -> None:
    if to in MOVES[stage]:
        move = SALE.move_to(stage, to)
        assert take(SALE, stage, move, answered(move)) == to
    else:
        with pytest.raises(NoSuchMove, match="no move leads"):
            SALE.move_to(stage, to)


def test_the_main_line_runs_from_surplus_declaration_to_completed() -> None:
    assert SALE.main_line == (
        "surplus_declaration", "options_appraisal", "marketing", "bid_shortlist",
        "heads_of_terms", "completion", "completed",
    )  # fmt: skip


def test_exchange_of_contracts_carries_the_full_set_of_gates_and_completion_a_small_one() -> None:
    exchange = SALE.move_to("heads_of_terms", "completion")
    complete = SALE.move_to("completion", "completed")
    assert len(exchange.blocks) > 20
    assert {"decisions.in-force", "terms.agreed", "land.open-space"} <= set(exchange.blocks)
    assert len(complete.gates) == 7


def test_only_moves_ahead_ask_gates() -> None:
    for name, version in available():
        for move in load(name, version).moves:
            assert bool(move.blocks) == (move.kind in {Kind.ONWARD, Kind.PARTS})


def test_a_gate_listed_as_a_warning_warns() -> None:
    move = SALE.move_to("options_appraisal", "marketing")
    assert move.severity("options.do-nothing-appraised") is Severity.WARN
    assert move.severity("options.appraised") is Severity.BLOCK
