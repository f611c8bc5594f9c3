"""Commands for the options appraisal."""

from typing import Annotated

import typer

from disposals.cli.desk import By, Json, On, Open, Ref, Source
from disposals.cli.recording import disclosure, record

option = typer.Typer(help="Appraise the options, and recommend one.")


@option.command()
def add(
    ctx: typer.Context,
    ref: Ref,
    no: Annotated[str, typer.Option(help="Its number in the report, such as 4.1.3.")],
    title: Annotated[str, typer.Option(help="What would be done.")],
    recommended: Annotated[
        bool | None, typer.Option("--recommended/--not-recommended", help="The one chosen.")
    ] = None,
    splits_site: Annotated[
        bool | None,
        typer.Option("--splits-site/--not-splits-site", help="The site is cut and sold in parts."),
    ] = None,
    do_nothing: Annotated[
        bool | None,
        typer.Option("--do-nothing/--not-do-nothing", help="The land is kept as it is."),
    ] = None,
    reasons_for: Annotated[str | None, typer.Option(help="What speaks for it.")] = None,
    reasons_against: Annotated[str | None, typer.Option(help="What speaks against it.")] = None,
    source: Source = None,
    is_open: Open = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record an option; the same number again replaces it, and what was there is kept."""
    record(
        ctx, ref, "option",
        {
            "no": no, "title": title, "is_recommended": recommended, "splits_site": splits_site,
            "is_do_nothing": do_nothing, "reasons_for": reasons_for,
            "reasons_against": reasons_against, "source": source,
            "disclosure": disclosure(is_open),
        },
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@option.command(name="direct-sale")
def direct_sale(
    ctx: typer.Context,
    ref: Ref,
    buyer: Annotated[str, typer.Option(help="The one buyer.")],
    because: Annotated[str, typer.Option(help="Why without marketing.")],
    advised_by: Annotated[str | None, typer.Option(help="Who advised on value.")] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record why the land is sold to one buyer without marketing."""
    record(
        ctx, ref, "direct_sale_reason",
        {"buyer": buyer, "because": because, "advised_by": advised_by},
        on=on, by=by, as_json=as_json,
    )  # fmt: skip
