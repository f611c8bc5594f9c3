"""Commands for heads of terms."""

from pathlib import Path
from typing import Annotated

import typer

from disposals.casework import terms as casework
from disposals.cli import output
from disposals.cli.desk import By, Json, On, Ref, at_desk
from disposals.cli.entering import adds
from disposals.cli.entries import keeps
from disposals.cli.files import ending_in
from disposals.cli.recording import act
from disposals.vocabulary import Side

terms = typer.Typer(help="Draft heads of terms, compare and issue versions, and agree one.")


adds(
    terms,
    "terms",
    "heads_of_terms",
    help="Record the next version of the terms; what is not mentioned is carried forward.",
)
adds(
    terms,
    "terms",
    "clause",
    name="clause",
    help="Write a clause into the latest version; the same number again changes it.",
)
keeps(terms, ("heads_of_terms", "clause"))


@terms.command()
def agree(
    ctx: typer.Context,
    ref: Ref,
    version: Annotated[int, typer.Option(min=1, help="The version agreed.")],
    side: Annotated[Side, typer.Option(help="Who agrees.")] = Side.BOTH,
    by: By = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Record that a side, or both, agreed a version on the day given by --on."""
    act(
        ctx, ref, f"version {version} agreed",
        lambda desk, seen: casework.agree(
            desk.register, ref, desk.stamp, seen=seen, version=version, agreed_on=desk.on, side=side
        ),
        on=on, by=by, as_json=as_json,
    )  # fmt: skip


@terms.command()
def changes(
    ctx: typer.Context,
    ref: Ref,
    against: Annotated[int, typer.Option("--from", min=1, help="The earlier version.")],
    version: Annotated[
        int | None, typer.Option("--to", min=1, help="The later version; the latest without.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show clause by clause what changed from one version to another."""
    from disposals.disclosure.terms import terms_sheet

    with at_desk(ctx) as desk:
        sheet = terms_sheet(desk.register, ref, version=version, against=against)
    changed = [term for term in sheet.terms if term.is_changed]
    if as_json:
        output.emit({
            "reference": ref, "from": against, "to": sheet.version,
            "changes": [
                {"clause": term.no, "heading": term.heading, "was": term.was, "is": term.text}
                for term in changed
            ],
        })  # fmt: skip
        return
    if not changed:
        output.say(f"Nothing differs between version {against} and version {sheet.version}.")
        return
    output.table(
        f"{ref}: heads of terms, version {against} to version {sheet.version} (exempt)",
        ["Clause", f"Version {against}", f"Version {sheet.version}"],
        [
            (" ".join(filter(None, (term.no, term.heading))), term.was or "–", term.text or "–")
            for term in changed
        ],
    )


@terms.command()
def issue(
    ctx: typer.Context,
    ref: Ref,
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            parser=ending_in(".pdf", ".docx", ".html"),
            help="Ends in .pdf, .docx or .html.",
        ),
    ],
    version: Annotated[int | None, typer.Option(min=1, help="The latest without.")] = None,
    against: Annotated[
        int | None, typer.Option(min=1, help="A version to compare with, struck through.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write a version of the heads of terms as a paper for both sides: PDF or Word."""
    from disposals.disclosure.terms import terms_sheet
    from disposals.exports.terms import write_terms

    with at_desk(ctx) as desk:
        sheet = terms_sheet(desk.register, ref, version=version, against=against)
    write_terms(out, sheet)
    if as_json:
        output.emit({"file": str(out), "version": sheet.version, "standing": sheet.standing})
    else:
        typer.echo(
            f"Heads of terms, version {sheet.version}, written to {out}. {sheet.standing}", err=True
        )
