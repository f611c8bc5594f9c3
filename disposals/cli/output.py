"""Printing: refusals, gate reports, tables and JSON, in colour only where a person looks."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

import typer

from disposals.cli.remedies import command_for
from disposals.errors import NoneReady
from disposals.words import plainly
from workflows.gates import Finding, GateReport, Severity, Verdict

_MARKS = {
    Verdict.MET: ("✓", "green"),
    Verdict.UNMET: ("✗", "red"),
    Verdict.UNKNOWN: ("?", "yellow"),
    Verdict.NOT_APPLICABLE: ("–", None),
    Verdict.WAIVED: ("~", "cyan"),
}

_LONGEST_WORD = 40  # a hash or an address may be folded
_WIDTH_IN_A_FILE = 160


def say(text: str, *, bold: bool = False, fg: str | None = None, dim: bool = False) -> None:
    """Print a line, styled only for a terminal and only without NO_COLOR."""
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        text = typer.style(text, bold=bold or None, fg=fg, dim=dim or None)
    typer.echo(text)


def emit(value: Any) -> None:
    """Print one JSON value."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table that fits the terminal; elsewhere wide enough to lose nothing."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    screen = Console(
        width=None if sys.stdout.isatty() else _WIDTH_IN_A_FILE, highlight=False, markup=False,
        emoji=False,  # what officers wrote stays as they wrote it
    )  # fmt: skip
    told = [
        index for index in range(len(columns)) if not rows or any(row[index] for row in rows)
    ]  # fmt: skip
    cells = [[row[index] for index in told] for row in rows]
    heads = [columns[index] for index in told]
    if _least_width(heads, cells) > screen.width:
        _one_below_another(title, heads, cells)
        return
    shown = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold")
    widths = _widths(heads, cells, screen.width)
    for index, (column, width) in enumerate(zip(heads, widths, strict=True)):
        # The first column is what an officer copies into the next command, so it stays whole.
        shown.add_column(
            column, overflow="fold", no_wrap=index == 0, width=width,
            min_width=None if width else _longest_word(cells, index),
        )  # fmt: skip
    for row in cells:
        shown.add_row(*row)
    screen.print(shown)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> Sequence[int | None]:
    """How wide each column is, where none gives way or the widest alone; else None for each.

    Said beforehand, because rich would lay out every cell twice to find the same.
    """
    from rich.cells import cell_len

    widths = [
        max(cell_len(line) for cell in (head, *column) for line in cell.split("\n"))
        for head, *column in zip(heads, *rows, strict=True)
    ]
    widest = widths.index(max(widths))
    too_wide = max(0, sum(widths) + 3 * len(widths) + 1 - room)
    gives_way = widths[widest] - too_wide
    least = max([_longest_word(rows, widest), *sorted(widths)[-2:-1]])
    if too_wide and (widest == 0 or gives_way < least):
        return [None] * len(widths)
    return [*widths[:widest], gives_way, *widths[widest + 1 :]]


def _longest_word(rows: Sequence[Sequence[str]], index: int) -> int:
    """The width below which a column would break a sum, a date or a reference."""
    words = (len(word) for row in rows for word in row[index].split())
    return min(max(words, default=0), _LONGEST_WORD)


def _least_width(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The width of a table whose columns break no word."""
    first = max((len(row[0]) for row in rows), default=0)
    rest = (_longest_word([heads, *rows], index) for index in range(1, len(heads)))
    return max(first, len(heads[0])) + sum(rest) + 3 * len(heads)


def _one_below_another(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The rows of a table that the terminal is too narrow for, each with its headings."""
    say(title, bold=True)
    for row in rows:
        say(row[0], bold=True)
        for head, cell in zip(heads[1:], row[1:], strict=True):
            if cell:
                say(f"    {head}: {cell}")


def report(gates: GateReport, ref: str, *, met: bool = False) -> None:
    """Print the gates that stop a move or warn, each with rule and remedy; with `met`, all."""
    for finding in gates.findings:
        if finding.is_open:
            _print_open(finding, ref)
        elif met:
            mark, colour = _MARKS[finding.verdict]
            say(f"  {mark} {finding.asks} {finding.reason}", fg=colour)


def gates_as_json(gates: GateReport, ref: str) -> list[dict[str, Any]]:
    """Every gate of a report as the JSON that all commands share."""
    return [
        {
            "gate": finding.gate,
            "asks": finding.asks,
            "status": finding.verdict.value,
            "severity": finding.severity.value,
            "reason": finding.reason,
            "source": finding.source,
            "owner": finding.owner,
            "remedy": command_for(finding.remedy, ref) if finding.is_open else "",
            "may_be_waived": finding.may_be_waived,
        }
        for finding in gates.findings
    ]


def outcome_as_json(outcome: Any) -> dict[str, Any]:
    """The outcome of an advance as one object: who moved, and what the others wait for."""

    def case(item: Any) -> dict[str, Any]:
        told = {
            "reference": item.reference,
            "from": item.from_stage,
            "to": item.to_stage,
            "gates": gates_as_json(item.report, item.reference),
        }
        held = getattr(item, "held", None)
        return told | ({"on_hold": held} if held else {})

    return {
        "moved": [case(item) for item in outcome.moved],
        "blocked": [case(item) for item in outcome.blocked],
    }


def refuse(error: Exception, *, as_json: bool) -> None:
    """Print a refusal: what was asked, every reason, the rule and its source, what to do."""
    if isinstance(error, NoneReady):
        outcome: Any = error.outcome
        if as_json:
            emit(outcome_as_json(outcome))
            return
        for case in outcome.blocked:
            blocked(case)
        return
    if as_json:
        emit({"error": {"kind": type(error).__name__, "message": str(error)}})
    typer.echo(str(error), err=True)


def blocked(case: Any) -> None:
    """Print a case that did not move, and why."""
    stopping, asked = len(case.report.stopping), len(case.report.findings)
    move = f"from {plainly(case.from_stage)} to {plainly(case.to_stage)}"
    if case.held:
        say(f"{case.reference} can't move {move}: it is {case.held}.", bold=True)
        say(f"    Take it up first: disposals resume {case.reference}")
    else:
        verb = "is" if stopping == 1 else "are"
        say(
            f"{case.reference} can't move {move}: {stopping} of {asked} gates {verb} not met.",
            bold=True,
        )
    report(case.report, case.reference)


def _print_open(finding: Finding, ref: str) -> None:
    mark, colour = _MARKS[finding.verdict]
    if finding.severity is Severity.WARN:
        mark, colour = "!", "yellow"
    say(f"  {mark} {finding.asks} {finding.reason}", fg=colour)
    say(f"      {finding.source} · {finding.owner} · {finding.gate}", dim=True)
    if finding.remedy.act:
        say(f"      {command_for(finding.remedy, ref)}")


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
