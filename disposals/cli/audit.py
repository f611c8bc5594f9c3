"""The commands for auditors: verify the register, its seal, a case's bundle, a name erased."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from disposals.cli import output
from disposals.cli.desk import Because, By, Json, Ref, at_desk
from disposals.cli.files import ending_in
from disposals.words import counted, plainly

audit = typer.Typer(help="Whether the register is as it was recorded, for auditors.")
_SHOWN = 20


@audit.callback()
def _group() -> None:
    """Whether the register is as it was recorded, for auditors."""


@audit.command()
def verify(
    ctx: typer.Context,
    seal: Annotated[
        list[str] | None,
        typer.Option(
            "--seal", metavar="CODE", help="A seal from a paper: is that state still there?"
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Follow the chain of everything recorded; exit status 1 names the first bad entry."""
    from disposals.disclosure.audit import verified

    with at_desk(ctx) as desk:
        found = verified(desk.register, seal or ())
    if as_json:
        output.emit(
            {
                "intact": not found.faults, "seal": str(found.seal), "entries": found.entries,
                "acts": found.acts, "rows": found.rows,
                "taken_over": {str(no): why for no, why in found.taken_over.items()},
                "faults": [
                    {
                        "entry": fault.entry, "row": fault.row, "what": fault.what,
                        "since": fault.since,
                    }
                    for fault in found.faults
                ],
            }
        )  # fmt: skip
    else:
        output.say(
            f"Followed {counted(found.entries, 'ledger entry', 'ledger entries')} with "
            f"{counted(found.acts, 'act')}, which vouch for {counted(found.rows, 'row')}."
        )
        for no, why in found.taken_over.items():
            output.say(
                f"  ! Entry {no} took over what was there when the register was {why}. What was "
                "done to it before, nothing here can tell.",
                fg="yellow",
            )
        for fault in found.faults[:_SHOWN]:
            output.say(f"  ✗ {fault}", fg="red")
        if len(found.faults) > _SHOWN:
            output.say(f"  and {len(found.faults) - _SHOWN} more; `--json` lists all.", fg="red")
        if not found.faults:
            held = f" It holds {counted(len(seal), 'sealed state')} asked about." if seal else ""
            output.say(f"  ✓ No sign of tampering.{held} The seal is {found.seal}.", fg="green")
    if found.faults:
        sys.exit(1)


@audit.command("seal")
def seal_(ctx: typer.Context, as_json: Json = False) -> None:
    """Print the code that stands for everything recorded so far; papers carry it."""
    from disposals.disclosure.audit import seal as of

    with at_desk(ctx) as desk:
        code = of(desk.register)
    if as_json:
        output.emit({"seal": code})
    else:
        output.say(code)


@audit.command()
def bundle(
    ctx: typer.Context,
    ref: Ref,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", parser=ending_in(".zip"), help="Ends in .zip."
        ),
    ],
    as_json: Json = False,
) -> None:
    """Write a case as a ZIP file that an auditor verifies without this program. It is exempt."""
    from disposals.exports.bundle import case_bundle

    with at_desk(ctx) as desk:
        code = case_bundle(desk.register, ref, out)
    if as_json:
        output.emit({"file": str(out), "seal": code, "audience": "officer"})
        return
    output.say(f"Wrote {out}, under the seal {code}. It holds what is exempt.")
    output.say(f"To verify it, with Python alone: unpack verify.py, then `python verify.py {out}`.")


@audit.command("erase-name")
def erase_name(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="As the history shows it.")],
    because: Because = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Erase the name of someone who acted; what they did stays, and still verifies."""
    from disposals.casework import erasing

    with at_desk(ctx, by=by, acting=True) as desk:
        done = erasing.erase_name(desk.register, name, desk.stamp, because=because)
    if as_json:
        output.emit(done)
        return
    output.say(
        f"The name was erased from {counted(done.rows, 'row')}, where “{done.stands_as}” now "
        "stands. It can't be brought back from this register."
    )
    for table, column, count in done.left:
        output.say(
            f"  ! It still stands in {plainly(column)} of {counted(count, 'row')} of "
            f"{plainly(table)}, as part of what was recorded.",
            fg="yellow",
        )
    output.say("Backups, upgraded copies, papers and bundles made before still bear it.")
