"""A paper as a tagged PDF."""

from dataclasses import asdict
from importlib.resources import files
from typing import Any

import typst

from disposals.errors import BadFact
from disposals.exports.paper.blocks import Block, Drawing, Paper, Sheet, pieces
from disposals.words import counted
from sites.plan.choices import Kind
from sites.typesetting import typeset

_SAID = {"text", "items", "rows"}


def content(paper: Paper) -> bytes:
    """The bytes of the PDF; the same paper gives the same bytes.

    Raises:
        BadFact: it is longer than it may be.
    """
    blocks = [{"kind": type(block).__name__.lower(), **_told(block)} for block in paper.blocks]
    told = asdict(paper) | {"on": paper.on.isoformat(), "blocks": blocks}
    template = files("disposals.exports.paper") / "paper.typ"
    try:
        return typeset(template, told, kind=Kind.PDF, on=paper.on)
    except typst.TypstError as error:
        if "too many pages" not in str(error):
            raise
        pages = counted(paper.most_pages or 0, "page")
        raise BadFact(f"“{paper.title}” is longer than {pages} of A4. Write it shorter.") from None


def _told(block: Block) -> dict[str, Any]:
    """A block as data, every text that stands in it in pieces."""
    told = asdict(block)
    if isinstance(block, Sheet | Drawing):
        return told | {"content": block.content.decode()}
    return {name: _in_pieces(value) if name in _SAID else value for name, value in told.items()}


def _in_pieces(value: Any) -> Any:
    if isinstance(value, str):
        return list(pieces(value))
    if isinstance(value, dict):
        return value | {"text": list(pieces(value["text"]))}
    return [_in_pieces(each) for each in value]
