"""Commands on entries of evidence: `list`, `show` with what stood before, `edit` to correct."""

import sys
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Annotated, Any

import typer

from disposals.casework import corrections, recording
from disposals.casework.forms import form
from disposals.cli import output
from disposals.cli.desk import Because, By, Desk, Json, On, Ref, at_desk
from disposals.cli.entering import question, taken
from disposals.cli.recording import act
from disposals.disclosure.entries import entries, later_than, versions_of
from disposals.disclosure.fields import Audience
from disposals.errors import BadFact
from disposals.words import day, money, plainly

_BOOKKEEPING = (
    "entry", "id", "disposal_ref", "recorded_on", "recorded_at", "recorded_by", "replaces",
    "disclosure",
)  # fmt: skip
_OF_ALL = ("paragraphs", "exempt_because", "source", "is_illustrative")
EntryName = Annotated[
    str, typer.Argument(metavar="ENTRY", help="Its name in the list, such as bid-12.")
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="What is right; may be given several times."),
]

_LONGEST = 100  # characters of a value in a list; `show` tells it whole


def keeps(app: typer.Typer, kinds: Sequence[str]) -> None:
    """Enter `list`, `show` and `edit` for the kinds of evidence that a group records."""

    @app.command("list", help="The entries that stand on a disposal itself.")
    def listing(ctx: typer.Context, ref: Ref, as_json: Json = False) -> None:
        list_entries(ctx, ref, kinds, as_json=as_json)

    @app.command("show", help="One entry, and what stood before it was corrected.")
    def show(ctx: typer.Context, ref: Ref, entry: EntryName, as_json: Json = False) -> None:
        show_entry(ctx, ref, entry, kinds, as_json=as_json)

    corrects(app, kinds)


def list_entries(ctx: typer.Context, ref: str, kinds: Sequence[str], *, as_json: bool) -> None:
    """Print the entries of some kinds that stand on a disposal itself."""
    with at_desk(ctx) as desk:
        found = entries(desk.register, ref, kinds, audience=Audience.OFFICER)
    if as_json:
        output.emit(found)
        return
    named = ", ".join(plainly(kind) for kind in kinds)
    if not found:
        output.say(f"{ref}: nothing is recorded on it itself ({named}).")
        return
    output.table(
        f"{ref}: {named}",
        ["Entry", "What it says", "Recorded", "By"],
        [
            (each["entry"], _line(each), day(each["recorded_on"]), each["recorded_by"])
            for each in found
        ],
    )


def show_entry(
    ctx: typer.Context, ref: str, entry: str, kinds: Sequence[str], *, as_json: bool
) -> None:
    """Print one entry, and what stood before it was corrected."""
    kind, number = _entry(entry, kinds)
    with at_desk(ctx) as desk:
        told = versions_of(desk.register, ref, kind, number, audience=Audience.OFFICER)
        later = later_than(desk.register, ref, kind, number)
    if as_json:
        output.emit(told)
        return
    if later is not None:
        output.say(f"Corrected or carried forward since; {later} stands.", fg="yellow")
    _print_versions(told)


def corrects(app: typer.Typer, kinds: Sequence[str]) -> None:
    """Enter `edit` for the kinds of evidence that a group records."""

    @app.command("edit", help="Correct an entry: a new one refers to the old, which is kept.")
    def edit(
        ctx: typer.Context,
        ref: Ref,
        entry: EntryName,
        sets: Sets = None,
        because: Because = None,
        by: By = None,
        on: On = None,
        as_json: Json = False,
    ) -> None:
        kind, number = _entry(entry, kinds)

        def correct(desk: Desk, seen: int) -> None:
            changes, reason = _changes(desk, ref, kind, number, sets, because)
            corrections.correct(
                desk.register, ref, kind, number, changes, desk.stamp, seen=seen, because=reason
            )

        act(ctx, ref, f"correction of {entry}", correct, on=on, by=by, as_json=as_json)


def _print_versions(told: Sequence[Mapping[str, Any]]) -> None:
    for place, each in enumerate(told):
        heading = each["entry"] if place == 0 else f"before: {each['entry']}"
        recorded = f"recorded {day(each['recorded_on'])} by {each['recorded_by']}"
        output.say(f"{heading}, {recorded}, {each['disclosure']}", bold=True)
        for name, value in _facts(each).items():
            output.say(f"    {plainly(name)}: {value}")


def _changes(
    desk: Desk, ref: str, kind: str, number: int, sets: list[str] | None, because: str | None
) -> tuple[Mapping[str, Any], str | None]:
    if sets:
        pairs = [each.partition("=") for each in sets]
        if wrong := next((name for name, mark, _ in pairs if not mark), None):
            raise typer.BadParameter(f"--set {wrong}: write NAME=VALUE")
        return recording.readable(kind, {name: value for name, _, value in pairs}), because
    if not sys.stdin.isatty():
        raise typer.BadParameter("say what is right: --set NAME=VALUE")
    now = versions_of(desk.register, ref, kind, number, audience=Audience.OFFICER)[0]
    told = {}
    typer.echo("Blank keeps what stands; a single - takes it away.", err=True)
    for asked in form(kind).to_correct:
        before = now.get(asked.field)
        shown = "" if before is None else shown_as(asked.field, before).removeprefix("£")
        while True:
            said = typer.prompt(question(asked), default=shown, show_default=bool(shown)).strip()
            if said == shown:
                break
            try:
                told[asked.field] = taken(asked, "" if said == "-" else said)
                break
            except BadFact as error:
                typer.echo(str(error), err=True)
    return told, because or typer.prompt("Why is it corrected")


def _entry(name: str, kinds: Sequence[str]) -> tuple[str, int]:
    kind, _, number = name.rpartition("-")
    kind = kind.replace("-", "_") or kinds[0]
    if not number.isdecimal() or kind not in kinds:
        known = ", ".join(f"{each.replace('_', '-')}-1" for each in kinds)
        raise BadFact(f"“{name}” names no entry here. Entries are named as in the list: {known}.")
    return kind, int(number)


def _facts(entry: Mapping[str, Any]) -> dict[str, str]:
    """What the entry says, its own fields before those that every kind has."""
    names = [name for name in entry if name not in _BOOKKEEPING]
    return {
        name.removesuffix("_pence").removeprefix("is_"): shown_as(name, entry[name])
        for name in sorted(names, key=lambda name: name in _OF_ALL)
        if name == "amount_pence" or entry[name] not in (None, False, 0)
    }


def _line(entry: Mapping[str, Any]) -> str:
    return "; ".join(
        f"{plainly(name)}: {shorten(value, _LONGEST, placeholder=' …')}"
        for name, value in _facts(entry).items()
        if name not in {"paragraphs", "exempt_because", "source", "compliant"}
    )


def shown_as(name: str, value: Any) -> str:
    """A value as officers write it."""
    if name.endswith("_pence"):
        return money(value)
    if value is True:
        return "yes"
    return day(value) if hasattr(value, "strftime") else str(value)
