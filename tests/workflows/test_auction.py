"""The stages of an auction: what the law asks stands before the hammer can fall."""

import pytest

from tests.workflows.reports import answered
from workflows.definition import load
from workflows.engine import take
from workflows.errors import MoveRefused, NoSuchMove
from workflows.gates import Verdict

AUCTION = load("auction")
MOVES = {
    "surplus_declaration": {"options_appraisal", "withdrawn"},
    "options_appraisal": {"marketing", "in_parts", "surplus_declaration", "withdrawn"},
    "marketing": {"auction", "options_appraisal", "withdrawn"},
    "auction": {"completion", "marketing", "options_appraisal", "withdrawn"},
    "completion": {"completed", "marketing", "withdrawn"},
    "completed": set(),
    "in_parts": set(),
    "withdrawn": set(),
}


def test_the_table_names_every_stage() -> None:
    assert set(MOVES) == {stage.name for stage in AUCTION.stages}


@pytest.mark.parametrize("stage", MOVES)
@pytest.mark.parametrize("to", MOVES)
def test_from_each_stage_exactly_these_moves_lead_on_and_every_other_is_refused(
    stage: str, to: str
) -> None:
    if to in MOVES[stage]:
        move = AUCTION.move_to(stage, to)
        assert take(AUCTION, stage, move, answered(move)) == to
    else:
        with pytest.raises(NoSuchMove, match="no move leads"):
            AUCTION.move_to(stage, to)


def test_what_a_sale_asks_of_land_and_decision_at_exchange_stands_before_the_auction() -> None:
    enter = AUCTION.move_to("marketing", "auction")
    hammer = AUCTION.move_to("auction", "completion")
    exchange = load("open-market-sale", 2).move_to("heads_of_terms", "completion")
    before = set(exchange.blocks) - set(enter.blocks)
    # The conditions of sale are the terms, and every bidder has them.
    assert before - set(hammer.blocks) == {"terms.agreed", "terms.within-decision"}
    assert {gate for gate in exchange.blocks if gate.startswith(("land.", "decisions."))} <= set(
        enter.blocks
    )


def test_a_lot_without_a_decision_does_not_go_into_the_room() -> None:
    enter = AUCTION.move_to("marketing", "auction")
    with pytest.raises(MoveRefused):
        take(AUCTION, "marketing", enter, answered(enter, decisions_in_force=Verdict.UNMET))


def test_limits_of_price_are_tested_again_on_the_price_of_the_hammer() -> None:
    hammer = AUCTION.move_to("auction", "completion")
    assert {"bids.best-consideration", "bids.undervalue", "decisions.within-delegation"} <= set(
        hammer.blocks
    )


def test_an_unsold_lot_goes_back_to_marketing_and_one_whose_buyer_defaults_too() -> None:
    for stage in ("auction", "completion"):
        move = AUCTION.move_to(stage, "marketing")
        assert take(AUCTION, stage, move, answered(move)) == "marketing"
