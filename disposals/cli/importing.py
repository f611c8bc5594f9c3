"""The command that takes a file of sites into the register, and accounts for every row."""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from disposals.cli import output
from disposals.cli.desk import By, Json, On, Source, at_desk
from disposals.words import counted, day

T = TypeVar("T")
_SHOWN = 60
_MANY = 20
_REPORTED = ("Row", "Key", "Site", "Fate", "Why")
_FATES = ("created", "updated", "unchanged", "refused")


def import_(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="GeoJSON, GeoPackage, Shapefile, KML, GML, FlatGeobuf, WKT, CSV or XLSX.",
        ),
    ],
    preset: Annotated[
        str | None,
        typer.Option(help="transparency-code, brownfield or brownfield-2017; else recognised."),
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column holds a field."),
    ] = None,
    layer: Annotated[str | None, typer.Option(help="Which layer of a file with several.")] = None,
    sheet: Annotated[str | None, typer.Option(help="Which sheet of a workbook.")] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what has one certain reading, and say so.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Bring back an export that was edited in a GIS.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen to each row; write nothing.")
    ] = False,
    all_or_none: Annotated[
        bool, typer.Option("--all-or-none", help="Write nothing if any row is refused.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="A CSV with what became of every row.")
    ] = None,
    source: Source = None,
    licence: Annotated[str | None, typer.Option(help="The notice its source asks for.")] = None,
    because: Annotated[
        str | None, typer.Option("--because", help="Why boundaries are drawn anew.")
    ] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Take in a file of sites: each row is created, updated, unchanged or refused, and told."""
    from disposals.casework.importing import How, import_file
    from disposals.casework.round_trip import bring_back
    from disposals.casework.sites import Provenance
    from disposals.vocabulary import Origin
    from sites.writing import write_table

    if update and (preset or maps or layer or sheet):
        raise typer.BadParameter(
            "An export that comes back has its own layers and fields: leave out --preset, --map, "
            "--layer and --sheet.",
            param_hint="--update",
        )
    how = How(
        preset=preset, maps=_told(maps or ()), layer=layer, sheet=sheet, fix=fix,
        dry_run=dry_run, all_or_none=all_or_none,
    )  # fmt: skip
    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        origin = Provenance(
            source=source or file.name, because=because or "", licence=licence,
            effective_from=desk.on, effective_as_written=day(desk.on), origin=Origin.UPLOADED,
        )  # fmt: skip
        if update:
            back = partial(
                bring_back, desk.register, file, stamp=desk.stamp, fix=fix, all_or_none=all_or_none
            )
            if not (because or dry_run or as_json) and sys.stdin.isatty():
                origin = _with_reason(file, back(origin, dry_run=True), origin)
            taken = back(origin, dry_run=dry_run)
        else:
            taken = import_file(desk.register, file, how, origin, desk.stamp, watch=_with_progress)
    if report is not None:
        write_table(
            report, _REPORTED, ([*_cells(each), "; ".join(each.why)] for each in taken.outcomes)
        )
    if as_json:
        output.emit(taken)
    else:
        _tell(file, taken, every=dry_run)
    if all(each.is_refused for each in taken.outcomes) or not (taken.written or dry_run):
        raise typer.Exit(1)


def _with_reason(file: Path, foreseen: Any, origin: Any) -> Any:
    """The provenance with the reason that an officer gives on seeing what would change."""
    if not any(each.fate.value == "updated" for each in foreseen.outcomes):
        return origin
    _tell(file, foreseen, every=True)
    return replace(origin, because=typer.prompt("Why is it changed?"))


def _tell(file: Path, taken: Any, *, every: bool) -> None:
    fates = Counter(each.fate.value for each in taken.outcomes)
    told = ", ".join(f"{fates[fate]} {fate}" for fate in _FATES)
    output.say(f"{file.name}: {counted(len(taken.outcomes), 'row')}: {told}.", bold=True)
    for note in taken.notes:
        output.say(f"  {note}", dim=True)
    common = _common(taken.outcomes)
    for note, count in common.items():
        output.say(f"  {counted(count, 'row')}: {note}", dim=True)
    rows = [
        (*_cells(each), "\n".join(why for why in each.why if why not in common))
        for each in taken.outcomes
        if every or each.fate.value in {"updated", "refused"} or set(each.notes) - set(common)
    ]
    if rows:
        title = "What would happen" if every else "Updated, refused, or with a doubt"
        output.table(title, _REPORTED, rows if every else rows[:_SHOWN])
    if len(rows) > _SHOWN and not every:
        output.say(f"  and {len(rows) - _SHOWN} more; `--report FILE` writes every row.")
    if not taken.written:
        output.say("Nothing was written.", bold=True)


def _common(outcomes: Iterable[Any]) -> dict[str, int]:
    """The notes that so many rows share that they are told once, with how many do."""
    notes = Counter(note for each in outcomes for note in each.notes)
    return {note: count for note, count in notes.items() if count >= _MANY}


def _cells(outcome: Any) -> tuple[str, ...]:
    return (str(outcome.row), outcome.key, outcome.ref, outcome.fate.value)


def _told(maps: Iterable[str]) -> dict[str, str]:
    told = {}
    for each in maps:
        name, _, column = each.partition("=")
        if not (name and column):
            raise typer.BadParameter(
                f"“{each}” is not FIELD=COLUMN, such as name=PropertyName.", param_hint="--map"
            )
        told[name.strip()] = column.strip()
    return told


def _with_progress(rows: Iterable[T], count: int | None) -> Iterable[T]:
    """The same rows, with a bar on a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(
        rows, "Taking in", total=count, console=console, transient=True,
        disable=not console.is_terminal,
    )  # fmt: skip
