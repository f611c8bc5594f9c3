"""A table that is printed looks as the library that prints it would have it without our help."""

from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from disposals.cli import output

_WORDS = st.text("abcdeé宅–£0123", min_size=1, max_size=30)
_CELLS = st.lists(_WORDS, max_size=8).map(" ".join)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of a table of one to six columns; the first names what the row is of."""
    heads = draw(st.lists(_WORDS, min_size=1, max_size=6))
    others = st.lists(_CELLS, min_size=len(heads) - 1, max_size=len(heads) - 1)
    row = st.builds(lambda name, cells: [name, *cells], _WORDS, others)
    return heads, draw(st.lists(row, max_size=5))


@given(tables(), st.integers(20, 160))
def test_widths_said_beforehand_are_those_of_the_library(
    made: tuple[list[str], list[list[str]]], room: int
) -> None:
    with patch.object(output, "_WIDTH_IN_A_FILE", room):
        with patch.object(output, "_widths", lambda heads, *_: [None] * len(heads)):
            its_own = printed(*made)
        assert printed(*made) == its_own


def printed(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """What is printed where no terminal is."""
    with redirect_stdout(StringIO()) as said:
        output.table("Things to see to", heads, rows)
    return said.getvalue()
