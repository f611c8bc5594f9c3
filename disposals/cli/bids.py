"""Commands for bids and valuations."""

from typing import Annotated

import typer

from disposals.casework import bids
from disposals.cli.desk import Because, By, Json, On, Pounds, Ref, Source
from disposals.cli.recording import act, record
from disposals.vocabulary import Concern

bid = typer.Typer(help="Record bids, shortlist, prefer, and say why a price is best.")
valuation = typer.Typer(help="Record what the land is worth.")
Bidder = Annotated[str, typer.Option("--bidder", help="The bidder, as recorded.")]


@valuation.callback()
def _group() -> None:
    """Record what the land is worth."""


@bid.command()
def add(
    ctx: typer.Context,
    ref: Ref,
    bidder: Bidder,
    price: Annotated[int, Pounds],
    conditions: Annotated[str | None, typer.Option(help="Planning, funding, board.")] = None,
    vat_basis: Annotated[str | None, typer.Option(help="With or without VAT.")] = None,
    source: Source = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record a bid received on the day given by --on; a changed bid is its next version."""
    told = {
        "bidder": bidder, "price_pence": price, "conditions": conditions,
        "vat_basis": vat_basis, "source": source,
    }  # fmt: skip
    facts = {name: value for name, value in told.items() if value is not None}
    act(
        ctx, ref, f"bid from {bidder}",
        lambda desk, seen: bids.receive(
            desk.register, ref, facts | {"received_on": desk.on}, desk.stamp, seen=seen
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@bid.command()
def shortlist(
    ctx: typer.Context,
    ref: Ref,
    bidder: Annotated[list[str], typer.Option("--bidder", help="Each one taken further.")],
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Take the bidders named further and decline the others."""
    act(
        ctx, ref, "shortlist",
        lambda desk, seen: bids.shortlist(
            desk.register, ref, bidder, desk.stamp, seen=seen, because=because
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
def justify(
    ctx: typer.Context,
    ref: Ref,
    concern: Annotated[Concern, typer.Option(help="What the reason answers.")],
    because: Annotated[str, typer.Option(help="The reason.")],
    advised_by: Annotated[str, typer.Option(help="Whose advice it rests on.")],
    consent: Annotated[
        str | None, typer.Option(help="The Secretary of State's consent, if there is one.")
    ] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record why a lower bid, a price below value, or a subsidy is lawful."""
    record(
        ctx, ref, "consideration_reason",
        {
            "concern": concern, "because": because, "advised_by": advised_by,
            "secretary_of_state_consent": consent,
        },
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@valuation.command(name="add")
def value(
    ctx: typer.Context,
    ref: Ref,
    valuer: Annotated[str, typer.Option(help="The valuer.")],
    value: Annotated[int, Pounds],
    basis: Annotated[str, typer.Option(help="The basis of value.")] = "unrestricted",
    source: Source = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record a valuation, as at the day given by --on."""
    record(
        ctx, ref, "valuation",
        {"valuer": valuer, "value_pence": value, "basis": basis, "source": source},
        dated="valued_on", on=on, by=by, as_json=as_json,
    )  # fmt: skip
