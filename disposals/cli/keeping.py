"""The commands that back a register up and bring it back."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from disposals.cli import output
from disposals.cli.desk import Json, now, register_place, say_if_moved, say_what_is_left_to_do
from disposals.register import open_register
from disposals.storage.address import Place
from disposals.words import counted, listed

app = typer.Typer()
_NAMES = {
    "disposal": ("disposal",),
    "site": ("site",),
    "history_entry": ("history entry", "history entries"),
    "document": ("document",),
}
File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, such as estate.backup.")]


@app.command()
def backup(ctx: typer.Context, file: File, as_json: Json = False) -> None:
    """Back the register up with its documents, while others go on; what is exempt is in it too."""
    from disposals.backup import back_up

    place = register_place(ctx)
    register = open_register(place)
    register.close()
    say_if_moved(register)
    _say("Backed up", back_up(place, file, at=now()), place, file, as_json=as_json)


@app.command()
def restore(
    ctx: typer.Context,
    file: File,
    check: Annotated[
        bool, typer.Option("--check", help="Only verify the backup; write nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring a backed-up register back to where --register says; never over one that is there."""
    from disposals.backup import restore as bring_back
    from disposals.backup import verified

    place = register_place(ctx)
    manifest = verified(file) if check else bring_back(file, place)
    _say("Verified" if check else "Restored", manifest, place, file, as_json=as_json)
    if manifest.is_older and not as_json:
        output.say(f"It has format {manifest.format}: bring it up with `disposals db upgrade`.")
    if not (check or as_json):
        say_what_is_left_to_do(place)


def _say(done: str, manifest: Any, register: Place, file: Path, *, as_json: bool) -> None:
    if as_json:
        output.emit({"register": str(register), "backup": str(file), **asdict(manifest)})
        return
    where = {"Backed up": f"{register} to {file}", "Restored": f"{file} to {register}"}
    held = listed(counted(number, *_NAMES[name]) for name, number in manifest.holds.items())
    output.say(f"{done} {where.get(done, file)}.", bold=True)
    if manifest.seal:
        output.say(f"Its seal is {manifest.seal}.")
    output.say(f"It holds {held}, as at {manifest.made_at:%H:%M on %-d %B %Y} (UTC).")
