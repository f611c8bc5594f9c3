"""The command for the approvals that a workflow names."""

from typing import Annotated

import typer

from disposals.casework import approvals
from disposals.cli.desk import Because, By, Json, On, Open, Ref, Source
from disposals.cli.recording import act, disclosure

approval = typer.Typer(help="Give an approval that the workflow of a case asks for by name.")


@approval.callback()
def _group() -> None:
    """Give an approval that the workflow of a case asks for by name."""


@approval.command()
def give(
    ctx: typer.Context,
    ref: Ref,
    name: Annotated[str, typer.Option(help="The approval, as the workflow names it.")],
    approver: Annotated[str, typer.Option(help="The role that gave it.")],
    because: Because = None,
    source: Source = None,
    is_open: Open = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record an approval given on the day of --on; on the whole of a site it covers the parts."""
    act(
        ctx, ref, f"approval {name}",
        lambda desk, seen: approvals.give(
            desk.register, ref, desk.stamp, seen=seen, name=name, approver=approver,
            because=because, source=source, disclosure=disclosure(is_open),
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip
