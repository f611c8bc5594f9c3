"""Commands that show a workflow."""

from typing import Annotated

import typer

from disposals import gates
from disposals.cli import output
from disposals.cli.desk import Json
from disposals.words import plainly
from workflows import definition, diagram

workflow = typer.Typer(help="Show a workflow: its stages, its moves, the gates on each.")


@workflow.callback()
def _group() -> None:
    """Show a workflow: its stages, its moves, the gates on each."""


@workflow.command()
def show(
    name: Annotated[str, typer.Argument(help="Such as open-market-sale.")],
    version: Annotated[int | None, typer.Option(help="The newest without.")] = None,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="As a Mermaid diagram.")] = False,
    at: Annotated[
        str | None, typer.Option("--at", metavar="STAGE", help="Mark a stage of the diagram.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The stages and moves of a workflow."""
    shown = definition.load(name, version, known_gates=gates.KNOWN)
    if mermaid:
        typer.echo(diagram.mermaid(shown, current=at and shown.stage(at).name))
        return
    if as_json:
        output.emit(shown)
        return
    output.table(
        f"{shown.title} (version {shown.version}, from {shown.effective_from})",
        ["From", "To", "Move", "Gates that block", "Gates that warn"],
        [
            (
                plainly(row.source),
                plainly(row.to),
                plainly(row.move),
                "\n".join(row.blocks),
                "\n".join(row.warns),
            )
            for row in diagram.rows(shown)
        ],
    )
