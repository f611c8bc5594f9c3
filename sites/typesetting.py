"""Papers set by Typst from one template and data; the same data gives the same bytes."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import typst

from sites.errors import CannotDraw
from sites.plan.choices import Kind

_DOTS_PER_INCH = 200.0


def typeset(template: Traversable, told: Mapping[str, Any], *, kind: Kind, on: date) -> bytes:
    """Set a paper; the template finds what is told as JSON in `sys.inputs.told`.

    A PDF is tagged for assistive technology as PDF/UA-1 (ISO 14289-1) asks. Nothing is fetched,
    and no font of the machine is used.

    Args:
        kind: an SVG or a PNG holds one page.
        on: the day the file says it was made.

    Raises:
        CannotDraw: more than one page for one picture.
        typst.TypstError: the template can't set what is told, or gave up in words of its own.
    """
    with as_file(template) as source, as_file(_fonts()) as fonts:
        compiler = typst.Compiler(
            str(source),
            root=str(Path(source).parent),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"told": json.dumps(told)},
        )
        made = compiler.compile(
            format=kind.value,
            ppi=_DOTS_PER_INCH,
            pdf_standards="ua-1" if kind is Kind.PDF else [],
            timestamp=int(datetime.combine(on, time(), UTC).timestamp()),
        )
    if not isinstance(made, bytes):
        raise CannotDraw(f"It takes several pages, and a file .{kind} holds one. Ask for a .pdf.")
    return made


def _fonts() -> Path:
    return Path(str(files("font_source_sans_pro"))) / "files"
