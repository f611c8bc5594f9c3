"""What the recording commands share: see the case, act on it, say what was recorded."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import typer

from disposals.casework import evidence
from disposals.cli import output
from disposals.cli.desk import Desk, at_desk
from disposals.disclosure.seen import versions
from disposals.words import day, plainly


def record(
    ctx: typer.Context,
    ref: str,
    kind: str,
    facts: Mapping[str, Any],
    *,
    on: date | None,
    by: str | None,
    as_json: bool,
    dated: str | None = None,
) -> None:
    """Record a piece of evidence.

    Args:
        facts: its fields by name; those not given (None) are left out.
        dated: the field that holds the day of the act itself.
    """

    def add(desk: Desk, seen: int) -> None:
        told = {name: value for name, value in facts.items() if value is not None}
        if dated is not None:
            told[dated] = desk.on
        evidence.add(desk.register, ref, kind, told, desk.stamp, seen=seen)

    act(ctx, ref, plainly(kind), add, on=on, by=by, as_json=as_json)


def act(
    ctx: typer.Context,
    ref: str,
    what: str,
    do: Callable[[Desk, int], None],
    *,
    on: date | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Carry out an act on the version of the case that stands now, and say that it was recorded."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        do(desk, versions(desk.register, ref)[ref])
        done(desk, ref, what, as_json=as_json)


def done(desk: Desk, ref: str, what: str, *, as_json: bool) -> None:
    """Say what was recorded on which case."""
    if as_json:
        output.emit(
            {
                "reference": ref,
                "recorded": what,
                "on": desk.on,
                "by": desk.stamp.by,
                "version": versions(desk.register, ref)[ref],
            }
        )
    else:
        output.say(f"{ref}: {what} recorded, {day(desk.on)}.")


def disclosure(is_open: bool) -> str:
    """Open or exempt, from the `--open` flag."""
    return "open" if is_open else "exempt"
