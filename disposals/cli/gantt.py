"""The command that draws the programme: on the terminal, or as a picture."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from disposals.cli import output
from disposals.cli.audience import For
from disposals.cli.desk import AsOf, Json, OptionalRef, at_desk, read_day
from disposals.cli.files import ending_in
from disposals.disclosure.fields import Audience
from disposals.words import counted

app = typer.Typer()


@app.command()
def gantt(
    ctx: typer.Context,
    ref: OptionalRef = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            parser=ending_in(".pdf", ".svg", ".png"),
            help="A PDF, SVG or PNG, by its suffix.",
        ),
    ] = None,
    officer: Annotated[str | None, typer.Option(help="Only of this officer's cases.")] = None,
    stage: Annotated[str | None, typer.Option(help="Only of cases at this stage.")] = None,
    since: Annotated[
        date | None,
        typer.Option("--from", metavar="DATE", parser=read_day, help="Draw only from this month."),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option("--to", metavar="DATE", parser=read_day, help="Draw only up to this month."),
    ] = None,
    audience: For = Audience.OFFICER,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The programme of a disposal and its parts, or of all that are under way, as a Gantt chart."""
    from disposals.disclosure.gantt import Asked
    from disposals.disclosure.gantt import gantt as programme_of

    asked = Asked(ref, officer, stage, since, until)
    with at_desk(ctx, on=as_of) as desk:
        told = programme_of(desk.register, asked, audience=audience, on=desk.on)
    milestones = sum(len(row.bars) for row in told.rows)
    if out is not None:
        from disposals.exports.gantt.drawing import draw_gantt

        draw_gantt(out, told, audience=audience)
        typer.echo(
            f"{counted(milestones, 'milestone')} of {counted(len(told.rows), 'disposal')} drawn in "
            f"{out}, for the {audience}.",
            err=True,
        )
    if as_json:
        output.emit(told)
    elif out is None:
        from disposals.cli.gantt_view import show

        show(told)
