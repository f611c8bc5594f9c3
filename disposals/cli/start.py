"""The commands that make a register and bring an older one up."""

from enum import StrEnum
from typing import Annotated

import typer

from disposals.cli import output
from disposals.cli.desk import Json, at_desk, now, register_path, today_here
from disposals.disclosure.seen import known
from disposals.errors import AlreadyRecorded
from disposals.register import create_register, open_register
from disposals.words import counted, day

app = typer.Typer()


class Example(StrEnum):
    """The published examples."""

    KENT = "kent"


@app.command()
def init(
    ctx: typer.Context,
    example: Annotated[
        Example | None, typer.Option("--example", help="Fill it with a published example.")
    ] = None,
    authority: Annotated[
        str, typer.Option(help="Whose policy applies; the law of England alone without.")
    ] = "england",
    as_json: Json = False,
) -> None:
    """Make a register. One that is there already is left as it is."""
    from disposals import examples
    from disposals.policy import authorities

    path = register_path(ctx)
    if authority not in {"england", *authorities()}:
        raise typer.BadParameter(
            f"There is no policy file for “{authority}”. There are: england, "
            + ", ".join(authorities())
            + ".",
            param_hint="--authority",
        )
    try:
        if example is None:
            create_register(path, authority=authority, at=now())
        else:
            examples.create(example.value, path, at=now())
        made = True
    except AlreadyRecorded:  # before, or by someone else meanwhile
        made = False
    register = open_register(path)
    try:
        refs = known(register)
        if example is not None and register.example != example.value:
            raise AlreadyRecorded(
                f"{path} is a register already, and not the {example.value} example: it holds "
                f"{counted(len(refs), 'disposal')}. It was left as it is. Name another file: "
                f"`disposals --register PATH init --example {example.value}`."
            )
    finally:
        register.close()
    if as_json:
        output.emit(
            {
                "register": str(path), "made": made, "authority": register.authority,
                "example": register.example, "stands_on": register.stands_on,
                "disposals": refs,
            }
        )  # fmt: skip
        return
    done = "Made" if made else "There was already, and nothing was changed in,"
    output.say(f"{done} the register {path}.", bold=True)
    output.say(
        f"It holds {counted(len(refs), 'disposal')} and follows the policy of {register.authority}."
    )
    if register.stands_on:
        output.say(f"It is an example and stands as at {day(register.stands_on)}.")


@app.command()
def upgrade(ctx: typer.Context, as_json: Json = False) -> None:
    """Bring a register of an older version to this one; a copy of it as it was is kept."""
    from disposals.casework.touches import touch_all
    from disposals.upgrade import upgrade as bring_up

    path = register_path(ctx)
    done = bring_up(path, on=today_here())
    if done.copy is not None:
        with at_desk(ctx, by="upgrade", acting=True) as desk:
            touch_all(desk.register, desk.stamp)
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
