"""Commands for sites: enter one, and all that may be asked of land or done to it."""

from typing import Annotated

import typer

from disposals.casework import sites as casework
from disposals.cli import boundaries, burdens, estate, importing, land_checks, output, parts
from disposals.cli.desk import By, Desk, Json, On, at_desk
from disposals.words import day

site = typer.Typer(help="Land: sites, boundaries, parts, what burdens them, and files of them.")


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


def _done(desk: Desk, ref: str, what: str, *, as_json: bool) -> None:
    if as_json:
        output.emit({"site": ref, "recorded": what, "on": desk.on, "by": desk.stamp.by})
    else:
        output.say(f"{ref}: {what} recorded, {day(desk.on)}.")


for _name, _command in (
    ("list", estate.list_),
    ("show", estate.show),
    ("import", importing.import_),
    ("draw", boundaries.draw),
    ("history", boundaries.history),
    ("diff", boundaries.diff),
    ("split", parts.split),
    ("merge", parts.merge),
    ("constraint", burdens.constraint),
    ("occupation", burdens.occupation),
    ("constraints", burdens.constraints),
    ("check", land_checks.check),
    ("area", land_checks.area),
):
    site.command(_name)(_command)
