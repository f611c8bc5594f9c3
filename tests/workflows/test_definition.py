"""A definition that is not well formed is refused when it is loaded, by file and key."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.definition import in_force, load
from workflows.errors import BadDefinition, NoSuchStage, NoSuchWorkflow, NotInForce

GOOD = """
name = "lease"
version = 1
title = "Lease"
effective_from = 2021-01-01
initial = "surplus"
ends = ["done", "withdrawn"]

[[stages]]
name = "surplus"
title = "Surplus"
meaning = "Not needed."

[[stages]]
name = "terms"
title = "Terms"
meaning = "Being settled."

[[stages]]
name = "done"
title = "Done"
meaning = "Let."

[[stages]]
name = "withdrawn"
title = "Withdrawn"
meaning = "Not let."

[[moves]]
name = "settle"
title = "Settle"
kind = "onward"
from = ["surplus"]
to = "terms"
blocks = ["a.one"]

[[moves]]
name = "let"
title = "Let"
kind = "onward"
from = ["terms"]
to = "done"
blocks = ["a.two"]
warns = ["a.three"]

[[moves]]
name = "withdraw"
title = "Withdraw"
kind = "withdraw"
from = ["surplus", "terms"]
to = "withdrawn"
"""
KNOWN = {"a.one", "a.two", "a.three"}


def put(folder: Path, text: str, name: str = "lease-1.toml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_a_council_adds_a_workflow_by_adding_a_file(tmp_path: Path) -> None:
    put(tmp_path, GOOD)
    lease = load("lease", folder=tmp_path, known_gates=KNOWN)
    assert lease.main_line == ("surplus", "terms", "done")
    assert lease.is_end("withdrawn")


def test_the_newest_version_is_taken_and_an_older_one_stays(tmp_path: Path) -> None:
    put(tmp_path, GOOD)
    put(tmp_path, GOOD.replace("version = 1", "version = 2"), "lease-2.toml")
    assert load("lease", folder=tmp_path).version == 2
    assert load("lease", 1, folder=tmp_path).version == 1


def test_all_who_ask_for_a_definition_share_one(tmp_path: Path) -> None:
    put(tmp_path, GOOD)
    assert load("lease", folder=tmp_path) is load("lease", folder=tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ('title = "Lease"\n', "", "title", "missing"),
        ("version = 1", 'version = "one"', "version", "whole number"),
        ("version = 1", "version = true", "version", "whole number"),
        ("version = 1", "version = 7", "name, version", "disagree"),
        ('initial = "surplus"', 'initial = "nowhere"', "initial", "not a stage"),
        ('ends = ["done"', 'ends = ["gone"', "ends", "not a stage"),
        ("ends = [", 'ends = ["done", ', "ends", "twice"),
        ('name = "terms"', 'name = "surplus"', "stages", "twice"),
        ('name = "let"', 'name = "settle"', "moves", "twice"),
        ('to = "terms"', 'to = "mars"', "moves[0] (settle).to", "not a stage"),
        ('from = ["terms"]', 'from = ["mars"]', "moves[1] (let).from", "not a stage"),
        ('from = ["terms"]', "from = []", "moves[1] (let).from", "starts nowhere"),
        ('from = ["terms"]', 'from = ["done"]', "moves[1] (let).from", "is an end"),
        ('kind = "withdraw"', 'kind = "vanish"', "moves[2].kind", "vanish"),
        ('blocks = ["a.one"]', "blocks = []", "moves[0] (settle).blocks", "at least one gate"),
        ('blocks = ["a.one"]', 'blocks = ["a.nine"]', "moves[0] (settle)", "no gate a.nine"),
        ('warns = ["a.three"]', 'warns = ["a.two"]', "moves[1] (let)", "twice"),
        ('blocks = ["a.one"]', "blocks = [1]", "moves[0].blocks", "not a name"),
        ('blocks = ["a.one"]', 'guards = "x > 1"', "moves[0].guards", "no such key"),
        ('kind = "withdraw"', 'kind = "onward"\nblocks = ["a.one"]', "moves", "two onward"),
        (
            'blocks = ["a.one"]', 'blocks = ["a.one"]\nopens_parts_at = "terms"',
            "moves[0] (settle).opens_parts_at", "kind parts",
        ),
        (
            'from = ["surplus", "terms"]\nto = "withdrawn"', 'from = ["terms"]\nto = "done"',
            "moves[1] (let).to", "two moves lead",
        ),
        ('from = ["surplus", "terms"]', "from = []", "moves[2] (withdraw).from", "starts nowhere"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_key(
    tmp_path: Path, old: str, new: str, where: str, what: str
) -> None:
    assert old in GOOD
    put(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(BadDefinition) as refused:
        load("lease", folder=tmp_path, known_gates=KNOWN)
    assert refused.value.file == "lease-1.toml"
    assert refused.value.key == where
    assert what in str(refused.value)


def test_a_stage_that_cannot_be_reached_is_refused(tmp_path: Path) -> None:
    lost = '\n[[stages]]\nname = "lost"\ntitle = "Lost"\nmeaning = "?"\n'
    out = '\n[[moves]]\nname = "m"\ntitle = "M"\nkind = "return"\nfrom = ["lost"]\nto = "terms"\n'
    put(tmp_path, GOOD + lost + out)
    with pytest.raises(BadDefinition, match="lost can't be reached"):
        load("lease", folder=tmp_path)


def test_a_stage_without_a_way_to_an_end_is_refused(tmp_path: Path) -> None:
    trap = '\n[[stages]]\nname = "trap"\ntitle = "Trap"\nmeaning = "?"\n'
    into = '\n[[moves]]\nname = "m"\ntitle = "M"\nkind = "return"\nfrom = ["terms"]\nto = "trap"\n'
    put(tmp_path, GOOD + trap + into)
    with pytest.raises(BadDefinition, match="trap leads to no end"):
        load("lease", folder=tmp_path)


def test_a_main_line_that_comes_back_on_itself_is_refused(tmp_path: Path) -> None:
    put(tmp_path, GOOD.replace('to = "done"', 'to = "surplus"'))
    with pytest.raises(BadDefinition, match="comes back to surplus"):
        load("lease", folder=tmp_path)


def test_a_file_that_is_not_toml_is_refused_with_the_line(tmp_path: Path) -> None:
    put(tmp_path, GOOD + "\nname = = 3\n")
    with pytest.raises(BadDefinition, match="line 5"):
        load("lease", folder=tmp_path)


def test_an_unknown_workflow_is_refused_with_those_there_are() -> None:
    with pytest.raises(NoSuchWorkflow, match=r"open-market-sale \(1\)"):
        load("barter")
    with pytest.raises(NoSuchWorkflow, match="version 9"):
        load("open-market-sale", 9)


LINES = GOOD.splitlines()


@given(st.lists(st.integers(0, len(LINES) - 1), min_size=1, max_size=6), st.data())
def test_a_mangled_definition_is_refused_in_words_or_is_well_formed(
    tmp_path_factory: pytest.TempPathFactory, lost: list[int], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("mangled")
    lines = [line for n, line in enumerate(LINES) if n not in lost]
    extra = data.draw(st.sampled_from([*LINES, "x = 1", "[[moves]]", 'to = "done"']))
    lines.insert(data.draw(st.integers(0, len(lines))), extra)
    put(folder, "\n".join(lines))
    try:
        loaded = load("lease", 1, folder=folder, known_gates=KNOWN)
    except BadDefinition:
        return
    assert loaded.is_end(loaded.main_line[-1])


def test_a_new_case_begins_on_the_version_in_force_on_its_day(tmp_path: Path) -> None:
    put(tmp_path, GOOD)
    later = GOOD.replace("version = 1", "version = 2").replace("2021-01-01", "2023-01-01")
    put(tmp_path, later, "lease-2.toml")
    assert in_force("lease", date(2022, 6, 1), folder=tmp_path).version == 1
    assert in_force("lease", date(2023, 1, 1), folder=tmp_path).version == 2
    with pytest.raises(NotInForce, match="the first took effect on 2021-01-01"):
        in_force("lease", date(2020, 1, 1), folder=tmp_path)
    with pytest.raises(NoSuchWorkflow):
        in_force("barter", date(2022, 6, 1), folder=tmp_path)


def test_a_stage_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(NoSuchStage, match="It has: surplus_declaration, options_appraisal"):
        load("open-market-sale").stage("moon")
