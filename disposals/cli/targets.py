"""The targets that the forecast of receipts is held against, and what holding land costs."""

from datetime import date
from typing import Annotated

import typer

from disposals.casework import receipts as casework
from disposals.cli import output
from disposals.cli.desk import AsOf, Because, By, Json, On, Pounds, at_desk, read_year
from disposals.cli.entering import adds
from disposals.cli.entries import keeps
from disposals.words import day, money

target = typer.Typer(help="Set what the programme of a financial year is to bring in.")
holding_cost = typer.Typer(help="Record what holding land costs each month until it is sold.")
adds(
    holding_cost,
    "holding-cost",
    "holding_cost",
    help="Record a monthly cost of holding the land: rates, security, maintenance.",
)
keeps(holding_cost, ("holding_cost",))


@target.command("add")
def add_target(
    ctx: typer.Context,
    year: Annotated[str, typer.Argument(metavar="YEAR", parser=read_year, help="Such as 2022/23.")],
    amount: Annotated[
        int, typer.Option(metavar="POUNDS", parser=Pounds.parser, help="What it is to bring in.")
    ],
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Set the target of a financial year; an earlier one is kept, the latest counts."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        casework.set_target(desk.register, year, amount, desk.stamp, because=because)
        recorded: date = desk.on
    if as_json:
        output.emit({"year": year, "target": amount, "on": recorded})
    else:
        output.say(f"{year}: target of {money(amount)} recorded, {day(recorded)}.")


@target.command("list")
def list_targets(ctx: typer.Context, as_of: AsOf = None, as_json: Json = False) -> None:
    """Every target that was set, the latest of a year last."""
    from disposals.disclosure.targets import targets

    with at_desk(ctx, on=as_of) as desk:
        found = targets(desk.register)
    if as_json:
        output.emit(found)
        return
    output.table(
        "Targets of receipts",
        ["Year", "Target", "Why", "Set", "By"],
        [(each.year, money(each.amount), each.because, day(each.on), each.by) for each in found],
    )
