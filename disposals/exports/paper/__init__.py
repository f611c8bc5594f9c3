"""Papers that the council signs and sends: made once of blocks, written as PDF, Word or HTML."""

from pathlib import Path

from disposals.errors import BadFact
from disposals.exports.paper import html, pdf, template, word
from disposals.exports.paper.blocks import (
    Block,
    Boxed,
    Cell,
    Drawing,
    Heading,
    Labelled,
    Listing,
    Paper,
    Point,
    Said,
    Sheet,
    Steps,
    Table,
    missing,
)
from sites.writing import whole_file

__all__ = [
    "Block",
    "Boxed",
    "Cell",
    "Drawing",
    "Heading",
    "Labelled",
    "Listing",
    "Paper",
    "Point",
    "Said",
    "Sheet",
    "Steps",
    "Table",
    "made",
    "missing",
    "refuse_unknown_kind",
    "write_paper",
]
_WRITERS = {".pdf": pdf.content, ".docx": word.content, ".html": html.content}


def write_paper(path: Path, paper: Paper, *, in_template: Path | None = None) -> None:
    """Write a paper, whole or not at all, as the kind that the file's name asks for.

    A PDF is tagged as PDF/UA-1 (ISO 14289-1) asks, and the same paper gives the same bytes, as it
    does in HTML. A Word document has real headings, and tables whose first row is repeated on
    every page.

    Args:
        in_template: a Word document of the council's own, for a .docx.

    Raises:
        BadFact: the file's name ends in none of .pdf, .docx and .html, or the template asks for
            what papers do not have.
        UnreadableFile: the template is no Word document.
        CannotWrite: the file can't be written; what was there before stays.
    """
    content = made(path, paper, in_template=in_template)
    with whole_file(path) as file:
        file.write(content)


def made(path: Path, paper: Paper, *, in_template: Path | None = None) -> bytes:
    """The bytes of a paper as the kind that a file's name asks for; raises as `write_paper`."""
    refuse_unknown_kind(path, in_template=in_template)
    if in_template is not None:
        return template.content(paper, in_template)
    return _WRITERS[path.suffix.lower()](paper)


def refuse_unknown_kind(path: Path, *, in_template: Path | None = None) -> None:
    """Refuse a file's name that says no kind of paper, before anything is made.

    Raises:
        BadFact: it ends in none of .pdf, .docx and .html, or in another than the template's.
    """
    if path.suffix.lower() not in _WRITERS:
        raise BadFact(f"“{path}” is no name for a paper: it ends in .pdf, .docx or .html.")
    if in_template is not None and path.suffix.lower() != ".docx":
        raise BadFact(f"A template makes a Word document; “{path}” does not end in .docx.")
