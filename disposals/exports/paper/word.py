"""A paper as a Word document."""

from datetime import UTC, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import BaseStyle
from docx.table import _Cell as TableCell
from docx.text.paragraph import Paragraph

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
    pieces,
    step_said,
)
from disposals.exports.paper.sheet import add_drawing, add_sheet

_RED, _GREY = RGBColor(0xA3, 0x00, 0x1E), RGBColor(0x59, 0x59, 0x59)
_WIDTH_MM, _SIGNATURE_MM, _LABEL_MM, _NUMBER_MM = 166, 11, 56, 14
_CLOSE, _SMALL = Pt(5), Pt(8)


def content(paper: Paper) -> bytes:
    """The bytes of the Word document."""
    word = Document()
    _set_up(word, paper)
    write(word, paper)
    return saved(word, paper)


def write(word: Word, paper: Paper, *, with_marking: bool = True) -> None:
    """Write marking, title and blocks after what stands in a document."""
    if with_marking:
        word.add_paragraph().add_run(paper.marking).bold = True
    word.add_heading(paper.title, level=1)
    _add_said(word.add_paragraph(), paper.subtitle)
    for block in paper.blocks:
        _add(word, block)


def saved(word: Word, paper: Paper) -> bytes:
    """The bytes of a document, which says of itself what the paper says."""
    _about(word, paper)
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def _about(word: Word, paper: Paper) -> None:
    """What the document says of itself; nothing of a template's own makers is left."""
    about = word.core_properties
    about.title, about.author = f"{paper.title}: {paper.subtitle}", paper.author
    about.language = "en-GB"
    about.created = about.modified = datetime.combine(paper.on, time(), UTC)
    about.last_modified_by = paper.author
    about.comments = about.keywords = about.subject = about.category = ""


def _set_up(word: Word, paper: Paper) -> None:
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
    foot.style.paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    # The seal, which comes last, has a line of its own: broken at a hyphen it would be misread.
    in_two_lines = "\n".join(paper.foot.rsplit(" · ", 1))
    foot.add_run(f"{in_two_lines}\tPage ")
    _numbered(foot)
    for run in foot.runs:
        run.font.size = _SMALL


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
    match block:
        case Heading(text, level):
            word.add_heading(text, level=level)
        case Said(text, is_strong):
            _add_said(word.add_paragraph(), text, is_strong=is_strong)
        case Boxed(text):
            run = word.add_paragraph().add_run(text)
            run.bold, run.font.color.rgb = True, _RED
        case Labelled(rows):
            for name, text in rows:
                _add_hung(word, name, text, _LABEL_MM)
        case Point(no, text):
            deep = max(0, no.rstrip(".").count(".") - 1)
            _add_hung(word, no, text, _NUMBER_MM, from_mm=deep * _NUMBER_MM, is_strong=False)
        case Listing(items):
            _add_listing(word, items)
        case Sheet() | Drawing() | Steps() | Table():
            _add_shown(word, block)


def _add_shown(word: Word, block: Sheet | Drawing | Steps | Table) -> None:
    """What is more than a text."""
    match block:
        case Sheet():
            add_sheet(word, block)
        case Drawing():
            add_drawing(word, block)
        case Steps():
            _add_steps(word, block)
        case Table():
            _add_table(word, block)


def _add_said(said: Paragraph, text: str, *, is_strong: bool = False) -> None:
    for piece, is_missing in pieces(text):
        run = said.add_run(piece)
        run.bold = is_missing or is_strong
        if is_missing:
            run.font.color.rgb, run.font.highlight_color = _RED, WD_COLOR_INDEX.YELLOW


def _add_hung(
    word: Word, name: str, text: str, by_mm: float, *, from_mm: float = 0, is_strong: bool = True
) -> None:
    """A paragraph from which its number or its name stands out by so much."""
    said = word.add_paragraph()
    layout = said.paragraph_format
    layout.left_indent, layout.first_line_indent = Mm(from_mm + by_mm), Mm(-by_mm)
    layout.tab_stops.add_tab_stop(Mm(from_mm + by_mm))
    layout.space_after = _CLOSE
    said.add_run(f"{name}\t").bold = is_strong
    _add_said(said, text)


def _add_listing(word: Word, items: tuple[str, ...]) -> None:
    for item in items:
        said = word.add_paragraph(style="List Bullet")
        layout = said.paragraph_format
        layout.left_indent, layout.first_line_indent = Mm(_NUMBER_MM + 5), Mm(-5)
        layout.space_after = _CLOSE
        _add_said(said, item)


def _add_steps(word: Word, steps: Steps) -> None:
    for place, name in enumerate(steps.names):
        said = word.add_paragraph(style="List Bullet")
        said.paragraph_format.space_after = Pt(1)
        said.add_run(step_said(name, place, steps)).bold = place == steps.at


def _add_table(word: Word, block: Table) -> None:
    table = word.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    table.autofit = False
    wide = _text_width(word)
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
        column.width = Length(wide * width // sum(block.widths))
        for at in column.cells:  # Word reads the column's width, other programs the cell's
            at.width = column.width
            for said in at.paragraphs:
                said.paragraph_format.space_before = said.paragraph_format.space_after = Pt(2)
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _text_width(word: Word) -> int:
    """Between the margins of the page as it is set up, in the units of Word."""
    page = word.sections[-1]
    wide = (page.page_width or Mm(210)) - (page.left_margin or 0) - (page.right_margin or 0)
    return wide - (page.gutter or 0)


def _fill(at: TableCell, cell: Cell, *, is_strong: bool) -> None:
    said = at.paragraphs[0]
    if cell.was is not None:
        run = said.add_run(cell.was)
        run.font.strike, run.font.color.rgb = True, _GREY
        if cell.text:
            said = at.add_paragraph()
    _add_said(said, cell.text, is_strong=is_strong)
    if cell.mark is not None:
        run = at.add_paragraph().add_run(cell.mark)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(8.5), _RED
