"""Commands that write files for other programs."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.audience import For
from disposals.cli.desk import AsOf, Json, at_desk
from disposals.cli.files import ending_in_or_screen, or_screen
from disposals.disclosure.fields import Audience
from disposals.words import counted, listed

export = typer.Typer(
    help="Write layers and calendars. Only open fields leave, unless --audience officer."
)


class System(StrEnum):
    """A coordinate system, by its EPSG number."""

    GRID = "27700"
    WGS84 = "4326"


class OnTheMap(StrEnum):
    """A layer."""

    SITES = "sites"
    PARTS = "parts"
    CONSTRAINTS = "constraints"
    MILESTONES = "milestones"


# Command → (the file's name without `-o`, what it may end in, what the command does).
_FORMATS = {
    "geojson": (
        "disposals.geojson",
        (".geojson", ".json"),
        "Sites and parts as GeoJSON (RFC 7946, WGS 84 by OSTN15).",
    ),
    "gpkg": (
        "disposals.gpkg",
        (".gpkg",),
        "Every layer as a GeoPackage, for QGIS and for bringing back.",
    ),
    "shapefile": ("disposals.shp.zip", (".zip",), "Every layer as Shapefiles in a zip."),
    "flatgeobuf": ("disposals.fgb", (".fgb",), "Sites and parts as FlatGeobuf."),
    "kml": ("disposals.kml", (".kml",), "Sites and parts as KML, for Google Earth."),
    "csv": ("disposals.csv", (".csv",), "Sites and parts as a table with positions and WKT."),
}


def _named(*suffixes: str) -> Any:
    return typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        parser=ending_in_or_screen(*suffixes),
        help=f"Ends in {listed(suffixes, last='or')}; - for the screen.",
    )


Table = Annotated[Path, _named(".csv")]
Refs = Annotated[
    list[str] | None,
    typer.Argument(metavar="[REF]...", help="Disposals or sites; everything without."),
]


@export.callback()
def _group() -> None:
    """Write layers and calendars. Only open fields leave, unless --audience officer."""


def _command(form: str, name: str, suffixes: tuple[str, ...], told: str) -> None:
    @export.command(name=form, help=told)
    def write(
        ctx: typer.Context,
        refs: Refs = None,
        out: Annotated[Path, _named(*suffixes)] = Path(name),
        layer: Annotated[
            list[OnTheMap] | None, typer.Option("--layer", help="Only this layer; may be repeated.")
        ] = None,
        audience: For = Audience.PUBLIC,
        crs: Annotated[
            System | None,
            typer.Option("--crs", help="The National Grid in metres, or WGS 84 in degrees."),
        ] = None,
        stage: Annotated[str | None, typer.Option(help="Only land at this stage.")] = None,
        as_of: AsOf = None,
        as_json: Json = False,
    ) -> None:
        _write(
            ctx, form, refs or [], or_screen(out), [each.value for each in layer or ()], audience,
            crs, stage, as_of, as_json,
        )  # fmt: skip


for _form, _about in _FORMATS.items():
    _command(_form, *_about)


class Brownfield(StrEnum):
    """A standard of brownfield registers."""

    CURRENT = "brownfield"
    OF_2017 = "brownfield-2017"


@export.command(name="transparency-code")
def transparency_code(
    ctx: typer.Context,
    refs: Refs = None,
    out: Table = Path("land-and-building-assets.csv"),
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The land and building assets that the Transparency Code has published, as CSV."""
    _publish(ctx, "transparency-code", refs or [], or_screen(out), as_of, as_json)


@export.command()
def brownfield(
    ctx: typer.Context,
    refs: Refs = None,
    out: Table = Path("brownfield-land.csv"),
    standard: Annotated[Brownfield, typer.Option(help="The columns.")] = Brownfield.CURRENT,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The brownfield land register, or rows to send to the district, as CSV."""
    _publish(ctx, standard.value, refs or [], or_screen(out), as_of, as_json)


@export.command()
def calendar(
    ctx: typer.Context,
    ref: Annotated[
        str | None, typer.Argument(metavar="[REF]", help="A disposal with its parts; else all.")
    ] = None,
    out: Annotated[Path, _named(".ics")] = Path("disposals.ics"),
    officer: Annotated[str | None, typer.Option(help="Only of this officer's cases.")] = None,
    committee: Annotated[
        str | None, typer.Option(help="Only the days on which it considers decisions.")
    ] = None,
    alarm: Annotated[
        int | None,
        typer.Option(min=0, metavar="DAYS", help="Remind so many days before, at nine o'clock."),
    ] = None,
    audience: For = Audience.PUBLIC,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Milestones and committee days as a calendar (.ics); another import updates the last one's."""
    from disposals.disclosure.calendar import Asked, events
    from disposals.exports.calendar import write_calendar

    asked = Asked(ref, officer, committee)
    with at_desk(ctx, on=as_of) as desk:
        found = events(desk.register, asked, audience=audience, on=desk.on)
    of = ", ".join(each for each in (ref, officer, committee) if each) or "all"
    number = write_calendar(or_screen(out), found, name=f"Disposals: {of}", alarm_days=alarm)
    if as_json:
        output.emit({"file": str(out), "audience": audience.value, "events": number})
        return
    typer.echo(
        f"{counted(number, 'entry', 'entries')} written to {out}, for the {audience}.", err=True
    )


def _publish(
    ctx: typer.Context, kind: str, refs: list[str], out: Path, as_of: date | None, as_json: bool
) -> None:
    from disposals.disclosure.asked import Asked
    from disposals.disclosure.published import Published
    from disposals.exports.registers import published_register

    with at_desk(ctx, on=as_of) as desk:
        asked = Asked(Audience.PUBLIC, desk.on, tuple(refs))
        written = published_register(desk.register, out, Published(kind), asked)
    if as_json:
        output.emit({"file": str(out), "audience": "public", "layout": kind, "sites": written})
        return
    typer.echo(f"{counted(written, 'site')} written to {out}, for the public.", err=True)


def _write(
    ctx: typer.Context, form: str, refs: list[str], out: Path, layers: list[str],
    audience: Audience, crs: System | None, stage: str | None, as_of: date | None, as_json: bool,
) -> None:  # fmt: skip
    from disposals.disclosure.asked import Asked
    from disposals.disclosure.layers import LayerName
    from disposals.exports import maps

    with at_desk(ctx, on=as_of) as desk:
        asked = Asked(audience, desk.on, tuple(refs), stage)
        written = maps.export(
            desk.register, out, maps.Format(form), asked,
            names=[LayerName(each) for each in layers], crs=int(crs) if crs else None,
        )  # fmt: skip
    features = sum(written.features.values())
    if as_json:
        output.emit(
            {
                "file": str(out), "audience": audience.value, "crs": f"EPSG:{written.crs}",
                "features": features, "layers": written.features, "notes": written.notes,
            }
        )  # fmt: skip
        return
    for note in written.notes:
        typer.echo(note, err=True)
    each = listed(f"{name} {count}" for name, count in written.features.items())
    typer.echo(
        f"{counted(features, 'feature')} written to {out}, for the {audience} ({each}).", err=True
    )
