"""What the commands that make papers share: their options, and what is said of the files made."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from disposals.cli import output
from disposals.cli.desk import at_desk
from disposals.cli.files import ending_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from disposals.exports.papers.issuing import Issued, Wanted
    from disposals.register import Register

Out = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        parser=ending_in(".pdf", ".docx", ".html"),
        help="Ends in .pdf, .docx or .html.",
    ),
]
Final = Annotated[bool, typer.Option("--final", help="Refuse while anything is missing.")]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template", metavar="FILE", help="A Word document of the council's own, for a .docx."
    ),
]


def make(
    ctx: typer.Context, issue: "Callable[[Register, Wanted], Issued]", *, as_of: date | None,
    as_json: bool, template: Path | None = None, final: bool = False,
) -> None:  # fmt: skip
    """Have a paper made as at a day, and say what became of it."""
    from disposals.exports.papers.issuing import Wanted

    with at_desk(ctx, on=as_of) as desk:
        issued = issue(desk.register, Wanted(desk.on, template, final))
    tell(issued, as_json=as_json)


def tell(issued: "Issued", *, as_json: bool) -> None:
    """Say which files were made, what is missing of them and what contradicts itself."""
    if as_json:
        output.emit({
            "files": issued.stamps,
            "missing": [{"what": gap.what, "command": gap.command} for gap in issued.gaps],
            "contradictions": issued.contradictions,
        })  # fmt: skip
        return
    for file, stamp in issued.stamps.items():
        typer.echo(f"{file}: {stamp}", err=True)
    for gap in issued.gaps:
        typer.echo(f"  [Missing: {gap.what}]\n      {gap.remedy}", err=True)
    for said in issued.contradictions:
        typer.echo(f"  ! {said}", err=True)
