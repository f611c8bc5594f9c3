"""The stages of a direct sale: from each, exactly these moves and no other, and no market."""

import pytest

from tests.workflows.reports import answered
from workflows.definition import load
from workflows.engine import take
from workflows.errors import NoSuchMove

SALE = load("direct-sale", 2)
MOVES = {
    "surplus_declaration": {"options_appraisal", "withdrawn"},
    "options_appraisal": {"heads_of_terms", "in_parts", "surplus_declaration", "withdrawn"},
    "heads_of_terms": {"completion", "options_appraisal", "withdrawn"},
    "completion": {"completed", "heads_of_terms", "options_appraisal", "withdrawn"},
    "completed": set(),
    "in_parts": set(),
    "withdrawn": set(),
}


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


def test_the_main_line_leaves_the_market_out() -> None:
    assert SALE.main_line == (
        "surplus_declaration", "options_appraisal", "heads_of_terms", "completion", "completed",
    )  # fmt: skip


def test_it_asks_what_an_open_market_sale_asks_but_why_this_buyer_in_place_of_bids() -> None:
    direct = SALE.move_to("heads_of_terms", "completion")
    open_market = load("open-market-sale", 2).move_to("heads_of_terms", "completion")
    assert set(direct.blocks) - set(open_market.blocks) == {"options.direct-sale-justified"}
    assert set(open_market.blocks) - set(direct.blocks) == {
        "bids.preferred", "bids.best-consideration",
    }  # fmt: skip
    assert set(open_market.warns) - set(direct.warns) == {"bids.reserve-named"}
