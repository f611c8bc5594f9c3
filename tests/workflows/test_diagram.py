"""A workflow can be looked at as a table and as a Mermaid diagram."""

from dataclasses import replace

import pytest

from workflows.definition import load
from workflows.diagram import mermaid, rows
from workflows.errors import NoSuchStage

SALE = load("open-market-sale")


def test_the_diagram_shows_every_stage_and_move_and_marks_where_a_case_stands() -> None:
    drawn = mermaid(SALE, current="heads_of_terms")
    assert drawn.startswith("stateDiagram-v2\n")
    assert 'state "Heads of terms" as heads_of_terms' in drawn
    assert "heads_of_terms --> completion: Exchange contracts" in drawn
    assert "completed --> [*]" in drawn
    assert "class heads_of_terms here" in drawn
    assert "class" not in mermaid(SALE)


def test_the_table_has_a_row_for_every_move_from_every_stage() -> None:
    assert len(list(rows(SALE))) == sum(len(move.sources) for move in SALE.moves)


def test_a_row_tells_the_move_its_kind_and_its_gates() -> None:
    [row] = [row for row in rows(SALE) if row.to == "in_parts"]
    assert (row.source, row.move, row.kind) == ("options_appraisal", "Sell in parts", "parts")
    assert "options.split-accepted" in row.blocks
    assert row.warns == ()


def test_a_mark_in_a_title_does_not_end_it() -> None:
    first = replace(SALE.stages[0], title='Surplus; "spare" #1')
    move = replace(SALE.moves[0], title="Appraise: again")
    drawn = mermaid(replace(SALE, stages=(first, *SALE.stages[1:]), moves=(move, *SALE.moves[1:])))
    assert 'state "Surplus#59; #34;spare#34; #35;1" as surplus_declaration\n' in drawn
    assert "--> options_appraisal: Appraise#58; again\n" in drawn


def test_a_stage_that_is_none_is_not_marked() -> None:
    with pytest.raises(NoSuchStage):
        mermaid(SALE, current="moon")
