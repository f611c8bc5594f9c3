"""What the recording commands share: see the case, act on it, say what was recorded."""

from collections.abc import Callable
from datetime import date
from typing import Any

import typer

from disposals.cli import output
from disposals.cli.desk import Desk, at_desk
from disposals.disclosure.seen import versions
from disposals.words import day


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


def done(desk: Desk, ref: str, what: str, *, as_json: bool, **told: Any) -> None:
    """Say what was recorded on which case; as JSON with what else is told of it."""
    if as_json:
        output.emit(
            {
                "reference": ref,
                "recorded": what,
                "on": desk.on,
                "by": desk.stamp.by,
                "version": versions(desk.register, ref)[ref],
                **told,
            }
        )
    else:
        output.say(f"{ref}: {what} recorded, {day(desk.on)}.")


def disclosure(is_open: bool) -> str:
    """Open or exempt, from the `--open` flag."""
    return "open" if is_open else "exempt"
