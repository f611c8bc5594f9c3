"""The commands for whoever looks after the place of a register: made ready, built, looked at."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from disposals.cli import output
from disposals.cli.desk import AsOf, Json, at_desk, now, register_file, register_place, today_here
from disposals.words import counted, day, listed

if TYPE_CHECKING:
    from pathlib import Path

    from disposals.upgrade import Migrated

db = typer.Typer(help="How a register is built, its format, and where it is kept.")


@db.callback()
def _group() -> None:
    """How a register is built, its format, and where it is kept."""


@db.command()
def create(
    ctx: typer.Context,
    authority: Annotated[
        str, typer.Option(help="Whose policy applies; the law of England alone without.")
    ] = "england",
    as_json: Json = False,
) -> None:
    """Make a PostgreSQL database ready: PostGIS, an empty register, roles. What is there stays."""
    from disposals.cli.start import known_authority
    from disposals.database import create as make_ready

    place = register_place(ctx)
    done = make_ready(place, authority=known_authority(authority), at=now())
    if as_json:
        output.emit({"register": str(place), "made": done.register, "roles": done.roles})
        return
    there = "Made the register" if done.register else "There was already, and stays, the register"
    output.say(f"{there} {place}.", bold=True)
    output.say(
        f"Made the {'roles' if done.roles[1:] else 'role'} {listed(done.roles)}."
        if done.roles
        else "Its roles were there, and their rights are set anew."
    )


@db.command()
def check(ctx: typer.Context, as_json: Json = False) -> None:
    """Look at the register and its place; exit status 1 if anything is not as it should be."""
    from disposals.database import check as look

    place = register_place(ctx)
    found = look(place)
    if as_json:
        output.emit(
            {
                "register": str(place), "well": all(each.is_well for each in found),
                "findings": [{"well": each.is_well, "what": each.what} for each in found],
            }
        )  # fmt: skip
    else:
        for each in found:
            output.say(
                f"  {'✓' if each.is_well else '✗'} {each.what}",
                fg="green" if each.is_well else "red",
            )
    if not all(each.is_well for each in found):
        sys.exit(1)


@db.command()
def publish(ctx: typer.Context, as_of: AsOf = None, as_json: Json = False) -> None:
    """Publish the open layers as tables that QGIS reads, in place of those published before."""
    from disposals.exports.published_layers import publish as put_out

    with at_desk(ctx, on=as_of) as desk:
        made = put_out(desk.register, on=desk.on, at=now())
    if as_json:
        output.emit({"as_at": desk.on, "layers": made})
        return
    told = listed(f"{counted(number, 'feature')} in {name}" for name, number in made.items())
    output.say(f"Published as at {day(desk.on)}: {told}.")


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
