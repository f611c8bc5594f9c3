"""Every gate, in every situation that the catalogue tells: open, settled, waived or law."""

import ast
import re
import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from disposals.casefile import CaseFile
from disposals.cli.remedies import command_for
from disposals.gates import CONTENTS, KNOWN, find, room_of
from disposals.policy import Kind
from disposals.records.cases import Waiver
from tests.builders import a_waiver
from tests.disposals.gates.catalogue import CATALOGUE
from tests.disposals.gates.situation import Situation, finding
from workflows.gates import Answer, Verdict

OPEN = [(gate, each) for gate, told in CATALOGUE.items() for each in told.opens]
SETTLED = [(gate, each) for gate, told in CATALOGUE.items() for each in told.settles]
ROOMS = sorted({room_of(gate) for gate in KNOWN})


def named(told: object) -> str:
    """The name of a test: the gate, or the situation."""
    return told.title if isinstance(told, Situation) else str(told)


def with_waiver(gate: str, file: CaseFile) -> CaseFile:
    """The same case with the gate waived by a Cabinet Member."""
    return replace(file, evidence={**file.evidence, Waiver: (a_waiver(gate),)})


def test_every_gate_is_in_the_catalogue_in_the_order_of_the_contents() -> None:
    assert list(CATALOGUE) == [
        f"{room}.{name}" for room, names in CONTENTS.items() for name in names
    ]
    for gate, told in CATALOGUE.items():
        assert told.opens, gate
        assert told.settles, gate


@pytest.mark.parametrize(("gate", "situation"), OPEN, ids=named)
def test_what_leaves_a_gate_open_stops_the_move_with_a_reason_a_rule_and_a_remedy(
    gate: str, situation: Situation
) -> None:
    found = finding(gate, situation.file)
    command = command_for(found.remedy, situation.file.disposal.ref)
    assert found.stops
    assert found.reason[-1] in ".?"
    assert found.asks.endswith("?")
    assert found.source
    assert found.owner
    assert "None" not in command.replace("'None declared'", "")
    assert command or re.search("until|acted on from", found.reason)  # a day to wait for
    assert shlex.split(command)[:1] in ([], ["disposals"])


@pytest.mark.parametrize(("gate", "situation"), SETTLED, ids=named)
def test_what_settles_a_gate_lets_the_move_pass_and_says_why(
    gate: str, situation: Situation
) -> None:
    found = finding(gate, situation.file)
    assert found.verdict in {Verdict.MET, Verdict.NOT_APPLICABLE}
    assert found.reason
    assert not found.stops


@pytest.mark.parametrize("gate", CATALOGUE)
def test_every_gate_can_be_met_and_not_only_pass_as_beside_the_point(gate: str) -> None:
    verdicts = {finding(gate, each.file).verdict for each in CATALOGUE[gate].settles}
    assert Verdict.MET in verdicts


@pytest.mark.parametrize(("gate", "situation"), OPEN, ids=named)
def test_a_named_authority_may_waive_what_is_not_law_and_never_law(
    gate: str, situation: Situation
) -> None:
    unwaived = finding(gate, situation.file)
    found = finding(gate, with_waiver(gate, situation.file))
    if situation.file.policy.rule(find(gate).rule).kind is Kind.LAW:
        assert found == unwaived
        assert not found.may_be_waived
    else:
        assert found.verdict is Verdict.WAIVED
        assert found.reason == "Waived by the Cabinet Member: bidders agreed"
        assert not found.stops


@pytest.mark.parametrize(("gate", "situation"), SETTLED, ids=named)
def test_a_waiver_hides_no_answer_that_settles_a_gate(gate: str, situation: Situation) -> None:
    assert finding(gate, with_waiver(gate, situation.file)) == finding(gate, situation.file)


@pytest.mark.parametrize("room", [*ROOMS])
def test_every_refusal_that_is_written_in_a_room_is_in_the_catalogue(
    room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module(f"disposals.gates.{room}")
    given: set[int] = set()

    def heard(answer: Callable[..., Answer]) -> Callable[..., Answer]:
        def told(*arguments: object, **named: object) -> Answer:
            given.add(sys._getframe(1).f_lineno)
            return answer(*arguments, **named)

        return told

    for name in ("unmet", "unknown"):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, heard(getattr(module, name)))
    for gate, situation in OPEN:
        finding(gate, situation.file)
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    silent = [
        call.lineno
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"unmet", "unknown"}
        and not given & {*range(call.lineno, (call.end_lineno or call.lineno) + 1)}
    ]
    assert silent == []
