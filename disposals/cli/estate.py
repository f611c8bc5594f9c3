"""Commands that look at the land of the register: the sites of it, and one site whole."""

from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.audience import For
from disposals.cli.desk import AsOf, Json, at_desk
from disposals.disclosure.fields import Audience
from disposals.words import counted, day, plainly

_SHOWN = 50


def list_(
    ctx: typer.Context,
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="Only with this in reference, name or address."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All of them, however many.")] = False,
    audience: For = Audience.OFFICER,
    as_json: Json = False,
) -> None:
    """The sites of the register, a line each."""
    from disposals.disclosure import estate

    most = None if every or as_json else _SHOWN
    with at_desk(ctx) as desk:
        lines, total = estate.listing(desk.register, text, audience=audience, most=most)
    if as_json:
        output.emit(lines)
        return
    if not lines:
        output.say("No site matches." if text else "The register holds no site yet.")
        return
    shown = f", the first {len(lines)} (--all shows every one)" if len(lines) < total else ""
    output.table(
        counted(total, "site") + shown,
        ["Reference", "Name", "District", "Hectares", "Located by", "Parts", "Disposals"],
        [
            (
                line["reference"], line["name"], line["district"] or "",
                f"{line['area_hectares']:.4f}" if line["area_hectares"] else "",
                line["located_by"], str(line["parts"] or ""), ", ".join(line["disposals"]),
            )
            for line in lines
        ],
    )  # fmt: skip


def show(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="SITE", help="The site, such as steele-avenue.")],
    audience: For = Audience.OFFICER,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """One site: its land, boundary, parts, burdens and disposals."""
    from disposals.disclosure import estate

    with at_desk(ctx, on=as_of) as desk:
        page = estate.page(desk.register, ref, audience=audience, on=desk.on)
    if as_json:
        output.emit(page)
        return
    output.say(f"{page['ref']}: {page['name']}", bold=True)
    for name, value in page.items():
        if name not in {
            "ref", "name", "recorded_at", "recorded_by", "left_the_council_on",
        } and not isinstance(value, list | dict | None):  # fmt: skip
            output.say(f"  {plainly(name)}: {value}")
    _say_left(page, "  ")
    output.say(f"  boundary: {_boundary(page['boundary'])}")
    for part in page["parts"]:
        output.say(f"  part {part['no']}: {part['name']}, {part['purpose']}")
        output.say(f"    {_boundary(part['boundary'])}")
        _say_left(part, "    ")
    for burden in (*page.get("constraints", ()), *page.get("occupations", ())):
        output.say(f"  {burden.get('kind', 'occupation')}: {burden.get('name') or burden['use']}")
    for case in page["disposals"]:
        output.say(f"  disposal {case['ref']}: {plainly(case['stage'])}")


def _say_left(land: dict[str, Any], margin: str) -> None:
    if "left_the_council_on" in land:
        output.say(f"{margin}left the council on {day(land['left_the_council_on'])}")


def _boundary(told: dict[str, Any] | None) -> str:
    if told is None:
        return "none drawn"
    size = f"{told['area_hectares']:.4f} ha, {told['area_acres']:.2f} acres"
    since = f", since {told['effective_as_written']}" if "effective_as_written" in told else ""
    loose = " (indicative: neither surveyed nor registered)" if told["is_indicative"] else ""
    return f"{size}{since}; {told['origin']}, {told['source']}{loose}"
