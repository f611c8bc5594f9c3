"""Papers read back as their readers see them: their words, and the words under each heading."""

import html
import re
from pathlib import Path

import docx
import pypdf
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

PAPER_KINDS = ("pdf", "docx", "html")


def words_in(path: Path) -> str:
    """All words of a paper, whatever it is written as."""
    if path.suffix == ".pdf":
        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        text = re.sub(r"^.* · (seal|version) .*$|^Page \d+ of \d+$", "", text, flags=re.MULTILINE)
        text = re.sub(r"(?<=\w)-\n", "-", text)
    elif path.suffix == ".docx":
        text = " ".join(said for _, said in _paragraphs(path))
    else:
        body = path.read_text(encoding="utf-8").split("<body>", 1)[1]
        text = html.unescape(re.sub(r"<[^>]*>", " ", body))
    return plain(text)


def under_headings(path: Path) -> dict[str, str]:
    """The words under each heading of a Word document, in its order; what comes before under ""."""
    found: dict[str, list[str]] = {"": []}
    heading = ""
    for style, said in _paragraphs(path):
        if style.startswith("Heading"):
            heading = said
            found.setdefault(heading, [])
        else:
            found[heading].append(said)
    return {name: plain(" ".join(said)) for name, said in found.items()}


def plain(text: str) -> str:
    """A text with one space between its words."""
    return " ".join(text.split())


def _paragraphs(path: Path) -> list[tuple[str, str]]:
    """The paragraphs of a Word document and of its tables in their order, each with its style."""
    word = docx.Document(str(path))
    found = []
    for each in word.element.body:
        if each.tag == qn("w:p"):
            said = Paragraph(each, word)
            style = said.style.name if said.style is not None else None
            found.append((style or "", said.text))
        elif each.tag == qn("w:tbl"):
            cells = (cell.text for row in Table(each, word).rows for cell in row.cells)
            found += [("", text) for text in cells]
    return found
