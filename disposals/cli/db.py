"""The commands for whoever looks after the place a register lies in, and how it is built."""

import sys
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from disposals.cli import output
from disposals.cli.desk import (
    AsOf,
    Json,
    at_desk,
    now,
    register_place,
    say_what_is_left_to_do,
    today_here,
)
from disposals.storage.address import Place, place_of
from disposals.words import counted, day, listed, plainly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disposals.moving.carrying import Told
    from disposals.upgrade import Migrated

db = typer.Typer(help="The place a register lies in, for whoever looks after it.")


@db.callback()
def _group() -> None:
    """The place a register lies in, for whoever looks after it."""


@db.command()
def create(
    ctx: typer.Context,
    authority: Annotated[
        str | None, typer.Option(help="Whose policy applies; the law of England alone without.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Make a PostgreSQL database ready: PostGIS, an empty register, roles. What is there stays."""
    from disposals.cli.start import known_authority
    from disposals.database import create as make_ready

    place = register_place(ctx)
    asked = None if authority is None else known_authority(authority)
    done = make_ready(place, authority=asked, at=now())
    if as_json:
        output.emit(
            {
                "register": str(place), "made": done.register, "roles": done.roles,
                "elsewhere": done.elsewhere,
            }
        )  # fmt: skip
        return
    there = "Made the register" if done.register else "There was already, and stays, the register"
    output.say(f"{there} {place}.", bold=True)
    output.say(
        f"Made the {'roles' if done.roles[1:] else 'role'} {listed(done.roles)}."
        if done.roles
        else "Its roles were there, and their rights are set anew."
    )
    if done.elsewhere:
        output.say(
            f"The same roles are used in {listed(done.elsewhere)}: roles are of the whole server, "
            "so whoever is an officer here is one there. Give each schema a name of its own if "
            "that is not meant."
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
    from disposals.casework.acts import Stamp
    from disposals.upgrade import upgrade as bring_up

    place = register_place(ctx)
    done = bring_up(place, Stamp(by="upgrade", on=today_here(), at=now()))
    _say(done, place, as_json=as_json)


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

    place = register_place(ctx)
    _say(bring_back(place, to, losing=lose), place, as_json=as_json)


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
    say_what_is_left_to_do(target)


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


def _say(done: "Migrated", place: Place, *, as_json: bool) -> None:
    if as_json:
        output.emit(
            {
                "register": str(place), "from": done.before, "to": done.after,
                "copy": str(done.copy) if done.copy else None,
            }
        )  # fmt: skip
    elif done.copy is None:
        output.say(f"{place} has format {done.after} already; nothing was changed.")
    else:
        output.say(
            f"{place} was brought from format {done.before} to {done.after}. As it was, it is kept "
            f"as {done.copy}."
        )
