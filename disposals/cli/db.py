"""The commands that change how a register is built: its format, up and down."""

from typing import TYPE_CHECKING, Annotated

import typer

from disposals.cli import output
from disposals.cli.desk import Json, at_desk, register_place, today_here

if TYPE_CHECKING:
    from pathlib import Path

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

    path = register_place(ctx)
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

    path = register_place(ctx)
    _say(bring_back(path, to, losing=lose), path, as_json=as_json)


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
