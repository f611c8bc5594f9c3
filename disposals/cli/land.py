"""Commands for what the law asks about the land."""

from datetime import date
from typing import Annotated

import typer

from disposals.cli.desk import By, Day, Json, On, Open, Ref, Source
from disposals.cli.recording import disclosure, record
from disposals.vocabulary import Known, Question

land = typer.Typer(
    help="Answer what the law asks about the land: how it was acquired, who has rights."
)
Site = Annotated[
    str | None, typer.Option("--site", help="The site meant, where the disposal takes in several.")
]


@land.command()
def answer(
    ctx: typer.Context,
    ref: Ref,
    question: Annotated[Question, typer.Option(help="The question.")],
    answer: Annotated[Known, typer.Option(help="The answer.")],
    basis: Annotated[str, typer.Option(help="What the answer rests on.")],
    site: Site = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Answer a question about a site, as checked on the day given by --on."""
    record(
        ctx, ref, "land_answer",
        {"question": question, "answer": answer, "basis": basis, "site_ref": site},
        dated="checked_on", on=on, by=by, as_json=as_json,
    )  # fmt: skip


@land.command()
def consent(
    ctx: typer.Context,
    ref: Ref,
    kind: Annotated[str, typer.Option(help="The question it settles, or “planning”.")],
    title: Annotated[str, typer.Option(help="Its name.")],
    body: Annotated[str, typer.Option(help="Who gives it.")],
    needed_before: Annotated[
        str | None, typer.Option(help="The stage that waits for it, such as marketing.")
    ] = None,
    granted_on: Annotated[date | None, Day] = None,
    reference: Annotated[str | None, typer.Option(help="Its number.")] = None,
    site: Site = None,
    source: Source = None,
    is_open: Open = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record a consent that is needed, or that was granted; the same title again replaces it."""
    record(
        ctx, ref, "consent",
        {
            "kind": kind, "title": title, "body": body, "needed_before": needed_before,
            "granted_on": granted_on, "reference": reference, "source": source, "site_ref": site,
            "disclosure": disclosure(is_open),
        },
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@land.command()
def notice(
    ctx: typer.Context,
    ref: Ref,
    newspaper: Annotated[str, typer.Option(help="A newspaper circulating in the area.")],
    first_on: Annotated[date, Day],
    second_on: Annotated[date, Day],
    objections_by: Annotated[date, Day],
    objections: Annotated[int | None, typer.Option(min=0, help="How many came.")] = None,
    considered_on: Annotated[date | None, Day] = None,
    site: Site = None,
    is_open: Open = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record the notices of disposing of open space (LGA 1972 s.123(2A))."""
    record(
        ctx, ref, "notice",
        {
            "newspaper": newspaper, "first_on": first_on, "second_on": second_on,
            "objections_by": objections_by, "objections": objections,
            "considered_on": considered_on, "site_ref": site, "disclosure": disclosure(is_open),
        },
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@land.command()
def moratorium(
    ctx: typer.Context,
    ref: Ref,
    received_on: Annotated[date, Day],
    bid_requested: Annotated[Known, typer.Option(help="Did a community group ask to bid?")],
    site: Site = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record notice to the listing authority for an asset of community value."""
    record(
        ctx, ref, "moratorium_notice",
        {"received_on": received_on, "bid_requested": bid_requested, "site_ref": site},
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@land.command()
def title(
    ctx: typer.Context,
    ref: Ref,
    reported_by: Annotated[str, typer.Option(help="The solicitor or team.")],
    finding: Annotated[str, typer.Option(help="Easements, restrictions, rights.")],
    title_nos: Annotated[str | None, typer.Option(help="HM Land Registry title numbers.")] = None,
    site: Site = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record the report on title, made on the day given by --on."""
    record(
        ctx, ref, "title_report",
        {"reported_by": reported_by, "finding": finding, "title_nos": title_nos, "site_ref": site},
        dated="reported_on", on=on, by=by, as_json=as_json,
    )  # fmt: skip


@land.command()
def possession(
    ctx: typer.Context,
    ref: Ref,
    occupation: Annotated[str, typer.Option(help="The use that ended, as it was recorded.")],
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that an occupation came to an end on the day given by --on."""
    record(
        ctx, ref, "possession", {"occupation": occupation},
        dated="ended_on", on=on, by=by, as_json=as_json,
    )  # fmt: skip
