"""Commands for sites, their boundaries and their parts."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from disposals.casework import sites as casework
from disposals.cli import output
from disposals.cli.desk import Because, By, Desk, Json, On, Source, at_desk
from disposals.disclosure.seen import versions_of_site
from disposals.vocabulary import Known
from disposals.words import day

site = typer.Typer(help="Enter sites, draw their boundaries, split them into parts.")
SiteRef = Annotated[str, typer.Argument(metavar="SITE", help="The site, such as steele-avenue.")]
From = Annotated[
    str, typer.Option("--source", help="Title plan, survey, or what it is drawn from.")
]


@site.command()
def add(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="SITE", help="A new reference, such as mill-lane.")],
    name: Annotated[str, typer.Option(help="What the site is called.")],
    address: Annotated[str | None, typer.Option(help="The address.")] = None,
    postcode: Annotated[str | None, typer.Option(help="The postcode.")] = None,
    district: Annotated[str | None, typer.Option(help="The district council's area.")] = None,
    division: Annotated[str | None, typer.Option(help="The electoral division.")] = None,
    tenure: Annotated[str | None, typer.Option(help="Freehold or leasehold.")] = None,
    stated_area: Annotated[
        str | None, typer.Option(help="The area as the papers state it.")
    ] = None,
    acquired: Annotated[str | None, typer.Option(help="When it was acquired, as written.")] = None,
    acquired_for: Annotated[str | None, typer.Option(help="What it was acquired for.")] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Enter a site. It needs no boundary; `site draw` gives it one."""
    facts = {
        "name": name, "address": address, "postcode": postcode, "district": district,
        "division": division, "tenure": tenure, "stated_area": stated_area,
        "acquired_on_as_written": acquired, "acquired_for": acquired_for,
    }  # fmt: skip
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        told = {field: value for field, value in facts.items() if value is not None}
        casework.add_site(desk.register, ref, told, desk.stamp)
        _done(desk, ref, "site", as_json=as_json)


@site.command()
def occupation(
    ctx: typer.Context,
    ref: SiteRef,
    use: Annotated[str, typer.Option(help="What the land is used for.")],
    current: Annotated[Known, typer.Option(help="Does the use go on?")],
    occupier: Annotated[str | None, typer.Option(help="Who uses it, as a role.")] = None,
    began: Annotated[str | None, typer.Option(help="Since when, as written.")] = None,
    ends: Annotated[str | None, typer.Option(help="Until when, as written.")] = None,
    notice_days: Annotated[int | None, typer.Option(min=0, help="Days of notice.")] = None,
    source: Source = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record a use of a site; one that goes on is warned of before exchange."""
    facts = {
        "use": use, "is_current": current, "occupier": occupier, "began_as_written": began,
        "ends_as_written": ends, "notice_days": notice_days, "source": source,
    }  # fmt: skip
    _burden(ctx, ref, "occupation", facts, by=by, on=on, as_json=as_json)


@site.command()
def constraint(
    ctx: typer.Context,
    ref: SiteRef,
    kind: Annotated[str, typer.Option(help="Easement, tunnel, covenant.")],
    name: Annotated[str, typer.Option(help="What it is called.")],
    beneficiary: Annotated[str | None, typer.Option(help="Who has the right.")] = None,
    standing: Annotated[str, typer.Option(help="How far it is known.")] = "to investigate",
    source: Source = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record what burdens a site."""
    facts = {
        "kind": kind, "name": name, "beneficiary": beneficiary, "standing": standing,
        "source": source,
    }  # fmt: skip
    _burden(ctx, ref, "constraint", facts, by=by, on=on, as_json=as_json)


def _burden(
    ctx: typer.Context,
    ref: str,
    kind: str,
    facts: Mapping[str, Any],
    *,
    by: str | None,
    on: date | None,
    as_json: bool,
) -> None:
    told = {field: value for field, value in facts.items() if value is not None}
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        casework.add_burden(
            desk.register, ref, kind, told, desk.stamp, seen=versions_of_site(desk.register, ref)
        )
        _done(desk, ref, kind, as_json=as_json)


@site.command()
def draw(
    ctx: typer.Context,
    ref: SiteRef,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="GeoJSON, GeoPackage, Shapefile …")],
    source: From,
    because: Annotated[str, typer.Option(help="Why the boundary is drawn, or drawn anew.")],
    licence: Annotated[str | None, typer.Option(help="The notice its source asks for.")] = None,
    accuracy_m: Annotated[float | None, typer.Option(min=0, help="Metres, if stated.")] = None,
    indicative: Annotated[
        bool, typer.Option("--indicative", help="Neither surveyed nor registered.")
    ] = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Draw a site's boundary from a file with one area in EPSG:27700 or WGS 84."""
    from sites.reading import read_boundary

    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        origin = casework.Provenance(
            source=source, because=because, licence=licence, accuracy_m=accuracy_m,
            is_indicative=indicative, effective_from=desk.on, effective_as_written=day(desk.on),
        )  # fmt: skip
        casework.draw(
            desk.register, ref, read_boundary(file), origin, desk.stamp,
            seen=versions_of_site(desk.register, ref),
        )  # fmt: skip
        _done(desk, ref, "boundary", as_json=as_json)


@site.command()
def split(
    ctx: typer.Context,
    ref: SiteRef,
    parts: Annotated[
        Path | None,
        typer.Option(
            "--parts", help="A file with one area for each part, numbered in a field “part”."
        ),
    ] = None,
    part: Annotated[
        list[str] | None, typer.Option("--part", help="N:NAME:PURPOSE for each part.")
    ] = None,
    source: From = "the split as drawn",
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Split a site into parts that are proven to leave no gap and no overlap."""
    from sites.reading import read_parts

    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        drawn = read_parts(parts) if parts is not None else {}
        casework.split(
            desk.register,
            ref,
            [_new_part(each, drawn) for each in part or []],
            casework.Provenance(
                source=source, because=because or "The site is sold in parts.",
                effective_from=desk.on, effective_as_written=day(desk.on),
            ),
            desk.stamp,
            seen=versions_of_site(desk.register, ref),
        )  # fmt: skip
        _done(desk, ref, "split", as_json=as_json)


def _new_part(told: str, drawn: Mapping[int, Any]) -> casework.NewPart:
    no, _, rest = told.partition(":")
    name, _, purpose = rest.partition(":")
    if not (no.isdigit() and name and purpose):
        raise typer.BadParameter(
            f"“{told}” is not N:NAME:PURPOSE, such as 1:Part 1:medical centre."
        )
    return casework.NewPart(int(no), name, purpose, drawn.get(int(no)))


def _done(desk: Desk, ref: str, what: str, *, as_json: bool) -> None:
    if as_json:
        output.emit({"site": ref, "recorded": what, "on": desk.on, "by": desk.stamp.by})
    else:
        output.say(f"{ref}: {what} recorded, {day(desk.on)}.")
