"""Commands that split a site into parts and merge parts again."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.desk import Because, By, Json, On, at_desk
from disposals.disclosure.seen import versions_of_site
from disposals.vocabulary import Origin
from disposals.words import area as both_measures
from disposals.words import counted, day, listed

_AREA = re.compile(r"(?P<number>\d+(\.\d+)?)\s*(?P<unit>m2|m²|ha|acres?)", re.IGNORECASE)
_M2 = {"m2": 1.0, "m²": 1.0, "ha": 10_000.0, "acre": 4046.8564224, "acres": 4046.8564224}
Multipart = Annotated[
    bool, typer.Option("--allow-multipart", help="A part may lie in several pieces.")
]


def _square_metres(written: str) -> float:
    found = _AREA.fullmatch(written.strip())
    if found is None:
        raise typer.BadParameter(f"“{written}” is no area. Write 0.25ha, 2500m2 or 0.6acres.")
    return float(found["number"]) * _M2[found["unit"].lower()]


def split(
    ctx: typer.Context,
    ref: Annotated[
        str, typer.Argument(metavar="REF", help="A site, or a part of one to split again.")
    ],
    line: Annotated[
        list[str] | None,
        typer.Option("--line", metavar="FILE|WKT", help="A line to cut along; may be repeated."),
    ] = None,
    parts: Annotated[
        Path | None,
        typer.Option(
            "--parts", help="A file with one area for each part, numbered in a field “part”."
        ),
    ] = None,
    area: Annotated[
        float | None,
        typer.Option(
            "--area",
            metavar="AREA",
            parser=_square_metres,
            help="The area of the first part, such as 0.25ha: it lies left of the line.",
        ),
    ] = None,
    bearing: Annotated[
        float,
        typer.Option(
            min=0, max=360, help="With --area: the way the line runs, in degrees from grid north."
        ),
    ] = 90.0,
    part: Annotated[
        list[str] | None, typer.Option("--part", help="N:NAME:PURPOSE for each part.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Where the split is drawn or described.")
    ] = None,
    allow_multipart: Multipart = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be made; write nothing.")
    ] = False,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Split land into parts that are proven to leave no gap and no overlap."""
    from disposals.casework import splitting
    from disposals.casework.parts import NewPart
    from disposals.casework.sites import Provenance
    from sites.parts import located
    from sites.reading import read_parts

    if sum(bool(each) for each in (line, parts, area)) > 1:
        raise typer.BadParameter("Cut by --line, by --parts or by --area: by one of them.")
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        drawn = read_parts(parts) if parts is not None else {}
        told = [_new_part(each) for each in part or []]
        names = {no: (name, purpose) for no, name, purpose in told}
        if drawn and not told:
            told = [(no, f"Part {no}", "not decided") for no in drawn]
        missing = sorted(set(drawn) - {no for no, *_ in told})
        if missing:
            raise typer.BadParameter(
                f"The file has a part {missing[0]} that no --part names.", param_hint="--part"
            )
        cut = None
        if line or area is not None:
            cut = splitting.Cut(lines=_lines(line or ()), area_m2=area, bearing=bearing)
        made = splitting.split(
            desk.register,
            ref,
            [NewPart(no, *names.get(no, (f"Part {no}", "not decided")), drawn.get(no))
             for no, *_ in told],
            Provenance(
                source=source or (parts.name if parts else f"cut from the boundary of {ref}"),
                because=because or "", effective_from=desk.on,
                effective_as_written=day(desk.on),
                origin=Origin.UPLOADED if parts else Origin.DERIVED,
            ),
            desk.stamp,
            seen=versions_of_site(desk.register, located(ref)[0]),
            cut=cut,
            allow_multipart=allow_multipart,
            dry_run=dry_run,
        )  # fmt: skip
        _tell(ref, "would be split" if dry_run else "split", made, as_json=as_json)


def merge(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="SITE", help="The site, such as steele-avenue.")],
    parts: Annotated[str, typer.Option("--parts", help="The numbers to merge: 1,2.")],
    allow_multipart: Multipart = False,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Merge parts into the one with the lowest number; all of them make the site whole again."""
    from disposals.casework import merging
    from disposals.casework.sites import Provenance

    numbers = [each.strip() for each in parts.split(",")]
    if not all(each.isdigit() for each in numbers):
        raise typer.BadParameter(f"“{parts}” is no list of numbers, such as 1,2.")
    merged = [str(no) for no in sorted({int(each) for each in numbers})]
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        made = merging.merge(
            desk.register, ref, map(int, merged),
            Provenance(
                source=f"parts {listed(merged)} of {ref} as they were",
                because=because or "", effective_from=desk.on,
                effective_as_written=day(desk.on), origin=Origin.DERIVED,
            ),
            desk.stamp, seen=versions_of_site(desk.register, ref), allow_multipart=allow_multipart,
        )  # fmt: skip
        _tell(ref, "merged", made, as_json=as_json)


def _new_part(told: str) -> tuple[int, str, str]:
    no, _, rest = told.partition(":")
    name, _, purpose = rest.partition(":")
    if not (no.isdigit() and name and purpose):
        raise typer.BadParameter(
            f"“{told}” is not N:NAME:PURPOSE, such as 1:Part 1:medical centre."
        )
    return int(no), name, purpose


def _lines(told: Sequence[str]) -> list[Any]:
    from sites.reading import read_lines

    return [line for each in told for line in read_lines(each)]


def _tell(ref: str, what: str, made: Sequence[Any], *, as_json: bool) -> None:
    from sites.areas import acres, hectares

    if as_json:
        output.emit({"reference": ref, "act": what, "parts": made})
        return
    output.say(f"{ref} {what}: {counted(len(made), 'part')} in force.", bold=True)
    for part in made:
        size = ""
        if part.area_m2 is not None:
            measured = both_measures(hectares(part.area_m2), acres(part.area_m2))
            size = (
                f": {part.area_m2:,.2f} m², {measured}, at easting {part.place[0]:.2f}, "
                f"northing {part.place[1]:.2f}"
            )
        output.say(f"  part {part.no}, {part.name}, {part.purpose}{size}")
    if not made:
        output.say("  The site is whole again.")
