"""A paper in a council's own Word template: its styles, header, footer and page stand.

Fields are written as docxtpl has them, `{{ foot }}`. The paper comes where `{{ paper }}` stands
alone in a paragraph, and else after all that the template holds.
"""

import zlib
from copy import deepcopy
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as Word
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from disposals.errors import BadFact
from disposals.exports.paper import word as writer
from disposals.exports.paper.blocks import Paper
from disposals.words import day, listed
from sites.errors import UnreadableFile

_HERE = "\N{OBJECT REPLACEMENT CHARACTER}"
# Broken XML within is a syntax error to lxml.
_NO_TEMPLATE = (
    PackageNotFoundError, BadZipFile, zlib.error, EOFError, LookupError, AttributeError,
    NotImplementedError, ValueError, SyntaxError, OSError,
)  # fmt: skip
_STYLES = ("Heading 1", "Heading 2", "Heading 3", "List Bullet", "Table Grid")


def content(paper: Paper, template: Path) -> bytes:
    """The bytes of the Word document.

    Raises:
        UnreadableFile: the template is no Word document, or can't be read.
        BadFact: it asks for fields that a paper does not have; names them and those it has.
    """
    word, asked = _filled(paper, template)
    for name in _STYLES:
        if name not in word.styles:
            word.styles.element.append(deepcopy(Document().styles[name].element))
    last = word.element.body[-1]  # the page set-up, before which all that is added comes
    before = len(word.element.body)
    writer.write(word, paper, with_marking="marking" not in asked)
    if "foot" not in asked:
        word.add_paragraph(paper.foot)
    if "paper" in asked:
        _moved(word, before - 1 if last.tag.endswith("sectPr") else before, template)
    return writer.saved(word, paper)


def _filled(paper: Paper, template: Path) -> tuple[Word, set[str]]:
    """The template with its fields filled in, and which there were."""
    fields = {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "council": paper.author,
        "date": day(paper.on),
        "marking": paper.marking,
        "foot": paper.foot,
        "paper": _HERE,
    }
    rules = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        form = DocxTemplate(str(template))
        asked = form.get_undeclared_template_variables(jinja_env=rules)
        if unknown := sorted(asked - fields.keys()):
            raise BadFact(
                f"{template.name} asks for {listed(f'“{name}”' for name in unknown)}, which papers "
                f"do not have. They have {listed(fields)}. Correct the template; nothing was "
                "written."
            )
        form.render(fields, jinja_env=rules)
        word: Word = form.docx  # `get_docx` would read the template anew
    except (TemplateError, ArithmeticError, TypeError) as error:
        raise BadFact(
            f"{template.name} can't be filled in: {error}. Nothing was written."
        ) from None
    except _NO_TEMPLATE:
        raise UnreadableFile(template, "it is no Word document (.docx).") from None
    try:
        for held in (word.part.package, *word.part.package.iter_parts()):
            _ = held.rels.xml  # as it will be written
    except (*_NO_TEMPLATE, TypeError):
        raise UnreadableFile(
            template, "it is damaged within. Open it in Word, save it anew, and repeat."
        ) from None
    return word, asked


def _moved(word: Word, start: int, template: Path) -> None:
    """Move what was added to where the template wants the paper."""
    body = word.element.body
    place = next(
        (each for each in word.paragraphs if each.text.strip() == _HERE),
        None,
    )
    if place is None:
        raise BadFact(
            f"In {template.name}, {{{{ paper }}}} does not stand alone in a paragraph of the body. "
            "Give it a paragraph of its own; nothing was written."
        )
    added = [each for each in body[start:] if not each.tag.endswith("sectPr")]
    for each in added:
        place._p.addprevious(each)  # noqa: SLF001 (the library moves nothing)
    body.remove(place._p)  # noqa: SLF001
