"""What the commands that make papers share: their options, and what is said of the files made."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from disposals.cli import output

if TYPE_CHECKING:
    from disposals.exports.papers.issuing import Issued

Out = Annotated[
    Path, typer.Option("--out", "-o", metavar="FILE", help="Ends in .pdf, .docx or .html.")
]
Final = Annotated[bool, typer.Option("--final", help="Refuse while anything is missing.")]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template", metavar="FILE", help="A Word document of the council's own, for a .docx."
    ),
]


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
        typer.echo(f"  [Missing: {gap.what}]\n      {gap.command}", err=True)
    for said in issued.contradictions:
        typer.echo(f"  ! {said}", err=True)
