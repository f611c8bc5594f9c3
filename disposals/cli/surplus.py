"""Commands for surplus declaration and consultation."""

from datetime import date
from typing import Annotated

import typer

from disposals.cli.desk import By, Day, Json, On, Open, Ref, Source
from disposals.cli.recording import disclosure, record
from disposals.vocabulary import Capacity, Known

surplus = typer.Typer(help="Declare land surplus, and offer it to other services.")
consultation = typer.Typer(help="Record whom the council spoke to, and what they said.")


@surplus.callback()
@consultation.callback()
def _group() -> None:
    """A group even while it has a single command."""


@surplus.command()
def add(
    ctx: typer.Context,
    ref: Ref,
    declared_by: Annotated[str, typer.Option(help="The service or officer who declared it.")],
    because: Annotated[str, typer.Option(help="Why the service no longer needs it.")],
    source: Source = None,
    is_open: Open = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record the surplus declaration, made on the day given by --on."""
    record(
        ctx, ref, "declaration",
        {
            "declared_by": declared_by, "because": because, "source": source,
            "disclosure": disclosure(is_open),
        },
        dated="declared_on", on=on, by=by, as_json=as_json,
    )  # fmt: skip


@surplus.command()
def circulate(
    ctx: typer.Context,
    ref: Ref,
    to: Annotated[str, typer.Option(help="The services offered the land.")],
    reply_by: Annotated[date, Day],
    reply: Annotated[str | None, typer.Option(help="What they answered.")] = None,
    claimed: Annotated[Known, typer.Option(help="Does a service want it?")] = Known.UNKNOWN,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that the land was offered to other services, on the day given by --on."""
    record(
        ctx, ref, "circulation",
        {"circulated_to": to, "reply_by": reply_by, "reply": reply, "is_claimed": claimed},
        dated="sent_on", on=on, by=by, as_json=as_json,
    )  # fmt: skip


@consultation.command(name="add")
def consult(
    ctx: typer.Context,
    ref: Ref,
    consultee: Annotated[str, typer.Option(help="The role or body, not a private person.")],
    capacity: Annotated[Capacity, typer.Option(help="In what capacity.")],
    said: Annotated[str, typer.Option(help="What they said.")],
    answer: Annotated[str | None, typer.Option(help="What was answered.")] = None,
    source: Source = None,
    is_open: Open = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record one contact, on the day given by --on."""
    record(
        ctx, ref, "consultation",
        {
            "consultee": consultee, "capacity": capacity.value, "said": said, "answer": answer,
            "source": source, "disclosure": disclosure(is_open),
        },
        dated="held_on", on=on, by=by, as_json=as_json,
    )  # fmt: skip
