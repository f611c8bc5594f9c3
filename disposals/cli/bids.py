"""Commands for bids and valuations."""

from datetime import date
from typing import Annotated

import typer

from disposals.casework import bids, offers
from disposals.cli import appraising, output
from disposals.cli.desk import AsOf, Because, By, Json, On, Ref, a_day, at_desk
from disposals.cli.entering import adds
from disposals.cli.entries import keeps
from disposals.cli.passphrases import Openers, passphrases
from disposals.cli.recording import act
from disposals.disclosure.fallback import fallback_of
from disposals.vocabulary import Scored

bid = typer.Typer(help="Record bids, open, evaluate, shortlist, prefer, and say why one is best.")
valuation = typer.Typer(help="Record what the land is worth.")
Bidder = Annotated[str, typer.Option("--bidder", help="The bidder, as recorded.")]


adds(
    bid,
    "bid",
    "bid",
    help="Record a bid received on the day given by --on; a changed bid is its next version.",
)
adds(
    bid,
    "bid",
    "criterion",
    name="criterion",
    fixed={"scored": Scored.BID},
    help="Name a criterion of quality and its weight; weights come to 100.",
)
adds(
    bid,
    "bid",
    "score",
    name="score",
    fixed={"scored": Scored.BID},
    help="Give a bid its points for one criterion.",
)
adds(
    bid,
    "bid",
    "likelihood",
    name="likelihood",
    help="Record how likely a condition of a bid is to come about, and on whose judgement.",
)
adds(
    bid,
    "bid",
    "consideration_reason",
    name="justify",
    help="Record why a lower bid, a price below value, or a subsidy is lawful.",
)
keeps(
    bid, ("bid", "criterion", "score", "likelihood", "consideration_reason", "bid_round", "opening")
)
adds(valuation, "valuation", "valuation", help="Record a valuation, as at the day given by --on.")
keeps(valuation, ("valuation",))


bid.command("evaluate")(appraising.evaluate)


@bid.command("open")
def open_bids(
    ctx: typer.Context,
    ref: Ref,
    opener: Openers,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Open the sealed bids: both openers together, each with their passphrase.

    The passphrases are asked for on the terminal, or read from standard input, a line each.
    """
    secrets = passphrases(opener)
    act(
        ctx, ref, "opening of the bids",
        lambda desk, seen: offers.open_bids(
            desk.register, ref, tuple(opener), secrets, desk.stamp, seen=seen
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@bid.command("round")
def ask_again(
    ctx: typer.Context,
    ref: Ref,
    bidder: Annotated[list[str], typer.Option("--bidder", help="Each one asked.")],
    asks: Annotated[str, typer.Option(help="What all of them are asked, in the same words.")],
    reply_by: Annotated[date | None, a_day("The last day for their answers.")] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Begin a clarification or final round; an answer is the bidder's next version."""
    act(
        ctx, ref, "clarification round",
        lambda desk, seen: offers.ask_again(
            desk.register, ref, bidder, desk.stamp, seen=seen, asks=asks, reply_by=reply_by
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@bid.command()
def shortlist(
    ctx: typer.Context,
    ref: Ref,
    bidder: Annotated[list[str], typer.Option("--bidder", help="Each one taken further.")],
    because: Because = None,
    declined_because: Annotated[
        str | None,
        typer.Option(
            metavar="REASON", help="Why the others are not; asked for where any are declined."
        ),
    ] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Take the bidders named further and decline the others."""
    act(
        ctx, ref, "shortlist",
        lambda desk, seen: bids.shortlist(
            desk.register, ref, bidder, desk.stamp, seen=seen, because=because,
            declined_because=declined_because,
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@bid.command()
def prefer(
    ctx: typer.Context,
    ref: Ref,
    bidder: Bidder,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Name the preferred bidder."""
    act(
        ctx, ref, f"preferred bidder {bidder}",
        lambda desk, seen: bids.prefer(
            desk.register, ref, bidder, desk.stamp, seen=seen, because=because
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@bid.command()
def reserve(
    ctx: typer.Context,
    ref: Ref,
    bidder: Bidder,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Name the bidder to turn to if the preferred one is lost."""
    act(
        ctx, ref, f"reserve bidder {bidder}",
        lambda desk, seen: bids.prefer(
            desk.register, ref, bidder, desk.stamp, seen=seen, because=because, reserve=True
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@bid.command()
def reinstate(
    ctx: typer.Context,
    ref: Ref,
    bidder: Bidder,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Turn to the next bidder, as the decision authorised, when the preferred one is lost."""
    act(
        ctx, ref, f"next bidder {bidder}",
        lambda desk, seen: bids.reinstate(
            desk.register, ref, bidder, desk.stamp, seen=seen, because=because
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@bid.command("fallback")
def fall_back(ctx: typer.Context, ref: Ref, as_of: AsOf = None, as_json: Json = False) -> None:
    """What the decision lets you do next if the buyer is lost or offers less."""
    with at_desk(ctx, on=as_of) as desk:
        offered = fallback_of(desk.register, ref, on=desk.on)
    if as_json:
        output.emit(offered)
    else:
        output.say(f"{ref}: {offered.says}")
