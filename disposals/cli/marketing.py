"""Commands for marketing campaigns."""

from datetime import date
from typing import Annotated

import typer

from disposals.casework import marketing
from disposals.cli import output
from disposals.cli.desk import By, Json, On, Ref, a_day, at_desk
from disposals.cli.entering import adds
from disposals.cli.entries import keeps
from disposals.cli.passphrases import TWO, Openers, passphrases
from disposals.cli.recording import act
from disposals.disclosure.marketing import interest
from disposals.errors import BadFact
from disposals.words import listed, plainly

campaign = typer.Typer(help="Appoint an agent, market the land, seal and close to offers.")


adds(
    campaign,
    "campaign",
    "campaign",
    help="Begin a campaign; a re-marketing is a new one with the next number.",
)
adds(
    campaign,
    "campaign",
    "enquiry",
    name="log",
    help="Count viewings and enquiries, on the day given by --on.",
)
keeps(campaign, ("campaign", "enquiry"))


@campaign.command("interest")
def show_interest(ctx: typer.Context, ref: Ref, as_json: Json = False) -> None:
    """How many viewings and enquiries each campaign drew."""
    with at_desk(ctx) as desk:
        found = interest(desk.register, ref)
    if as_json:
        output.emit(found)
        return
    for no, counts in found.items():
        told = listed(f"{plainly(kind)}: {number}" for kind, number in counts.items())
        output.say(f"{ref}, campaign {no}: {told}.")


@campaign.command()
def seal(
    ctx: typer.Context,
    ref: Ref,
    opener: Openers,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Have bids sealed until two people open them together, each with a passphrase of their own.

    The passphrases are asked for on the terminal, or read from standard input, a line each.
    """
    if len(opener) != TWO:
        raise BadFact("Sealed bids are opened by two people: name two, each with --opener.")
    secrets = passphrases(opener, confirm=True)
    act(
        ctx, ref, "seal of the campaign",
        lambda desk, seen: marketing.seal(
            desk.register, ref, (opener[0], opener[1]), (secrets[0], secrets[1]), desk.stamp,
            seen=seen,
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@campaign.command()
def close(
    ctx: typer.Context,
    ref: Ref,
    closes_on: Annotated[date, a_day("The last day for offers.")],
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
