"""Commands that look over the whole register: the officer's day, and how fast cases go."""

from typing import Annotated

import typer

from disposals.cli import output
from disposals.cli.desk import AsOf, Json, at_desk
from disposals.words import counted, day

app = typer.Typer()


@app.callback()
def _root() -> None:
    """Keep the commands named, however many there are."""


@app.command()
def agenda(
    ctx: typer.Context,
    officer: Annotated[
        str | None, typer.Option(help="Of whose cases; without it, of everyone's.")
    ] = None,
    days: Annotated[int, typer.Option(min=0, help="How many days ahead.")] = 30,
    idle: Annotated[
        int, typer.Option(min=1, help="A case that has not moved for so many days stands still.")
    ] = 90,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The officer's day: what is due, blocked, running out or standing still, and whose it is."""
    from disposals.disclosure.agenda import agenda as of_the_day

    with at_desk(ctx, on=as_of) as desk:
        items = of_the_day(desk.register, on=desk.on, officer=officer, days=days, idle=idle)
        as_at = desk.on
    if as_json:
        output.emit(items)
        return
    if not items:
        output.say("Nothing is due, blocked, running out or standing still.")
        return
    output.table(
        f"{counted(len(items), 'thing')} to see to, {day(as_at)} (exempt)",
        ["Case", "Matter", "By", "What", "Who"],
        [
            (item.reference, item.matter, day(item.on) if item.on else "now", item.what, item.who)
            for item in items
        ],
    )
