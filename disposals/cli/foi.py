"""Commands for requests under the Freedom of Information Act: log, list, answer, bundle."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from disposals.casework import requests as casework
from disposals.cli import output
from disposals.cli.desk import AsOf, By, Json, On, at_desk, read_day
from disposals.cli.files import ending_in
from disposals.disclosure import answers, requests
from disposals.disclosure.seen import versions_of_those_there
from disposals.vocabulary import RequestedBy, RequestOutcome
from disposals.words import counted, day, listed, plainly

foi = typer.Typer(help="Log requests for information, keep their clock, and answer them.")
Reference = Annotated[
    str, typer.Argument(metavar="REQUEST", help="Its reference, such as FOI-2021-0412.")
]


@foi.command()
def add(
    ctx: typer.Context,
    reference: Reference,
    refs: Annotated[
        list[str], typer.Argument(metavar="REF", help="The disposals that it is about.")
    ],
    requested_by: Annotated[
        RequestedBy, typer.Option(help="Who asks, as a category; no person is named.")
    ],
    asks: Annotated[str, typer.Option(help="What is asked for, without any person's name.")],
    received_on: Annotated[
        date | None,
        typer.Option(metavar="DATE", parser=read_day, help="The day of receipt. Else --on."),
    ] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Log a request on the disposals that it is about; its clock of 20 working days begins."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        there = versions_of_those_there(desk.register, refs)
        casework.add(
            desk.register, reference, desk.stamp, seen={ref: there.get(ref, 0) for ref in refs},
            received_on=received_on or desk.on, requested_by=requested_by, asks=asks,
        )  # fmt: skip
        told = requests.request(desk.register, reference, on=desk.on)
    _said(told, f"{reference} logged on {listed(refs)}", as_json=as_json)


@foi.command("list")
def listing(
    ctx: typer.Context,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only those whose day has passed.")
    ] = False,
    as_json: Json = False,
) -> None:
    """The requests, those still to be answered first, the one due first at the head."""
    with at_desk(ctx) as desk:
        found = requests.requests(desk.register, on=desk.on, overdue=overdue)
    if as_json:
        output.emit([asdict(each) for each in found])
        return
    output.table(
        "Requests for information",
        ["Request", "From", "About", "Received", "Due", "Stands"],
        [
            (each.reference, each.requested_by, listed(each.disposals), day(each.received_on),
             day(each.due_on), _stands(each))
            for each in found
        ],
    )  # fmt: skip


@foi.command()
def show(ctx: typer.Context, reference: Reference, as_json: Json = False) -> None:
    """One request, its clock, and how it was answered."""
    with at_desk(ctx) as desk:
        told = requests.request(desk.register, reference, on=desk.on)
    if as_json:
        output.emit(asdict(told))
        return
    output.say(f"{reference}: {_stands(told)}", bold=True)
    for name, value in asdict(told).items():
        if value is not None and name not in {"reference", "is_overdue"}:
            shown = day(value) if isinstance(value, date) else value
            output.say(f"  {plainly(name)}: {listed(shown) if name == 'disposals' else shown}")


@foi.command()
def answer(
    ctx: typer.Context,
    reference: Reference,
    outcome: Annotated[RequestOutcome, typer.Option(help="How it was answered.")],
    exemptions: Annotated[
        str | None, typer.Option(help="The sections relied on, such as s.43(2).")
    ] = None,
    public_interest: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="How the public interest was weighed, as it goes out."),
    ] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that a request was answered, on the day given by --on."""
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        casework.answer(
            desk.register, reference, desk.stamp,
            seen=requests.versions_of_request(desk.register, reference), outcome=outcome,
            exemptions=exemptions, public_interest=public_interest,
        )  # fmt: skip
        told = requests.request(desk.register, reference, on=desk.on)
    _said(told, f"{reference}: {told.outcome}, {day(desk.on)}", as_json=as_json)


@foi.command()
def bundle(
    ctx: typer.Context,
    reference: Reference,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", parser=ending_in(".zip"), help="Ends in .zip."
        ),
    ],
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Write all that is open on a day, its documents, and the schedule of what is withheld."""
    from disposals.exports.requests import write_bundle

    with at_desk(ctx) as desk:
        told = answers.bundle(desk.register, reference, on=as_of or desk.on)
        documents = write_bundle(desk.register, out, told)
    for warning in dict.fromkeys(each for case in told.statements for each in case.warnings):
        typer.echo(f"! {warning}", err=True)
    cases = [each.reference for each in told.statements]
    if as_json:
        output.emit({"file": str(out), "on": told.on, "disposals": cases, "documents": documents})
        return
    typer.echo(
        f"{out} written, as at {day(told.on)}: what is open of {listed(cases)}, "
        f"{counted(documents, 'document')}, and the schedule of what is withheld.",
        err=True,
    )


def _said(told: Any, what: str, *, as_json: bool) -> None:
    if as_json:
        output.emit(asdict(told))
        return
    due = "" if told.answered_on else f" The answer is due by {day(told.due_on)} ({told.source})."
    output.say(f"{what}.{due}")


def _stands(told: Any) -> str:
    if told.answered_on is not None:
        return f"{told.outcome}, {day(told.answered_on)}"
    return f"overdue since {day(told.due_on)}" if told.is_overdue else f"due {day(told.due_on)}"
