"""Commands for executive decisions."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from disposals.casework import decisions
from disposals.cli.desk import By, Day, Desk, Json, On, Open, Ref, Source, at_desk
from disposals.cli.recording import disclosure, done, record
from disposals.disclosure.seen import versions_of_decision
from disposals.vocabulary import Screening

decision = typer.Typer(help="Propose, notify, take and publish an executive decision.")
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Such as 21/00100.")]


@decision.command()
def add(
    ctx: typer.Context,
    ref: Ref,
    number: Annotated[str, typer.Option(help="Such as 21/00100.")],
    title: Annotated[str, typer.Option(help="What is decided.")],
    taker: Annotated[str, typer.Option(help="The role that takes it.")],
    is_key: Annotated[bool, typer.Option("--key/--not-key", help="A key decision, or not.")],
    key_criterion: Annotated[str | None, typer.Option(help="What makes it key.")] = None,
    delegated_to: Annotated[
        str | None, typer.Option(help="What is delegated, and to whom.")
    ] = None,
    committee: Annotated[str | None, typer.Option(help="The committee that considers it.")] = None,
    considered_on: Annotated[date | None, Day] = None,
    reasons: Annotated[str | None, typer.Option(help="The reasons.")] = None,
    alternatives: Annotated[str | None, typer.Option(help="Considered and rejected.")] = None,
    source: Source = None,
    is_open: Open = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record a proposed decision; on the whole of a site it covers the parts."""
    record(
        ctx, ref, "decision",
        {
            "number": number, "title": title, "taker": taker, "is_key": is_key,
            "key_criterion": key_criterion, "delegated_to": delegated_to,
            "committee": committee, "considered_on": considered_on, "reasons": reasons,
            "alternatives": alternatives, "source": source, "disclosure": disclosure(is_open),
        },
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


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


@decision.command()
def screen(
    ctx: typer.Context,
    ref: Ref,
    kind: Annotated[Screening, typer.Option(help="What was screened.")],
    outcome: Annotated[str, typer.Option(help="What came of it.")],
    source: Source = None,
    is_open: Open = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record an equality or data protection screening, made on the day given by --on."""
    record(
        ctx, ref, "assessment",
        {
            "kind": kind, "outcome": outcome, "source": source,
            "disclosure": disclosure(is_open),
        },
        dated="assessed_on", on=on, by=by, as_json=as_json,
    )  # fmt: skip


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
