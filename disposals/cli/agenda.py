"""Commands that look over the whole register: the officer's day, and how fast cases go."""

from datetime import date
from itertools import groupby
from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.desk import AsOf, Json, at_desk, read_day
from disposals.words import counted, day, plainly

app = typer.Typer()
_LONGEST, _GATES = 3, 10  # how many are printed; --json has all


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


@app.command()
def pace(
    ctx: typer.Context,
    officer: Annotated[str | None, typer.Option(help="Only this officer's cases.")] = None,
    since: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=read_day, help="Only what ended on that day or later."),
    ] = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """How fast cases go: days at each stage, what was completed, where cases stick and why."""
    from disposals.disclosure.pace import pace as of_the_history

    with at_desk(ctx, on=as_of) as desk:
        found = of_the_history(desk.register, on=desk.on, officer=officer, since=since)
        as_at = desk.on
    if as_json:
        output.emit(found)
        return
    _print_stages(found)
    if found.years:
        output.table(
            "Came to an end, by financial year",
            ["Year", "Completed", "Withdrawn"],
            [(each.year, str(each.completed), str(each.withdrawn)) for each in found.years],
        )
    order = {each.stage: no for no, each in enumerate(found.stages)}
    longest = sorted(found.standing, key=lambda each: order[each.stage])  # by date as before
    output.table(
        f"Standing longest at each stage, {day(as_at)} (exempt)",
        ["Case", "Stage", "Since", "Days", "Officer"],
        [
            (
                each.reference, plainly(each.stage) + (" (on hold)" if each.is_held else ""),
                day(each.since), str(each.days), each.officer or "",
            )
            for _, of_stage in groupby(longest, lambda each: each.stage)
            for each in list(of_stage)[:_LONGEST]
        ],
    )  # fmt: skip
    output.table(
        "Gates that stop most cases",
        ["Gate", "Stops now", "Passed over", "It asks"],
        [
            (each.gate, str(each.cases), str(each.moved_despite), each.asks)
            for each in found.gates[:_GATES]
        ],
    )
    output.say(
        "A refused move leaves no trace in the history: “stops now” is judged on the day asked "
        "about. “Passed over” counts moves in which the gate was waived, or only warned."
    )


def _print_stages(found: Any) -> None:
    output.table(
        "Days at each stage, of stays that have ended",
        ["Stage", "Workflow", "Left", "Lower quartile", "Median", "Upper quartile", "There now"],
        [
            (
                plainly(each.stage), each.workflow, str(each.number),
                *("" if n is None else f"{n:g}" for n in (each.lower, each.median, each.upper)),
                str(each.standing),
            )
            for each in found.stages
        ],
    )  # fmt: skip
    timed = [each for each in found.stages if each.median is not None]
    if timed:
        slow = max(timed, key=lambda each: each.median)
        output.say(
            f"Cases stay longest at {plainly(slow.stage)}: {slow.median:g} days at the median."
        )
    if found.left_out:
        output.say(
            f"{counted(found.left_out, 'stay')} left out: begun before the register knew the case."
        )
