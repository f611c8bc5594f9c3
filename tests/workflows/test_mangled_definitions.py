"""However a definition is mangled, it is refused in words, or it is a workflow that runs."""

import json
import tomllib
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.workflows.lease import GOOD, KNOWN, put
from tests.workflows.reports import answered
from workflows.definition import load
from workflows.diagram import mermaid
from workflows.engine import take
from workflows.errors import BadDefinition

LINES = GOOD.splitlines()
TOLD = tomllib.loads(GOOD)
WORDS = [
    *("surplus", "terms", "done", "withdrawn", "settle", "let", "a.one", "a.two"),
    *("onward", "parts", "return", "withdraw", "state", "to_done", "=", "*", "", "a.one or True"),
]
KEYS = ["name", "title", "kind", "from", "to", "blocks", "warns", "opens_parts_at", "ends", "x"]
VALUES = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.integers(-1, 2),
    st.booleans(),
    st.floats(),
    st.dates(),
    st.text('a\n#";: é', max_size=4),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(WORDS), max_size=3),
)


def written(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(each) for each in value) + "]"
    if isinstance(value, float):
        return repr(value)
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def refused_or_runs(folder: Path) -> None:
    try:
        loaded = load("lease", 1, folder=folder, known_gates=KNOWN)
    except BadDefinition:
        event("refused")
        return
    event("runs")
    assert loaded.is_end(loaded.main_line[-1])
    for stage in loaded.stages:
        assert f"as {stage.name}\n" in mermaid(loaded, current=stage.name)
        for move in loaded.moves_from(stage.name):
            assert take(loaded, stage.name, move, answered(move)) == move.to


@settings(deadline=None)
@given(st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=6), st.data())
def test_lines_lost_and_put_in(
    tmp_path_factory: pytest.TempPathFactory, lost: list[int], data: st.DataObject
) -> None:
    lines = [line for n, line in enumerate(LINES) if n not in lost]
    extra = data.draw(st.sampled_from([*LINES, "x = 1", "[[moves]]", 'to = "done"']))
    lines.insert(data.draw(st.integers(0, len(lines))), extra)
    folder = tmp_path_factory.mktemp("mangled")
    put(folder, "\n".join(lines))
    refused_or_runs(folder)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_values_changed_added_and_taken_out(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    told: dict[str, Any] = deepcopy(TOLD)
    for _ in range(data.draw(st.integers(1, 2))):
        held = [told.get("stages"), told.get("moves")]
        tables = [each for several in held if isinstance(several, list) for each in several]
        table = data.draw(st.sampled_from([told, *(t for t in tables if isinstance(t, dict))]))
        key = data.draw(st.sampled_from([*table, *KEYS]))
        if data.draw(st.booleans()):
            table[key] = data.draw(VALUES)
        else:
            table.pop(key, None)
    folder = tmp_path_factory.mktemp("mangled")
    put(folder, "\n".join(f"{key} = {written(value)}" for key, value in told.items()))
    refused_or_runs(folder)
