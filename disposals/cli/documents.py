"""Commands for documents: attach, read back, verify."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from disposals.casework import documents as casework
from disposals.casework.forms import form
from disposals.cli import output
from disposals.cli.desk import By, Desk, Json, On, Open, Ref, Source, at_desk
from disposals.cli.entering import FromFile, Sheet, record_file
from disposals.cli.entries import keeps
from disposals.cli.recording import act, disclosure
from disposals.disclosure import documents
from disposals.disclosure.fields import Audience
from disposals.errors import BadFact
from disposals.words import counted

document = typer.Typer(help="Attach the papers behind the evidence, and verify them.")
keeps(document, ("document",))
_REQUIRED = {"title": "What it is", "kind": "Such as valuation, notice, particulars"}


@document.command()
def add(
    ctx: typer.Context,
    ref: Annotated[str | None, typer.Argument(metavar="REF", help="The disposal.")] = None,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The file; a copy is kept.")
    ] = None,
    title: Annotated[str | None, typer.Option(help=f"{_REQUIRED['title']}. [required]")] = None,
    kind: Annotated[str | None, typer.Option(help=f"{_REQUIRED['kind']}. [required]")] = None,
    paragraphs: Annotated[
        str | None, typer.Option(help="Exempt under these paragraphs of Schedule 12A.")
    ] = None,
    source: Source = None,
    from_file: FromFile = None,
    sheet: Sheet = None,
    is_open: Open = False,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Attach a file: a copy is kept beside the register under the hash of its content."""
    told: dict[str, Any] = {
        "title": title, "kind": kind, "paragraphs": paragraphs, "source": source,
        "disclosure": disclosure(is_open),
    }  # fmt: skip
    facts = {name: value for name, value in told.items() if value is not None}
    if from_file is not None:
        record_file(
            ctx, form("document"), facts, from_file, sheet, ref, is_open=is_open, on=on, by=by,
            as_json=as_json,
        )  # fmt: skip
        return
    if ref is None or file is None:
        raise typer.BadParameter("say which disposal and which file, or give a list with --from")
    for name, asks in _REQUIRED.items():
        if name not in facts:
            facts[name] = _asked(name, asks)

    def attach(desk: Desk, seen: int) -> None:
        casework.attach(desk.register, ref, file, facts, desk.stamp, seen=seen)

    act(ctx, ref, f"document “{facts['title']}”", attach, on=on, by=by, as_json=as_json)


def _asked(name: str, asks: str) -> str:
    """Ask on the terminal for what the line leaves out."""
    if not sys.stdin.isatty():
        raise typer.BadParameter(f"Missing option '--{name}': {asks}.")
    said: str = typer.prompt(f"{name}: {asks}")
    return said


@document.command()
def get(
    ctx: typer.Context,
    ref: Ref,
    entry: Annotated[
        str, typer.Argument(metavar="ENTRY", help="Its name in the list, such as document-3.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where; its own name without."),
    ] = None,
) -> None:
    """Write a document out, after holding it against its hash."""
    from sites.whole import whole_file

    number = entry.removeprefix("document-")
    if not number.isdecimal():
        raise BadFact(f"“{entry}” names no document. Write document-3, as the list does.")
    with at_desk(ctx) as desk:
        name, content = documents.content(
            desk.register, ref, int(number), audience=Audience.OFFICER
        )
    with whole_file(out or Path(name)) as file:
        file.write(content)
    output.say(f"Wrote {out or name}, {len(content):,} bytes, as attached.")


@document.command()
def verify(ctx: typer.Context, as_json: Json = False) -> None:
    """Hold every document of the register against its hash; exit status 1 if one is not sound."""
    with at_desk(ctx) as desk:
        found = documents.verified(desk.register)
    if as_json:
        output.emit(found)
    else:
        output.say(f"{counted(found.sound, 'document is', 'documents are')} as attached.")
        for sentence in found.damaged:
            output.say(f"  ✗ {sentence}", fg="red")
    if found.damaged:
        sys.exit(1)
