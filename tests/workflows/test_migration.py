"""From one version of a workflow to another: the plan says what changes ahead of the case."""

import pytest

from tests.workflows.lease import GOOD, KNOWN
from workflows.definition import Definition, checked
from workflows.errors import NoSuchStage
from workflows.gates import Severity
from workflows.migration import GateChange, plan


def version_2(*changes: tuple[str, str]) -> Definition:
    text = GOOD.replace("version = 1", "version = 2")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return checked(text, "lease-2.toml", known_gates=KNOWN)


def inserted(source: str) -> tuple[str, str]:
    """A move from a stage to the check, put in before the lease is let."""
    let = '[[moves]]\nname = "let"'
    move = f"""[[moves]]
name = "go"
title = "Check"
kind = "onward"
from = ["{source}"]
to = "check"
blocks = ["a.one"]
"""
    return let, f"{move}\n{let}"


OLD = checked(GOOD, "lease-1.toml", known_gates=KNOWN)
CHECK = (
    '[[stages]]\nname = "done"',
    '[[stages]]\nname = "check"\ntitle = "Check"\nmeaning = "By law."\n\n[[stages]]\nname = "done"',
)


def test_gates_added_dropped_and_changed_in_severity_are_told_by_move() -> None:
    new = version_2(
        ('blocks = ["a.two"]\nwarns = ["a.three"]', 'blocks = ["a.three"]\nwarns = ["a.one"]')
    )
    assert plan(OLD, new, "terms").gates == (
        GateChange("Let", "a.three", Severity.WARN, Severity.BLOCK),
        GateChange("Let", "a.one", None, Severity.WARN),
        GateChange("Let", "a.two", Severity.BLOCK, None),
    )


def test_what_lies_behind_the_case_stays_cleared_whatever_is_asked_there_now() -> None:
    new = version_2(('blocks = ["a.one"]', 'blocks = ["a.one", "a.three"]'))
    from_terms = plan(OLD, new, "terms")
    assert from_terms.cleared == ("surplus",)
    assert from_terms.gates == ()
    assert plan(OLD, new, "surplus").gates == (
        GateChange("Settle", "a.three", None, Severity.BLOCK),
    )


def test_a_stage_put_in_ahead_is_told_and_its_gates_with_it() -> None:
    new = version_2(
        CHECK,
        ('from = ["terms"]\nto = "done"', 'from = ["check"]\nto = "done"'),
        ('from = ["surplus", "terms"]', 'from = ["surplus", "terms", "check"]'),
        inserted("terms"),
    )
    found = plan(OLD, new, "terms")
    assert found.stages_added == ("check",)
    assert found.moves_added == ("Check",)
    assert found.passed_over == ()
    assert found.gates == (GateChange("Check", "a.one", None, Severity.BLOCK),)
    assert plan(new, OLD, "terms").stages_dropped == ("check",)
    assert plan(new, OLD, "terms").moves_dropped == ("Check",)


def test_a_stage_put_in_behind_the_case_is_passed_over() -> None:
    new = version_2(
        CHECK,
        ('from = ["surplus"]\nto = "terms"', 'from = ["check"]\nto = "terms"'),
        ('from = ["surplus", "terms"]', 'from = ["surplus", "terms", "check"]'),
        inserted("surplus"),
    )
    found = plan(OLD, new, "terms")
    assert found.cleared == ("surplus",)
    assert found.passed_over == ("check",)


def test_a_case_cannot_go_where_its_stage_is_not() -> None:
    new = version_2(('name = "terms"', 'name = "heads"'), ('"terms"', '"heads"'))
    with pytest.raises(NoSuchStage, match="It has: surplus, heads, done"):
        plan(OLD, new, "terms")
