"""Commands made from forms: `add` with prompts or from a file, `edit`, `list`, `show`.

Each takes what it asks from the record itself (`casework/forms.py`), so that a new field has its
option, its prompt and its column at once.
"""

import inspect
import sys
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from disposals.casework import recording
from disposals.casework.forms import Entry, Form, form
from disposals.cli import output
from disposals.cli.desk import By, Json, On, Open, Pounds, a_day, at_desk
from disposals.cli.recording import act, disclosure
from disposals.errors import BadFact
from disposals.words import counted, plainly

FORMS: dict[str, str] = {}  # command → kind, such as "bid add" → "bid"
_COMMON = frozenset({"source", "paragraphs", "exempt-because"})


def adds(
    app: typer.Typer,
    group: str,
    kind: str,
    *,
    name: str = "add",
    help: str,  # noqa: A002 (as Typer calls it)
    fixed: Mapping[str, Any] | None = None,
) -> None:
    """Enter a command that records one kind of evidence.

    Args:
        group: the command that `app` is.
        fixed: fields that go without saying in this command.
    """
    FORMS[f"{group} {name}"] = kind
    given = dict(fixed or {})
    asked = [entry for entry in form(kind).entries if entry.field not in given]

    def command(ctx: typer.Context, **options: Any) -> None:
        _record(ctx, form(kind), asked, given, options)

    command.__doc__ = help
    parameters = [
        inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        _parameter("ref", _OPTIONAL_REF, None),
        *(_parameter(entry.field, _option(entry), None) for entry in asked),
        _parameter("from_file", FromFile, None),
        _parameter("sheet", Sheet, None),
        *([_parameter("is_sure", Another, default=False)] if kind in recording.NAMING else []),
        _parameter("is_open", Open, default=False),
        _parameter("by", By, None),
        _parameter("on", On, None),
        _parameter("as_json", Json, default=False),
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    app.command(name=name, help=help)(command)


_OPTIONAL_REF = Annotated[str | None, typer.Argument(metavar="REF", help="The disposal.")]
FromFile = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="Many at once from TOML, JSON, CSV or XLSX; a column “disposal” says on which case.",
    ),
]
Another = Annotated[
    bool, typer.Option("--another", help="The name is truly another than one that is like it.")
]
Sheet = Annotated[str | None, typer.Option("--sheet", help="Which sheet of a workbook.")]


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default
    )


def _option(entry: Entry) -> Any:
    asks = f"{entry.asks} [required]" if entry.required else entry.asks
    flag = f"--{entry.name}"
    if entry.kind is bool:
        return Annotated[bool | None, typer.Option(f"{flag}/--not-{entry.name}", help=asks)]
    if entry.kind is date:
        return Annotated[date | None, a_day(asks, flag)]
    if entry.is_money and entry.field != "amount_pence":
        return Annotated[
            int | None, typer.Option(flag, metavar="POUNDS", parser=Pounds.parser, help=asks)
        ]
    if issubclass(entry.kind, StrEnum):
        return Annotated[entry.kind | None, typer.Option(flag, help=asks)]
    metavar = {int: "NUMBER", float: "NUMBER"}.get(entry.kind)
    metavar = "POUNDS" if entry.is_money else metavar
    return Annotated[str | None, typer.Option(flag, metavar=metavar, help=asks)]


