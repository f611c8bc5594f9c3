"""The programme as a Gantt chart: a tagged PDF of as many pages as it takes, an SVG or a PNG."""

import re
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

from disposals.disclosure.fields import Audience
from disposals.disclosure.gantt import Gantt
from disposals.exports.gantt.sheet import Line, Sheet, sheet_of
from disposals.exports.plans import kind_of
from sites.plan.choices import Kind
from sites.typesetting import typeset
from sites.writing import whole_file


def draw_gantt(path: Path, told: Gantt, *, audience: Audience) -> None:
    """Draw a programme and write it, whole or not at all.

    A PDF has pages with the head repeated, and is a real table for those who do not see the
    picture. An SVG or a PNG is one tall page; the SVG says in `<desc>` what is on it.

    Raises:
        BadFact: nothing to draw, or the file's name ends in none of .pdf, .svg and .png.
        CannotWrite: the file can't be written; what was there before stays.
    """
    kind = kind_of(path)
    sheet = sheet_of(told, audience=audience)
    made = typeset(
        files("disposals.exports.gantt") / "gantt.typ",
        sheet.as_told(paged=kind is Kind.PDF),
        kind=kind,
        on=told.on,
    )
    if kind is Kind.SVG:
        made = _described(made, sheet, told.ref or "")
    with whole_file(path) as file:
        file.write(made)


def _described(svg: bytes, sheet: Sheet, ref: str) -> bytes:
    """A picture with its words, which are outlines on it, for those who do not see them."""
    of = f" {ref}" if ref else ""
    table = f"As a table: `disposals milestones{of}`. As data: `disposals gantt{of} --json`."
    words = "\n".join([sheet.subtitle, *map(_in_words, sheet.lines), *sheet.notes, table])
    about = f"<title>{escape(sheet.title)}</title><desc>{escape(words)}</desc>"
    opened = re.sub(r"<svg ", '<svg role="img" ', svg.decode(), count=1)
    return re.sub(r"(<svg [^>]*>)", lambda found: found[1] + about, opened, count=1).encode()


def _in_words(line: Line) -> str:
    return ". ".join(filter(None, (line.label, *line.under, *line.said, line.alt)))
