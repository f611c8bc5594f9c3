"""Commands that write the programme as a spreadsheet and bring it back."""

from pathlib import Path
from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.desk import By, Json, On, OptionalRef, at_desk
from disposals.cli.files import ending_in
from disposals.words import counted


def sheet(
    ctx: typer.Context,
    ref: OptionalRef = None,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", parser=ending_in(".xlsx"), help="Ends in .xlsx."
        ),
    ] = Path("programme.xlsx"),
    officer: Annotated[str | None, typer.Option(help="Only of this officer's cases.")] = None,
    as_json: Json = False,
) -> None:
    """Write milestones and forecasts as a spreadsheet, to be edited and taken back."""
    from disposals.disclosure.sheet import rows
    from disposals.exports.sheet import write_sheet

    with at_desk(ctx) as desk:
        number = write_sheet(out, rows(desk.register, ref, officer=officer))
    if as_json:
        output.emit({"file": str(out), "audience": "officer", "milestones": number})
        return
    typer.echo(f"{counted(number, 'milestone')} written to {out}, for officers.", err=True)


def take(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The sheet, edited.")],
    apply: Annotated[
        bool, typer.Option("--apply", help="Record it; without, only the difference is shown.")
    ] = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Take an edited sheet back: show what it changes or, with --apply, record all of it."""
    from disposals.casework.sheet import take as take_back

    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        taken = take_back(desk.register, file, desk.stamp, apply=apply)
    if as_json:
        output.emit(taken)
        return
    for change in taken.changes:
        why = f", for: {change.because}" if change.because else ""
        output.say(
            f"{change.where}: {change.key[0]} {change.key[1]}. {change.name}: {change.kind} "
            f"{change.before} → {change.after.as_written}{why}"
        )
    _say_what_is_left(taken, apply)


def _say_what_is_left(taken: Any, apply: bool) -> None:
    for move in taken.pushed:
        output.say(
            f"! {move.key[1]}. {move.name} ({move.key[0]}) stands too early then: it comes after "
            f"milestone {move.because[1]} and wants {move.after}.",
            fg="yellow",
        )
    same = f"{counted(taken.unchanged, 'row')} unchanged"
    if not taken.changes:
        output.say(f"Nothing to change: {same}.")
    elif apply:
        output.say(f"{counted(len(taken.changes), 'change')} recorded, {same}.", bold=True)
    else:
        output.say(f"{counted(len(taken.changes), 'change')}, {same}. Nothing was recorded.")
        output.say("    To record them, repeat with --apply.")
