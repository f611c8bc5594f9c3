"""The commands that change how a register is built: its format, up and down."""

from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from disposals.cli import output
from disposals.cli.desk import Json, at_desk, register_file, register_place, today_here
from disposals.storage.address import place_of
from disposals.words import counted, plainly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disposals.moving.carrying import Told
    from disposals.upgrade import Migrated

db = typer.Typer(help="How a register is built: its format, and where it is kept.")


@db.callback()
def _group() -> None:
    """How a register is built: its format, and where it is kept."""


@db.command()
def upgrade(ctx: typer.Context, as_json: Json = False) -> None:
    """Bring a register of an older version to this one; a copy of it as it was is kept."""
    from disposals.casework.touches import touch_all
    from disposals.upgrade import upgrade as bring_up

    path = register_file(ctx, "bring it up")
    done = bring_up(path, on=today_here())
    if done.copy is not None:
        with at_desk(ctx, by="upgrade", acting=True) as desk:
            touch_all(desk.register, desk.stamp)
    _say(done, path, as_json=as_json)


@db.command()
def downgrade(
    ctx: typer.Context,
    to: Annotated[int, typer.Argument(metavar="FORMAT", help="The older format, such as 4.")],
    lose: Annotated[
        bool, typer.Option("--lose", help="Let go of what that format has no room for.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring a register back to an older format, for an older version of this software."""
    from disposals.upgrade import downgrade as bring_back

    path = register_file(ctx, "bring it back")
    _say(bring_back(path, to, losing=lose), path, as_json=as_json)


@db.command()
def move(
    ctx: typer.Context,
    to: Annotated[
        str, typer.Argument(metavar="TO", help="Where it is to be: a path or an address.")
    ],
    as_json: Json = False,
) -> None:
    """Carry the register to another place, every row and hash compared; go on after a stop."""
    from disposals.moving import move as carry

    source, target = register_place(ctx), place_of(to)
    with _progress() as told:
        done = carry(source, target, told=told)
    if as_json:
        output.emit({"from": str(source), "to": str(target), **asdict(done)})
        return
    output.say(f"Moved {source} to {target}.", bold=True)
    output.say(
        f"All is equal on both: {counted(done.rows, 'row')}, each with its digest; "
        f"{counted(done.entries, 'ledger entry', 'ledger entries')} and the chains of "
        f"{counted(done.chains, 'disposal')}, each with its hash; "
        f"{counted(done.documents, 'document')}. The seal of both is {done.seal}."
    )
    output.say(
        f"{source} can still be read and takes nothing more. From now on name {target} with "
        "--register or DISPOSALS_REGISTER."
    )


@contextmanager
def _progress() -> "Iterator[Told]":
    """A bar for each table on a terminal, and nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        bar = bars.add_task("")
        yield lambda table, done, count: bars.update(
            bar, description=plainly(table), completed=done, total=count
        )


def _say(done: "Migrated", path: "Path", *, as_json: bool) -> None:
    if as_json:
        output.emit(
            {
                "register": str(path), "from": done.before, "to": done.after,
                "copy": str(done.copy) if done.copy else None,
            }
        )  # fmt: skip
    elif done.copy is None:
        output.say(f"{path} has format {done.after} already; nothing was changed.")
    else:
        output.say(
            f"{path} was brought from format {done.before} to {done.after}. As it was, it is kept "
            f"as {done.copy}."
        )
