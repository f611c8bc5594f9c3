"""Commands about workflows: which there are, one to look at, one's own, another version."""

from pathlib import Path
from typing import Annotated

import typer

from disposals import gates
from disposals.casework import workflows
from disposals.cli import output
from disposals.cli.desk import (
    Because,
    By,
    Json,
    On,
    Ref,
    at_desk,
    register_place,
    say_if_moved,
)
from disposals.disclosure import workflows as shown
from disposals.disclosure.seen import versions
from disposals.register import Register, is_there, open_register
from disposals.words import day, listed, plainly
from workflows import definition, diagram
from workflows.definition import Definition
from workflows.migration import GateChange, Plan
from workflows.reading import text_of

workflow = typer.Typer(
    help="The workflows there are, one to look at, your own, another version.",
    no_args_is_help=True,
)


@workflow.command(name="list")
def list_(ctx: typer.Context, as_json: Json = False) -> None:
    """Every version of every workflow: from when it counts, and whose it is."""
    register = _register(ctx)
    try:
        lines = shown.listing(register)
    finally:
        if register is not None:
            register.close()
    if as_json:
        output.emit(lines)
        return
    output.table(
        "Workflows",
        ["Name", "Version", "Title", "From", "Comes"],
        [
            (line.name, str(line.version), line.title, day(line.effective_from), line.kept)
            for line in lines
        ],
    )


@workflow.command()
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Such as open-market-sale.")],
    version: Annotated[int | None, typer.Option(help="The newest without.")] = None,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="As a Mermaid diagram.")] = False,
    at: Annotated[
        str | None, typer.Option("--at", metavar="STAGE", help="Mark a stage of the diagram.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The stages and moves of a workflow, and the approvals that it names."""
    found = _find(ctx, name, version)
    if mermaid:
        typer.echo(diagram.mermaid(found, current=at and found.stage(at).name))
        return
    if as_json:
        output.emit(found)
        return
    output.table(
        f"{found.title} (version {found.version}, from {day(found.effective_from)})",
        ["From", "To", "Move", "Gates that block", "Gates that warn"],
        [
            (
                plainly(row.source),
                plainly(row.to),
                plainly(row.move),
                "\n".join(row.blocks),
                "\n".join(row.warns),
            )
            for row in diagram.rows(found)
        ],
    )
    if found.approvals:
        output.table(
            "Approvals",
            ["Gate", "Asks", "Given by", "Rule", "Waivable"],
            [
                (each.gate, each.asks, each.owner, each.source, "yes" if each.waivable else "no")
                for each in found.approvals
            ],
        )


@workflow.command()
def add(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The definition, a TOML file.")],
    by: By = None,
    as_json: Json = False,
) -> None:
    """Keep a workflow of your own in the register; see docs/workflows-of-your-own.md."""
    text = text_of(file)
    with at_desk(ctx, by=by, acting=True) as desk:
        added = workflows.add(desk.register, text, file.name, desk.stamp)
    if as_json:
        output.emit(
            {
                "name": added.definition.name,
                "version": added.definition.version,
                "is_new": added.is_new,
                "law_not_asked": added.law_not_asked,
            }
        )
        return
    named = f"{added.definition.name}, version {added.definition.version},"
    if not added.is_new:
        output.say(f"{named} is in this register already, word for word; nothing was changed.")
        return
    output.say(
        f"{named} is kept in this register; new cases may begin on it from "
        f"{day(added.definition.effective_from)}."
    )
    if added.law_not_asked:
        output.say(
            "    These gates of law stop none of its moves. See that each has no place in such a "
            f"disposal: {listed(added.law_not_asked)}.",
            fg="yellow",
        )


@workflow.command()
def migrate(
    ctx: typer.Context,
    ref: Ref,
    to: Annotated[int, typer.Option("--to", metavar="VERSION", help="The version to go over to.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    because: Because = None,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Take a case over to another version of its workflow; it keeps its stage and its evidence."""
    with at_desk(ctx, on=on, by=by, acting=not dry_run) as desk:
        plan = workflows.migrate(
            desk.register, ref, desk.stamp, seen=versions(desk.register, ref)[ref], version=to,
            because=because, dry_run=dry_run,
        )  # fmt: skip
    if as_json:
        output.emit(plan)
        return
    _tell(ref, plan, dry_run=dry_run)


def _tell(ref: str, plan: Plan, *, dry_run: bool) -> None:
    goes = "would go" if dry_run else "went"
    output.say(
        f"{ref} {goes} from version {plan.from_version} of {plan.workflow} to version "
        f"{plan.to_version}, and {'would stand' if dry_run else 'stands'} at "
        f"{plainly(plan.stage)} as before.",
        bold=True,
    )
    for what, names in (
        ("Cleared, and not asked again", plan.cleared),
        ("Passed over, for the case is beyond", plan.passed_over),
        ("Stages added", plan.stages_added),
        ("Stages dropped", plan.stages_dropped),
        ("Moves added", plan.moves_added),
        ("Moves dropped", plan.moves_dropped),
    ):
        if names:
            output.say(f"  {what}: {', '.join(map(plainly, names))}")
    if not plan.gates:
        output.say("  No gate ahead is added, dropped or changed.")
    for change in plan.gates:
        output.say(f"  {change.move}: {change.gate} {_change(change)}")


def _change(change: GateChange) -> str:
    does = {"block": "blocks", "warn": "warns"}
    if change.was is None:
        return f"is added and {does[change.now or '']}"
    if change.now is None:
        return f"is dropped; it {'blocked' if change.was == 'block' else 'warned'}"
    return f"{does[change.now]} where it {'blocked' if change.was == 'block' else 'warned'}"


def _find(ctx: typer.Context, name: str, version: int | None) -> Definition:
    register = _register(ctx)
    if register is None:
        return definition.load(name, version, known_gates=gates.KNOWN)
    try:
        return shown.definition(register, name, version)
    finally:
        register.close()


def _register(ctx: typer.Context) -> Register | None:
    """The register, or None where there is none yet: the program's workflows are shown without."""
    place = register_place(ctx)
    if not is_there(place):
        return None
    register = open_register(place)
    say_if_moved(register)
    return register
