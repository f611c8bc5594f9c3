"""A workflow can be looked at as a table and as a Mermaid diagram."""

from workflows.definition import load
from workflows.diagram import mermaid, rows

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
