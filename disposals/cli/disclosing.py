"""Commands for disclosure: classify an entry, and state what an audience may see and why not."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.audience import For
from disposals.cli.desk import AsOf, By, Desk, Json, On, Ref, at_desk, read_day
from disposals.cli.entries import shown_as
from disposals.cli.recording import act
from disposals.disclosure.fields import Audience
from disposals.errors import BadFact
from disposals.vocabulary import Disclosure, ReleaseAt
from disposals.words import counted, day, listed, plainly

app = typer.Typer()


def _day(asks: str) -> Any:
    return typer.Option(metavar="DATE", parser=read_day, help=asks)


@app.command()
def classify(
    ctx: typer.Context,
    ref: Ref,
    entry: Annotated[
        str, typer.Argument(metavar="ENTRY", help="Its name in the list, such as bid-12.")
    ],
    is_open: Annotated[
        bool | None, typer.Option("--open/--exempt", help="May it be published, or not?")
    ] = None,
    paragraph: Annotated[
        str | None,
        typer.Option(help="Exempt under these paragraphs of Schedule 12A, such as 3, or “3, 5”."),
    ] = None,
    because: Annotated[
        str | None,
        typer.Option(
            metavar="REASON",
            help="Why, in words that may be published; of what is exempt, why the public interest "
            "in that outweighs the one in disclosure.",
        ),
    ] = None,
    field: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this field of it, such as price_pence.")
    ] = None,
    review_on: Annotated[
        date | None, _day("The day on which the public interest is weighed again.")
    ] = None,
    release_on: Annotated[date | None, _day("The day from which it is open.")] = None,
    release_at: Annotated[
        ReleaseAt | None, typer.Option(help="The event with which it is open.")
    ] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Declare an entry open or exempt, with the reason and, where it is exempt, until when."""
    from disposals.casework.classifying import classify as declare
    from disposals.disclosure.own_development import warnings

    if is_open is None:
        raise typer.BadParameter("say whether it is --open or --exempt")
    kind, number = _entry(entry)
    verdict = Disclosure.OPEN if is_open else Disclosure.EXEMPT

    def classified(desk: Desk, seen: int) -> None:
        declare(
            desk.register, ref, kind, number, verdict, desk.stamp, seen=seen, because=because,
            field=field, under=paragraph, review_on=review_on, release_on=release_on,
            release_at=release_at,
        )  # fmt: skip
        if not is_open:
            for warning in warnings(desk.register, ref, on=desk.on, entry=entry):
                typer.echo(f"! {warning}", err=True)

    what = f"{entry}{f', {field},' if field else ''} {verdict}"
    act(ctx, ref, what, classified, on=on, by=by, as_json=as_json)


@app.command()
def disclose(
    ctx: typer.Context,
    ref: Ref,
    audience: For = Audience.PUBLIC,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """State what an audience may see, and name each value that is withheld, and why."""
    from disposals.disclosure.statement import statement

    with at_desk(ctx, on=as_of) as desk:
        told = statement(desk.register, ref, audience=audience, on=desk.on)
    for warning in told.warnings:
        typer.echo(f"! {warning}", err=True)
    if as_json:
        said = asdict(told)
        del said["documents"], said["warnings"]
        if audience is not Audience.OFFICER:
            del said["entries"]
        output.emit(said)
        return
    _say(told)


def _say(told: Any) -> None:
    if told.entries:
        output.table(
            f"{told.reference}: how each entry stands on {day(told.on)}",
            ["Entry", "Field", "Stands", "Paragraphs", "Until", "Review", "Because"],
            [_entry_row(each) for each in told.entries],
        )
        return
    output.say(f"{told.reference}: open to the {told.audience} on {day(told.on)}", bold=True)
    for kind, rows in told.open.items():
        output.say(f"  {plainly(kind)}")
        for row in rows:
            output.say(f"    {_row(row)}")
    if told.withheld:
        output.table(
            f"Withheld from the {told.audience}",
            ["What", "Values", "Paragraph", "Why", "Until"],
            [
                (
                    plainly(each.kind),
                    listed(plainly(field) for field in each.fields),
                    ", ".join(map(str, each.paragraphs)) or "–",
                    each.because,
                    each.until or "–",
                )
                for each in told.withheld
            ],
        )
        kinds = counted(len({each.kind for each in told.withheld}), "kind")
        output.say(f"Values of {kinds} of entry are withheld; none is shown here.")


def _row(row: Mapping[str, Any]) -> str:
    return "; ".join(
        f"{plainly(name.removesuffix('_pence').removeprefix('is_'))}: {shown_as(name, row[name])}"
        for name in sorted(row, key="source".__eq__)
        if row[name] is not None and row[name] is not False
    )


def _entry_row(each: Any) -> tuple[str, ...]:
    ruling = each.ruling
    until = [day(ruling.release_on)] if ruling.release_on else []
    until += [ruling.release_at.value] if ruling.release_at else []
    stands = "open" if ruling.is_open else "exempt" if ruling.paragraphs else "unclassified"
    return (
        each.entry, each.field or "", f"{stands}{', released' if ruling.is_released else ''}",
        "" if ruling.is_open else ", ".join(map(str, ruling.paragraphs)), " or ".join(until),
        day(ruling.review_on) if ruling.review_on else "", ruling.because or "",
    )  # fmt: skip


def _entry(name: str) -> tuple[str, int]:
    kind, _, number = name.rpartition("-")
    if not kind or not number.isdecimal():
        raise BadFact(f"“{name}” names no entry. Entries are named as in lists, such as bid-12.")
    return kind.replace("-", "_"), int(number)
