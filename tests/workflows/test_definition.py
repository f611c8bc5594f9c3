"""A definition that is not well formed is refused when it is loaded, by file and key."""

from datetime import date
from pathlib import Path

import pytest

from tests.workflows.lease import GOOD, KNOWN, put
from tests.workflows.reports import answered
from workflows.definition import available, in_force, load
from workflows.engine import take
from workflows.errors import BadDefinition, NoSuchStage, NoSuchWorkflow, NotInForce


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
    newest = load("lease", folder=tmp_path)
    assert load("lease", 1, folder=tmp_path) is newest
    assert load("lease", 1, folder=tmp_path, known_gates=KNOWN) is newest


def test_a_new_version_is_found_while_the_program_runs(tmp_path: Path) -> None:
    put(tmp_path, GOOD)
    assert load("lease", folder=tmp_path).version == 1
    put(tmp_path, GOOD.replace("version = 1", "version = 2"), "lease-2.toml")
    assert load("lease", folder=tmp_path).version == 2


def test_a_gate_unknown_to_one_caller_is_refused_though_another_did_not_ask(tmp_path: Path) -> None:
    put(tmp_path, GOOD)
    load("lease", folder=tmp_path)
    with pytest.raises(BadDefinition, match=r"no gate a\.two; on a there are: a\.one, a\.three"):
        load("lease", folder=tmp_path, known_gates=KNOWN - {"a.two"})


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    text = GOOD.replace("\n", "\r\n").encode("utf-8-sig")
    (tmp_path / "lease-1.toml").write_bytes(text)
    assert load("lease", folder=tmp_path).title == "Lease"


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
        ('kind = "withdraw"', 'kind = "parts"\nblocks = ["a.one"]',
         "moves[2] (withdraw).opens_parts_at", "kind parts"),
        ('kind = "withdraw"', 'kind = "parts"\nblocks = ["a.one"]\nopens_parts_at = "moon"',
         "moves[2] (withdraw).opens_parts_at", "moon is no stage"),
        ('kind = "withdraw"', 'kind = "parts"\nblocks = ["a.one"]\nopens_parts_at = "done"',
         "moves[2] (withdraw).opens_parts_at", "done is no stage that a case can leave"),
        ('kind = "withdraw"', 'kind = "parts"\nopens_parts_at = "terms"',
         "moves[2] (withdraw).blocks", "at least one gate"),
        ('kind = "onward"\nfrom = ["terms"]', 'kind = "return"\nfrom = ["terms"]',
         "moves", "main line stops at terms"),
        ("effective_from = 2021-01-01", "effective_from = 2021-01-01T09:00:00",
         "effective_from", "a date"),
        ('title = "Terms"', 'title = " "', "stages[1].title", "not empty"),
        ('title = "Settle"', 'title = "Settle\\nnow"', "moves[0].title", "one line"),
        ('name = "terms"', 'name = "Heads of terms"', "stages[1].name", "is not a name"),
        ('name = "settle"', 'name = "_stage"', "moves[0].name", "is not a name"),
        ('title = "Terms"', 'colour = "red"', "stages[1].colour", "name, title, meaning"),
        ('title = "Lease"', 'title = "Lease"\nowner = "Law"', "owner", "no such key"),
        ('blocks = ["a.one"]', 'blocks = ["a.one or True"]', "moves[0] (settle)",
         "not the name of a gate"),
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


def test_a_stage_or_move_that_is_no_table_is_refused(tmp_path: Path) -> None:
    head = GOOD.partition("[[stages]]")[0]
    put(tmp_path, head + 'stages = ["surplus"]\nmoves = []\n')
    with pytest.raises(BadDefinition, match=r"stages\[0\]: it must be a table"):
        load("lease", folder=tmp_path)


def test_a_move_may_bear_a_word_of_the_machine(tmp_path: Path) -> None:
    put(tmp_path, GOOD.replace('name = "settle"', 'name = "state"'))
    lease = load("lease", folder=tmp_path)
    move = lease.move_to("surplus", "terms")
    assert take(lease, "surplus", move, answered(move)) == "terms"


@pytest.mark.parametrize("name", ["lease-01.toml", "lease-0.toml", "lease-١.toml", "Lease-1.toml"])
def test_a_file_not_named_with_a_plain_version_is_no_workflow(tmp_path: Path, name: str) -> None:
    put(tmp_path, GOOD, name)
    assert available(tmp_path) == ()
    for version in (None, 0, 1):
        with pytest.raises(NoSuchWorkflow, match="versions: none"):
            load("lease", version, folder=tmp_path)


def test_a_folder_that_is_not_there_holds_no_workflow(tmp_path: Path) -> None:
    with pytest.raises(NoSuchWorkflow):
        load("lease", folder=tmp_path / "gone")


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lease-1.toml").mkdir()
    with pytest.raises(BadDefinition, match=r"lease-1\.toml: it can't be read"):
        load("lease", folder=tmp_path)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('title = "Café"'.encode("latin-1"), "save it in that encoding"),
        (b"version = " + b"9" * 5000, "not TOML"),
        (b"ends = " + b"[" * 5000, "not TOML"),
        (b"effective_from = 2021-02-31", "line 1"),
    ],
)
def test_a_file_that_python_can_not_take_in_is_refused_in_words(
    tmp_path: Path, content: bytes, what: str
) -> None:
    (tmp_path / "lease-1.toml").write_bytes(content)
    with pytest.raises(BadDefinition, match=what):
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
    with pytest.raises(NoSuchStage, match="It has: surplus declaration, options appraisal"):
        load("open-market-sale").stage("moon")
