"""Plans as files: tagged vector PDF, SVG or PNG, set by Typst from data and one template."""

import json
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path

import typst

from sites.errors import CannotDraw
from sites.plan.choices import Kind
from sites.plan.drawing import Plan
from sites.plan.page import laid_out
from sites.plan.sheets import Sheet

_DOTS_PER_INCH = 200.0


def rendered(plans: list[tuple[Plan, Sheet, int]], kind: Kind) -> bytes:
    """The bytes of a file of plans, a page each; the same plans give the same bytes.

    A PDF is tagged for assistive technology as PDF/UA-1 (ISO 14289-1) asks, and every page of it
    is described in words. Nothing is fetched, and no font of the machine is used.

    Args:
        plans: each with its sheet and its scale; an SVG or a PNG holds one.

    Raises:
        CannotDraw: the words do not find room on the sheet, or several plans for one picture.
    """
    if kind is not Kind.PDF and len(plans) != 1:
        raise CannotDraw(f"A file .{kind} holds one plan and not {len(plans)}; choose one of them.")
    subject = plans[0][0].subject
    pages = [laid_out(plan, on, scale) for plan, on, scale in plans]
    told = {"title": subject.title, "date": subject.stamp, "pages": pages}
    at = datetime.fromisoformat(subject.stamp).replace(tzinfo=UTC)
    with as_file(files("sites.plan") / "sheet.typ") as template, as_file(_fonts()) as fonts:
        compiler = typst.Compiler(
            str(template),
            root=str(Path(template).parent),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"plan": json.dumps(told)},
        )
        try:
            made = compiler.compile(
                format=kind.value,
                ppi=_DOTS_PER_INCH,
                pdf_standards="ua-1" if kind is Kind.PDF else [],
                timestamp=int(at.timestamp()),
            )
        except typst.TypstError as error:
            raise CannotDraw(_in_words(error)) from error
    if not isinstance(made, bytes):
        raise CannotDraw("The plan came out as several pages where one was meant.")
    return made


def _fonts() -> Path:
    return Path(str(files("font_source_sans_pro"))) / "files"


def _in_words(error: typst.TypstError) -> str:
    if "no room" in str(error):
        return (
            "The title and the key do not find room on the sheet. Choose a larger one "
            "(--paper A3), or plan fewer parts at a time."
        )
    return f"The plan could not be set: {error}"