def _record(
    ctx: typer.Context,
    asked: Form,
    entries: list[Entry],
    fixed: Mapping[str, Any],
    options: dict[str, Any],
) -> None:
    how = {name: options.pop(name) for name in ("on", "by", "as_json")}
    ref, path, sheet = options.pop("ref"), options.pop("from_file"), options.pop("sheet")
    is_open, is_sure = options.pop("is_open"), options.pop("is_sure", False)
    given = {
        entry.field: _read(entry, options[entry.field])
        for entry in entries
        if options[entry.field] is not None
    }
    if path is not None:
        record_file(
            ctx, asked, {**fixed, **given}, path, sheet, ref, is_open=is_open,
            is_sure=is_sure, **how,
        )  # fmt: skip
        return
    if ref is None:
        raise typer.BadParameter("say which disposal, or give a file with --from FILE")
    if sys.stdin.isatty():
        needed = [each for each in entries if each.required and each.field not in given]
        given |= _prompted(needed if given else entries)
    facts = {**fixed, **given, "disclosure": disclosure(is_open)}
    missing = asked.missing(facts)
    if missing:
        raise typer.BadParameter(f"Missing option '--{missing[0].name}': {missing[0].asks}")

    def add(desk: Any, seen: int) -> None:
        told = {**facts, **({asked.dated: desk.on} if asked.dated else {})}
        recording.record(
            desk.register, ref, asked.kind, told, desk.stamp, seen=seen, is_sure=is_sure
        )

    act(ctx, ref, plainly(asked.kind), add, **how)


def _read(entry: Entry, value: Any) -> Any:
    """What Typer has not read itself is text, which the form reads."""
    if not isinstance(value, str) or isinstance(value, StrEnum):
        return value
    try:
        return entry.read(value)
    except BadFact as error:
        raise typer.BadParameter(str(error)) from None


def _prompted(entries: list[Entry]) -> dict[str, Any]:
    """Ask for each entry on the terminal; blank leaves out what is not required."""
    if not all(entry.required for entry in entries):
        typer.echo("What is marked * is needed; blank leaves out the rest.", err=True)
    told = {}
    for entry in entries:
        if entry.name in _COMMON:
            continue
        while True:
            said = typer.prompt(question(entry), default="", show_default=False).strip()
            if not said and not entry.required:
                break
            try:
                told[entry.field] = taken(entry, said) if said else _needed(entry)
                break
            except BadFact as error:
                typer.echo(str(error), err=True)
    return told


def question(entry: Entry) -> str:
    """What a prompt says of an entry: its name, what is meant, and the words allowed."""
    words = ("yes", "no") if entry.kind is bool else entry.choices
    choices = f" ({', '.join(words)})" if words else ""
    star = " *" if entry.required else ""
    return f"{plainly(entry.name)}{star} – {entry.asks.rstrip('.')}{choices}"


def taken(entry: Entry, said: str) -> Any:
    """A value as it was typed.

    Raises:
        BadFact: it can't be right.
    """
    value = entry.read(said)
    entry.refuse_beyond_limits(value)
    return value


def _needed(entry: Entry) -> Any:
    raise BadFact(f"{entry.name}: it is asked for.")


def record_file(
    ctx: typer.Context,
    asked: Form,
    fixed: Mapping[str, Any],
    path: Path,
    sheet: str | None,
    ref: str | None,
    *,
    is_open: bool,
    on: date | None,
    by: str | None,
    as_json: bool,
    is_sure: bool = False,
) -> None:
    """Record every row of a file, all or none."""
    from disposals.casework.bulk import rows_in, with_files
    from disposals.disclosure.seen import refuse_unknown, versions_of_those_there

    with at_desk(ctx, on=on, by=by, acting=True) as desk:
        rows = rows_in(
            path, asked, desk.on, fixed={**fixed, "disclosure": disclosure(is_open)}, ref=ref,
            refuse_unknown=partial(refuse_unknown, desk.register), sheet=sheet,
        )  # fmt: skip
        if asked.kind == "document":
            rows = with_files(path, rows)
        seen = versions_of_those_there(desk.register, {row.ref for row in rows})
        number = recording.record_all(
            desk.register, asked.kind, rows, desk.stamp, seen=seen, is_sure=is_sure
        )
    if as_json:
        output.emit({"recorded": plainly(asked.kind), "rows": number, "disposals": sorted(seen)})
    else:
        cases = counted(len(seen), "disposal")
        output.say(f"{counted(number, 'row')} of {path.name} recorded on {cases}.")
