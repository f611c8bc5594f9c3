"""Commands between exchange and completion."""

from typing import Annotated

import typer

from disposals.casework import completion as casework
from disposals.cli import output
from disposals.cli.desk import AsOf, Because, By, Json, On, Ref, at_desk
from disposals.cli.entering import adds
from disposals.cli.entries import keeps
from disposals.cli.recording import act
from disposals.disclosure import completion as disclosed
from disposals.words import day, money

completion = typer.Typer(help="Contract, conditions, deed, completion statement, receipt.")


adds(
    completion,
    "completion",
    "contract",
    name="contract",
    help="Record the contract as exchanged on the day given by --on.",
)
adds(
    completion,
    "completion",
    "condition",
    name="condition",
    help="Record a condition of the contract.",
)
adds(
    completion,
    "completion",
    "deed",
    name="deed",
    help="Record the deed, dated on the day given by --on.",
)
adds(
    completion,
    "completion",
    "receipt",
    name="receipt",
    help="Record money received on the day given by --on.",
)
adds(
    completion,
    "completion",
    "statement_line",
    name="line",
    help="Record an apportionment, a holding cost or a fee of the completion statement.",
)
keeps(completion, ("contract", "condition", "deed", "receipt", "statement_line", "departure"))


@completion.command()
def satisfy(
    ctx: typer.Context,
    ref: Ref,
    title: Annotated[str, typer.Option(help="The condition, as recorded.")],
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that a condition was satisfied on the day given by --on."""
    act(
        ctx, ref, f"condition “{title}” satisfied",
        lambda desk, seen: casework.satisfy(
            desk.register, ref, title, desk.stamp, seen=seen, satisfied_on=desk.on
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@completion.command()
def waive(
    ctx: typer.Context,
    ref: Ref,
    title: Annotated[str, typer.Option(help="The condition, as recorded.")],
    waived_by: Annotated[str, typer.Option(help="The side it protects.")],
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that whom a condition protects gave it up on the day given by --on."""
    act(
        ctx, ref, f"condition “{title}” waived",
        lambda desk, seen: casework.waive(
            desk.register, ref, title, desk.stamp, seen=seen, waived_by=waived_by, because=because
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@completion.command()
def statement(ctx: typer.Context, ref: Ref, as_of: AsOf = None, as_json: Json = False) -> None:
    """What is due, what came in, what the council bears, and the net receipt."""
    with at_desk(ctx, on=as_of) as desk:
        told = disclosed.statement(desk.register, ref, on=desk.on)
    if as_json:
        output.emit(told)
        return
    rows = [("Price", money(told.price))]
    rows += [(f"{kind.capitalize()}: {what}", money(sum_)) for kind, what, sum_ in told.lines]
    rows += [
        ("Due from the buyer", money(told.due)),
        ("Received", money(told.received)),
        ("Outstanding", money(told.outstanding)),
        ("Net receipt", money(told.net_receipt)),
    ]
    if told.overage or told.overage_to_come:
        until = f" until {day(told.overage_until)}" if told.overage_until else ""
        rows.append((f"Guaranteed overage to come{until}", money(told.overage_to_come)))
    exchanged = f"exchanged with {told.buyer} on {day(told.exchanged_on)}"
    output.table(f"{ref}: completion statement, {exchanged}", ["", "Pounds"], rows)
