"""Every remedy that a gate names is a command that exists and takes just those options."""

import re
import shlex
from typing import Any

import pytest
import typer

from disposals import gates
from disposals.cli.main import app
from disposals.cli.remedies import ARGUMENTS, command_for
from disposals.policy import Policy
from tests.conftest import AT
from workflows.definition import available, load
from workflows.gates import Remedy, by


def command_of(act: str) -> Any:
    root: Any = typer.main.get_command(app)
    group, name, *_ = (*act.split(), "")
    context = typer.Context(root)
    command = root.get_command(context, group)
    return command.commands[name] if name else command


@pytest.mark.parametrize("act", ARGUMENTS)
def test_a_remedy_names_a_command_with_all_that_it_requires_and_nothing_it_lacks(act: str) -> None:
    line = shlex.split(command_for(by(act), "mill-lane"))
    given = {each for word in line if word.startswith("--") for each in word.split("/")}
    command = command_of(act)
    known = {option for p in command.params for option in (*p.opts, *p.secondary_opts)}
    required = [p for p in command.params if p.required and p.opts[0].startswith("--")]
    assert given <= known
    for parameter in required:
        assert given & {*parameter.opts, *parameter.secondary_opts}, parameter.opts


def test_what_a_gate_knows_is_filled_in_and_quoted() -> None:
    remedy = by("land possession", occupation="free 30-space car park")
    assert command_for(remedy, "x") == (
        "disposals land possession x --occupation 'free 30-space car park' --on DATE"
    )


def test_a_decision_may_be_key_or_not_unless_a_gate_knows_that_it_is() -> None:
    assert "--key/--not-key" in command_for(by("decision add"), "mill-lane").split()
    told = command_for(by("decision add --key", number="21/00100"), "mill-lane").split()
    assert {"--key", "21/00100"} <= set(told)
    assert "--not-key" not in " ".join(told)


def test_every_gate_has_a_remedy_a_rule_and_a_room() -> None:
    rooms = {}
    for gate_id in sorted(gates.KNOWN):
        gate = gates.find(gate_id)
        rooms[gate_id] = gate.answer.__module__.rpartition(".")[2]
        assert gate.id == gate_id
        assert gate.remedy in ARGUMENTS
        assert Policy("kent", AT.date()).rule(gate.rule).source
    assert rooms == {gate_id: gates.room_of(gate_id) for gate_id in gates.KNOWN}
    elsewhere = {gate_id for gate_id in rooms if gate_id.partition(".")[0] != rooms[gate_id]}
    assert elsewhere == set(gates._ELSEWHERE)


def test_the_contents_list_exactly_the_gates_there_are() -> None:
    for gate_id in gates.KNOWN:
        gates.find(gate_id)
    assert set(gates._gates) == gates.KNOWN


def test_every_gate_is_asked_by_some_move() -> None:
    asked = {
        gate for name, version in available() for move in load(name, version).moves
        for gate in move.gates
    }  # fmt: skip
    assert asked == gates.KNOWN


def test_a_remedy_leaves_what_only_the_officer_knows_in_capitals() -> None:
    assert re.search(r"--value POUNDS\b", command_for(Remedy("valuation add"), "x"))
