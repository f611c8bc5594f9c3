"""Commands that write files for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from disposals.cli import output
from disposals.cli.cases import For
from disposals.cli.desk import AsOf, Json, at_desk
from disposals.disclosure.fields import Audience
from disposals.words import counted

export = typer.Typer(help="Write map layers. Only open fields leave, unless --audience officer.")


@export.callback()
def _group() -> None:
    """Write map layers. Only open fields leave, unless --audience officer."""


@export.command()
def geojson(
    ctx: typer.Context,
    refs: Annotated[
        list[str] | None, typer.Argument(metavar="[REF]...", help="Disposals; all without.")
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")] = Path(
        "disposals.geojson"
    ),
    audience: For = Audience.PUBLIC,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Sites and parts as GeoJSON (RFC 7946, WGS 84 by OSTN15), one feature each."""
    from disposals.exports import maps

    if out == Path("-"):
        out = Path("/dev/stdout")
    with at_desk(ctx, on=as_of) as desk:
        written = maps.geojson(desk.register, out, refs or (), audience=audience, on=desk.on)
    if as_json:
        output.emit({"file": str(out), "features": written, "audience": audience.value})
    else:
        typer.echo(f"{counted(written, 'feature')} written to {out}, for the {audience}.", err=True)
