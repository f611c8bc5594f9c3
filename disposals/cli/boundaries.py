"""Commands for boundaries: draw one, list its revisions, show what a revision changed."""

from pathlib import Path
from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.audience import For
from disposals.cli.desk import By, Json, On, at_desk, read_when
from disposals.cli.files import ending_in
from disposals.disclosure.fields import Audience
from disposals.vocabulary import Origin
from disposals.words import counted, day

Land = Annotated[
    str,
    typer.Argument(metavar="REF", help="A site or a part: steele-avenue, steele-avenue/part-1."),
]
Fix = Annotated[bool, typer.Option("--fix", help="Mend what has one certain reading, and say so.")]


def history(
    ctx: typer.Context, ref: Land, audience: For = Audience.OFFICER, as_json: Json = False
) -> None:
    """Every revision of a boundary: its area, where it comes from, since when, who and why."""
    from disposals.disclosure import boundaries

    with at_desk(ctx) as desk:
        revisions = boundaries.history(desk.register, ref, audience=audience)
    if as_json:
        output.emit([{"is_current": each.is_current, **each.facts} for each in revisions])
        return
    output.table(
        f"{ref}: {counted(len(revisions), 'revision')} of its boundary",
        ["No", "Hectares", "From", "To", "Origin", "Source", "Why", "By"],
        [
            (
                f"{each.no}{' (current)' if each.is_current else ''}",
                f"{each.facts['area_hectares']:.4f}",
                each.facts["effective_as_written"] or "",
                each.facts["effective_to_as_written"] or "",
                each.facts["origin"] + (", indicative" if each.facts["is_indicative"] else ""),
                each.facts["source"],
                each.facts.get("because", ""),
                each.facts.get("recorded_by", ""),
            )
            for each in revisions
        ],
    )


def diff(
    ctx: typer.Context,
    ref: Land,
    before: Annotated[
        int | None, typer.Option("--from", help="The revision before; else the one before.")
    ] = None,
    after: Annotated[
        int | None, typer.Option("--to", help="The revision after; else the current one.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            parser=ending_in(".pdf", ".svg", ".png"),
            help="Draw it: a PDF, SVG or PNG.",
        ),
    ] = None,
    audience: For = Audience.OFFICER,
    as_json: Json = False,
) -> None:
    """What a revision of a boundary gained and lost, in square metres, where, and drawn."""
    from disposals.disclosure import boundaries
    from sites.comparing import pieces

    with at_desk(ctx) as desk:
        change = boundaries.change(
            desk.register, ref, audience=audience, before=before, after=after
        )
        gained, lost = change.difference.gained, change.difference.lost
        if out is not None:
            from disposals.exports.plans import draw_change

            scale = draw_change(change, out, audience=audience, on=desk.on)
            typer.echo(f"The change is drawn at 1:{scale} in {out}.", err=True)
    if as_json:
        output.emit(
            {
                "reference": ref, "from": change.before.no, "to": change.after.no,
                "gained_m2": round(gained.area, 2), "lost_m2": round(lost.area, 2),
                "gained": pieces(gained), "lost": pieces(lost),
                "drawn": str(out) if out else None,
            }
        )  # fmt: skip
        return
    output.say(
        f"{ref}: revision {change.before.no} ({_told(change.before.facts)}) → revision "
        f"{change.after.no} ({_told(change.after.facts)})",
        bold=True,
    )
    if change.difference.is_nothing:
        output.say("  No land was gained or lost.")
    for verb, shape in (("gained", gained), ("lost", lost)):
        if not shape.is_empty:
            output.say(f"  {verb} {shape.area:,.2f} m² in {counted(len(shape.geoms), 'piece')}")
            for piece in pieces(shape):
                output.say(
                    f"    {piece.area_m2:,.2f} m² at easting {piece.place[0]:.2f}, northing "
                    f"{piece.place[1]:.2f}"
                )


def _told(facts: dict[str, Any]) -> str:
    since = facts["effective_as_written"]
    return f"{since}, {facts['area_m2']:,.2f} m²" if since else f"{facts['area_m2']:,.2f} m²"


def draw(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="SITE", help="The site, such as steele-avenue.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="GeoJSON, GeoPackage, Shapefile …")],
    source: Annotated[
        str, typer.Option("--source", help="Title plan, survey, or what it is drawn from.")
    ],
    because: Annotated[str, typer.Option(help="Why the boundary is drawn, or drawn anew.")],
    origin: Annotated[Origin, typer.Option(help="What kind of source it is.")] = Origin.UPLOADED,
    licence: Annotated[str | None, typer.Option(help="The notice its source asks for.")] = None,
    accuracy_m: Annotated[
        float | None, typer.Option(min=0, max=10_000, help="Metres, if stated.")
    ] = None,
    indicative: Annotated[
        bool, typer.Option("--indicative", help="Neither surveyed nor registered.")
    ] = False,
    since: Annotated[
        str | None, typer.Option("--from", help="Since when it is the boundary; else --on.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="Until when, as written.")] = None,
    fix: Fix = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Draw a site's boundary from a file with one area; parts are cut again with it."""
    from disposals.casework import sites as casework
    from disposals.disclosure.seen import versions_of_site
    from sites.reading import read_boundary

    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        notes: list[str] = []
        begins = since or day(desk.on)
        provenance = casework.Provenance(
            source=source, because=because, licence=licence, accuracy_m=accuracy_m,
            is_indicative=indicative, effective_from=read_when(begins).earliest,
            effective_as_written=begins, effective_to=read_when(until).latest if until else None,
            effective_to_as_written=until, origin=origin,
        )  # fmt: skip
        shape = read_boundary(file, fix=fix, note=notes.append)
        is_other = casework.draw(
            desk.register, ref, shape, provenance, desk.stamp,
            seen=versions_of_site(desk.register, ref),
        )  # fmt: skip
    if as_json:
        output.emit(
            {
                "site": ref, "recorded": "boundary" if is_other else None,
                "area_m2": round(shape.area, 2), "notes": notes,
            }
        )  # fmt: skip
        return
    if is_other:
        output.say(f"{ref}: boundary recorded, {day(desk.on)}, {shape.area:,.2f} m².")
    else:
        output.say(f"{ref} has this very boundary already; nothing was changed.")
    for note in notes:
        output.say(f"  {note}", dim=True)
