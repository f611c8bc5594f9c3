"""What the commands on a decision share: it is carried forward on every case that it covers."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from disposals.cli.desk import Desk, at_desk
from disposals.cli.recording import done
from disposals.disclosure.seen import versions_of_decision

Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Such as 21/00100.")]


def on_every_case(
    ctx: typer.Context,
    number: str,
    what: str,
    do: Callable[[Desk, dict[str, int]], None],
    *,
    on: date | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Act on a decision as it stands on each case, and say on which it was recorded."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        seen = versions_of_decision(desk.register, number)
        do(desk, seen)
        for ref in seen:
            done(desk, ref, f"{number}, {what},", as_json=as_json)
