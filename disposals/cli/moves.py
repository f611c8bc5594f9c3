"""Commands that move a case: advance, back, withdraw, waive."""

from datetime import date
from typing import Annotated, Any

import typer

from disposals.casework import moves
from disposals.cli import output
from disposals.cli.desk import Because, By, Desk, Json, On, Ref, a_day, at_desk
from disposals.cli.recording import act
from disposals.disclosure.seen import versions
from disposals.words import plainly
from workflows.naming import as_read, as_written

app = typer.Typer()


@app.command()
def advance(
    ctx: typer.Context,
    ref: Ref,
    part: Annotated[
        int | None, typer.Option("--part", min=1, help="The part meant, of a site sold in parts.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Move every part that is ready.")] = False,
    to: Annotated[
        str | None, typer.Option("--to", metavar="STAGE", help="The stage expected to follow.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Judge every gate and change nothing.")
    ] = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Move a case to its next stage, if every gate on the way is met; else say what is missing."""
    with at_desk(ctx, on=on, by=by, acting=not dry_run) as desk:
        outcome = moves.advance(
            desk.register,
            ref,
            desk.stamp,
            seen=versions(desk.register, ref),
            part=part,
            every=every,
            to=to,
            dry_run=dry_run,
        )
    if as_json:
        output.emit(output.outcome_as_json(outcome))
        return
    for case in outcome.moved:
        moved = "would move" if dry_run else "moved"
        output.say(
            f"{case.reference} {moved} from {plainly(case.from_stage)} to "
            f"{plainly(case.to_stage)}.",
            bold=True,
            fg="green",
        )
        output.report(case.report, case.reference)
    for waiting in outcome.blocked:
        output.blocked(waiting)


@app.command()
def back(
    ctx: typer.Context,
    ref: Ref,
    to: Annotated[str, typer.Option("--to", metavar="STAGE", help="The earlier stage.")],
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Return a case to an earlier stage, with a reason: a preferred bidder fell through."""
    from disposals.casework import returns
    from disposals.disclosure.fallback import fallback_of

    offered: list[Any] = []

    def go_back(desk: Desk, seen: int) -> None:
        returns.back(desk.register, ref, desk.stamp, seen=seen, to=to, because=because)
        offered.append(fallback_of(desk.register, ref, on=desk.on))

    act(ctx, ref, f"return to {as_read(as_written(to))}", go_back, on=on, by=by, as_json=as_json)
    if offered[0].authority and not as_json:
        output.say(f"    {offered[0].says[:1].upper()}{offered[0].says[1:]}")


@app.command()
def withdraw(
    ctx: typer.Context,
    ref: Ref,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """End a case without a sale, with a reason; it is kept with all its evidence."""
    from disposals.casework import returns

    act(
        ctx, ref, "withdrawal",
        lambda desk, seen: returns.withdraw(
            desk.register, ref, desk.stamp, seen=seen, because=because
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@app.command()
def waive(
    ctx: typer.Context,
    ref: Ref,
    gate: Annotated[str, typer.Argument(help="The gate, such as surplus.circulated.")],
    authority: Annotated[str, typer.Option("--authority", help="Who has the power to waive it.")],
    because: Because = None,
    until: Annotated[
        date | None, a_day("The last day on which it holds. Without it, it holds on.")
    ] = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Pass a gate over on a named authority, with a reason. Law is never waived."""
    from disposals.casework import waivers

    act(
        ctx, ref, f"waiver of {gate}",
        lambda desk, seen: waivers.waive(
            desk.register, ref, gate, desk.stamp,
            seen=seen, authority=authority, because=because, until=until,
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip
