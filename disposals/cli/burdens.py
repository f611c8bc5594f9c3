"""Commands for what lies on land: constraints, occupations, and what each of them touches."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.desk import By, Json, On, Source, a_day, at_desk
from disposals.disclosure.fields import Audience
from disposals.disclosure.seen import versions_of_site
from disposals.vocabulary import ConstraintKind, Known
from disposals.words import counted, day

SiteRef = Annotated[str, typer.Argument(metavar="SITE", help="The site, such as steele-avenue.")]
Shape = Annotated[
    str | None,
    typer.Option("--shape", metavar="FILE|WKT", help="Where it lies; WKT in EPSG:27700."),
]
Since = Annotated[date | None, a_day("Since when it is so.", "--from")]
Until = Annotated[date | None, a_day("Until when it is so.", "--to")]
Replaces = Annotated[
    int | None, typer.Option("--replaces", metavar="NO", help="The entry that this one corrects.")
]


def constraint(
    ctx: typer.Context,
    ref: SiteRef,
    kind: Annotated[ConstraintKind, typer.Option(help="What it is.")],
    name: Annotated[str, typer.Option(help="What it is called.")],
    shape: Shape = None,
    beneficiary: Annotated[str | None, typer.Option(help="Who has the right.")] = None,
    standing: Annotated[
        str, typer.Option(help="To investigate, reported or resolved.")
    ] = "to investigate",
    since: Since = None,
    until: Until = None,
    replaces: Replaces = None,
    source: Source = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record what burdens a site: a point, a line, an area, or the whole of it."""
    facts = {
        "kind": kind, "name": name, "beneficiary": beneficiary, "standing": standing,
        "effective_from": since, "effective_to": until, "replaces": replaces, "source": source,
    }  # fmt: skip
    _record(ctx, ref, "constraint", facts, shape, by=by, on=on, as_json=as_json)


def occupation(
    ctx: typer.Context,
    ref: SiteRef,
    use: Annotated[str, typer.Option(help="What the land is used for.")],
    current: Annotated[Known, typer.Option(help="Does the use go on?")],
    shape: Shape = None,
    occupier: Annotated[str | None, typer.Option(help="Who uses it, as a role.")] = None,
    began: Annotated[str | None, typer.Option(help="Since when, as written.")] = None,
    ends: Annotated[str | None, typer.Option(help="Until when, as written.")] = None,
    notice_days: Annotated[int | None, typer.Option(min=0, help="Days of notice.")] = None,
    since: Since = None,
    until: Until = None,
    replaces: Replaces = None,
    source: Source = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record a use of a site; one that goes on is warned of before exchange."""
    facts = {
        "use": use, "is_current": current, "occupier": occupier, "began_as_written": began,
        "ends_as_written": ends, "notice_days": notice_days, "effective_from": since,
        "effective_to": until, "replaces": replaces, "source": source,
    }  # fmt: skip
    _record(ctx, ref, "occupation", facts, shape, by=by, on=on, as_json=as_json)


def constraints(
    ctx: typer.Context,
    ref: Annotated[
        str,
        typer.Argument(metavar="REF", help="A site or a part: steele-avenue/part-1."),
    ],
    as_json: Json = False,
) -> None:
    """What lies on land: which part each touches, over what length or area."""
    from disposals.disclosure.burdens import burdens

    with at_desk(ctx) as desk:
        lines = burdens(desk.register, ref, audience=Audience.OFFICER)
    if as_json:
        output.emit(lines)
        return
    if not lines:
        output.say(f"Nothing is recorded that lies on {ref}.")
        return
    output.table(
        f"{ref}: {counted(len(lines), 'constraint or occupation', 'constraints and occupations')}",
        ["No", "Kind", "Name", "Touches", "Standing", "Source"],
        [
            (
                str(line["no"]), line["kind"], line["name"], "; ".join(line["touches"]),
                line.get("standing") or "", line.get("source") or "",
            )
            for line in lines
        ],
    )  # fmt: skip


def _record(
    ctx: typer.Context,
    ref: str,
    kind: str,
    facts: Mapping[str, Any],
    shape: str | None,
    *,
    by: str | None,
    on: date | None,
    as_json: bool,
) -> None:
    from disposals.casework.burdens import add_burden

    told = {field: value for field, value in facts.items() if value is not None}
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        if shape is not None:
            from sites.reading import shape_of

            told["shape"] = shape_of(shape).wkb
        add_burden(
            desk.register, ref, kind, told, desk.stamp, seen=versions_of_site(desk.register, ref)
        )
        if as_json:
            output.emit({"site": ref, "recorded": kind, "on": desk.on, "by": desk.stamp.by})
        else:
            output.say(f"{ref}: {kind} recorded, {day(desk.on)}.")
