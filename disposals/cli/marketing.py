"""Commands for marketing campaigns."""

from datetime import date
from typing import Annotated

import typer

from disposals.casework import marketing
from disposals.cli.desk import By, Day, Json, On, Open, Ref, Source
from disposals.cli.recording import act, disclosure
from disposals.vocabulary import Method

campaign = typer.Typer(help="Appoint an agent, market the land, close to offers.")


@campaign.command()
def add(
    ctx: typer.Context,
    ref: Ref,
    method: Annotated[Method, typer.Option(help="How offers are sought.")],
    agent: Annotated[str, typer.Option(help="The agent appointed.")],
    scope: Annotated[str | None, typer.Option(help="What offers are invited for.")] = None,
    began_on: Annotated[date | None, Day] = None,
    closes_on: Annotated[date | None, Day] = None,
    source: Source = None,
    is_open: Open = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Begin a campaign; a re-marketing is a new one with the next number."""
    facts = {
        "method": method, "agent": agent, "scope": scope, "began_on": began_on,
        "closes_on": closes_on, "source": source, "disclosure": disclosure(is_open),
    }  # fmt: skip
    act(
        ctx, ref, "campaign",
        lambda desk, seen: marketing.begin(desk.register, ref, facts, desk.stamp, seen=seen),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@campaign.command()
def close(
    ctx: typer.Context,
    ref: Ref,
    closes_on: Annotated[date, Day],
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Set the last day for offers in the latest campaign."""
    act(
        ctx, ref, "closing date",
        lambda desk, seen: marketing.close(
            desk.register, ref, desk.stamp, seen=seen, closes_on=closes_on
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip
