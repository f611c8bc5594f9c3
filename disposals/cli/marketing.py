"""Commands for marketing campaigns."""

from datetime import date
from typing import Annotated

import typer

from disposals.casework import marketing
from disposals.cli.desk import By, Day, Json, On, Ref
from disposals.cli.entering import adds
from disposals.cli.entries import keeps
from disposals.cli.passphrases import TWO, Openers, passphrases
from disposals.cli.recording import act
from disposals.errors import BadFact

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
