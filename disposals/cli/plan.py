"""The command that draws plans of land, to a true scale."""

from pathlib import Path
from typing import Annotated

import typer

from disposals.cli import output
from disposals.cli.audience import For
from disposals.cli.desk import AsOf, Json, at_desk
from disposals.cli.files import ending_in
from disposals.disclosure.fields import Audience
from sites.plan.choices import Paper, Show

app = typer.Typer()


@app.command()
def plan(
    ctx: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(metavar="REF", help="A site, a part or a disposal: steele-avenue/part-1."),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            parser=ending_in(".pdf", ".svg", ".png"),
            help="A PDF, SVG or PNG, by its suffix.",
        ),
    ] = Path("plan.pdf"),
    show: Annotated[Show, typer.Option(help="Which plans; both make a PDF of two pages.")] = (
        Show.SITE
    ),
    paper: Annotated[Paper, typer.Option(help="The paper.")] = Paper.A4,
    landscape: Annotated[
        bool | None,
        typer.Option(
            "--landscape/--portrait", help="Without either, as the land is shown larger."
        ),
    ] = None,
    scale: Annotated[
        int | None,
        typer.Option(
            min=50, max=100_000, metavar="N",
            help="Of the site plan, 1:N. Without it, 1:1250 or the next standard one that fits.",
        ),
    ] = None,
    base: Annotated[
        Path | None, typer.Option("--base", help="A base map, from any map file you have.")
    ] = None,
    base_notice: Annotated[
        str | None, typer.Option("--base-notice", help="The copyright notice of the base map.")
    ] = None,
    audience: For = Audience.PUBLIC,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Draw a location plan and a site plan to a true scale, with edging, parts, key and source."""
    from disposals.exports.plans import Wanted, draw_plan

    wanted = Wanted(show, paper, landscape, scale, base, base_notice)
    with at_desk(ctx, on=as_of) as desk:
        drawn = draw_plan(desk.register, ref, out, wanted, audience=audience, on=desk.on)
    if as_json:
        output.emit({"file": str(out), "audience": audience.value, "paper": paper.value,
                     "plans": [{"kind": kind, "scale": scale, "landscape": across}
                               for kind, scale, across in drawn.plans],
                     "notes": drawn.notes})  # fmt: skip
        return
    for kind, each, across in drawn.plans:
        turned = "landscape" if across else "portrait"
        typer.echo(f"{kind} at 1:{each}, {paper} {turned}, written to {out}.", err=True)
    for note in drawn.notes:
        typer.echo(note, err=True)
