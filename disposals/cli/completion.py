"""Commands between exchange and completion."""

from datetime import date
from typing import Annotated

import typer

from disposals.casework import completion as casework
from disposals.cli.desk import By, Day, Json, On, Pounds, Ref
from disposals.cli.recording import act, record
from disposals.vocabulary import DeedForm

completion = typer.Typer(help="Contract, conditions, deed and capital receipt.")


@completion.command()
def contract(
    ctx: typer.Context,
    ref: Ref,
    buyer: Annotated[str, typer.Option(help="The buyer.")],
    price: Annotated[int, Pounds],
    is_conditional: Annotated[
        bool, typer.Option("--conditional/--unconditional", help="Are there conditions?")
    ],
    longstop_on: Annotated[date | None, Day] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record the contract as exchanged on the day given by --on."""
    told = {
        "buyer": buyer, "price_pence": price, "is_conditional": is_conditional,
        "longstop_on": longstop_on,
    }  # fmt: skip
    facts = {name: value for name, value in told.items() if value is not None}
    act(
        ctx, ref, "contract",
        lambda desk, seen: casework.exchanged(
            desk.register, ref, facts | {"exchanged_on": desk.on}, desk.stamp, seen=seen
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@completion.command()
def condition(
    ctx: typer.Context,
    ref: Ref,
    title: Annotated[str, typer.Option(help="What must happen.")],
    owner: Annotated[str, typer.Option(help="Who must bring it about.")],
    longstop_on: Annotated[date | None, Day] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record a condition of the contract."""
    record(
        ctx, ref, "condition",
        {"title": title, "owner": owner, "longstop_on": longstop_on},
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


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
def deed(
    ctx: typer.Context,
    ref: Ref,
    form: Annotated[DeedForm, typer.Option(help="TR1 for a whole title, TP1 for a part.")],
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record the deed, dated on the day given by --on."""
    record(ctx, ref, "deed", {"form": form}, dated="dated_on", on=on, by=by, as_json=as_json)


@completion.command()
def receipt(
    ctx: typer.Context,
    ref: Ref,
    amount: Annotated[int, Pounds],
    kind: Annotated[str, typer.Option(help="Deposit, balance, overage.")] = "capital receipt",
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record money received on the day given by --on."""
    record(
        ctx, ref, "receipt", {"amount_pence": amount, "kind": kind},
        dated="received_on", on=on, by=by, as_json=as_json,
    )  # fmt: skip
