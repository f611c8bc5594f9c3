"""What a command needs at hand: the open register, the day (asked of the clock), who is acting."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer

from disposals.casework.acts import Stamp
from disposals.cli import output
from disposals.errors import BadFact, DisposalsError
from disposals.milestones import When, when
from disposals.register import Register, open_register
from disposals.storage.address import Address, Place, place_of
from disposals.words import day, pence

_FIRST_YEAR, _LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Desk:
    """An officer at work on a register on a day."""

    register: Register
    on: date
    stamp: Stamp


def register_place(ctx: typer.Context, *, to_make: bool = False) -> Place:
    """The register named on the line or in the environment, else the user's own.

    Args:
        to_make: a register is to be made there, so that the folder of the user's own is made too.

    Raises:
        BadFact: what is named is an address, and not one that can be used.
        CannotWriteRegister: the folder of the user's own can't be made.
    """
    # Read from what was parsed, because completion in the shell runs no callback.
    named = ctx.find_root().params.get("register")
    if named is not None:
        return place_of(named)
    from platformdirs import user_data_path

    folder = user_data_path("disposals", appauthor=False)
    if to_make:
        from disposals.storage.sqlite import make_folder

        make_folder(folder)
    return folder / "register.sqlite"


def say_what_is_left_to_do(place: Place) -> None:
    """Tell whoever put a register into a database what is left to do there."""
    if isinstance(place, Address):
        output.say(
            "Now say `disposals db create` there, which gives officers and readers their rights."
        )


@contextmanager
def at_desk(
    ctx: typer.Context, *, on: date | None = None, by: str | None = None, acting: bool = False
) -> Iterator[Desk]:
    """Open the register for one command; say so where it stands on a day of its own.

    Args:
        on: the day meant; without it the register's own, or the calendar's. A command that only
            reads then reads the register as it stood on that day.
        acting: the command records something, which can't be done for a day still to come.

    Raises:
        BadFact: an act on a day still to come.
        RegisterMoved: an act in a register that is in use elsewhere.
    """
    register = open_register(register_place(ctx))
    if not acting:
        say_if_moved(register)
    if register.stands_on is not None:
        typer.echo(
            f"Example register ({register.example}), as at {day(register.stands_on)}"
            + (f"; asked as at {day(on)}." if on and on != register.stands_on else "."),
            err=True,
        )
    today = on or register.stands_on or today_here()
    if acting and register.stands_on is None and today > today_here():
        register.close()
        raise BadFact(f"{day(today)} is still to come; only what has happened is recorded.")
    try:
        if acting:
            register.refuse_moved()
        who = by or (_login() if acting else "reader")
        if on is not None and not acting:
            register = register.as_it_stood(on)
        yield Desk(register.asked(today), today, Stamp(by=who, on=today, at=now()))
    finally:
        register.close()


def say_if_moved(register: Register) -> None:
    """Tell whoever reads a register that was moved away where it is in use."""
    if register.moved is not None:
        typer.echo(
            f"{register.moved} What is told here is as it stood then; name that one with "
            "`--register` or DISPOSALS_REGISTER.",
            err=True,
        )


def refuse_if_altered(ctx: typer.Context) -> None:
    """Tell of a register that is not as it was recorded; pass where it is, or can't be opened.

    Raises:
        NotARegister: names the first thing that is not.
    """
    from disposals.disclosure.audit import refuse_altered

    try:
        place = register_place(ctx)
        open_register(place).close()
    except DisposalsError:
        return
    refuse_altered(
        place,
        "this came to no good end: if you were recording something, look with `disposals history` "
        "whether it was recorded",
    )


def today_here() -> date:
    """The day by this machine's calendar."""
    return datetime.now().astimezone().date()


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise BadFact("Who acts? Say so with `--by NAME` or DISPOSALS_USER.") from None


def now() -> datetime:
    """This moment (aware, UTC)."""
    return datetime.now(UTC)


def read_day(written: str) -> date:
    """A day as officers write it, for an option."""
    read = read_when(written)
    if read.earliest != read.latest:
        raise typer.BadParameter(f"“{written}” is not a single day. Write 2021-09-30.")
    if not _FIRST_YEAR <= read.earliest.year <= _LAST_YEAR:
        raise typer.BadParameter(f"“{written}” is not a day of our time. Write 2021-09-30.")
    return read.earliest


def read_when(written: str) -> When:
    """A date as precise as it is written, for an option."""
    try:
        return when(written)
    except BadFact as error:
        raise typer.BadParameter(str(error)) from None


def a_day(asks: str, *names: str) -> Any:
    """An option that takes a day; without names it is called as its parameter."""
    return typer.Option(*names, metavar="DATE", parser=read_day, help=asks)


def read_year(written: str) -> str:
    """A financial year as officers write it, for an option: 2022/23."""
    from disposals.casework.receipts import financial_year

    try:
        return financial_year(written)
    except BadFact as error:
        raise typer.BadParameter(str(error)) from None


def _pounds(written: str) -> int:
    try:
        return pence(written)
    except BadFact as error:
        raise typer.BadParameter(str(error)) from None


def _references(ctx: typer.Context, incomplete: str) -> list[str]:
    from disposals.disclosure.seen import known

    try:
        register = open_register(register_place(ctx))
    except DisposalsError:
        return []
    try:
        return [ref for ref in known(register) if ref.startswith(incomplete)]
    finally:
        register.close()


Ref = Annotated[
    str,
    typer.Argument(
        metavar="REF",
        help="The disposal, such as steele-avenue or steele-avenue/part-1.",
        autocompletion=_references,
    ),
]
OptionalRef = Annotated[
    str | None,
    typer.Argument(
        metavar="[REF]", help="The disposal; all of them without.", autocompletion=_references
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", envvar="DISPOSALS_USER", help="Who acts. Without it, your login name."),
]
On = Annotated[
    date | None,
    typer.Option(
        "--on", metavar="DATE", parser=read_day, help="The day of the act. Without it, today."
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", metavar="DATE", parser=read_day, help="The day asked about. Without it, today."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Because = Annotated[str | None, typer.Option("--because", metavar="REASON", help="The reason.")]
Source = Annotated[
    str | None, typer.Option("--source", help="Where the fact is published or filed.")
]
Open = Annotated[
    bool, typer.Option("--open", help="Declare it open: it may be published. Else it is exempt.")
]
Pounds = typer.Option(metavar="POUNDS", parser=_pounds)
