"""The command that forecasts capital receipts."""

from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.audience import For
from disposals.cli.desk import AsOf, Desk, Json, at_desk, read_year
from disposals.disclosure.fields import Audience
from disposals.words import day, money

app = typer.Typer()


class Form(StrEnum):
    """In what form the forecast is wanted."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    SVG = "svg"
    PDF = "pdf"
    PNG = "png"


@app.command()
def receipts(
    ctx: typer.Context,
    year: Annotated[
        str | None,
        typer.Option(
            "--fy",
            metavar="YEAR",
            parser=read_year,
            help="One financial year, by quarter: 2022/23.",
        ),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="Without it, what the name of the file says, or a table."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file to write; - for the screen.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, help="The same seed gives the same draws.")
    ] = None,
    draws: Annotated[
        int | None,
        typer.Option(min=100, max=100_000, help="How many; without it, by the number of cases."),
    ] = None,
    audience: For = Audience.OFFICER,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The forecast of capital receipts by financial year: sure and unsure, against the target."""
    wanted = Form.JSON if as_json else form or _by_name(out)
    with at_desk(ctx, on=as_of) as desk:
        if audience is not Audience.OFFICER:
            from disposals.disclosure.open_receipts import open_receipts

            told: Any = open_receipts(desk.register, year, on=desk.on)
        else:
            told = _forecast(desk, year, seed, draws, with_lines=_wants_lines(wanted, year))
    if wanted is Form.JSON and out is None:
        output.emit(told)
        return
    if wanted is Form.TABLE:
        if out is not None:
            raise typer.BadParameter("a table goes to the screen; a file is csv, xlsx, svg or pdf")
        _print(told)
        return
    from disposals.exports.receipts import write_receipts

    file = _file(out, wanted)
    write_receipts(file, told, wanted.value)
    typer.echo(f"The forecast of receipts was written to {file}, for the {audience}.", err=True)


def _by_name(out: Path | None) -> Form:
    if out is None:
        return Form.TABLE
    try:
        return Form(out.suffix.lower().removeprefix("."))
    except ValueError:
        raise typer.BadParameter(
            f"what kind of file is {out}? Give --format or a name in .csv, .json, .xlsx or .svg"
        ) from None


def _file(out: Path | None, wanted: Form) -> Path:
    on_screen = out == Path("-") or (out is None and wanted is Form.CSV)
    return Path("/dev/stdout") if on_screen else out or Path(f"receipts.{wanted}")


def _wants_lines(wanted: Form, year: str | None) -> bool:
    return wanted in {Form.JSON, Form.XLSX} or (wanted is Form.TABLE and year is not None)


def _forecast(
    desk: Desk, year: str | None, seed: int | None, draws: int | None, *, with_lines: bool
) -> Any:
    from disposals.disclosure.receipts import Asked
    from disposals.disclosure.receipts import receipts as forecast
    from disposals.draws import SEED

    asked = Asked(year, SEED if seed is None else seed, draws, with_lines)
    return forecast(desk.register, asked, on=desk.on)


def _print(told: Any) -> None:
    if not hasattr(told, "weights"):
        _print_open(told)
        return
    from disposals.disclosure.receipt_basis import in_a_sentence

    output.table(
        f"Capital receipts{f' of {told.year}' if told.year else ''}, forecast as at "
        f"{day(told.on)} (exempt)",
        ["Year", "Cases", "Unadjusted", "Risk-adjusted", "Secured", "Received", "Worst", "Likely",
         "Best", "Target", "Likely against it", "Holding costs"],
        [
            (
                row.period, str(row.cases),
                *(_pounds(each) for each in (
                    row.unadjusted, row.risk_adjusted, row.secured, row.received, row.worst,
                    row.likely, row.best, row.target,
                )),
                "" if row.over_target is None else _more(row.over_target), _pounds(row.holding),
            )
            for row in told.rows
        ],
    )  # fmt: skip
    if told.year is not None:
        _print_cases(told)
    _print_changes(told)
    for note in told.notes:
        output.say(f"  ! {note}", fg="yellow")
    for sentence in told.basis:
        output.say(f"  {sentence}", dim=True)
    output.say(f"  {in_a_sentence(told.weights)}", dim=True)


def _print_cases(told: Any) -> None:
    counting = [line for line in told.lines if line.silent is None]
    output.table(
        f"The cases of {told.year}",
        ["Case", "Stage", "When", "Sum", "By", "Likely", "Made of"],
        [
            (
                line.reference, line.stage.replace("_", " "), line.when, money(line.amount),
                str(line.basis), "" if line.likelihood is None else _percent(line.likelihood),
                ", ".join(f"{what} {percent} %" for what, percent in line.made_of),
            )
            for line in counting
        ],
    )  # fmt: skip


def _print_changes(told: Any) -> None:
    if not told.changes:
        output.say(f"Nothing changed since {day(told.since)}.")
        return
    output.say(f"Since {day(told.since)}:", bold=True)
    for year, (unadjusted, adjusted) in told.changed.items():
        output.say(f"  {year}: {_more(unadjusted)} unadjusted, {_more(adjusted)} risk-adjusted")
    for change in told.changes:
        sums = "; ".join(f"{year} {_more(pence)}" for year, pence in change.unadjusted.items())
        output.say(f"  {change.reference}: {', '.join(change.because)}. {sums}".rstrip())


def _print_open(told: Any) -> None:
    def said(pence: int | None) -> str:
        return "not published" if pence is None else money(pence)

    output.table(
        f"Capital receipts{f' of {told.year}' if told.year else ''}, forecast as at {day(told.on)}",
        ["Year", "Cases", "Received", "Exchanged", "To come", "Total", "Target"],
        [
            (
                row["period"], "few" if row["cases"] is None else str(row["cases"]),
                said(row["received"]), said(row["secured"]), said(row["to_come"]),
                said(row["total"]), "" if row["target"] is None else money(row["target"]),
            )
            for row in told.rows
        ],
    )  # fmt: skip
    for note in told.notes:
        output.say(f"  {note}", dim=True)


def _pounds(pence: int | None) -> str:
    """Whole pounds: sums of a forecast are read beside each other, not added up."""
    return "" if pence is None else money(round(pence, -2))


def _more(pence: int) -> str:
    return f"+{_pounds(pence)}" if pence > 0 else _pounds(pence)


def _percent(likelihood: Decimal) -> str:
    return f"{likelihood.normalize():f} %"
