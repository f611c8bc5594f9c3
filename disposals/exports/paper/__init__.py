"""Papers that the council signs and sends: made once of blocks, written as PDF or as Word."""

from pathlib import Path

from disposals.errors import BadFact
from disposals.exports.paper import pdf, word
from disposals.exports.paper.blocks import Block, Boxed, Cell, Heading, Paper, Said, Table
from sites.writing import whole_file

__all__ = ["Block", "Boxed", "Cell", "Heading", "Paper", "Said", "Table", "write_paper"]


def write_paper(path: Path, paper: Paper) -> None:
    """Write a paper, whole or not at all, as the kind that the file's name asks for.

    A PDF is tagged as PDF/UA-1 (ISO 14289-1) asks, and the same paper gives the same bytes. A Word
    document has real headings, and tables whose first row is repeated on every page.

    Raises:
        BadFact: the file's name ends in neither .pdf nor .docx.
        CannotWrite: the file can't be written; what was there before stays.
    """
    writers = {".pdf": pdf.content, ".docx": word.content}
    content = writers.get(path.suffix.lower())
    if content is None:
        raise BadFact(f"“{path}” is no name for a paper: it ends in .pdf or .docx.")
    made = content(paper)
    with whole_file(path) as file:
        file.write(made)
