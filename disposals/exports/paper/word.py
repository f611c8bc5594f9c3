"""A paper as a Word document."""

from datetime import UTC, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import BaseStyle
from docx.table import _Cell as TableCell
from docx.text.paragraph import Paragraph

from disposals.exports.paper.blocks import Block, Boxed, Cell, Heading, Paper, Said, Table

_RED, _GREY = RGBColor(0xA3, 0x00, 0x1E), RGBColor(0x59, 0x59, 0x59)
_WIDTH_MM, _SIGNATURE_MM = 166, 11


def content(paper: Paper) -> bytes:
    """The bytes of the Word document."""
    word = Document()
    _set_up(word, paper)
    word.add_paragraph().add_run(paper.marking).bold = True
    word.add_heading(paper.title, level=1)
    word.add_paragraph().add_run(paper.subtitle).font.size = Pt(13)
    for block in paper.blocks:
        _add(word, block)
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def _set_up(word: Word, paper: Paper) -> None:
    about = word.core_properties
    about.title, about.author = f"{paper.title}: {paper.subtitle}", paper.author
    about.language = "en-GB"
    about.created = about.modified = datetime.combine(paper.on, time(), UTC)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    for name, size in (("Normal", 10.5), ("Heading 1", 20), ("Heading 2", 13), ("Heading 3", 11)):
        style = word.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        _speaks_english(style)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{paper.foot} · Page ")
    _numbered(foot)


def _speaks_english(style: BaseStyle) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    style.element.get_or_add_rPr().append(language)


def _numbered(foot: Paragraph) -> None:
    """A page number that Word keeps right."""
    for kind, instruction in (("begin", None), (None, "PAGE"), ("end", None)):
        run = foot.add_run()
        if kind is not None:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = instruction
        run._r.append(mark)  # noqa: SLF001 (the library has no fields of its own)


def _add(word: Word, block: Block) -> None:
    if isinstance(block, Heading):
        word.add_heading(block.text, level=block.level)
    elif isinstance(block, Said):
        word.add_paragraph().add_run(block.text).bold = block.is_strong
    elif isinstance(block, Boxed):
        run = word.add_paragraph().add_run(block.text)
        run.bold, run.font.color.rgb = True, _RED
    else:
        _add_table(word, block)


def _add_table(word: Word, block: Table) -> None:
    table = word.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    table.autofit = False
    head = table.rows[0]
    for at, name in zip(head.cells, block.columns, strict=True):
        at.paragraphs[0].add_run(name).bold = True
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 (the library has no such property)
    for cells in block.rows:
        row = table.add_row()
        if any(cell.is_tall for cell in cells):
            row.height = Mm(_SIGNATURE_MM)
        for column, (at, cell) in enumerate(zip(row.cells, cells, strict=True)):
            _fill(at, cell, is_strong=column == 0)
            if column in block.figures:
                at.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Mm(_WIDTH_MM * width / sum(block.widths))
        for at in column.cells:  # Word reads the column's width, other programs the cell's
            at.width = column.width
            for said in at.paragraphs:
                said.paragraph_format.space_before = said.paragraph_format.space_after = Pt(2)
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(at: TableCell, cell: Cell, *, is_strong: bool) -> None:
    said = at.paragraphs[0]
    if cell.was is not None:
        run = said.add_run(cell.was)
        run.font.strike, run.font.color.rgb = True, _GREY
        if cell.text:
            said = at.add_paragraph()
    said.add_run(cell.text).bold = is_strong
    if cell.mark is not None:
        run = at.add_paragraph().add_run(cell.mark)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(8.5), _RED
