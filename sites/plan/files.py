"""Plans as files: tagged vector PDF, SVG or PNG, set by Typst from data and one template."""

from datetime import date
from importlib.resources import files

import typst

from sites.errors import CannotDraw
from sites.plan.choices import Kind
from sites.plan.drawing import Plan
from sites.plan.page import laid_out
from sites.plan.sheets import Sheet
from sites.typesetting import typeset


def rendered(plans: list[tuple[Plan, Sheet, int]], kind: Kind) -> bytes:
    """The bytes of a file of plans, a page each; the same plans give the same bytes.

    In a tagged PDF, every page is described in words.

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
    try:
        return typeset(
            files("sites.plan") / "sheet.typ", told, kind=kind,
            on=date.fromisoformat(subject.stamp),
        )  # fmt: skip
    except typst.TypstError as error:
        raise CannotDraw(_in_words(error)) from error


def _in_words(error: typst.TypstError) -> str:
    if "no room" in str(error):
        return (
            "The title and the key do not find room on the sheet. Choose a larger one "
            "(--paper A3), or plan fewer parts at a time."
        )
    return f"The plan could not be set: {error}"
