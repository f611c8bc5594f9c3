"""The command that makes a register."""

from enum import StrEnum
from typing import Annotated

import typer

from disposals.cli import output
from disposals.cli.desk import Json, now, register_place, say_if_moved, say_what_is_left_to_do
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
        str | None, typer.Option(help="Whose policy applies; the law of England alone without.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Make a register. One that is there already is left as it is."""
    from disposals import examples

    asked = "england" if authority is None else known_authority(authority)
    place = register_place(ctx, to_make=True)
    try:
        if example is None:
            create_register(place, authority=asked, at=now())
        else:
            examples.create(example.value, place, at=now())
        made = True
    except AlreadyRecorded:  # before, or by someone else meanwhile
        made = False
    register = open_register(place)
    say_if_moved(register)
    try:
        refs = known(register)
        if example is not None and register.example != example.value:
            raise AlreadyRecorded(
                f"{place} is a register already, and not the {example.value} example: it holds "
                f"{counted(len(refs), 'disposal')}. It was left as it is. Name another file: "
                f"`disposals --register PATH init --example {example.value}`."
            )
        if not made and authority is not None:
            register.refuse_other(authority)
    finally:
        register.close()
    if as_json:
        output.emit(
            {
                "register": str(place), "made": made, "authority": register.authority,
                "example": register.example, "stands_on": register.stands_on,
                "disposals": refs,
            }
        )  # fmt: skip
        return
    done = "Made" if made else "There was already, and nothing was changed in,"
    output.say(f"{done} the register {place}.", bold=True)
    output.say(
        f"It holds {counted(len(refs), 'disposal')} and follows the policy of {register.authority}."
    )
    if register.stands_on:
        output.say(f"It is an example and stands as at {day(register.stands_on)}.")
    if made:
        say_what_is_left_to_do(place)


def known_authority(named: str) -> str:
    """An authority for which there is a policy file, or England, which has the law alone.

    Raises:
        typer.BadParameter: there is none.
    """
    from disposals.policy import authorities

    if named in {"england", *authorities()}:
        return named
    raise typer.BadParameter(
        f"There is no policy file for “{named}”. There are: england, {', '.join(authorities())}.",
        param_hint="--authority",
    )
