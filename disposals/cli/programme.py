"""Commands for milestones."""

from typing import Annotated

import typer

from disposals.casework import programme as casework
from disposals.cli import output
from disposals.cli.cases import For
from disposals.cli.desk import (
    AsOf,
    Because,
    By,
    Json,
    On,
    Open,
    OptionalRef,
    Ref,
    Source,
    at_desk,
)
from disposals.cli.recording import act
from disposals.disclosure import programme
from disposals.disclosure.fields import Audience
from disposals.milestones import when as read
from disposals.words import counted, day

app = typer.Typer()
milestone = typer.Typer(help="Set a milestone, forecast it anew, record that it was met.")
No = Annotated[int, typer.Argument(metavar="NO", help="The milestone's number.")]
When = Annotated[
    str, typer.Option("--when", help="As officers write it: Jul 2022, Nov/Dec 2021, 15 July 2022.")
]


@app.command()
def milestones(
    ctx: typer.Context,
    ref: OptionalRef = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only those whose time has passed.")
    ] = False,
    audience: For = Audience.OFFICER,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The milestones of a case and its parts, or of all cases, by date."""
    with at_desk(ctx, on=as_of) as desk:
        lines = programme.milestones(
            desk.register, ref, audience=audience, on=desk.on, overdue=overdue
        )
        asked = desk.on
    if as_json:
        output.emit(lines)
        return
    if not lines:
        output.say("No milestone is overdue." if overdue else "No milestone is recorded.")
        return
    output.table(
        f"{counted(len(lines), 'milestone')}, as at {day(asked)}",
        ["When", "State", "No", "Milestone", "Case"],
        [
            (
                line["when"] + (" *" if line["is_reading"] else ""),
                "met" if line["met"] else "overdue" if line["is_overdue"] else "ahead",
                str(line["no"]),
                line["name"],
                line["reference"],
            )
            for line in lines
        ],
    )
    if any(line["is_reading"] for line in lines):
        output.say("* Our reading: the published papers do not tie this date to this milestone.")


@milestone.command()
def add(
    ctx: typer.Context,
    ref: Ref,
    name: Annotated[str, typer.Option(help="What will have happened.")],
    when: When,
    owner: Annotated[str | None, typer.Option(help="Who brings it about.")] = None,
    source: Source = None,
    is_open: Open = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Set a milestone with its baseline, which is never altered."""
    date_read = read(when)
    act(
        ctx, ref, f"milestone “{name}”, {when},",
        lambda desk, seen: casework.set_milestone(
            desk.register, ref, name, date_read, desk.stamp,
            seen=seen, owner=owner, source=source, is_open=is_open,
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@milestone.command()
def forecast(
    ctx: typer.Context,
    ref: Ref,
    no: No,
    when: When,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Forecast a milestone anew, with the reason; the baseline stays."""
    date_read = read(when)
    act(
        ctx, ref, f"forecast of milestone {no}, {when},",
        lambda desk, seen: casework.forecast(
            desk.register, ref, no, date_read, desk.stamp, seen=seen, because=because
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@milestone.command()
def meet(
    ctx: typer.Context, ref: Ref, no: No, by: By = None, on: On = None, as_json: Json = False
) -> None:
    """Record that a milestone was met on the day given by --on."""
    act(
        ctx, ref, f"milestone {no} met",
        lambda desk, seen: casework.meet(
            desk.register, ref, no, desk.on, desk.stamp, seen=seen
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip
