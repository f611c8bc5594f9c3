"""A drawing on a page of its own in a Word document, at its true size."""

from io import BytesIO

from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from disposals.exports.paper.blocks import Drawing, Sheet

_SLACK_MM = 3  # the line that holds the drawing is a little higher than the drawing
_WHOLE = 100_000  # a crop is told in thousandths of a percent


def add_drawing(word: Word, drawing: Drawing) -> None:
    """Add a drawing within the text."""
    run = word.add_paragraph().add_run()
    picture = run.add_picture(BytesIO(drawing.content), Mm(drawing.width_mm))
    picture._inline.docPr.set("descr", drawing.described)  # noqa: SLF001 (the library does not)


def add_sheet(word: Word, sheet: Sheet) -> None:
    """Add a drawing on a page of its own, cropped of the margin in which nothing is drawn."""
    _begin_page(word, sheet)
    said = word.add_paragraph()
    said.paragraph_format.space_before = said.paragraph_format.space_after = Pt(0)
    said.paragraph_format.line_spacing = 1
    edge = sheet.margin_mm
    picture = said.add_run().add_picture(
        BytesIO(sheet.content), Mm(sheet.width_mm - 2 * edge), Mm(sheet.height_mm - 2 * edge)
    )
    drawn = picture._inline  # noqa: SLF001 (the library neither describes nor crops)
    drawn.docPr.set("title", sheet.caption)
    drawn.docPr.set("descr", sheet.described)
    crop = OxmlElement("a:srcRect")
    across, down = edge / sheet.width_mm, edge / sheet.height_mm
    for side, part in (("l", across), ("t", down), ("r", across), ("b", down)):
        crop.set(side, str(round(part * _WHOLE)))
    drawn.graphic.graphicData.pic.blipFill.insert(1, crop)


def _begin_page(word: Word, sheet: Sheet) -> None:
    last = word.paragraphs[-1]._p if word.paragraphs else None  # noqa: SLF001
    section = word.add_section(WD_SECTION.NEW_PAGE)
    if last is not None and last.find(f".//{qn('w:drawing')}") is not None:
        # A page that a drawing fills has no room for the empty line that the library ends it with.
        ending = word.paragraphs[-1]._p  # noqa: SLF001
        for set_up in ending.iter(qn("w:sectPr")):
            last.get_or_add_pPr().append(set_up)
        ending.getparent().remove(ending)
    across = sheet.width_mm > sheet.height_mm
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(sheet.width_mm), Mm(sheet.height_mm)
    edge = sheet.margin_mm
    section.left_margin = section.right_margin = section.top_margin = Mm(edge)
    section.bottom_margin = Mm(edge - _SLACK_MM)
    section.header_distance = section.footer_distance = Mm(edge / 3)
    section.different_first_page_header_footer = False
    for strip in (section.header, section.footer):
        strip.is_linked_to_previous = False  # else they would be printed over the drawing
