"""Commands for executive decisions."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from disposals.casework import decisions
from disposals.cli.desk import By, Desk, Json, On, at_desk
from disposals.cli.entering import adds
from disposals.cli.entries import keeps
from disposals.cli.recording import done
from disposals.disclosure.seen import versions_of_decision

decision = typer.Typer(help="Propose, notify, take and publish an executive decision.")
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Such as 21/00100.")]


adds(
    decision,
    "decision",
    "decision",
    help="Record a proposed decision; on the whole of a site it covers the parts.",
)
adds(
    decision,
    "decision",
    "assessment",
    name="screen",
    help="Record an equality or data protection screening, made on the day given by --on.",
)
keeps(decision, ("decision", "assessment"))


@decision.command()
def notify(
    ctx: typer.Context, number: Number, by: By = None, on: On = None, as_json: Json = False
) -> None:
    """Record that notice of a key decision was published on the day given by --on."""

    def notified(desk: Desk, seen: dict[str, int]) -> None:
        decisions.notify(desk.register, number, desk.stamp, seen=seen, notice_on=desk.on)

    _on_every_case(ctx, number, "notice", notified, on=on, by=by, as_json=as_json)


@decision.command()
def take(
    ctx: typer.Context,
    number: Number,
    interests: Annotated[str, typer.Option(help="Those declared, or “None declared”.")],
    urgency: Annotated[
        str | None, typer.Option(help="General exception or special urgency, and who agreed.")
    ] = None,
    call_in_waived: Annotated[
        str | None, typer.Option(help="Who agreed that it is not subject to call-in.")
    ] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that a decision was taken on the day given by --on."""

    def taken(desk: Desk, seen: dict[str, int]) -> None:
        decisions.take(
            desk.register, number, desk.stamp,
            seen=seen, taken_on=desk.on, interests=interests, urgency=urgency,
            call_in_waived=call_in_waived,
        )  # fmt: skip

    _on_every_case(ctx, number, "decision taken", taken, on=on, by=by, as_json=as_json)


@decision.command()
def publish(
    ctx: typer.Context, number: Number, by: By = None, on: On = None, as_json: Json = False
) -> None:
    """Record that the record of a decision was published on the day given by --on."""

    def published(desk: Desk, seen: dict[str, int]) -> None:
        decisions.publish(desk.register, number, desk.stamp, seen=seen, published_on=desk.on)

    _on_every_case(ctx, number, "decision published", published, on=on, by=by, as_json=as_json)


def _on_every_case(
    ctx: typer.Context,
    number: str,
    what: str,
    do: Callable[[Desk, dict[str, int]], None],
    *,
    on: date | None,
    by: str | None,
    as_json: bool,
) -> None:
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        seen = versions_of_decision(desk.register, number)
        do(desk, seen)
        for ref in seen:
            done(desk, ref, f"{number}, {what},", as_json=as_json)
