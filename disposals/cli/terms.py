"""Commands for heads of terms."""

from datetime import date
from typing import Annotated

import typer

from disposals.casework import terms as casework
from disposals.cli.desk import By, Day, Json, On, Pounds, Ref, Source
from disposals.cli.recording import act

terms = typer.Typer(help="Draft heads of terms, and agree a version.")


@terms.command()
def add(
    ctx: typer.Context,
    ref: Ref,
    buyer: Annotated[str, typer.Option(help="The buyer.")],
    price: Annotated[int, Pounds],
    conditions: Annotated[str | None, typer.Option(help="What the sale depends on.")] = None,
    longstop_on: Annotated[date | None, Day] = None,
    source: Source = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record the next version of the terms."""
    told = {
        "buyer": buyer, "price_pence": price, "conditions": conditions,
        "longstop_on": longstop_on, "source": source,
    }  # fmt: skip
    facts = {name: value for name, value in told.items() if value is not None}
    act(
        ctx, ref, "heads of terms",
        lambda desk, seen: casework.draft(desk.register, ref, facts, desk.stamp, seen=seen),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@terms.command()
def agree(
    ctx: typer.Context,
    ref: Ref,
    version: Annotated[int, typer.Option(min=1, help="The version agreed.")],
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that both sides agreed a version on the day given by --on."""
    act(
        ctx, ref, f"version {version} agreed",
        lambda desk, seen: casework.agree(
            desk.register, ref, desk.stamp, seen=seen, version=version, agreed_on=desk.on
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip
