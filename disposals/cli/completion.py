"""Commands between exchange and completion."""

from typing import Annotated

import typer

from disposals.casework import completion as casework
from disposals.cli.desk import Because, By, Json, On, Ref
from disposals.cli.entering import adds
from disposals.cli.entries import keeps
from disposals.cli.recording import act

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
