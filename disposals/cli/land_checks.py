"""Commands that hold the whole register's land to account: check it, give the council's area."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from disposals.cli import output
from disposals.cli.desk import AsOf, By, Json, On, at_desk
from disposals.words import counted


def check(
    ctx: typer.Context,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Only overlap, sliver, duplicate, outside, parts, expired or same uprn."),
    ] = None,
    geojson: Annotated[
        Path | None, typer.Option("--geojson", help="Write the problems as a map layer too.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with status 1 if there is any problem.")
    ] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Find overlaps, duplicates, sites outside the council's area, parts that no longer fit."""
    from disposals.disclosure.land_checks import KINDS, checked
    from disposals.exports.problems import write_problems

    strange = sorted(set(kind or ()) - set(KINDS))
    if strange:
        raise typer.BadParameter(f"“{strange[0]}” is none of {', '.join(KINDS)}.")
    with at_desk(ctx, on=as_of) as desk:
        found = checked(desk.register, on=desk.on, kinds=kind or ())
    if geojson is not None:
        write_problems(geojson, found.problems)
    if as_json:
        output.emit(
            {
                "sites": found.sites, "drawn": found.drawn, "points": found.points,
                "problems": [
                    {
                        "kind": each.kind, "sites": each.refs, "said": each.said,
                        "place": each.place, "size_m2": round(each.size_m2, 2),
                    }
                    for each in found.problems
                ],
            }
        )  # fmt: skip
    else:
        nowhere = found.sites - found.drawn - found.points
        output.say(
            f"{counted(found.sites, 'site')}: {found.drawn} with a boundary, {found.points} known "
            f"as a point, {nowhere} without a position.",
            bold=True,
        )
        if not found.has_area:
            output.say("  The council's area is not recorded: `disposals site area FILE`.")
        totals = Counter(each.kind for each in found.problems)
        told = ", ".join(f"{number} {name}" for name, number in sorted(totals.items()))
        output.say(f"  Problems: {told}." if told else "  No problem was found.")
        if found.problems:
            output.table(
                "Problems",
                ["Sites", "Kind", "What", "Easting", "Northing", "m²"],
                [
                    (
                        ", ".join(each.refs), each.kind, each.said,
                        f"{each.place[0]:.2f}" if each.place else "",
                        f"{each.place[1]:.2f}" if each.place else "",
                        f"{each.size_m2:,.2f}" if each.size_m2 else "",
                    )
                    for each in found.problems
                ],
            )  # fmt: skip
    if strict and found.problems:
        raise typer.Exit(1)


def area(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One area, in any map format.")],
    name: Annotated[str, typer.Option(help="Whose area it is.")],
    source: Annotated[str, typer.Option(help="Where it comes from.")],
    licence: Annotated[str | None, typer.Option(help="The notice its source asks for.")] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record the council's area: imports and checks then name what lies outside it."""
    from disposals.casework.sites import give_area
    from sites.reading import read_boundary

    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        shape = read_boundary(file)
        facts = {"name": name, "source": source, "licence": licence}
        give_area(desk.register, shape, facts, desk.stamp)
    if as_json:
        output.emit({"area": name, "hectares": round(shape.area / 10_000, 2)})
    else:
        output.say(f"The area of {name} is recorded: {shape.area / 10_000:,.0f} ha.")
